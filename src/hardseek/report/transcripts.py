"""The dialogues that a page carries, as data for its reader."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, get_args

import msgspec
import polars as pl

from hardseek.dialogues import Dialogue, Turn
from hardseek.report.exhibits import Exhibit
from hardseek.report.numbers import digits, number
from hardseek.report.safe import visible
from hardseek.report.sections import condition_title, fault_title
from hardseek.report.view import RunView
from hardseek.report.words import Bilingual, say
from hardseek.seekers import Act, Appraisal, Trace

ROOM: Final = 1_000_000
"""Characters of all turns together; beyond it turns are cut to `SHORT`, and the page says so."""
SHORT: Final = 1_200
"""Characters of a turn that are shown before "show all"."""
SLIGHT: Final = 0.05
"""Appraisals below this are not worth a reader's time."""

_OPEN: Final = {name: f"{{{name}}}" for name in ("n", "kind", "first", "last")}
"""Values that the script puts in, left open here."""


@dataclass
class _Room:
    """How many characters the page has left for turns."""

    left: int

    def take(self, text: str) -> str:
        if len(text) > max(self.left, SHORT):
            text = text[:SHORT]
        self.left -= len(text)
        return text


def payload(view: RunView, exhibits: Sequence[Exhibit]) -> str:
    """Return the exhibits and their dialogues as JSON that can stand inside a script element."""
    ids = list(dict.fromkeys(name for exhibit in exhibits for name in exhibit.dialogues))
    scores = dict(
        view.measures.filter((pl.col("dimension") == view.headline) & pl.col("dialogue").is_in(ids))
        .select("dialogue", "score")
        .iter_rows()
    )
    room = _Room(ROOM)
    places = digits(view.main)
    dialogues = {
        dialogue.id: _dialogue(view, dialogue, number(scores.get(dialogue.id), places), room)
        for dialogue in (view.fetch(ids) if ids else [])
    }
    shown = [
        {
            "system": visible(exhibit.system),
            "card": visible(exhibit.card),
            "language": visible(exhibit.language),
            "replicate": exhibit.replicate,
            "why": exhibit.why,
            "dialogues": [name for name in exhibit.dialogues if name in dialogues],
        }
        for exhibit in exhibits
    ]
    return _inert({"short": SHORT, "exhibits": shown, "dialogues": dialogues})


def _dialogue(view: RunView, dialogue: Dialogue, score: str, room: _Room) -> dict[str, Any]:
    fault: dict[str, str | Bilingual] | None = None
    if dialogue.fault is not None:
        fault = {"kind": fault_title(dialogue.fault.kind), "detail": visible(dialogue.fault.detail)}
    return {
        "condition": condition_title(view, dialogue.condition),
        "language": dialogue.language,
        "ending": dialogue.ending or "unknown",
        "score": score,
        "exchanges": sum(turn.speaker == "supporter" for turn in dialogue.turns),
        "fault": fault,
        "turns": [_turn(turn, room) for turn in dialogue.turns],
    }


def _turn(turn: Turn, room: _Room) -> dict[str, Any]:
    text = visible(turn.text)
    kept = room.take(text)
    shown: dict[str, Any] = {"who": turn.speaker, "text": kept}
    if len(kept) < len(text):
        shown["cut"] = len(text) - len(kept)
    if turn.trace is not None:
        shown["trace"] = _trace(turn.trace)
    return shown


def _trace(trace: Trace) -> dict[str, Any]:
    """Take what a reader wants of a trace; parts that a protocol does not have are left out."""
    shown: dict[str, Any] = {}
    if trace.state is not None:
        state = trace.state
        shown["state"] = {
            "distress": round(state.distress, 2),
            "trust": round(state.trust, 2),
            "openness": round(state.openness, 2),
            "engagement": round(state.engagement, 2),
            "strain": round(state.strain, 2),
        }
        shown["told"] = [visible(fact) for fact in state.disclosed]
    if trace.move is not None:
        shown["act"] = trace.move.act
    if trace.appraisal is not None:
        values = msgspec.structs.asdict(trace.appraisal)
        shown["appraisal"] = {name: round(value, 2) for name, value in values.items() if value >= SLIGHT}
    if trace.emotion is not None:
        parts = (trace.emotion.label, trace.emotion.description, trace.emotion.reason)
        shown["emotion"] = [visible(part) for part in parts if part]
    if trace.reworded:
        shown["reworded"] = [visible(wrong) for wrong in trace.reworded]
    return shown


def reader_words() -> str:
    """Return the interface's words that the reader's script needs, as JSON that can stand inside a script element."""
    keys = (
        *("seeker", "supporter", "trace", "trace_unknown", "show_all", "show_less", "cut", "link_turn", "score"),
        *(
            "exchanges",
            "card",
            "replicate",
            "failed_because",
            "distress_course",
            "told",
            "move",
            "appraisal",
            "emotion",
        ),
        *("reworded", "nothing_taken", "trace_all", "trace_none"),
        *(f"why_{why}" for why in ("worst", "typical", "failed", "some")),
        *(f"ending_{ending}" for ending in ("resolved", "withdrew", "limit", "failed", "unknown")),
        *(f"state_{part}" for part in ("distress", "trust", "openness", "engagement", "strain")),
        *(f"act_{act}" for act in get_args(Act)),
        *(f"appraisal_{name}" for name in Appraisal.__struct_fields__),
    )
    return _inert({key: say(key, **_OPEN) for key in keys})


def _inert(value: object) -> str:
    """Write JSON in which nothing can end the element it stands in or begin another."""
    text = msgspec.json.encode(value).decode()
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text
