"""What is too near to what models are measured with."""

from pathlib import Path

import pytest

from hardseek.cards import RoleCard
from hardseek.dialogues import Dialogue
from hardseek.errors import Refused
from hardseek.training.data.decontamination import decontaminated, grams, read_evaluation
from hardseek.training.data.drops import Drops
from hardseek.training.data.families import Families, family_of
from hardseek.training.data.material import Held
from training.stored import card, dialogue, seeker, stored, supporter, talk

THIRTEEN = "after the fire we slept in the car for three weeks and nobody"
LONG = f"So {THIRTEEN} asked us where we were."


def left(held: list[Held], evaluation: list[Path]) -> tuple[list[int], dict[str, int]]:
    found = read_evaluation(evaluation)
    joined = Families([*found.cards, *(each.card for each in held if each.card is not None)])
    families = [family_of(each.card, each.dialogue.card, joined, {}) for each in held]
    drops = Drops()
    return decontaminated(held, families, found, joined, drops), dict(drops.counts)


def of(each: Dialogue, known: RoleCard | None) -> Held:
    return Held(Path(), each, known, ())


def test_the_same_card_its_parallel_and_an_unknown_card_of_its_name_are_left_out(tmp_path: Path) -> None:
    evaluated = card("a", parallel="b")
    run = stored(tmp_path / "eval", [talk("x", card="a")], cards=[evaluated])
    held = [
        of(talk("1", card="a"), evaluated),
        of(talk("2", card="b"), card("b", "换了城市。", "zh", parallel="a")),
        of(talk("3", card="a"), None),
        of(talk("4", card="a"), card("a", "Someone else altogether.")),
        of(talk("5", card="c"), card("c")),
    ]
    clean, counts = left(held, [run])
    assert clean == [3, 4]
    assert sorted(counts.values()) == [1, 1, 1]
    assert any("is an evaluation card" in why for why in counts)
    assert any("family" in why for why in counts)
    assert any("not known" in why for why in counts)


def test_cards_that_are_given_beside_a_run_say_what_its_names_stand_for(tmp_path: Path) -> None:
    run = stored(tmp_path / "eval", [talk("x", card="7")])
    path = tmp_path / "cards.jsonl"
    path.write_text(card("7", "Lost a job.").model_dump_json(exclude_defaults=True), encoding="utf-8")
    held = [of(talk("1", card="7"), card("7", "Cannot sleep."))]
    assert left(held, [run])[0] == []
    assert left(held, [run, path])[0] == [0]


def test_a_run_of_thirteen_words_gives_a_text_away_and_twelve_do_not(tmp_path: Path) -> None:
    run = stored(tmp_path / "eval", [dialogue("x", [seeker(LONG), supporter("Oh.")])], cards=[card("card-x")])
    thirteen, twelve = " ".join(THIRTEEN.split()[:13]), " ".join(THIRTEEN.split()[:12])
    held = [
        of(dialogue("1", [seeker(f"You know, {thirteen.upper()}!"), supporter("Yes.")]), None),
        of(dialogue("2", [seeker(f"You know, {twelve} else."), supporter("Yes.")]), None),
    ]
    clean, counts = left(held, [run])
    assert clean == [1]
    assert counts == {"dialogues: a run of 13 words stands in the evaluation's texts too": 1}


def test_chinese_is_counted_in_characters(tmp_path: Path) -> None:
    text = "那天晚上我一个人坐在楼道里等了他整整四个小时他没有来"
    run = stored(tmp_path / "eval", [dialogue("x", [seeker(text)], language="zh")])
    held = [
        of(dialogue("1", [seeker(f"嗯，{text[:21]}。")], language="zh"), None),
        of(dialogue("2", [seeker(f"嗯，{text[:20]}。")], language="zh"), None),
    ]
    clean, counts = left(held, [run])
    assert clean == [1]
    assert counts == {"dialogues: a run of 21 characters stands in the evaluation's texts too": 1}


def test_what_the_supporter_said_in_an_evaluation_gives_nothing_away(tmp_path: Path) -> None:
    run = stored(tmp_path / "eval", [dialogue("x", [seeker("Hi"), supporter(LONG)])])
    clean, _ = left([of(dialogue("1", [seeker("Hey"), supporter(LONG)]), None)], [run])
    assert clean == [0]


@pytest.mark.parametrize(("many", "kept"), [(10, 0), (11, 11)])
def test_a_turn_of_phrase_of_more_than_ten_families_counts_for_nothing(tmp_path: Path, many: int, kept: int) -> None:
    run = stored(tmp_path / "eval", [dialogue("x", [seeker(LONG)])])
    held = [of(dialogue(str(n), [seeker(LONG)], card=f"card {n}"), None) for n in range(many)]
    clean, _ = left(held, [run])
    assert len(clean) == kept


def test_cards_can_be_given_as_a_file_and_what_is_neither_is_refused(tmp_path: Path) -> None:
    evaluated = card("a", f"A person says: {LONG}")
    path = tmp_path / "cards.jsonl"
    path.write_text(evaluated.model_dump_json(exclude_defaults=True), encoding="utf-8")
    clean, _ = left([of(dialogue("1", [seeker(LONG)]), None)], [path])
    assert clean == []
    with pytest.raises(Refused, match=r"--against .*no such file"):
        read_evaluation([tmp_path / "none"])


def test_runs_of_words_cross_punctuation_but_not_texts() -> None:
    words = " ".join(str(n) for n in range(14))
    assert len(list(grams(words, "en"))) == 2
    assert list(grams(" ".join(words.split()[:12]), "en")) == []
