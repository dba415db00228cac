"""How a group of seekers writes: the same counts for people and for simulated seekers."""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from statistics import fmean
from typing import Final

import numpy as np

from hardseek.chat import Message
from hardseek.language import A_WORD, Language, length
from hardseek.seekers.appraisal import read
from hardseek.validity.markers import brief, shows

Dialogue = tuple[Language, tuple[Message, ...]]
"""Language and messages, the seeker `user`; messages of one speaker in a row are merged beforehand."""


def quartile(which: float) -> Callable[[Sequence[Dialogue]], float | None]:
    """Return the count of a quantile of the words in a turn; Chinese characters at 1.6 to a word."""

    def counted(dialogues: Sequence[Dialogue]) -> float | None:
        lengths = [length(text) / A_WORD[language] for language, text in _said(dialogues)]
        return float(np.quantile(lengths, which)) if lengths else None

    return counted


def briefness(dialogues: Sequence[Dialogue]) -> float | None:
    """Return the share of turns of a few words."""
    return _share([brief(text, language) for language, text in _said(dialogues)])


def questions(dialogues: Sequence[Dialogue]) -> float | None:
    """Return the share of turns with a question mark."""
    return _share(["?" in text or "？" in text for _, text in _said(dialogues)])


def thanks(dialogues: Sequence[Dialogue]) -> float | None:
    """Return the share of turns with thanks or approval."""
    return _share([shows("thanks", text, language) for language, text in _said(dialogues)])


def brief_after_advice(dialogues: Sequence[Dialogue]) -> float | None:
    """Return the share of answers to advice that have a few words."""
    return _share([brief(text, language) for language, text in _after_advice(dialogues)])


def last_turn_thanks(dialogues: Sequence[Dialogue]) -> float | None:
    """Return the share of dialogues whose last turn of the seeker thanks."""
    lasts = [(language, [m.content for m in said if m.role == "user"]) for language, said in dialogues]
    return _share([shows("thanks", texts[-1], language) for language, texts in lasts if texts])


SHARES: Final[dict[str, Callable[[Sequence[Dialogue]], float | None]]] = {
    "brief": briefness,
    "questions": questions,
    "thanks": thanks,
    "brief_after_advice": brief_after_advice,
    "last_turn_thanks": last_turn_thanks,
}
"""By their names among the figures of people."""


def _said(dialogues: Sequence[Dialogue]) -> Iterator[tuple[Language, str]]:
    for language, messages in dialogues:
        yield from ((language, message.content) for message in messages if message.role == "user")


def _after_advice(dialogues: Sequence[Dialogue]) -> Iterator[tuple[Language, str]]:
    for language, messages in dialogues:
        for before, after in pairwise(messages):
            if (
                after.role == "user"
                and before.role == "assistant"
                and read(before.content, language).cues.get("advice")
            ):
                yield language, after.content


def _share(holds: Sequence[bool]) -> float | None:
    return fmean(holds) if holds else None
