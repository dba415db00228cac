"""Whether a wording keeps to its move: the seeker stays a seeker and tells no more than it may."""

from typing import Final

from hardseek.language import detect, length
from hardseek.seekers.check.contradiction import contradictions
from hardseek.seekers.check.signs import malformed, signs
from hardseek.seekers.check.telling import echoes, said, tells
from hardseek.seekers.voice import Line

_TOO_LONG: Final = 3
"""Times the aimed length, beyond a few words that anyone may add."""
_SPARE: Final = {"en": 25, "zh": 40}
_BORROWED: Final = 2
"""English words that stand alone in Chinese chats: "ok", "emo"."""


def problems(text: str, line: Line) -> tuple[str, ...]:
    """Return what is wrong with a wording of a line, nothing when it will do."""
    card = line.part.card
    if not text.strip():
        return ("has no words",)
    words = length(text)
    found = [*signs(text, card.language), *malformed(text)]
    language = detect(text)
    if language not in {None, card.language} and not (language == "en" and words <= _BORROWED):
        found.append("is in the wrong language")
    if words > _TOO_LONG * line.move.length + _SPARE[card.language]:
        found.append(f"is far too long ({words}, aimed at {line.move.length})")
    allowed = {*line.move.facts, *line.state.disclosed}
    runs = said(text, card.language)
    found += [f"tells {fact.id}, which is not to be told yet" for fact in tells(runs, card, allowed)]
    last = next((turn.content for turn in reversed(line.transcript) if turn.role == "assistant"), "")
    if echoes(runs, last, card, allowed):
        found.append("echoes the supporter")
    return tuple(found + contradictions(text, card))
