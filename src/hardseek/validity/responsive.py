"""Responsive: good help relieves more than poor help, and which system talks explains the change in distress."""

from collections.abc import Mapping, Sequence
from typing import Final

from hardseek.language import Language
from hardseek.supporters.builtin import BUILTIN_NAMES
from hardseek.validity.property import Property, figure
from hardseek.validity.statistics import auc, explained, interval
from hardseek.validity.talks import Talk, by_card

_SHARE: Final = 0.30
_PUBLISHED_SHARE: Final = 0.016
"""arXiv 2605.28228, 1,700 released dialogues: the share of the variance of the change in emotion."""
_AUC: Final = 0.90
_AUC_WORST: Final = 0.75
"""Even hard seekers answer to good help, slowly."""


def responsive(held: Mapping[str, Sequence[Talk]], language: Language) -> list[Property]:
    """Hold good against poor help, in each condition and in all together (`condition` None)."""
    everything = [talk for talks in held.values() for talk in talks]
    found = []
    for condition, talks in [(None, everything), *held.items()]:
        cards = by_card(talks)
        aim = _AUC_WORST if condition == "worst" else _AUC
        found += [
            figure(
                "responsive/system-share", language, share_of_system(talks), condition=condition,
                interval=interval(cards, share_of_system), aim=("at least", _SHARE, None), published=_PUBLISHED_SHARE,
            ),
            figure(
                "responsive/auc", language, good_against_poor(talks), condition=condition,
                interval=interval(cards, good_against_poor), aim=("at least", aim, None),
            ),
        ]  # fmt: skip
    return found


def share_of_system(talks: Sequence[Talk]) -> float | None:
    """Return the share of the variance of relief that lies between the systems."""
    return explained([[talk.relief for talk in talks if talk.system == system] for system in BUILTIN_NAMES])


def good_against_poor(talks: Sequence[Talk]) -> float | None:
    """Return the probability that a good system's dialogue relieves more than a poor one's."""
    return auc([talk.relief for talk in talks if talk.good], [talk.relief for talk in talks if not talk.good])
