"""Corpora in which people said how good a supporter was, as dialogues with labels."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any, Final

import numpy as np

from benchmarks.ieval import lines
from hardseek.chat import Message
from hardseek.dialogues import Transcript
from hardseek.judging.scorer import Rated, Seen, see

_SUPPORTERS: Final = frozenset({"sys", "listener"})
_HIDDEN: Final = "mm"
"""Stands for the seeker's turns where only the supporter's may be seen: no content, no cue."""


@dataclass(frozen=True)
class Labelled:
    """Dialogues and what people said of them."""

    name: str
    seen: list[Seen]
    labels: np.ndarray
    """Ratings, or 1 and 0."""
    systems: tuple[str, ...] | None = None

    @property
    def rated(self) -> Rated:
        """The labels as ratings, each by a rater of its own."""
        places = np.arange(len(self.seen))
        return Rated(places, self.labels, ("anybody",) * len(self.seen), self.systems)


def esconv(path: Path) -> Iterator[tuple[Transcript, dict[str, Any]]]:
    """Read ESConv or FailedESConv: each dialogue with what its seeker said of it."""
    for record in lines(path):
        said = [
            (turn["speaker"] in {"sys", "listener"}, turn.get("text") or turn.get("content", ""))
            for turn in record["dialog"]
        ]
        yield _transcript(said), record["survey_score"].get("seeker", {})


def surveys(folder: Path, question: str) -> Labelled:
    """Return ESConv's dialogues with a seeker's answer: `empathy`, `relevance`, or `relief` (distress that went)."""
    found = []
    for part in ("train", "valid"):
        for transcript, survey in esconv(folder / "esconv" / f"{part}.jsonl"):
            names = ("initial_emotion_intensity", "final_emotion_intensity") if question == "relief" else (question,)
            if all(survey.get(name) for name in names):
                values = [float(survey[name]) for name in names]
                found.append((transcript, values[0] - values[1] if question == "relief" else values[0]))
    return _labelled(f"ESConv, {question}", found)


def success(folder: Path) -> Labelled:
    """Return ESConv's dialogues (1) and FailedESConv's (0), of which the supporter's turns alone are seen."""
    found = []
    for part, label in (("train", 1.0), ("valid", 1.0), ("failed", 0.0)):
        for transcript, _ in esconv(folder / "esconv" / f"{part}.jsonl"):
            found.append((supporter_alone(transcript), label))
    return _labelled("ESConv against FailedESConv", found)


def annomi(folder: Path) -> Labelled:
    """Return AnnoMI's transcripts: motivational interviewing well done (1) or not (0)."""
    talks: dict[str, tuple[float, dict[int, tuple[bool, str]]]] = {}
    for row in lines(folder / "annomi" / "utterances.jsonl"):
        said = talks.setdefault(row["transcript_id"], (float(row["mi_quality"] == "high"), {}))[1]
        said[int(row["utterance_id"])] = (row["interlocutor"] == "therapist", row["utterance_text"])
    return _labelled(
        "AnnoMI, quality",
        [(_transcript([said[number] for number in sorted(said)]), quality) for quality, said in talks.values()],
    )


def supporter_alone(transcript: Transcript) -> Transcript:
    """Hide what the seeker says."""
    return Transcript(
        transcript.language,
        tuple(Message("user", _HIDDEN) if each.role == "user" else each for each in transcript.messages),
    )


def _transcript(said: Sequence[tuple[bool, str]]) -> Transcript:
    """Join what one person says in a row."""
    messages = []
    for supporter, run in groupby(said, key=lambda each: each[0]):
        text = "\n".join(text.strip() for _, text in run if text.strip())
        messages.append(Message("assistant" if supporter else "user", text))
    return Transcript("en", tuple(messages))


def _labelled(name: str, found: Sequence[tuple[Transcript, float]]) -> Labelled:
    return Labelled(name, [see(transcript) for transcript, _ in found], np.array([label for _, label in found]))
