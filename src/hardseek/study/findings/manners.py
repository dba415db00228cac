"""What is counted of a dialogue's seeker, person or simulated: how they write, how they resist, how they end.

All of it is counted in the text, by the patterns and thresholds by which simulated seekers are validated
(validity.markers, validity.manners): nobody knows a person's hidden state.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from hardseek.dialogues import Dialogue
from hardseek.language import A_WORD, length
from hardseek.seekers.appraisal import read
from hardseek.validity.markers import argues, asks, brief, shows, shuts_down


@dataclass(frozen=True, slots=True)
class Count:
    """So many of so many."""

    holds: float
    of: float


Counter = Callable[[Dialogue], Count]


def lengths(dialogue: Dialogue) -> list[float]:
    """Return the words of each of the seeker's turns; Chinese characters at 1.6 to a word."""
    return [length(text) / A_WORD[dialogue.language] for text in said(dialogue)]


def said(dialogue: Dialogue) -> list[str]:
    """Return the seeker's turns."""
    return [turn.text for turn in dialogue.turns if turn.speaker == "seeker"]


def _turns(holds: Callable[[Dialogue, str], bool]) -> Counter:
    def count(dialogue: Dialogue) -> Count:
        texts = said(dialogue)
        return Count(sum(holds(dialogue, text) for text in texts), len(texts))

    return count


def _after_advice(holds: Callable[[Dialogue, str], bool]) -> Counter:
    def count(dialogue: Dialogue) -> Count:
        texts = list(_answers_to_advice(dialogue))
        return Count(sum(holds(dialogue, text) for text in texts), len(texts))

    return count


def _answers_to_advice(dialogue: Dialogue) -> Iterator[str]:
    for before, after in pairwise(dialogue.turns):
        if (before.speaker, after.speaker) == ("supporter", "seeker") and read(before.text, dialogue.language).cues.get(
            "advice"
        ):
            yield after.text


def _last_thanks(dialogue: Dialogue) -> Count:
    texts = said(dialogue)
    return Count(float(bool(texts) and shows("thanks", texts[-1], dialogue.language)), float(bool(texts)))


def _ending(name: str) -> Counter:
    return lambda dialogue: Count(float(dialogue.ending == name), float(dialogue.ending is not None))


COUNTERS: Final[dict[str, Counter]] = {
    "turns": lambda dialogue: Count(len(said(dialogue)), 1.0),
    "brief": _turns(lambda dialogue, text: brief(text, dialogue.language)),
    "questions": _turns(lambda _, text: asks(text)),
    "thanks": _turns(lambda dialogue, text: shows("thanks", text, dialogue.language)),
    "last_turn_thanks": _last_thanks,
    "brief_after_advice": _after_advice(lambda dialogue, text: brief(text, dialogue.language)),
    "shuts_down": _turns(lambda dialogue, text: shuts_down(text, dialogue.language)),
    "argues": _turns(lambda dialogue, text: argues(text, dialogue.language)),
    "doubts": _turns(lambda dialogue, text: shows("doubting", text, dialogue.language)),
    "ending_resolved": _ending("resolved"),
    "ending_withdrew": _ending("withdrew"),
    "ending_limit": _ending("limit"),
}
"""By name: turns of the seeker in a dialogue, then shares of turns, of answers to advice, of dialogues."""
LENGTH: Final = "length_median"
"""The median words in a turn, beside them."""
