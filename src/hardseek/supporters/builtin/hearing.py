"""What a control takes in of the talk: the kind of the seeker's last turn, and what of it can be given back."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from hardseek.chat import Message
from hardseek.language import Language, tokens
from hardseek.seekers.appraisal import read
from hardseek.supporters.builtin.clause import Clause, is_question, main_clause
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
_TOLD: Final = {"en": 5, "zh": 7}
"""Words or characters from which on a turn counts as having told something."""

_BY_CUE: Final[tuple[tuple[str, Heard], ...]] = (
    ("identity", "identity"),
    ("complaint", "complaint"),
    ("advice_sought", "advice-sought"),
    ("thanks", "thanks"),
)
"""Lists of cues and what they make of a turn, the first that is found."""


@dataclass(frozen=True)
class Hearing:
    """The talk as a control takes it in; each part is worked out when it is asked for, as few controls ask for all."""

    transcript: Sequence[Message]
    language: Language

    @cached_property
    def own(self) -> str:
        """All that the supporter has said."""
        return "\n".join(message.content for message in self.transcript if message.role == "assistant")

    @cached_property
    def last_own(self) -> str:
        """The supporter's last turn, empty before the first."""
        return next((message.content for message in reversed(self.transcript) if message.role == "assistant"), "")

    @cached_property
    def kind(self) -> Heard:
        """Of the seeker's last turn, and of the one before where that was of risk."""
        return _kind(self._turns, self._cues)

    @cached_property
    def told(self) -> int:
        """Turns of the seeker that were more than a few words."""
        return sum(len(tokens(turn)) >= _TOLD[self.language] for turn in self._turns)

    def blank(self, name: str) -> str | None:
        """Return what the blank of a phrase can be filled with, None where there is nothing.

        `said`: the main clause of the seeker's last turn, turned to "you"; `quote`: that clause in their own words,
        where it cannot be turned; `feeling`: one they named; `earlier`: the last clause before that could be turned.
        """
        if name == "feeling":
            return self._feeling
        if name == "earlier":
            return self._earlier
        if self._clause is None:
            return None
        if name == "said":
            return self._clause.turned
        return self._clause.words if self._clause.turned is None else None

    @cached_property
    def _clause(self) -> Clause | None:
        # A few words are not parroted, and talk of risk is met in plain words of its own.
        return main_clause(self._turns[-1], self._cues) if self.kind not in {"silence", "brief", "risk"} else None

    @cached_property
    def _feeling(self) -> str | None:
        return _feeling(self._turns[-1].lower(), self._cues) if self._turns else None

    @cached_property
    def _earlier(self) -> str | None:
        return _earlier(self._turns[:-1], self._cues)

    @cached_property
    def _turns(self) -> list[str]:
        return [_plain(message.content) for message in self.transcript if message.role == "user"]

    @property
    def _cues(self) -> Cues:
        return cues(self.language)


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
    if brief:
        return "brief"
    return "question" if is_question(last) else "telling"


def _of_risk(turn: str, known: Cues) -> bool:
    return bool(read(turn, known.language).cues.get("risk_talk"))


def _is_brief(last: str, known: Cues) -> bool:
    if len(tokens(last)) > _WORDS_IN_ALL or known.finders["feelings"].search(last):
        return False
    return len(tokens(known.finders["empty"].sub(" ", last))) <= _WORDS_LEFT


def _feeling(last: str, known: Cues) -> str | None:
    for found in known.finders["feelings"].finditer(last):
        before = last[max(0, found.start() - _NEGATED_WITHIN[known.language]) : found.start()]
        if not any(negation in before for negation in known.negation):
            return found[0]
    return None


def _earlier(turns: list[str], known: Cues) -> str | None:
    for turn in reversed(turns):
        # What was said of dying is not offered as one topic among others.
        if not _is_brief(turn.lower(), known) and not _of_risk(turn, known):
            clause = main_clause(turn, known)
            if clause is not None and clause.turned is not None:
                return clause.turned
    return None
