"""English: what somebody is told to do, as they name it ("make a plan" is "making a plan")."""

from typing import Final

_DOUBLED: Final = frozenset({
    "get", "set", "put", "sit", "run", "cut", "stop", "plan", "swim", "let", "begin", "jog", "quit", "chat", "shut",
    "skip", "drop", "step", "tap", "plug", "hit", "grab", "pop", "nap", "control",
})  # fmt: skip
"""Verbs that double their last letter."""
_KEPT_E: Final = ("ee", "oe", "ye")


def gerund(what: str, *, named: bool) -> str:
    """Return advice as the seeker names it.

    Args:
        what: a verb with what belongs to it, in the base form ("make a plan") or not ("making a plan").
        named: it may be a thing rather than something to do ("meditation"), and stays as it is.
    """
    verb, _, rest = what.partition(" ")
    if named or verb.endswith("ing"):
        return what.lower()
    if verb in _DOUBLED:
        verb += verb[-1]
    elif verb.endswith("ie"):
        verb = f"{verb[:-2]}y"
    elif verb.endswith("e") and not verb.endswith(_KEPT_E) and verb != "be":
        verb = verb[:-1]
    return f"{verb}ing {rest}".strip().lower()
