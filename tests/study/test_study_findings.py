"""Findings of material made by hand: who agrees, who is ranked where, who is left out."""

from collections.abc import Iterable

import numpy as np
import pytest

from hardseek.dialogues import Dialogue, Turn
from hardseek.judging import Dimension
from hardseek.language import Language
from hardseek.study.findings import Attention, Material, Scored, find, markdown
from hardseek.study.findings.distress import distress
from hardseek.study.findings.experts import contrasts
from hardseek.study.findings.raters import estimated, standings
from hardseek.study.findings.reliability import agreement

TITLES = {"en": "t", "zh": "t"}
BETTER = Dimension("people: skill", TITLES, TITLES, "higher", 1, 5)
WORSE = Dimension("people: skill", TITLES, TITLES, "lower", 1, 5)
NEITHER = Dimension("people: skill", TITLES, TITLES, "neither", 1, 5)


def dialogue(
    identity: str, system: str, condition: str = "average", language: Language = "en", words: Iterable[str] = ("Hi.",)
) -> Dialogue:
    turns = tuple(turn for text in words for turn in (Turn("seeker", text), Turn("supporter", "Go on.")))
    return Dialogue(identity, system, condition, "card", language, 0, turns, "withdrew")


def scored(*given: tuple[str, str, str, float]) -> list[Scored]:
    """Make scores of system, dialogue, rater, score."""
    return [Scored(dialogue(identity, system), rater, "skill", score) for system, identity, rater, score in given]


def material(scores: list[Scored], **more: object) -> Material:
    held = {one.dialogue.id: one.dialogue for one in scores}
    told: dict[str, object] = {
        "name": "s", "dialogues": tuple(held.values()), "failed": 0,
        "players": {one.dialogue.id: one.rater for one in scores}, "scores": tuple(scores),
        "dimensions": {"skill": BETTER}, "titles": {}, "signature": "s",
    } | more  # fmt: skip
    return Material(**told)  # type: ignore[arg-type]


EVEN = scored(
    *[
        (system, f"{system}{rater}{again}", rater, score + severity + 0.1 * again)
        for rater, severity in (("A", 0.0), ("B", 1.0), ("C", -1.0))
        for system, score in (("one", 2.0), ("two", 3.0))
        for again in (0, 1)
    ]
)
"""Three raters who differ by a point each agree that `two` is a point better."""


def test_severity_is_taken_out_and_the_interval_is_about_the_difference_that_is_left() -> None:
    (standing,) = standings(EVEN, BETTER, "skill", "en")
    two, one = standing.systems
    assert (two.system, one.system) == ("two", "one")
    assert two.mean - one.mean == pytest.approx(1.0) and (two.rank, one.rank) == (1.0, 2.0)
    assert (two.rank_low, two.rank_high, two.best) == (1.0, 1.0, 1.0)  # every rater says so
    assert standing.between_raters == pytest.approx(1.0, abs=0.01) and standing.between_dialogues is None
    # Three raters at -1, 0 and 1: t(2) * sqrt(2/3 / 3) * sqrt(3/2), as of the mean of three values.
    assert two.behind is None and one.behind == pytest.approx(-1.0)
    assert one.behind_high is not None and one.behind_high < -0.99  # what raters share is no doubt about it
    assert two.high is not None
    assert two.high - two.mean == pytest.approx(4.303 * np.sqrt(1.0 / 3), rel=0.06)


@pytest.mark.parametrize(("dimension", "ranks"), [(WORSE, [1.0, 2.0]), (NEITHER, [None, None])])
def test_the_better_way_decides_ranks(dimension: Dimension, ranks: list[float | None]) -> None:
    (standing,) = standings(EVEN, dimension, "skill", "en")
    assert [row.rank for row in standing.systems] == ranks and standing.systems[0].system == "one"


def test_one_rater_has_no_interval_and_too_little_has_no_standing() -> None:
    alone = [one for one in EVEN if one.rater == "A"]
    (standing,) = standings(alone, BETTER, "skill", "en")
    assert standing.systems[0].low is None and standing.systems[0].rank_low is None
    assert standings(alone[:1], BETTER, "skill", "en") == []


def test_a_system_that_lacks_a_condition_is_left_out() -> None:
    more = [Scored(dialogue(f"h{at}", "one", "worst"), "A", "skill", 1.0 + at) for at in range(2)]
    found = estimated([*EVEN, *more])
    assert found is not None and {system for system, _ in found.cells} == {"one"}


def test_agreement_is_of_dialogues_that_two_rated_and_else_unknown() -> None:
    shared = scored(
        ("one", "a", "A", 1), ("one", "a", "B", 1), ("one", "b", "A", 3), ("one", "b", "C", 3), ("one", "c", "B", 5),
        ("one", "c", "C", 4), ("one", "d", "A", 2),
    )  # fmt: skip
    told = {one.measure: one for one in agreement(shared, "skill")}
    assert told["exact"].value == pytest.approx(2 / 3) and told["within-one"].value == 1.0
    assert told["icc"].value is not None and 0.8 < told["icc"].value < 1.0
    assert (told["icc"].dialogues, told["icc"].raters) == (3, 3)
    assert agreement(EVEN, "skill") == []
    found = find(material(EVEN))
    assert found.agreement == () and found.participants == 3


def test_who_failed_attention_checks_is_told_and_left_out_where_that_is_asked() -> None:
    whole = material(EVEN, attention=(Attention("A", 3, 0, False), Attention("C", 3, 3, True)))
    assert whole.flagged == {"C"}
    everyone, others = find(whole), find(whole, without=whole.flagged)
    assert (everyone.participants, others.participants) == (3, 2) and everyone.without == ()
    assert len(whole.dialogues) == 12 and others.dialogues == 8 and others.attention == everyone.attention
    assert "Left out: C" in markdown(others) and "| C | 3 | 3 | flagged |" in markdown(others)


def test_distress_is_of_who_played_alone() -> None:
    one = dialogue("d", "one")
    told = [
        Scored(one, "A", "distress_before", 8.0), Scored(one, "A", "distress_after", 5.0),
        Scored(one, "B", "distress_after", 1.0), Scored(one, "A", "relief", 3.0),
    ]  # fmt: skip
    rows = {row.when: row.mean for row in distress(material(told, players={"d": "A"}))}
    assert rows == {"before": 8.0, "after": 5.0, "relief": 3.0}


def test_lengths_of_both_languages_are_in_words() -> None:
    people = [
        Scored(dialogue("e", "one", words=("one two three four",)), "A", "skill", 1.0),
        Scored(dialogue("z", "one", language="zh", words=("一二三四五六七八",)), "B", "skill", 1.0),
    ]
    simulated = [
        dialogue("x", "one", words=("a b", "a b c d e f")), dialogue("y", "one", language="zh", words=("一二三四",)),
        dialogue("w", "one", condition="elsewhere"),
    ]  # fmt: skip
    told = {(row.language, row.measure): row for row in contrasts(material(people), simulated)}
    assert told["en", "length_median"].experts == 4.0 and told["en", "length_median"].simulated == 4.0
    assert told["zh", "length_median"].experts == 5.0  # 8 characters at 1.6 to a word
    assert told["en", "turns"].difference == 1.0 and told["en", "turns"].low is None  # one participant, one card
    assert ("en", "brief_after_advice") not in told
    assert {row.condition for row in contrasts(material(people), simulated)} == {"average"}
