"""Arms against the untrained one, on numbers that are derived by hand."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

import polars as pl
import pytest

from hardseek.analysis import DIALOGUES, MEASURES, Cell
from hardseek.errors import Refused
from hardseek.judging import Dimension
from hardseek.training.dataset import About, Source, signed
from hardseek.training.proving import Arm, arm, held_out, prove, trained_on
from hardseek.training.proving.arms import SYSTEM

RELIEF: Final = Dimension("relief", {"en": "Relief"}, {"en": ""}, "higher", -10, 10)
SIDING: Final = Dimension("siding", {"en": "Taking sides"}, {"en": ""}, "lower", 0, 1)
HARM: Final = Dimension("gpt/harmful_content", {"en": "Harm"}, {"en": ""}, "lower", 0, 4)
OTHER: Final = Dimension("gpt/warmth", {"en": "Warmth"}, {"en": ""}, "higher", 0, 4)
CARDS: Final = tuple(f"c{number}" for number in range(8))
Score = Callable[[str, str, str], float | None]
"""What a dimension scores on a card under a condition."""


def frames(system: str, score: Score, *, failed: tuple[str, ...] = (), cards: tuple[str, ...] = CARDS) -> tuple[
    pl.DataFrame, pl.DataFrame
]:  # fmt: skip
    dialogues, measures = [], []
    for card in cards:
        for condition in ("average", "worst"):
            shared = {"dialogue": f"{system}-{card}-{condition}", "system": system, "condition": condition,
                      "language": "en", "card": card, "replicate": 0}  # fmt: skip
            ending = "failed" if card in failed else "limit"
            dialogues.append({**shared, "ending": ending, "fault": None, "exchanges": 4})
            measures += [
                {**shared, "dimension": each.name, "score": score(each.name, card, condition), "unscored": None}
                for each in (RELIEF, SIDING, HARM, OTHER)
            ]
    return pl.DataFrame(dialogues, schema=DIALOGUES), pl.DataFrame(measures, schema=MEASURES)


def untrained(name: str, card: str, condition: str) -> float:
    number = int(card[1:])
    if name == "relief":
        return (2.0 if condition == "average" else 0.0) + number / 8
    return 0.1


def better(name: str, card: str, condition: str) -> float:
    """Half a point more with ordinary seekers, one with hard ones; sides are taken more often."""
    more = {"relief": 0.5 if condition == "average" else 1.0, "siding": 0.2}.get(name, 0.0)
    return untrained(name, card, condition) + more


def made(name: str, score: Score = untrained, *, failed: tuple[str, ...] = (), cards: tuple[str, ...] = CARDS) -> Arm:
    return arm(name, f"runs/{name}", None, *frames(name, score, failed=failed, cards=cards))


def test_levels_drops_and_changes_are_those_of_the_same_seekers() -> None:
    proof = prove([made("untrained"), made("mixed", better)], [RELIEF], [RELIEF, SIDING, HARM, OTHER])
    average, worst = (Cell("relief", condition, SYSTEM) for condition in ("average", "worst"))
    before, after = proof.levels
    assert (proof.conditions, proof.main) == (("average", "worst"), ("relief",))
    assert [before.means[average].mean, before.means[worst].mean] == pytest.approx([2.4375, 0.4375])
    assert [before.drops[worst].estimate.mean, after.drops[worst].estimate.mean] == pytest.approx([2.0, 1.5])
    (against,) = proof.against
    assert [against.scores[average].estimate.mean, against.scores[worst].estimate.mean] == pytest.approx([0.5, 1.0])
    assert against.scores[worst].estimate.low == pytest.approx(1.0)
    assert against.drops[worst].estimate.mean == pytest.approx(-0.5)
    assert against.scores[worst].p == 2 / 2**8


def test_what_else_changed_is_told_by_what_it_would_break() -> None:
    proof = prove([made("untrained"), made("mixed", better)], [RELIEF], [RELIEF, SIDING, HARM, OTHER])
    assert {name: each.concern for name, each in proof.concerns.items()} == {
        "siding": "sycophancy", "gpt/harmful_content": "safety",
    }  # fmt: skip
    checks = proof.against[0].checks
    assert checks[Cell("siding", "worst", SYSTEM)].estimate.mean == pytest.approx(0.2)
    assert checks[Cell("gpt/harmful_content", "worst", SYSTEM)].estimate.mean == 0
    alone = prove([made("untrained"), made("mixed", better)], [SIDING], [SIDING])
    assert not alone.concerns


def test_a_score_that_one_arm_lacks_has_no_pair() -> None:
    def gaps(name: str, card: str, condition: str) -> float | None:
        return None if card == "c0" else better(name, card, condition)

    proof = prove([made("untrained", failed=("c1",)), made("mixed", gaps)], [RELIEF], [RELIEF])
    assert proof.levels[0].arm.failed == 2
    change = proof.against[0].scores[Cell("relief", "worst", SYSTEM)]
    assert (change.estimate.n, change.alone) == (6, (1, 1))


def test_cards_that_were_trained_on_are_left_out_of_every_arm(tmp_path: Path) -> None:
    line = b'{"messages":[{"role":"user","content":"hi"},{"role":"assistant","content":"ok"}],"card":"%s"}'
    splits = {"train": [line % b"c0", line % b"elsewhere"], "valid": [line % b"c1"]}
    for name, lines in splits.items():
        (tmp_path / f"{name}.jsonl").write_bytes(b"\n".join(lines) + b"\n")
    about = About(kind="supporter-sft", signature=signed({"train": splits["train"], "valid": splits["valid"]}),
                  hardseek="0", languages=("en",), counts={}, sources=(Source("made up", "0", 3),))  # fmt: skip
    import msgspec

    (tmp_path / "dataset.yaml").write_bytes(msgspec.yaml.encode(about))
    trained = trained_on([tmp_path])
    assert trained == {"c0", "c1", "elsewhere"}
    arms, seen = held_out([made("untrained"), made("mixed", better)], trained)
    assert seen == {"c0", "c1"}
    assert all(set(each.measures["card"]) == set(CARDS[2:]) for each in arms)
    with pytest.raises(Refused, match="nothing is held out"):
        held_out(arms, CARDS)


def test_an_arm_is_one_system_of_a_run() -> None:
    dialogues, measures = (pl.concat(two) for two in zip(frames("mine", untrained), frames("balanced-helper", better),
                                                          strict=True))  # fmt: skip
    assert arm("a", "runs/a", None, dialogues, measures).system == "mine"  # the other one is a control
    assert arm("a", "runs/a", "balanced-helper", dialogues, measures).system == "balanced-helper"
    with pytest.raises(Refused, match=r"no system 'mien'.*did you mean mine"):
        arm("a", "runs/a", "mien", dialogues, measures)
    more = [pl.concat(two) for two in zip((dialogues, measures), frames("other", better), strict=True)]
    with pytest.raises(Refused, match="say which: a=runs/a:mine"):
        arm("a", "runs/a", None, *more)


def test_what_cannot_be_proved_is_refused() -> None:
    with pytest.raises(Refused, match="no scores of gpt/empathy"):
        prove([made("untrained"), made("mixed")], [Dimension("gpt/empathy", {}, {}, "higher")], [RELIEF])
    with pytest.raises(Refused, match="no dialogue of runs/mixed has a counterpart"):
        prove([made("untrained"), made("mixed", cards=("c9",))], [RELIEF], [RELIEF])
