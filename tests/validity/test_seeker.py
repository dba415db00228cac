"""A whole validation: any seeker, and what fails is left out."""

from pathlib import Path

import pytest

from hardseek.cards import packaged_cards
from hardseek.dialogues import Turn
from hardseek.errors import Refused
from hardseek.seekers import BehaviourProfile, Move, SeekerState, Trace
from hardseek.seekers.spec import ChatSeeker, EscEvalSeeker
from hardseek.validity import Property, read_seeker, validate_seeker
from hardseek.validity.controllable import SETTINGS, Setting
from hardseek.validity.pictures import draw
from hardseek.validity.property import figure
from hardseek.validity.published import beside, published
from hardseek.validity.talks import Talk
from servers import Answer, Asked, Server, completion, error

SAID = ("it has been a lot lately", "i dont really know how to put it", "maybe, yes", "i guess so", "it was last week")
CARD = packaged_cards("en")[0]


def words(asked: Asked) -> Answer:
    return completion(SAID[sum(message["role"] == "assistant" for message in asked.messages) % len(SAID)])


def endpoint(server: Server, **more: object) -> dict[str, object]:
    return {"base_url": server.base_url, "model": "seeker", "retries": 0, **more}


def values(properties: tuple[Property, ...], name: str) -> list[float | None]:
    return [made.value for made in properties if made.name == name]


def test_a_chat_seeker_is_counted_as_the_scripted_one_is() -> None:
    with Server(words) as server:
        seeker = ChatSeeker.model_validate({"kind": "chat", "appraisal": "offline", **endpoint(server)})
        found = validate_seeker(seeker, ["en"], families=["realistic", "integrity"], cards=1)
        asked = server.count
    assert asked > 5 * 6  # five conditions, six systems
    assert values(found.properties, "integrity/dialogues-invalid") == [0.0]
    assert "|seeker:chat@" in found.signature
    median = values(found.properties, "realistic/length-median")[0]
    assert median is not None and 2 <= median <= 8  # what the model says has from two to eight words


def test_a_seeker_without_a_hidden_state_has_no_relief_and_keeps_its_words() -> None:
    with Server(words) as server:
        seeker = EscEvalSeeker.model_validate({"kind": "esc-eval", **endpoint(server)})
        found = validate_seeker(seeker, ["en"], families=["responsive", "diverse"], cards=1).properties
    assert set(values(found, "responsive/auc")) == {None}
    assert None not in values(found, "diverse/distinct-2")


def test_failed_dialogues_are_counted_and_left_out() -> None:
    # Every other dialogue is refused at its first turn, by the card's place in the order of arrival.
    def half(asked: Asked) -> Answer:
        return error(400) if asked.number % 2 else words(asked)

    with Server(half) as server:
        seeker = EscEvalSeeker.model_validate({"kind": "esc-eval", **endpoint(server)})
        found = validate_seeker(seeker, ["en"], families=["diverse", "integrity"], cards=2).properties
    invalid = values(found, "integrity/dialogues-invalid")[0]
    assert invalid is not None and invalid > 0
    assert values(found, "integrity/invalid-bad-request") == [invalid]


def test_no_dialogue_gives_no_figure() -> None:
    with Server(lambda asked: error(400)) as server:
        seeker = EscEvalSeeker.model_validate({"kind": "esc-eval", **endpoint(server)})
        found = validate_seeker(seeker, ["en"], families=["realistic", "repeatable", "integrity"], cards=1).properties
    counted = [made for made in found if not made.name.startswith("integrity/")]
    assert counted and all(made.value is None and made.holds is None for made in counted)
    assert values(found, "integrity/dialogues-invalid") == [1.0]


def test_the_signature_knows_the_seeker_the_cards_and_what_was_asked() -> None:
    plain = validate_seeker(languages=["en"], families=["diverse"], cards=1).signature
    assert validate_seeker(languages=["en"], families=["diverse"], cards=1).signature == plain
    for other in (
        validate_seeker(languages=["en"], families=["diverse"], cards=2),
        validate_seeker(languages=["en"], families=["diverse", "integrity"], cards=1),
        validate_seeker(languages=["en"], families=["diverse"], cards=1, seed=2),
    ):
        assert other.signature != plain


def test_a_seeker_is_read_alone_or_from_an_experiment(tmp_path: Path) -> None:
    alone, whole = tmp_path / "seeker.yaml", tmp_path / "experiment.yaml"
    alone.write_text("{kind: chat, base_url: 'http://localhost:1/v1', model: m}", encoding="utf-8")
    whole.write_text(
        "systems: [cheerleader]\nconditions: [average]\nconcurrency: 7\n"
        "seeker: {kind: esc-eval, base_url: 'http://localhost:1/v1', model: m}\n",
        encoding="utf-8",
    )
    seeker, at_once = read_seeker(alone)
    assert (seeker.kind, at_once) == ("chat", 32)
    seeker, at_once = read_seeker(whole)
    assert (seeker.kind, at_once) == ("esc-eval", 7)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{kind: chatt, base_url: x}", "did you mean chat"),
        ("{kind: chat, base_url: 'http://a/v1'}", "model"),
        ("[a, :", "not valid"),
    ],
)
def test_what_is_wrong_with_a_seeker_is_named(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "seeker.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Refused, match=told) as refused:
        read_seeker(path)
    assert "seeker.yaml" in str(refused.value)


def test_published_figures_stand_beside_what_they_are_of() -> None:
    made = [figure("realistic/brief", "zh", 0.3, condition=of) for of in ("average", "low-engagement", "worst")]
    ordinary, hard, other = beside(made)
    shipped = {(one.name, one.conditions[0]): one.value for one in published().figures}
    assert ordinary.published == shipped["realistic/brief", "average"] < 0.01
    assert hard.published == shipped["realistic/brief", "low-engagement"]
    assert other.published is None
    assert beside([figure("realistic/brief", "en", 0.3, condition="average")])[0].published is None


def marked(distress: tuple[float, ...], text: str, system: str = "cheerleader") -> Talk:
    turns = []
    for level in distress:
        state = SeekerState(distress=level, trust=0.5, openness=0.5, engagement=0.5)
        turns += [Turn("seeker", text, Trace(state, None, Move("tell"))), Turn("supporter", "I see.")]
    return Talk(CARD, system, 0, tuple(turns))


def test_pictures_show_means_effects_and_spreads() -> None:
    dosed: dict[BehaviourProfile, list[Talk]] = {
        setting.at(at): [marked((5, 5), "so it goes on for me"), marked((5, 5), "ok" if at == 1 else "so it goes on")]
        for setting in SETTINGS
        for at in (0.0, 0.25, 0.5, 0.75, 1.0)
    }
    found = draw("en", dosed=dosed, conditions={"average": [marked((6, 3), "a b c d"), marked((4, 5), "a b c d")]})
    low = next(curve for curve in found.curves if curve.title == Setting("low_engagement").title)
    assert [(point.intensity, point.mean) for point in low.points] == [(0, 0), (0.25, 0), (0.5, 0), (0.75, 0), (1, 0.5)]
    assert low.points[0].low is None  # one card has no interval
    spread = found.spreads[0]
    assert (spread.condition, spread.good) == ("average", ())
    assert spread.poor[2] == pytest.approx(1.0)  # relief 3 and -1
