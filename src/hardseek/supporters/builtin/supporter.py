"""The engine of the controls: it follows a control's rules over the transcript and keeps nothing."""

from collections.abc import Mapping, Sequence
from typing import Final

from hardseek.chat import Message
from hardseek.language import Language
from hardseek.luck import Luck
from hardseek.supporters.builtin.control import Control, Rule
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
    bank = phrases(talk.language)
    luck = Luck.of(seed=talk.seed, card="", condition="", replicate=0)
    rule = next(rule for rule in control.rules if _fits(rule, hearing, bank))
    parts: list[str] = []
    for place, step in enumerate(rule.say):
        if step.chance == 1 or luck.chance(step.chance, place, "made"):
            options = [phrase for phrase in bank[step.move] if phrase.blanks <= hearing.blanks.keys()]
            avoided = hearing.own if control.varies else ()
            chosen = _chosen(step.count, [o for o in options if not _was_said(o, parts)], avoided, luck, place)
            texts = [phrase.filled(hearing.blanks) for phrase in chosen]
            parts += _numbered(texts) if step.numbered else texts
    return _BETWEEN[talk.language].join(parts).replace(" \n", "\n")


def _fits(rule: Rule, hearing: Hearing, bank: Mapping[str, tuple[Phrase, ...]]) -> bool:
    if (rule.heard and hearing.kind not in rule.heard) or hearing.told < rule.told:
        return False
    return rule.unsaid is None or not any(_was_said(phrase, hearing.own) for phrase in bank[rule.unsaid])


def _chosen(count: int, options: list[Phrase], avoided: Sequence[str], luck: Luck, place: int) -> list[Phrase]:
    """Choose different phrases, fewer than `count` where there are no more."""
    chosen: list[Phrase] = []
    while options and len(chosen) < count:
        phrase = luck.pick(_fresh(options, avoided), place, f"phrase {len(chosen)}")
        options.remove(phrase)
        chosen.append(phrase)
    return chosen


def _fresh(options: Sequence[Phrase], avoided: Sequence[str]) -> Sequence[Phrase]:
    """Leave out what was said before; when all was said, only what was said last."""
    fresh = [phrase for phrase in options if not _was_said(phrase, avoided)]
    return fresh or [phrase for phrase in options if not _was_said(phrase, avoided[-1:])] or options


def _was_said(phrase: Phrase, texts: Sequence[str]) -> bool:
    return any(phrase.mark in text for text in texts)


def _numbered(texts: Sequence[str]) -> list[str]:
    return [f"\n{number}. {text}" for number, text in enumerate(texts, start=1)]
