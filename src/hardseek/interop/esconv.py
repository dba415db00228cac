"""Peer support between people: ESConv (Liu et al., 2021, arXiv 2106.01144) and FailedESConv."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from statistics import fmean
from typing import Final, Literal

import msgspec

from hardseek.dialogues import Speaker, Turn
from hardseek.errors import Refused
from hardseek.interop.importing import Found, Importer
from hardseek.interop.reading import identifier, natural, records
from hardseek.language import clean

_SPEAKERS: Final[dict[str, Speaker]] = {
    "usr": "seeker",
    "sys": "supporter",
    "speaker": "seeker",
    "listener": "supporter",
}


class _Annotation(msgspec.Struct, frozen=True):
    feedback: float | None = None


class _Line(msgspec.Struct, frozen=True):
    speaker: Literal["usr", "sys", "speaker", "listener"]
    text: str | None = None
    content: str | None = None
    """FailedESConv's name of `text`."""
    annotation: _Annotation = _Annotation()


class _Seeker(msgspec.Struct, frozen=True):
    initial_emotion_intensity: float | None = None
    final_emotion_intensity: float | None = None
    empathy: float | None = None
    relevance: float | None = None


class _Survey(msgspec.Struct, frozen=True):
    seeker: _Seeker = _Seeker()


class _Record(msgspec.Struct, frozen=True):
    dialog: list[_Line]
    index: int | None = None
    survey_score: _Survey = _Survey()

    @property
    def failed(self) -> bool:
        return any(line.speaker == "listener" for line in self.dialog)


def _find(path: Path) -> Iterator[Found]:
    files = [path] if path.is_file() else natural(path.glob("*.jsonl"))
    if not files:
        raise Refused(f"{path}: no ESConv dialogues here; expected train.jsonl, valid.jsonl or failed.jsonl")
    for file in files:
        for where, number, record in records(file, _Record, strict=False):
            condition = "failed-esconv" if record.failed else "esconv"
            yield Found(
                where=where,
                system="people",
                condition=condition,
                # The id that `hardseek cards import` gives the card of the same record.
                card=f"esconv-{identifier(file.stem)}-{number if record.index is None else record.index}",
                language="en",
                turns=list(_turns(record.dialog, where)),
                measures=_measures(record),
            )


def _turns(lines: Iterable[_Line], where: str) -> Iterator[Turn]:
    """Join what one person wrote in a row: in a chat a turn may take several messages."""
    for speaker, run in groupby(lines, key=lambda line: _SPEAKERS[line.speaker]):
        yield Turn(speaker, "\n".join(text for line in run if (text := clean(_text(line, where)))))


def _text(line: _Line, where: str) -> str:
    text = line.text if line.text is not None else line.content
    if text is None:
        raise Refused(f"{where}: a message of `dialog` has no text; expected `text` or `content`")
    return text


def _measures(record: _Record) -> dict[str, float]:
    """Collect what the seeker answered, by the names in people.yaml."""
    survey = record.survey_score.seeker
    marks = [line.annotation.feedback for line in record.dialog if line.annotation.feedback is not None]
    answers = {
        "people: distress before": survey.initial_emotion_intensity,
        "people: distress after": survey.final_emotion_intensity,
        "people: empathy": survey.empathy,
        "people: relevance": survey.relevance,
        "people: feedback": fmean(marks) if marks else None,
    }
    return {name: answer for name, answer in answers.items() if answer is not None}


ESCONV: Final = Importer("esconv", "people supporting people: ESConv and FailedESConv, JSON Lines", _find)
