"""Rules of a gate, checked."""

from collections.abc import Callable
from xml.etree import ElementTree as Xml

import polars as pl
import pytest
import yaml

from hardseek.analysis.gate import Check, Gate, check, junit
from hardseek.documents import load
from hardseek.errors import Refused
from hardseek.judging import Dimension

Frames = tuple[pl.DataFrame, pl.DataFrame]
Build = Callable[..., Frames]
DIMENSIONS = [
    Dimension("relief", {}, {}, "higher", -10, 10),
    Dimension("length", {}, {}, "neither", 0),
]
CELLS = [
    *(("a", "average", f"c{n}", 5.0 + n % 2) for n in range(10)),
    *(("a", "worst", f"c{n}", 1.0 + n % 4) for n in range(10)),
    *(("b", "average", f"c{n}", 3.0) for n in range(10)),
    *(("b", "worst", f"c{n}", -2.0) for n in range(10)),
]


def checked(frames: Frames, *rules: str, **settings: object) -> list[Check]:
    text = yaml.safe_dump({"rules": [yaml.safe_load(rule) for rule in rules], **settings})
    dialogues, measures = frames
    return check(load(text, Gate, source="rules.yaml"), dialogues, measures, DIMENSIONS)


def test_a_rule_holds_for_every_system_and_condition_of_its_own(build: Build) -> None:
    found = checked(build(CELLS), "{kind: mean, dimension: relief, at_least: 2}")
    assert [(each.place, each.verdict, each.found) for each in found] == [
        ("a, average", "kept", 5.5), ("a, worst", "broken", 2.3),
        ("b, average", "kept", 3.0), ("b, worst", "broken", -2.0),
    ]  # fmt: skip
    assert "its interval is not inside" in found[1].why
    assert found[3].why == "outside the limit"


def test_the_point_alone_is_kept_where_chance_could_have_put_it_there(build: Build) -> None:
    rule = "{kind: mean, dimension: relief, system: a, condition: worst, at_least: 2, by: point}"
    (found,) = checked(build(CELLS), rule)
    assert (found.verdict, found.limit, found.rule) == ("kept", "at least 2", "mean of relief")
    assert found.low is not None and found.low < 2


def test_both_limits(build: Build) -> None:
    rule = "{kind: mean, dimension: relief, system: b, condition: [average, worst], at_least: -1, at_most: 3}"
    assert [each.verdict for each in checked(build(CELLS), rule)] == ["kept", "broken"]


def test_a_drop_is_of_the_hard_conditions(build: Build) -> None:
    found = checked(build(CELLS), "{kind: drop, dimension: relief, at_most: 4, name: sturdy}")
    assert [(each.rule, each.place, each.verdict, each.found) for each in found] == [
        ("sturdy", "a, worst", "kept", pytest.approx(3.2)), ("sturdy", "b, worst", "broken", 5.0)
    ]  # fmt: skip


def test_a_tail_and_a_worst_card(build: Build) -> None:
    tail, card = checked(
        build(CELLS),
        "{kind: tail, dimension: relief, share: 0.3, system: a, condition: worst, at_least: 1, by: point}",
        "{kind: worst-cell, dimension: relief, system: a, condition: worst, at_least: 1.5}",
    )
    assert (tail.found, tail.verdict, tail.rule) == (1.0, "kept", "worst 30% of relief")
    assert (card.found, card.verdict) == (1.0, "broken")
    assert "c0, dialogues: 1" in card.why


def test_a_count_of_dialogues(build: Build) -> None:
    found = checked(
        build(CELLS),
        "{kind: count, dimension: relief, below: 0, at_most: 0, condition: worst}",
        "{kind: count, dimension: relief, above: 3, at_least: 2, system: a, condition: worst}",
    )
    assert [(each.place, each.verdict, each.found) for each in found] == [
        ("a, worst", "kept", 0.0), ("b, worst", "broken", 10.0), ("a, worst", "kept", 2.0)
    ]  # fmt: skip


def test_the_share_of_an_ending(build: Build) -> None:
    endings = {place: "withdrew" if place % 2 else "resolved" for place in range(10, 20)}
    found = checked(
        build(CELLS, endings=endings), "{kind: ending, ending: withdrew, system: a, at_most: 0.35}",
        "{kind: ending, ending: withdrew, system: a, condition: average, at_most: 0.3}",
    )  # fmt: skip
    # Nobody of ten cards: 1 - 0.025 ** (1 / 10), after Clopper and Pearson, and not "certainly none".
    assert (found[0].found, found[0].low, found[0].high) == pytest.approx((0.0, 0.0, 0.3085), abs=1e-4)
    assert [each.verdict for each in found] == ["kept", "broken", "broken"]
    assert found[1].found == 0.5


