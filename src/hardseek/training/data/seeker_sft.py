"""Dialogues for training a seeker in the manner of ESC-Role: turned around, with the card as the system message.

ESC-Eval (Zhao et al., 2024, arXiv 2406.14952) trained its seeker on dialogues in which the seeker is the assistant,
mixed with general role-play data. The system message is word for word the one that the protocol `esc-eval` plays a card
with, so that the trained seeker is asked as it was trained.
"""

from collections.abc import Sequence
from pathlib import Path

import msgspec

from hardseek.chat import Message
from hardseek.errors import Refused
from hardseek.interop.reading import records
from hardseek.language import clean, detect
from hardseek.luck import Luck
from hardseek.seekers.protocols.esc_eval import GREETING, role_prompt
from hardseek.training.data.drops import Drops
from hardseek.training.data.material import Held
from hardseek.training.data.messages import joined
from hardseek.training.data.sample import Sample
from hardseek.training.dataset import Talk

GENERAL = "general"
"""The condition of general role-play data."""


def seeker_talk(each: Held, family: str, drops: Drops) -> Sample | None:
    """Turn a dialogue around; None, counted, where the card is not known or the seeker says nothing."""
    if each.card is None:
        drops.add("dialogues", "the card is not known; give role cards with --cards")
        return None
    dialogue = each.dialogue
    turns = [turn for turn, _ in joined(dialogue.turns)]
    while turns and turns[-1].speaker == "supporter":  # nothing of the seeker's follows it
        turns.pop()
    if not turns:
        drops.add("dialogues", "no words of the seeker's, or a hole before them")
        return None
    messages = [Message("system", role_prompt(each.card))]
    if turns[0].speaker == "seeker":
        messages.append(Message("user", GREETING[dialogue.language]))
    messages += [Message("assistant" if turn.speaker == "seeker" else "user", turn.text) for turn in turns]
    row = Talk(
        messages=tuple(messages), card=dialogue.card, dialogue=dialogue.id, condition=dialogue.condition,
        language=dialogue.language,
    )  # fmt: skip
    return Sample(row, family, dialogue.condition, dialogue.id)


class _General(msgspec.Struct, frozen=True):
    """A line of general role-play data."""

    messages: list[Message]


def read_general(path: Path) -> list[Talk]:
    """Read general role-play data: JSON Lines with `messages`, of which the assistant's are learnt.

    Raises:
        Refused: a line does not fit, or nothing of it can be learnt.
    """
    found: list[Talk] = []
    for where, _, record in records(path, _General):
        messages = tuple(Message(message.role, clean(message.content)) for message in record.messages)
        if not any(message.role == "assistant" for message in messages):
            raise Refused(f"{where}: no message of the assistant, so that nothing can be learnt")
        if any(not message.content for message in messages):
            raise Refused(f"{where}: a message without text")
        language = detect("\n".join(message.content for message in messages))
        found.append(Talk(messages=messages, condition=GENERAL, language=language))
    if not found:
        raise Refused(f"{path}: no dialogues in it; a line is JSON with `messages`")
    return found


def general_samples(talks: Sequence[Talk], wanted: int, *, seed: int, drops: Drops) -> list[Sample]:
    """Draw so many general dialogues, each at most once; what is not drawn, or is missing, is counted."""
    luck = Luck.of(seed=seed, card=GENERAL, condition="", replicate=0)
    order = luck.shuffle(range(len(talks)), 0, "general dialogues")
    drops.add("general dialogues", "more than the ratio takes", max(0, len(talks) - wanted))
    drops.add("general dialogues", "asked for by the ratio and not there", max(0, wanted - len(talks)))
    return [
        Sample(talks[place], f"{GENERAL} {place}", GENERAL, f"{GENERAL} {place:08}") for place in sorted(order[:wanted])
    ]
