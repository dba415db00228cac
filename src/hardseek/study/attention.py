"""Attention checks: instructed responses, questions asked again, dialogues read again. Failures are counted and told;
nobody's answers are left out because of them."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from hardseek.study.answers import Given
from hardseek.study.design import Design, FormName
from hardseek.study.items import Answer, CheckItem, Item

CheckKind = Literal["instructed", "repeated", "reread"]


@dataclass(frozen=True, slots=True)
class Check:
    """What came of one check of one participant."""

    participant: str
    place: str
    """Where it was asked, as in answers."""
    item: str
    kind: CheckKind
    """Told what to choose; asked twice in one form; asked of a dialogue that was read twice."""
    expected: Answer
    """What it should have been: the instructed step, or the first answer."""
    given: Answer
    passed: bool


def checks(design: Design, given: Sequence[Given]) -> list[Check]:
    """Return all checks that have been answered; one whose first answer says that it does not apply is none."""
    known = {(one.participant, one.place, one.item): one.value for one in given}
    found: list[Check] = []
    for one in given:
        item = _item(design, one)
        if item is not None:
            found += _of(item, one, known)
    return found


def failed(found: Sequence[Check]) -> Counter[str]:
    """Count failures by participant."""
    return Counter(check.participant for check in found if not check.passed)


def flagged(design: Design, found: Sequence[Check]) -> list[str]:
    """Return the participants who failed more checks than the study allows, in the order of the file."""
    counts = failed(found)
    return [one.code for one in design.study.participants if counts[one.code] > design.study.attention.allowed]


def planned(design: Design) -> dict[CheckKind, int]:
    """Count the checks that a participant meets, by kind, if every talk is held to its end."""
    study = design.study
    systems = len(study.systems) if study.talks else 0
    times: dict[FormName, int] = {
        "start": 1, "before": study.talks, "turn": study.talks * study.exchanges, "dialogue": study.talks,
        "system": systems, "reading": study.reading.each if study.reading else 0,
        "again": study.reading.repeats if study.reading else 0, "pair": study.pairs.each if study.pairs else 0,
        "end": 1,
    }  # fmt: skip
    asked = [(item, times[form]) for form, items in design.forms.items() for item in items]
    return {
        "instructed": sum(count for item, count in asked if isinstance(item, CheckItem)),
        "repeated": sum(count for item, count in asked if item.same_as is not None),
        "reread": times["again"] * sum(_comparable(item) for item in design.forms["again"]),
    }


def _of(item: Item, one: Given, known: dict[tuple[str, str, str], Answer]) -> Iterator[Check]:
    if isinstance(item, CheckItem):
        yield Check(
            one.participant, one.place, item.name, "instructed", float(item.expected), one.value,
            one.value == float(item.expected),
        )  # fmt: skip
    elif item.same_as is not None:
        first = known.get((one.participant, one.place, item.same_as))
        if first is not None:
            near = _near(first, one.value, item.within)
            yield Check(one.participant, one.place, item.name, "repeated", first, one.value, near)
    elif one.place.startswith("again:") and _comparable(item):
        first = known.get((one.participant, f"reading:{one.place.removeprefix('again:')}", item.name))
        if first is not None:
            near = _near(first, one.value, item.within)
            yield Check(one.participant, one.place, item.name, "reread", first, one.value, near)


def _near(first: Answer, second: Answer, within: float) -> bool:
    if isinstance(first, float) and isinstance(second, float):
        return abs(first - second) <= within
    return first == second


def _comparable(item: Item) -> bool:
    return item.kind in {"likert", "slider"} and item.same_as is None


def _item(design: Design, one: Given) -> Item | None:
    form = one.place.partition(":")[0]
    items = next((items for name, items in design.forms.items() if name == form), ())
    return next((item for item in items if item.name == one.item), None)
