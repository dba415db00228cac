"""How the seeker takes what is said."""

from hardseek.judging.indicators.account import Account, Said, Unscored
from hardseek.judging.indicators.shares import NO_SEEKER, has_cue, share
from hardseek.supporters.builtin.cues import complains


def seeker_thanks(account: Account) -> float | Unscored:
    """Return the share of the seeker's turns with thanks."""
    return share(account.seeker, lambda said: has_cue(said, "thanks"), NO_SEEKER)


def seeker_rejection(account: Account) -> float | Unscored:
    """Return the share of the seeker's turns that turn an offer down or say that it did not help or understand."""

    def rejects(said: Said) -> bool:
        return has_cue(said, "rejecting") or complains(said.text, account.language)

    return share(account.seeker, rejects, NO_SEEKER)
