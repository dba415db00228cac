"""The engine of the controls: it follows a control's rules over the transcript and keeps nothing."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from hardseek.chat import Message
from hardseek.language import Language
from hardseek.luck import Luck
from hardseek.supporters.builtin.control import Control, Rule
from hardseek.supporters.builtin.hearing import Hearing
from hardseek.supporters.builtin.phrases import Phrase, phrases
from hardseek.supporters.supporter import Reply, Talk

_BETWEEN: Final[dict[Language, str]] = {"en": " ", "zh": ""}


class BuiltinSupporter:
    """A control as a system under test: the same seed and transcript always give the same reply."""

    remembers = False

    def __init__(self, control: Control) -> None:
        self.control = control

    async def reply(self, talk: Talk, transcript: Sequence[Message]) -> Reply:
        """Answer the seeker's last turn."""
        return Reply(answer(self.control, talk, transcript))

    async def close(self) -> None:
        """Nothing is held."""


def answer(control: Control, talk: Talk, transcript: Sequence[Message]) -> str:
    """Word a control's reply; phrases are chosen by `talk.seed` alone, so that controls share their luck."""
    hearing = Hearing(transcript, talk.language)
    bank = phrases(talk.language)
    luck = Luck.of(seed=talk.seed, card="", condition="", replicate=0)
    rule = next(rule for rule in control.rules if _fits(rule, hearing, bank))
    parts: list[str] = []
    for place, step in enumerate(rule.say):
        needed = place == len(rule.say) - 1 and not parts  # a reply is never empty
        if needed or step.chance == 1 or luck.chance(step.chance, place, "made"):
            options = _options(bank[step.move], hearing, "\n".join(parts), varies=control.varies)
            chosen = _chosen(step.count, options, luck, place)
            texts = [phrase.filled(hearing.blank) for phrase in chosen]
            parts += _numbered(texts) if step.numbered else texts
    return _BETWEEN[talk.language].join(parts).replace(" \n", "\n")


def _fits(rule: Rule, hearing: Hearing, bank: Mapping[str, tuple[Phrase, ...]]) -> bool:
    if (rule.heard and hearing.kind not in rule.heard) or (rule.told and hearing.told < rule.told):
        return False
    return rule.unsaid is None or not any(phrase.mark in hearing.own for phrase in bank[rule.unsaid])


def _options(move: Sequence[Phrase], hearing: Hearing, reply: str, *, varies: bool) -> list[list[Phrase]]:
    """List the phrases that can be filled and are not in the reply yet, in groups, those to be used first in front.

    A control that varies says first what it has never said, then what it has not said last.
    """
    fitting = [phrase for phrase in move if all(map(hearing.blank, phrase.blanks))]
    fitting = [phrase for phrase in fitting if phrase.mark not in reply]
    if not varies:
        return [fitting]
    never = [phrase for phrase in fitting if phrase.mark not in hearing.own]
    before = [phrase for phrase in fitting if phrase not in never]
    return [
        never,
        [phrase for phrase in before if phrase.mark not in hearing.last_own],
        [phrase for phrase in before if phrase.mark in hearing.last_own],
    ]


def _chosen(count: int, groups: Iterable[list[Phrase]], luck: Luck, place: int) -> list[Phrase]:
    """Choose different phrases, fewer than `count` where there are no more."""
    chosen: list[Phrase] = []
    for group in groups:
        while group and len(chosen) < count:
            phrase = luck.pick(group, place, f"phrase {len(chosen)}")
            group.remove(phrase)
            chosen.append(phrase)
    return chosen


def _numbered(texts: Sequence[str]) -> list[str]:
    return [f"\n{number}. {text}" for number, text in enumerate(texts, start=1)]
