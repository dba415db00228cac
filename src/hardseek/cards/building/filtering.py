"""The automatic filter: what no card can be built from is left out before a model is asked, each with its reason.

Near-duplicates are told as near-duplicate cards are (`hardseek.cards.checking.likeness`): by the share of the shorter
one's n-grams of the seeker's words that stand in an earlier one. Of the 1,105 dialogues of ESConv here all pairs lie at
0.45 or below.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Literal, NamedTuple

from hardseek.cards.building.source import Source
from hardseek.cards.checking.likeness import COMMON, FEWEST, NEAR, Gram, grams
from hardseek.cards.identifiers import identifiers
from hardseek.cards.telling.words import cues
from hardseek.cards.tongue import not_in
from hardseek.documents import Document, load, packaged
from hardseek.language import Language, length

FilterReason = Literal["wrong language", "too short", "too long", "identifiers left", "no problem", "duplicate"]
"""In the order in which they are looked at; the first that holds is given."""


class Bars(Document):
    """What a source has to be; see data/filter.yaml."""

    id: str
    version: int
    fewest: dict[Language, int]
    most: dict[Language, int]
    problem: dict[Language, tuple[str, ...]]


class Left(NamedTuple):
    """Why a source is left out."""

    reason: FilterReason
    detail: str


def sift(
    sources: Sequence[Source], *, language: Language | None = None, surveyed: bool = False
) -> Iterator[Left | None]:
    """Say of each source, in order, why it is left out; None where it is kept.

    Args:
        sources: in the order of their files: of two that are alike the later is left out.
        language: only sources in it are kept, those in both when None.
        surveyed: a survey tells the problem and the text is a sentence or two; neither is asked for then.
    """
    kept = _Kept()
    for source in sources:
        left = next(_alone(source, language, surveyed=surveyed), None)
        same = kept.like(source) if left is None else None
        yield Left("duplicate", f"{same[1]:.0%} of it is in {same[0]}") if same is not None else left


def _alone(source: Source, language: Language | None, *, surveyed: bool) -> Iterator[Left]:
    """Yield what speaks against a source by itself."""
    if language is not None and source.language != language:
        yield Left("wrong language", f"in {source.language}, and {language} was asked for")
    own = source.own_text
    other = not_in(own, source.language)
    if other is not None:
        yield Left("wrong language", other)
    words, fewest, most = length(own), bars().fewest[source.language], bars().most[source.language]
    unit = "words" if source.language == "en" else "characters"
    if words < fewest and not surveyed:
        yield Left("too short", f"{words} {unit} of the seeker's; a card needs {fewest}")
    every = sum(length(turn.text) for turn in source.turns)
    if every > most:
        yield Left("too long", f"{every:,} {unit}; at most {most:,} are sent")
    kinds = sorted({found.kind for turn in source.turns for found in identifiers(turn.text)})
    if kinds:
        yield Left("identifiers left", ", ".join(kinds))
    if not surveyed and not any(pattern.search(own) for pattern in _troubles(source.language)):
        yield Left("no problem", "no word of a problem, a feeling or a close matter")


class _Kept:
    """The n-grams of the sources that were kept, to hold later ones against."""

    def __init__(self) -> None:
        self._holders: defaultdict[tuple[Language, Gram], list[str]] = defaultdict(list)
        self._sizes: dict[str, int] = {}

    def like(self, source: Source) -> tuple[str, float] | None:
        """Return the kept source that this one is like, with the share of the shorter; None: it is kept itself."""
        mine = grams(source.own, source.language)
        if len(mine) < FEWEST:
            return None
        holders = [self._holders[source.language, gram] for gram in mine]
        shared = Counter(other for each in holders if len(each) <= COMMON for other in each)
        shares = {other: count / min(len(mine), self._sizes[other]) for other, count in shared.items()}
        nearest = max(shares, key=lambda other: shares[other], default=None)
        if nearest is not None and shares[nearest] >= NEAR:
            return nearest, shares[nearest]
        self._sizes[source.id] = len(mine)
        for each in holders:
            each.append(source.id)
        return None


@cache
def bars() -> Bars:
    """Return what sources have to be."""
    return load(packaged("hardseek.cards.building", "data", "filter.yaml"), Bars, source="building/data/filter.yaml")


@cache
def _troubles(language: Language) -> tuple[re.Pattern[str], ...]:
    known = cues(language)
    feelings = (pattern for patterns in known.feelings.values() for pattern in patterns)
    patterns = (*bars().problem[language], *known.personal, *known.core, *feelings)
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)
