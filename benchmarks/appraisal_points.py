"""Estimates the points of `seekers/data/strategy.yaml` and `seekers/data/empathy.yaml`, and prints them.

    python -m benchmarks.appraisal_points [--data FOLDER]

Strategies: multinomial logistic regression on the messages of ESConv's train. Levels of empathy: proportional odds on
half of EPITOME's posts, thresholds by cross-validation within that half. Classes weigh the same whatever their
number. `--check` prints the cross-validated macro-F1 instead, by which signs and ridges were chosen.
"""

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import numpy as np
from scipy.optimize import minimize

from benchmarks.appraisal import DATA, LEVELS, Labelled, epitome, esconv, macro_f1
from hardseek.seekers.appraisal import STRATEGIES, WAYS
from hardseek.seekers.appraisal.signs import OF_THE_TURN, SIGNS, signs

RIDGE: Final = 1.5
"""On the points of strategies but `always`."""
RIDGE_EMPATHY: Final = 8.0
FOLDS: Final = 5
_GRID: Final = 120
"""Quantiles of the sums that are tried as thresholds."""


def matrix(turns: Sequence[Labelled], names: Sequence[str]) -> np.ndarray:
    """Return the signs of turns, a row for each."""
    found = [signs(turn.text, turn.before, "en") for turn in turns]
    return np.array([[each.get(name, 0.0) for name in names] for each in found])


def multinomial(rows: np.ndarray, truth: np.ndarray) -> np.ndarray:
    """Estimate points by class; the first column of the rows is constant and not penalised."""
    many = int(truth.max()) + 1
    weights = (len(truth) / (many * np.bincount(truth)))[truth]
    target = np.eye(many)[truth]

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        points = flat.reshape(rows.shape[1], many)
        scores = rows @ points
        scores -= scores.max(axis=1, keepdims=True)
        chances = np.exp(scores)
        chances /= chances.sum(axis=1, keepdims=True)
        kept = points * (np.arange(len(points)) > 0)[:, None]
        wrong = -float(weights @ np.log((chances * target).sum(axis=1) + 1e-300)) + RIDGE * float((kept**2).sum())
        return wrong, (rows.T @ ((chances - target) * weights[:, None]) + 2 * RIDGE * kept).ravel()

    flat = minimize(loss, np.zeros(rows.shape[1] * many), jac=True, method="L-BFGS-B").x
    return np.asarray(flat).reshape(rows.shape[1], many)


def proportional_odds(rows: np.ndarray, levels: np.ndarray) -> np.ndarray:
    """Estimate the points of one way of empathy (McCullagh, 1980); the two cut-points are thrown away."""
    weights = (len(levels) / (len(LEVELS) * np.bincount(levels, minlength=len(LEVELS))))[levels]

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        points, low, step = flat[:-2], flat[-2], np.exp(flat[-1])
        sums = rows @ points
        above = [1 / (1 + np.exp(cut - sums)) for cut in (low, low + step)]
        slope = [each * (1 - each) for each in above]
        chance = np.choose(levels, [1 - above[0], above[0] - above[1], above[1]]).clip(1e-9)
        by_sum = np.choose(levels, [-slope[0], slope[0] - slope[1], slope[1]]) / chance
        by_step = np.choose(levels, [0 * slope[1], slope[1], -slope[1]]) / chance
        wrong = -float(weights @ np.log(chance)) + RIDGE_EMPATHY * float(points @ points)
        down = -rows.T @ (weights * by_sum) + 2 * RIDGE_EMPATHY * points
        return wrong, np.r_[down, weights @ by_sum, -float(weights @ by_step) * step]

    return np.asarray(minimize(loss, np.zeros(rows.shape[1] + 2), jac=True, method="L-BFGS-B").x[:-2])


def held_out(
    rows: np.ndarray, truth: np.ndarray, groups: Sequence[object], fit: Callable[[np.ndarray, np.ndarray], np.ndarray]
) -> np.ndarray:
    """Return the sums of every row by points that were estimated without its group."""
    order = {group: number for number, group in enumerate(sorted(set(groups), key=str))}
    fold = np.array([order[group] % FOLDS for group in groups])
    parts = [(fold == each, rows[fold == each] @ fit(rows[fold != each], truth[fold != each])) for each in range(FOLDS)]
    sums = np.zeros((len(rows), *parts[0][1].shape[1:]))
    for where, found in parts:
        sums[where] = found
    return sums


def thresholds(levels: np.ndarray, sums: np.ndarray) -> tuple[float, float]:
    """Return the two sums from which on levels 1 and 2 are told, that reach the highest macro-F1."""
    grid = np.quantile(sums, np.linspace(0.1, 0.995, _GRID)).round(2)
    pairs = [(float(low), float(high)) for low in grid for high in grid if low <= high]
    return max(pairs, key=lambda cuts: macro_f1(list(levels), list(np.digitize(sums, cuts)), LEVELS))


def main() -> None:
    """Print the points, or how well they do on what they were not estimated on."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--check", action="store_true")
    asked = parser.parse_args()
    names = ["always", *sorted(set(SIGNS) - {"always"})]
    turns = esconv(asked.data / "esconv" / "train.jsonl")
    rows, truth = matrix(turns, names), np.array([STRATEGIES.index(turn.labels[0]) for turn in turns])
    if asked.check:
        sums = held_out(rows, truth, [turn.dialogue for turn in turns], multinomial)
        found = macro_f1(list(truth), list(sums.argmax(axis=1)), range(len(STRATEGIES)))
        print(f"strategies: cross-validated macro-F1 {found:.3f}")
    else:
        print("points:  # strategy.yaml")
        _table(names, STRATEGIES, multinomial(rows, truth))
    names = sorted(set(OF_THE_TURN) - {"always"})
    columns, cuts = [], {}
    for way in WAYS:
        replies, levels, first = epitome(asked.data / "epitome", way)
        half = [reply for reply, seen in zip(replies, first, strict=True) if seen]
        rows, levels = matrix(half, names), levels[first]
        sums = held_out(rows, levels, [reply.dialogue for reply in half], proportional_odds)
        cuts[way] = thresholds(levels, sums)
        if asked.check:
            found = macro_f1(list(levels), list(np.digitize(sums, cuts[way])), LEVELS)
            print(f"{way}: cross-validated macro-F1 {found:.3f} (thresholds chosen on the same half)")
        columns.append(proportional_odds(rows, levels))
    if not asked.check:
        print("levels:  # empathy.yaml")
        for way, (low, high) in cuts.items():
            print(f"  {way}: [{low}, {high}]")
        print("points:")
        _table(names, WAYS, np.array(columns).T)


def _table(names: Sequence[str], kinds: Sequence[str], points: np.ndarray) -> None:
    for name, row in zip(names, points, strict=True):
        print(f"  {name}: {{" + ", ".join(f"{kind}: {value:.2f}" for kind, value in zip(kinds, row, strict=True)) + "}")


if __name__ == "__main__":
    main()
