"""What a control takes in of the talk: the kind of the seeker's last turn, and what of it can be given back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from hardseek.chat import Message
from hardseek.language import Language, tokens
from hardseek.seekers.appraisal import read
from hardseek.supporters.builtin.clause import is_question, main_clause
from hardseek.supporters.builtin.control import Heard
from hardseek.supporters.builtin.cues import Cues, cues

_HEARD: Final = 2_000
"""Characters of a turn that are read, from its end: more cannot be answered at once anyway."""
_WORDS_LEFT: Final = 1
"""A turn is brief when no more words than this are left after all that tells nothing is taken out..."""
_WORDS_IN_ALL: Final = 10
"""...and when it has no more words (characters in Chinese) than this."""
_NEGATED_WITHIN: Final = {"en": 12, "zh": 2}
"""Characters before a feeling in which a negation undoes it."""
_TOLD: Final = {"en": 4, "zh": 7}
"""Words or characters from which on a turn counts as having told something."""


@dataclass(frozen=True, slots=True)
class Hearing:
    """The talk as a control takes it in."""

    language: Language
    kind: Heard
    told: int
    """Turns of the seeker that were more than a few words."""
    blanks: dict[str, str]
    """What phrases can be filled with: `said` or `quote`, `feeling`, `earlier`; absent where there is none."""
    own: tuple[str, ...]
    """The supporter's turns so far."""


def hear(transcript: Sequence[Message], language: Language) -> Hearing:
    """Take in a talk; the kind is judged by the seeker's last turn, with the turn before where that one was of risk."""
    known = cues(language)
    turns = [_plain(message.content) for message in transcript if message.role == "user"]
    own = tuple(message.content for message in transcript if message.role == "assistant")
    kind = _kind(turns, known)
    told = sum(len(tokens(turn)) >= _TOLD[language] for turn in turns)
    return Hearing(language, kind, told, _blanks(turns, kind, known), own)


def _plain(text: str) -> str:
    return text[-_HEARD:].replace("’", "'").strip()


def _kind(turns: list[str], known: Cues) -> Heard:
    if not turns:
        return "silence"
    last = turns[-1].lower()
    brief = _is_brief(last, known)
    # A short answer to a question about risk is still talk of risk.
    if _of_risk(turns[-1], known) or (brief and len(turns) > 1 and _of_risk(turns[-2], known)):
        return "risk"
    for name, kind in _BY_CUE:
        if known.finders[name].search(last):
            return kind
    if read(turns[-1], known.language).cues.get("thanks"):
        return "thanks"
    if brief:
        return "brief"
    return "question" if is_question(last) else "telling"


_BY_CUE: Final[tuple[tuple[str, Heard], ...]] = (
    ("identity", "identity"),
    ("complaint", "complaint"),
    ("advice_sought", "advice-sought"),
)


def _of_risk(turn: str, known: Cues) -> bool:
    return bool(read(turn, known.language).cues.get("risk_talk"))


def _is_brief(last: str, known: Cues) -> bool:
    if len(tokens(last)) > _WORDS_IN_ALL or known.finders["feelings"].search(last):
        return False
    return len(tokens(known.finders["empty"].sub(" ", last))) <= _WORDS_LEFT


def _blanks(turns: list[str], kind: Heard, known: Cues) -> dict[str, str]:
    blanks: dict[str, str] = {}
    if not turns:
        return blanks
    clause = main_clause(turns[-1], known) if kind not in {"brief", "risk"} else None
    if clause is not None:
        blanks["quote" if clause.turned is None else "said"] = clause.turned or clause.words
    feeling = _feeling(turns[-1].lower(), known)
    if feeling is not None:
        blanks["feeling"] = feeling
    earlier = _earlier(turns[:-1], known)
    if earlier is not None:
        blanks["earlier"] = earlier
    return blanks


def _feeling(last: str, known: Cues) -> str | None:
    for found in known.finders["feelings"].finditer(last):
        before = last[max(0, found.start() - _NEGATED_WITHIN[known.language]) : found.start()]
        if not any(negation in before for negation in known.negation):
            return found[0]
    return None


def _earlier(turns: list[str], known: Cues) -> str | None:
    for turn in reversed(turns):
        if not _is_brief(turn.lower(), known):
            clause = main_clause(turn, known)
            if clause is not None and clause.turned is not None:
                return clause.turned
    return None
