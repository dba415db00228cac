"""The offline indicators over the dialogues released with the worst-case framework: systems by indicator.

    python -m benchmarks.worst_case_release [FOLDER]

FOLDER holds the reference corpora; by default ../shared/data beside the checkout. Means over 50 profiles with 95 %
intervals (bootstrap, profiles drawn), the average condition against the worst, and general models against systems made
for support, as docs/method/worst-case-release.md has them.
"""

import argparse
from collections.abc import Iterable, Sequence
from itertools import chain
from pathlib import Path
from typing import Final

import numpy as np

from benchmarks.ieval import DATA
from hardseek.analysis import CardTotals, Estimate, estimate
from hardseek.interop import Skipped, importer
from hardseek.judging import IndicatorJudge
from hardseek.judging.indicators import indicator_dimensions

GENERAL: Final = ("claude", "gpt4o", "deepseekv3.2", "qwen3-8B", "qwen3-4B")
SPECIALISED: Final = ("cpsycounx", "mindchat", "psychat", "soulchat2.0")
"""Models that were trained to counsel or to support."""
AGAIN: Final = "psychat_comfirm"
"""A second run of psychat, in the worst condition alone."""
SHOWN: Final = (
    ("specificity", "validation", "open_questions", "interrogation"),
    ("advice", "early_advice", "template", "self_repetition"),
    ("supporter_turns", "supporter_length", "minimising", "seeker_rejection"),
)
"""Indicators, as many as a table has room for."""
_LONG: Final = frozenset({"supporter_turns", "supporter_length"})
"""Numbers of turns and words, told with one decimal."""
Scores = dict[tuple[str, str, str], dict[str, float]]
"""By system, condition and indicator, then by profile."""


def scores(folder: Path) -> tuple[Scores, int]:
    """Measure every dialogue; return the scores, and how many dialogues there are."""
    judge, found, count = IndicatorJudge(), Scores(), 0
    for each in importer("worst-case").read(folder):
        if isinstance(each, Skipped):
            continue
        count += 1
        talk = each.dialogue
        for rating in judge.rate(talk.transcript):
            if rating.score is not None:
                found.setdefault((talk.system, talk.condition, rating.dimension), {})[talk.card] = rating.score
    return found, count


def mean(values: Iterable[float]) -> Estimate:
    """Estimate a mean, a value a profile."""
    sums = np.array(list(values))
    return estimate([CardTotals(sums, np.ones(len(sums)))])[0]


def drop(of: Scores, system: str, indicator: str) -> Estimate:
    """Estimate worst less average, on profiles that have both."""
    worst, average = of.get((system, "worst", indicator), {}), of.get((system, "average", indicator), {})
    return mean(worst[card] - average[card] for card in sorted(worst.keys() & average.keys()))


def by_kind(of: Scores, condition: str, indicator: str, systems: Sequence[str]) -> dict[str, float]:
    """Average systems within each profile; profiles that one of them has no score for are left out."""
    each = [of.get((system, condition, indicator), {}) for system in systems]
    shared = set.intersection(*(set(one) for one in each))
    return {card: float(np.mean([one[card] for one in each])) for card in sorted(shared)}


def apart(of: Scores, condition: str, indicator: str) -> Estimate:
    """Estimate specialised less general, profile by profile."""
    ours = by_kind(of, condition, indicator, SPECIALISED)
    theirs = by_kind(of, condition, indicator, GENERAL)
    return mean(ours[card] - theirs[card] for card in sorted(ours.keys() & theirs.keys()))


def worded(made: Estimate, indicator: str, *, change: bool = False) -> str:
    """Word an estimate; the interval of a mean keeps to its scale."""
    if made.mean is None or made.low is None or made.high is None:
        return ""
    scale = next(dimension for dimension in indicator_dimensions() if dimension.name == indicator)
    low, high = made.low, made.high
    if not change:
        low = low if scale.low is None else max(low, scale.low)
        high = high if scale.high is None else min(high, scale.high)
    places = 1 if indicator in _LONG else 2
    one, two, three = (f"{value + 0.0:.{places}f}" for value in (made.mean, low, high))
    return f"{one} [{two}, {three}]".replace("-0.00", "0.00")


def main(words: Sequence[str] | None = None) -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=DATA)
    found, count = scores(parser.parse_args(words).folder / "worst_case")
    print(f"{count} dialogues")
    for indicators in SHOWN:
        for what in ("average", "worst", "worst less average"):
            print(f"\n| {what} | {' | '.join(indicators)} |\n|---|{'---|' * len(indicators)}")
            for system in (*GENERAL, *SPECIALISED, AGAIN):
                cells = []
                for indicator in indicators:
                    change = what == "worst less average"
                    values = found.get((system, what, indicator), {}).values()
                    made = drop(found, system, indicator) if change else mean(values)
                    cells.append(worded(made, indicator, change=change))
                if any(cells):
                    print(f"| {system} | {' | '.join(cells)} |")
    print("\n| specialised less general | average | worst |\n|---|---|---|")
    for indicator in chain.from_iterable(SHOWN):
        cells = [worded(apart(found, each, indicator), indicator, change=True) for each in ("average", "worst")]
        print(f"| {indicator} | {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