def test_endings_that_are_not_known_are_missing_and_not_others(build: Build) -> None:
    frames = build(CELLS, endings=dict.fromkeys(range(10)))
    rules = [
        f"{{kind: ending, ending: {ending}, system: a, condition: average, at_most: 1}}"
        for ending in ("withdrew", "unknown")
    ]
    withdrew, unknown = checked(frames, *rules)
    assert (withdrew.verdict, withdrew.found) == ("not known", None)
    assert (unknown.verdict, unknown.found) == ("kept", 1.0)


def test_too_much_that_is_missing_is_not_known(build: Build) -> None:
    cells = [(*each[:3], None) if place in {10, 11} else each for place, each in enumerate(CELLS)]
    frames = build(cells, endings={12: "failed"}, faults={12: "timeout"})
    rule = "kind: mean, dimension: relief, system: a, condition: worst, at_least: 0"
    strict, lenient = checked(frames, f"{{{rule}}}", f"{{{rule}, unscored_at_most: 0.3}}")
    assert (strict.verdict, lenient.verdict) == ("not known", "kept")
    assert strict.why.startswith("3 of 10 scores are missing")
    (eased,) = checked(frames, f"{{{rule}}}", unscored_at_most=0.5)
    assert eased.verdict == "kept"
    (ending,) = checked(frames, "{kind: ending, ending: limit, system: a, condition: worst, at_least: 0.5}")
    assert ending.why.startswith("1 of 10 scores are missing")


def test_one_card_has_no_interval(build: Build) -> None:
    rule = "kind: mean, dimension: relief, condition: worst, at_least: 0"
    bound, point = checked(build([("a", "worst", "c", 5.0)]), f"{{{rule}}}", f"{{{rule}, by: point}}")
    assert (bound.verdict, point.verdict) == ("not known", "kept")
    assert "`by: point`" in bound.why


def test_a_rule_that_applies_nowhere_is_not_kept(build: Build) -> None:
    (found,) = checked(build(CELLS[:10]), "{kind: drop, dimension: relief, at_most: 4}")
    assert (found.place, found.verdict) == ("nowhere", "not known")


def test_languages_are_together_or_each_for_itself(build: Build) -> None:
    frames = build(CELLS[:10], language=lambda card: "zh" if int(card[1]) % 2 else "en")
    rule = "kind: mean, dimension: relief, at_least: 5, by: point"
    found = checked(frames, f"{{{rule}}}", f"{{{rule}, language: [en, zh]}}")
    assert [(each.place, each.found) for each in found] == [
        ("a, average", 5.5), ("a, average, en", 5.0), ("a, average, zh", 6.0)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        (
            "{kind: mean, dimension: releif, at_least: 0}",
            r"rule 1: .* no dimension 'releif'; it has: .*\(did you mean relief\?\)",
        ),
        ("{kind: mean, dimension: relief, system: aa, at_least: 0, name: x}", r"rule 1 \(x\): .* no system 'aa'"),
        ("{kind: mean, dimension: relief, condition: worse, at_least: 0}", r"did you mean worst\?"),
        ("{kind: mean, dimension: relief, language: zh, at_least: 0}", "no language 'zh'"),
        ("{kind: tail, dimension: length, at_least: 0}", "length has no better way"),
        ("{kind: mean, dimension: relief}", "needs a limit"),
        ("{kind: mean, dimension: relief, at_least: 2, at_most: 1}", "nothing can keep it"),
        ("{kind: count, dimension: relief, at_most: 0}", "either below or above"),
        ("{kind: means, dimension: relief, at_most: 0}", r"did you mean mean\?"),
        ("{kind: mean, dimension: relief, atleast: 0}", r"did you mean at_least\?"),
    ],
)
def test_mistakes_are_told_in_words(build: Build, rule: str, says: str) -> None:
    with pytest.raises(Refused, match=says):
        checked(build(CELLS), rule)


def test_drops_need_their_reference(build: Build) -> None:
    with pytest.raises(Refused, match="reference: the run has no condition 'avarage'"):
        checked(build(CELLS), "{kind: drop, dimension: relief, at_most: 0}", reference="avarage")


def test_junit_holds_every_check_whatever_the_names_are(build: Build) -> None:
    hostile = 'a<&>"\x07'
    frames = build([(hostile, "worst", f"c{n}", 1.0 + n) for n in range(9)])
    checks = checked(
        frames, "{kind: mean, dimension: relief, at_least: 0}", "{kind: mean, dimension: relief, at_least: 9}"
    )
    root = Xml.fromstring(junit(checks, hostile))
    cases = root.findall("./testsuite/testcase")
    assert (root.get("tests"), root.get("failures"), len(cases)) == ("2", "1", 2)
    assert cases[0].find("failure") is None
    failure = cases[1].find("failure")
    assert failure is not None and failure.get("type") == "broken"
    assert "allowed: at least 9" in str(failure.get("message"))
    assert cases[1].get("name") == 'a<&>", worst'
