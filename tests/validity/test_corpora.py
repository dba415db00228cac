"""Reading corpora, and holding our seekers against them."""

from pathlib import Path

import pytest

from hardseek.cards import packaged_cards
from hardseek.dialogues import Turn
from hardseek.errors import Refused
from hardseek.language import Language
from hardseek.validity import Corpora, validate_seeker
from hardseek.validity.talks import Talk
from hardseek.validity.told_apart import told_apart

DATA = Path(__file__).parents[3] / "shared" / "data"


def test_what_is_there_is_read(corpora: Path) -> None:
    found = Corpora.read(corpora)
    assert (len(found.ordinary), len(found.not_helped), len(found.played)) == (8, 1, 0)
    assert (len(found.published_average), len(found.published_worst)) == (1, 1)
    assert found.ordinary[0].turns[0].text == "hello 0"
    assert len({one.group for one in found.ordinary}) == 8
    assert found.not_helped[0].group == "esconv-failed-3"  # rated 3; the other helper was rated 2


def test_the_digest_is_of_the_texts(corpora: Path) -> None:
    before = Corpora.read(corpora).digest
    assert Corpora.read(corpora).digest == before
    (corpora / "esconv" / "valid.jsonl").unlink()
    assert Corpora.read(corpora).digest != before


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="none of the corpora"):
        Corpora.read(tmp_path)
    with pytest.raises(Refused, match="no such folder"):
        Corpora.read(tmp_path / "absent")


def shouting(language: Language) -> dict[str, list[Talk]]:
    """Six dialogues about six cards in each condition, of somebody who shouts."""
    turns = tuple(Turn("seeker", f"NOT NOW!! {number}") for number in range(7))
    talks = [Talk(card, "cheerleader", 0, turns) for card in packaged_cards(language)[:6]]
    return dict.fromkeys(("average", "low-engagement", "resistance-withdrawing", "worst"), talks)


def test_who_shouts_is_told_from_who_does_not(corpora: Path) -> None:
    found = {(made.name, made.condition): made for made in told_apart(shouting("en"), "en", Corpora.read(corpora))}
    style = found["told-apart/from-people-by-style", "average"]
    assert style.value == 1.0 and len(style.details) == 6
    assert style.note == "6 dialogues of each, the first 6 turns"
    # One dialogue that failed people, and four in each half: too few for five folds.
    assert found["told-apart/from-people-by-style", "low-engagement"].value is None
    assert found["told-apart/people-from-people-by-words", None].value is None
    assert not any(name.startswith("told-apart/models-from-people") for name, _ in found)  # no such corpus here


def test_in_chinese_only_the_published_simulator_is_at_hand(corpora: Path) -> None:
    found = told_apart(shouting("zh"), "zh", Corpora.read(corpora))
    assert {made.name.rpartition("-by-")[0] for made in found} == {"told-apart/from-published-simulator"}
    assert {made.condition for made in found} == {"average", "worst"}
    assert {made.value for made in found} == {None}


@pytest.mark.corpus
@pytest.mark.skipif(not DATA.is_dir(), reason="the reference corpora are not here")
def test_people_cannot_be_told_from_people_and_models_can() -> None:
    found = validate_seeker(languages=["en"], families=["told-apart"], cards=5, corpora=DATA).properties
    values = {(made.name, made.condition): made for made in found}
    assert {made.condition for made in found} == {"average", "low-engagement", "resistance-withdrawing", None}
    for features in ("style", "words", "function-words"):
        people = values[f"told-apart/people-from-people-by-{features}", None]
        models = values[f"told-apart/models-from-people-by-{features}", None]
        assert people.value is not None and models.value is not None
        assert people.value < 0.75 < models.value
    assert all(made.details and made.note for made in found)
