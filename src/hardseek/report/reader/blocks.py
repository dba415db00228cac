"""Dialogues in blocks: what was said is one piece, what stands behind it another, so that search unpacks words only."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

import msgspec

from hardseek.dialogues import Dialogue
from hardseek.judging import Rating
from hardseek.report.reader.shelf import Shelf
from hardseek.report.reasons import reason_title
from hardseek.report.safe import visible
from hardseek.report.titles import fault_title
from hardseek.report.view import RunView
from hardseek.seekers import Trace

BLOCK: Final = 300_000
"""Bytes of JSON in a block of words or of what stands behind them, about: what a browser unpacks in a few
milliseconds."""
SLIGHT: Final = 0.05
"""Appraisals below this are not worth a reader's time."""
_AT_ONCE: Final = 200
_SPEAKERS: Final = {"seeker": "s", "supporter": "h"}
_encode = msgspec.json.Encoder().encode


def lay(view: RunView, order: Sequence[str], shelf: Shelf) -> list[int]:
    """Put all dialogues on the shelf, as pieces `said-K` and `behind-K`.

    Args:
        view: the run.
        order: ids of the dialogues, those first that the page should carry rather than others.
        shelf: where to.

    Returns:
        The place in `order` of the first dialogue of each block.
    """
    starts: list[int] = []
    said: list[bytes] = []
    behind: list[bytes] = []
    size = [0, 0]

    def close() -> None:
        number = len(starts) - 1
        shelf.put(f"said-{number}", b"[" + b",".join(said) + b"]")
        shelf.put(f"behind-{number}", b"[" + b",".join(behind) + b"]")
        said.clear()
        behind.clear()
        size[:] = [0, 0]

    for place, dialogue in enumerate(_fetched(view, order)):
        if not said:
            starts.append(place)
        said.append(_encode(_said(dialogue)))
        behind.append(_encode(_behind(view, dialogue)))
        size[0] += len(said[-1])
        size[1] += len(behind[-1])
        if max(size) >= BLOCK:
            close()
    if said:
        close()
    return starts


def _fetched(view: RunView, order: Sequence[str]) -> Iterator[Dialogue | None]:
    """Fetch dialogues in this order; None for one that has gone in the meantime."""
    for first in range(0, len(order), _AT_ONCE):
        ids = order[first : first + _AT_ONCE]
        found = {dialogue.id: dialogue for dialogue in view.fetch(ids)}
        yield from (found.get(name) for name in ids)


def _said(dialogue: Dialogue | None) -> tuple[str, list[str]]:
    """Who spoke, one letter a turn (s: the seeker, h: the supporter), and what."""
    turns = dialogue.turns if dialogue is not None else ()
    return "".join(_SPEAKERS[turn.speaker] for turn in turns), [visible(turn.text) for turn in turns]


def _behind(view: RunView, dialogue: Dialogue | None) -> dict[str, Any]:
    if dialogue is None:
        return {}
    shown: dict[str, Any] = {}
    if dialogue.fault is not None:
        shown["fault"] = {"kind": fault_title(dialogue.fault.kind), "detail": visible(dialogue.fault.detail)}
    traces = list(_traces(dialogue))
    if any(traces):
        shown["traces"] = traces
    if view.ratings is not None and (ratings := [_rating(rating) for rating in view.ratings(dialogue.id)]):
        shown["ratings"] = ratings
    return shown


def _traces(dialogue: Dialogue) -> Iterator[dict[str, Any] | None]:
    """Yield what a reader wants of each turn's trace; parts that a protocol does not have are left out."""
    told = 0
    for turn in dialogue.turns:
        if turn.trace is None:
            yield None
            continue
        shown = _trace(turn.trace, told)
        if turn.trace.state is not None:
            told = len(turn.trace.state.disclosed)
        yield shown


def _trace(trace: Trace, told: int) -> dict[str, Any]:
    shown: dict[str, Any] = {}
    if trace.state is not None:
        state = trace.state
        values = (state.distress, state.trust, state.openness, state.engagement, state.strain)
        shown["state"] = [round(value, 2) for value in values]
        if state.disclosed[told:]:
            shown["told"] = [visible(fact) for fact in state.disclosed[told:]]
    if trace.move is not None:
        shown["act"] = trace.move.act
    if trace.appraisal is not None:
        appraisal = trace.appraisal
        signs = ((name, getattr(appraisal, name)) for name in appraisal.__struct_fields__)
        shown["signs"] = {name: round(value, 2) for name, value in signs if value >= SLIGHT}
    if trace.emotion is not None:
        parts = (trace.emotion.label, trace.emotion.description, trace.emotion.reason)
        shown["emotion"] = [visible(part) for part in parts if part]
    if trace.reworded:
        shown["reworded"] = [visible(wrong) for wrong in trace.reworded]
    return shown


def _rating(rating: Rating) -> list[Any]:
    """Judge, dimension, score, why there is none, and what it rests on; trailing empty parts are left out."""
    shown: list[Any] = [
        visible(rating.judge),
        rating.dimension,
        None if rating.score is None else round(rating.score, 4),
    ]
    grounds = rating.grounds
    if grounds is None:
        return [*shown, reason_title(rating.unscored)] if rating.unscored else shown
    rests: dict[str, Any] = {}
    if grounds.reason:
        rests["reason"] = visible(grounds.reason)
    if grounds.quotes:
        rests["quotes"] = [visible(quote) for quote in grounds.quotes]
        rests["unverified"] = grounds.unverified
    if grounds.samples:
        rests["samples"] = grounds.samples
    if grounds.members:
        rests["members"] = {visible(name): score for name, score in grounds.members.items()}
    return [*shown, reason_title(rating.unscored) if rating.unscored else "", rests]
