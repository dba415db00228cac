"""How the seeker takes what is said."""

from typing import Final

from hardseek.judging.indicators.account import Account, Said, Unscored
from hardseek.judging.indicators.shares import NO_SEEKER, has_cue, share
from hardseek.supporters.builtin.cues import complains

_AGAINST: Final = ("rejecting", "doubting")
"""Groups of cues: what was offered is turned down; the help, or the helper, is doubted."""


def seeker_thanks(account: Account) -> float | Unscored:
    """Return the share of the seeker's turns with thanks."""
    return share(account.seeker, lambda said: has_cue(said, "thanks"), NO_SEEKER)


def seeker_rejection(account: Account) -> float | Unscored:
    """Return the share of the seeker's turns that turn an offer down or say that it did not help or understand."""

    def rejects(said: Said) -> bool:
        return any(has_cue(said, group) for group in _AGAINST) or complains(said.text, account.language)

    return share(account.seeker, rejects, NO_SEEKER)
