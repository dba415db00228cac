"""What the two models of the emotion planner are sent, and which behaviours they are told to play."""

from collections.abc import Sequence
from typing import Final

from hardseek.chat import Message
from hardseek.seekers.behaviour import AXES, Axis, BehaviourProfile
from hardseek.seekers.emotions import emotion_labels
from hardseek.seekers.prompts import Prompt, prompt
from hardseek.seekers.protocols.persona import persona
from hardseek.seekers.seeker import Part
from hardseek.seekers.state import Emotion

ON: Final = 0.3
"""Intensity from which a behaviour is on: the published profiles know no degrees, and ours call this mild."""


def behaviours_on(profile: BehaviourProfile) -> tuple[Axis, ...]:
    """Return the behaviours that are played: on or off, as in the publication, for the whole dialogue."""
    return tuple(axis for axis in AXES if getattr(profile, axis) >= ON)


def is_volatile(profile: BehaviourProfile) -> bool:
    """Tell whether the mood can be ordered to get worse."""
    return "emotional_volatility" in behaviours_on(profile)


def plan_messages(part: Part, transcript: Sequence[Message], before: Emotion | None, *, forced: bool) -> list[Message]:
    """Return what the planner is sent: the person and the labels, then the talk, and what was felt before.

    Args:
        part: who is played.
        transcript: the talk so far.
        before: the emotion of the seeker's last turn.
        forced: whether it is to get worse.
    """
    words = _words(part)
    felt = _named(before, part) if before is not None else None
    now: dict[str, object] = {"transcript": transcript, "before": felt, "worse": forced}
    return [
        Message("system", words.block("planner", _seeker_words(part) | {"labels": _labels(part)})),
        Message("user", words.block("next" if transcript else "first", now)),
    ]


def speak_messages(part: Part, transcript: Sequence[Message], emotion: Emotion, *, wordless: bool) -> list[Message]:
    """Return what the speaker is sent: the person, the talk with roles turned, and at its end what is felt.

    Args:
        part: who is played.
        transcript: the talk so far.
        emotion: the plan.
        wordless: whether the last answer was nothing but the mark of the end.
    """
    words = _words(part)
    felt = {"label": _named(emotion, part), "description": emotion.description, "reason": emotion.reason}
    talk = [Message("assistant" if said.role == "user" else "user", said.content) for said in transcript]
    if not talk or talk[0].role == "assistant":
        talk.insert(0, Message("user", words.block("opening", {})))
    note = words.block("feeling", felt | {"wordless": wordless})
    talk[-1] = Message("user", f"{talk[-1].content}\n\n{note}")
    return [Message("system", words.block("speaker", _seeker_words(part))), *talk]


def _seeker_words(part: Part) -> dict[str, object]:
    card = part.card
    return {
        "persona": persona(card),
        "problem": card.summary,
        "writing": card.writing,
        "on": behaviours_on(part.profile),
        "form": part.profile.resistance_form,
        "risk": card.risk,
    }


def _labels(part: Part) -> str:
    """List the labels for a prompt."""
    if part.card.language == "en":
        return ", ".join(label.name for label in emotion_labels())
    return "、".join(f"{label.zh[0]}（{label.name}）" for label in emotion_labels())


def _named(emotion: Emotion, part: Part) -> str:
    """Return a label in the language of the card."""
    if part.card.language == "en":
        return emotion.label
    return next(label.zh[0] for label in emotion_labels() if label.name == emotion.label)


def _words(part: Part) -> Prompt:
    return prompt("hardseek.seekers.protocols", f"emotion-planner.{part.card.language}.md")
