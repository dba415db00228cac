"""Outcomes: what the seeker went through, read from what stands behind its turns.

Outcomes are no judge's opinion: they see the hidden state of a simulated seeker and say what became of it. They show
differences between systems under the simulation; that they hold for people is for people to show.
"""

from functools import cache
from typing import Final

import msgspec

from hardseek.dialogues import Dialogue
from hardseek.documents import packaged
from hardseek.judging.rating import Dimension, Rating
from hardseek.seekers.emotions import emotion_group

SEEKER: Final = "seeker"
"""How outcomes are signed, in the place of a judge."""
_VALENCE: Final = {"negative": -1.0, "neutral": 0.0, "ambiguous": 0.0, "positive": 1.0}


@cache
def outcome_dimensions() -> tuple[Dimension, ...]:
    """Return what outcomes there are."""
    text = packaged("hardseek.judging", "outcomes.yaml")
    return msgspec.yaml.decode(text, type=tuple[Dimension, ...])


def outcomes(dialogue: Dialogue) -> list[Rating]:
    """Read the outcomes of a dialogue; those that it does not have, such as of people, are left out."""
    return [Rating(SEEKER, name, value) for name, value in {**_of_state(dialogue), **_of_emotion(dialogue)}.items()]


def _of_state(dialogue: Dialogue) -> dict[str, float]:
    states = [turn.trace.state for turn in dialogue.turns if turn.trace is not None and turn.trace.state is not None]
    if not states:
        return {}
    first, last = states[0], states[-1]
    return {
        "relief": first.distress - last.distress,
        "trust_gained": last.trust - first.trust,
        "facts_told": float(len(last.disclosed)),
        "resolved": float(dialogue.ending == "resolved"),
        "withdrew": float(dialogue.ending == "withdrew"),
    }


def _of_emotion(dialogue: Dialogue) -> dict[str, float]:
    emotions = [turn.trace.emotion for turn in dialogue.turns if turn.trace is not None]
    groups = [emotion_group(emotion.label) for emotion in emotions if emotion is not None]
    values = [_VALENCE[group] for group in groups if group is not None]
    if not values:
        return {}
    return {
        "negative_emotion": sum(value < 0 for value in values) / len(values),
        "emotion_lift": values[-1] - values[0],
    }
