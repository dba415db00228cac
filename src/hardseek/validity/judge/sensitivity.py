"""Whether a judge is moved by what should not matter: the shift of its scores when a dialogue is changed harmlessly."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final, Protocol

import msgspec
import numpy as np

from hardseek.analysis.agreement import bias, exact, figure, quadratic_kappa
from hardseek.analysis.agreement.panel import Array, Places
from hardseek.chat import FaultError
from hardseek.dialogues import Dialogue, Transcript
from hardseek.judging import Judge
from hardseek.language import LANGUAGES, Language
from hardseek.validity.judge.agreement import Interval
from hardseek.validity.judge.variants import VARIANTS, Variant, changed

_UNMOVED: Final = 0.25
"""Steps of the scale by which a mean may shift and still be called unmoved: a quarter of a level."""


class Judges(Protocol):
    """Makes the judge that is asked about a variant."""

    def __call__(self, variant: Variant | None) -> Judge:
        """Return the judge; None stands for the dialogue as it is."""
        ...


class Shift(msgspec.Struct, frozen=True, kw_only=True):
    """How one variant moves a judge on one dimension in one language."""

    name: str
    """The variant, or `language` for the same person's card in Chinese against English."""
    judge: str
    dimension: str
    language: Language | None
    """None where both languages are compared."""
    value: float | None
    """Mean shift in steps of the scale: the variant's score less the plain one's; Chinese less English."""
    interval: Interval = None
    same: float | None = None
    """Share of dialogues with the same (rounded) score."""
    kappa: float | None = None
    """Quadratically weighted, between the two scores."""
    items: int
    """Dialogues scored both ways, or pairs of cards."""
    aim: str | None = None
    holds: bool | None = None
    """Whether the whole interval lies within a quarter of a step; None without an interval."""


@dataclass(frozen=True)
class Scores:
    """What a judge scored: by variant (None: as it is), dialogue's id and dimension; None where unscored."""

    of: Mapping[Variant | None, Mapping[str, Mapping[str, float | None]]]
    unasked: int
    """Ratings that could not be had for a reason that may pass."""


async def score_variants(
    judges: Judges, dialogues: Sequence[Dialogue], *, concurrency: int, done: Callable[[], None] = lambda: None
) -> Scores:
    """Let a judge rate every dialogue as it is and in every variant.

    Args:
        judges: makes the judge.
        dialogues: finished ones.
        concurrency: dialogues rated at once.
        done: is called after each rating.
    """
    limit = asyncio.Semaphore(concurrency)
    found: dict[Variant | None, dict[str, Mapping[str, float | None]]] = {}
    unasked = 0

    async def rate(judge: Judge, dialogue: Dialogue, transcript: Transcript) -> Mapping[str, float | None] | None:
        async with limit:
            try:
                judgement = await judge.judge(transcript)
            except FaultError:
                return None
            finally:
                done()
            return {rating.dimension: rating.score for rating in judgement.ratings}

    for variant in (None, *VARIANTS):
        judge = judges(variant)
        try:
            jobs = [
                rate(judge, each, changed(each.transcript, variant) if variant else each.transcript)
                for each in dialogues
            ]
            rated = await asyncio.gather(*jobs)
        finally:
            await judge.close()
        unasked += sum(scores is None for scores in rated)
        found[variant] = {each.id: scores for each, scores in zip(dialogues, rated, strict=True) if scores is not None}
    return Scores(found, unasked)


def shifts(scores: Scores, judge: Judge, dialogues: Sequence[Dialogue]) -> list[Shift]:
    """Say how far each variant moves the judge; cards are drawn whole."""
    found = []
    for variant in VARIANTS:
        for dimension in judge.dimensions:
            for language in LANGUAGES:
                mine = [each for each in dialogues if each.language == language]
                plain, moved = (_scores(scores, kind, mine, dimension.name) for kind in (None, variant))
                both = ~(np.isnan(plain) | np.isnan(moved))
                if both.any():
                    cards = _numbered([each.card for each, kept in zip(mine, both, strict=True) if kept])
                    found.append(
                        _shift(moved[both], plain[both], cards, name=variant, judge=judge.name,
                               dimension=dimension.name.rpartition("/")[2], language=language)
                    )  # fmt: skip
    return found


def language_shifts(
    scores: Scores, judge: Judge, dialogues: Sequence[Dialogue], parallel: Mapping[str, str]
) -> list[Shift]:
    """Hold the same person's dialogues in Chinese against those in English.

    The dialogues are not translations of each other, so that a shift is of judge, seeker and system together: a reason
    to look, not yet a fault of the judge.

    Args:
        scores: of the dialogues as they are.
        judge: whose they are.
        dialogues: what was rated.
        parallel: the English card of each Chinese one.
    """
    found = []
    english = {
        (each.system, each.condition, each.card, each.replicate): each for each in dialogues if each.language == "en"
    }
    pairs = [
        (each, english[key])
        for each in dialogues
        if each.card in parallel
        and (key := (each.system, each.condition, parallel[each.card], each.replicate)) in english
    ]
    for dimension in judge.dimensions:
        chinese, other = (_scores(scores, None, [pair[place] for pair in pairs], dimension.name) for place in (0, 1))
        both = ~(np.isnan(chinese) | np.isnan(other))
        if both.any():
            cards = _numbered([pair[0].card for pair, kept in zip(pairs, both, strict=True) if kept])
            found.append(
                _shift(chinese[both], other[both], cards, name="language", judge=judge.name,
                       dimension=dimension.name.rpartition("/")[2], language=None)
            )  # fmt: skip
    return found


def _parallel(dialogues: Sequence[Dialogue], parallel: Mapping[str, str]) -> list[tuple[Dialogue, Dialogue]]:
    """Pair Chinese dialogues with those of the same person in English, all else being equal."""
    english = {
        (each.system, each.condition, each.card, each.replicate): each for each in dialogues if each.language == "en"
    }
    wanted = (
        (each, english.get((each.system, each.condition, parallel[each.card], each.replicate)))
        for each in dialogues
        if each.card in parallel
    )
    return [(chinese, other) for chinese, other in wanted if other is not None]


def _shift(
    moved: Array, plain: Array, cards: Places, *, name: str, judge: str, dimension: str, language: Language | None
) -> Shift:
    made = figure(partial(bias, moved, plain), cards)
    same, kappa = (figure(partial(of, moved, plain), cards, draws=1).value for of in (exact, quadratic_kappa))
    interval = made.interval
    return Shift(
        name=name, judge=judge, dimension=dimension, language=language, value=made.value, interval=interval, same=same,
        kappa=kappa, items=made.items, aim=f"within {_UNMOVED:g}" if name != "language" else None,
        holds=max(map(abs, interval)) <= _UNMOVED if interval is not None and name != "language" else None,
    )  # fmt: skip


def _scores(scores: Scores, variant: Variant | None, dialogues: Sequence[Dialogue], dimension: str) -> Array:
    rated = scores.of.get(variant, {})
    values = [rated.get(each.id, {}).get(dimension) for each in dialogues]
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)


def _numbered(names: Sequence[str]) -> Places:
    numbers: dict[str, int] = {}
    return np.array([numbers.setdefault(name, len(numbers)) for name in names], dtype=np.intp)
