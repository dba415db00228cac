"""The engine of the controls: it follows a control's rules over the transcript and keeps nothing."""

from collections.abc import Sequence
from typing import Final

from hardseek.chat import Message
from hardseek.language import Language
from hardseek.luck import Luck
from hardseek.supporters.builtin.control import Control, Rule, Step
from hardseek.supporters.builtin.hearing import Hearing, hear
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
    hearing = hear(transcript, talk.language)
    rule = _rule(control, hearing, phrases(talk.language))
    luck = Luck.of(seed=talk.seed, card="", condition="", replicate=0)
    parts = [_made(step, place, control, hearing, talk.language, luck) for place, step in enumerate(rule.say)]
    return _BETWEEN[talk.language].join(part for part in parts if part).strip()


def _rule(control: Control, hearing: Hearing, bank: dict[str, tuple[Phrase, ...]]) -> Rule:
    return next(rule for rule in control.rules if _fits(rule, hearing, bank))


def _fits(rule: Rule, hearing: Hearing, bank: dict[str, tuple[Phrase, ...]]) -> bool:
    if (rule.heard and hearing.kind not in rule.heard) or hearing.told < rule.told:
        return False
    return rule.unsaid is None or not any(_was_said(phrase, hearing.own) for phrase in bank[rule.unsaid])


def _made(step: Step, place: int, control: Control, hearing: Hearing, language: Language, luck: Luck) -> str:
    """Word one step; empty when it is passed over by chance or no phrase can be filled."""
    if step.chance < 1 and not luck.chance(step.chance, place, "made"):
        return ""
    open_to_use = [phrase for phrase in phrases(language)[step.move] if phrase.blanks <= hearing.blanks.keys()]
    said: list[str] = []
    for turn in range(step.count):
        options = _fresh(open_to_use, hearing.own) if control.varies else open_to_use
        if not options:
            break
        phrase = luck.pick(options, place, f"phrase {turn}")
        open_to_use = [other for other in open_to_use if other is not phrase]
        said.append(phrase.filled(hearing.blanks))
    if step.numbered:
        return "".join(f"\n{number}. {text}" for number, text in enumerate(said, start=1))
    return _BETWEEN[language].join(said)


def _fresh(options: list[Phrase], own: Sequence[str]) -> list[Phrase]:
    """Leave out what was said before; when all was said, only what was said last."""
    fresh = [phrase for phrase in options if not _was_said(phrase, own)]
    return fresh or [phrase for phrase in options if not _was_said(phrase, own[-1:])] or options


def _was_said(phrase: Phrase, own: Sequence[str]) -> bool:
    return any(phrase.mark in turn for turn in own)
