"""Offline judges against people: indicators and trained scorers on five corpora, and how fast the indicators are.

    python -m benchmarks.judging [FOLDER] [--draws 2000]

FOLDER holds the reference corpora; by default ../shared/data beside the checkout. Nothing is scored by what was trained
on it: every figure of a scorer is of held-out dialogues (five folds), of iEval also of held-out systems. The figures
are those of docs/method/judging.md.
"""

import argparse
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Final

import numpy as np
from scipy.sparse import csr_matrix

from benchmarks import judging_corpora as corpora
from benchmarks.appraisal import FILES, LEVELS, epitome, interval, macro_f1
from benchmarks.appraisal_points import thresholds
from benchmarks.ieval import BOTS, DATA, ieval
from hardseek.analysis.agreement import figure, spearman
from hardseek.analysis.bootstrap import DRAWS
from hardseek.chat import Message
from hardseek.dialogues import Transcript
from hardseek.judging import IndicatorJudge
from hardseek.judging.scorer import (
    FEATURES,
    Rated,
    Seen,
    buckets_of,
    domain,
    fitting_spread,
    learn,
    load_scorer,
    outside,
    see,
    standardised,
)
from hardseek.seekers.appraisal import WAYS, empathy
from hardseek.validity.judge import told
from hardseek.validity.judge.held_out import FOLDS

Array = np.ndarray
_DIALOGUES, _EXCHANGES = 1_000, 10
_TELLING: Final = 6
_WORTH: Final = 0.15
"""Of a rank correlation, to be printed."""


def auc(scores: Array, labels: Array, weights: Array) -> Array:
    """Return, for each draw, the chance that a dialogue labelled 1 scores higher than one labelled 0, ties by half."""
    order = np.argsort(scores, kind="stable")
    _, ties = np.unique(scores[order], return_inverse=True)
    starts = np.flatnonzero(np.r_[True, np.diff(ties) > 0])
    good = np.add.reduceat((weights * (labels == 1))[:, order], starts, axis=1)
    bad = np.add.reduceat((weights * (labels == 0))[:, order], starts, axis=1)
    below = np.cumsum(bad, axis=1) - bad
    won = (good * (below + bad / 2)).sum(axis=1)
    pairs = good.sum(axis=1) * bad.sum(axis=1)
    found: Array = np.divide(won, pairs, out=np.full(len(weights), np.nan), where=pairs > 0)
    return found


def held(scores: Array, of: corpora.Labelled, draws: int) -> str:
    """Word a rank correlation, or an AUC where labels are two, with its interval; dialogues are drawn."""
    two = len(np.unique(of.labels)) == 2
    statistic = partial(auc, scores, of.labels) if two else partial(spearman, scores, of.labels)
    made = figure(statistic, np.arange(len(scores)), draws=draws)
    return "" if made.value is None else f"{made.value:.2f} [{made.low:.2f}, {made.high:.2f}]"


def indicators_alone(of: corpora.Labelled, folds: Array) -> Array:
    """Tell each fold from the others by the named features, without n-grams."""
    rows, points = np.array([each.features for each in of.seen]), np.full(len(of.seen), np.nan)
    nothing = csr_matrix(buckets_of(of.seen).shape)
    spread = fitting_spread(of.seen, nothing, of.rated, domain(of.seen))
    for fold in np.unique(folds):
        away = folds == fold
        rest = [each for each, out in zip(of.seen, away, strict=True) if not out]
        known = domain(rest)
        points[away] = (
            standardised(rows[away], known) @ learn(of.seen, nothing, of.rated.kept(~away), known, spread).points
        )
    return points


def telling(of: corpora.Labelled) -> str:
    """Name the features that weigh most, with the AUC or correlation of each alone."""
    known = domain(of.seen)
    nothing = csr_matrix(buckets_of(of.seen).shape)
    weights = learn(of.seen, nothing, of.rated, known, fitting_spread(of.seen, nothing, of.rated, known))
    rows = standardised(np.array([each.features for each in of.seen]), known)
    once = np.ones((1, len(of.seen)))
    two = len(np.unique(of.labels)) == 2
    alone = [float((auc if two else spearman)(rows[:, place], of.labels, once)[0]) for place in range(len(FEATURES))]
    first = np.argsort(-np.abs(weights.points))[:_TELLING]
    return ", ".join(f"{FEATURES[place]} {weights.points[place]:+.2f} (alone {alone[place]:.2f})" for place in first)


def report(of: corpora.Labelled, draws: int) -> None:
    """Print one corpus."""
    folds = np.arange(len(of.seen)) % FOLDS
    everyone = told(of.seen, of.rated, folds)
    words = np.array([each.turns * each.words for each in of.seen])
    inside = sum(outside(each, load_scorer("ieval-en", Path()).domain) is None for each in of.seen)
    print(f"\n{of.name}: {len(of.seen)} dialogues")
    print(f"  length alone           {held(words, of, draws)}")
    print(f"  indicators, trained    {held(indicators_alone(of, folds), of, draws)}")
    print(f"  scorer, trained        {held(everyone['scorer'].points, of, draws)}")
    print(f"  ieval-en would score   {inside} of them")
    print(f"  weighs most: {telling(of)}")


def of_ieval(folder: Path, draws: int) -> None:
    """Print iEval's negative scenarios: told by scorers that never saw the bot (trained on both kinds of scenario)."""
    items, given = ieval(folder)
    names = list(items)
    seen = [see(items[name]) for name in names]
    places = {name: place for place, name in enumerate(names)}
    overall = [each for each in given if each.dimension == "overall"]
    rated = Rated(
        np.array([places[each.item] for each in overall]), np.array([float(each.score or 0) for each in overall]),
        tuple(each.rater for each in overall), tuple(each.cluster or "" for each in overall),
    )  # fmt: skip
    labels = np.zeros(len(names))
    labels[rated.places] = rated.scores
    negative = np.array(["negative" in name for name in names])
    bots = np.array([BOTS.index(name.rpartition("-")[2]) for name in names])
    tasks = np.unique([name.split("-")[0] for name in names], return_inverse=True)[1]
    unseen, items_unseen = told(seen, rated, bots), told(seen, rated, tasks % FOLDS)
    words = np.array([each.turns * each.words for each in seen])
    by_heart = told(seen, replace(rated, systems=None), bots)

    def shown(scores: Array) -> str:
        pooled = figure(partial(spearman, scores[negative], labels[negative]), tasks[negative], draws=draws)
        each = [
            spearman(scores[k], labels[k], np.ones((1, k.sum())))[0] for k in (negative & (bots == b) for b in range(4))
        ]
        within = figure(_within(scores[negative], labels[negative], bots[negative]), tasks[negative], draws=draws)
        return (
            f"{pooled.value:.2f} [{pooled.low:.2f}, {pooled.high:.2f}]; within a bot {within.value:.2f} "
            f"[{within.low:.2f}, {within.high:.2f}] ({', '.join(f'{one:.2f}' for one in each)})"
        )

    print(f"\niEval, overall rating, negative scenarios: {negative.sum()} chats; intervals draw tasks")
    print(f"  length alone                      {shown(words)}")
    print(f"  scorer, unseen bots, points       {shown(unseen['scorer'].points)}")
    print(f"  scorer, unseen bots, ratings      {shown(unseen['scorer'].ratings)}")
    print(f"  systems' levels not set apart     {shown(by_heart['scorer'].points)}")
    print(f"  scorer, unseen tasks, points      {shown(items_unseen['scorer'].points)}")
    print(f"  in brackets: {', '.join(BOTS)}")
    judge = IndicatorJudge()
    said = [judge.rate(items[name]) for name in names]
    for place, dimension in enumerate(judge.dimensions):
        values = np.array([np.nan if each[place].score is None else each[place].score for each in said], dtype=float)
        kept = negative & ~np.isnan(values)
        value = spearman(values[kept], labels[kept], np.ones((1, kept.sum())))[0]
        if kept.sum() == negative.sum() and abs(value) >= _WORTH:
            print(f"  indicator {dimension.name}: {value:+.2f} of {kept.sum()} chats")


def _within(scores: Array, labels: Array, groups: Array) -> Callable[[Array], Array]:
    parts = [groups == group for group in np.unique(groups)]
    return lambda weights: np.nanmean([spearman(scores[k], labels[k], weights[:, k]) for k in parts], axis=0)


def of_epitome(folder: Path) -> None:
    """Print EPITOME: levels told on the half of the posts that nothing was estimated on."""
    print("\nEPITOME, macro-F1 of levels 0, 1, 2")
    for way in WAYS:
        replies, levels, first = epitome(folder / "epitome", way)
        rest = ~first
        truth = list(levels[rest])
        clusters = [reply.dialogue for reply, late in zip(replies, rest, strict=True) if late]
        told_by_rules = [getattr(empathy(reply.text, reply.before, "en"), way) for reply in replies]
        seen = [see(Transcript("en", (*reply.before, Message("assistant", reply.text)))) for reply in replies]
        words = np.array([np.log1p(each.words) for each in seen])
        direction = np.sign(spearman(words[first], levels[first].astype(float), np.ones((1, first.sum())))[0])
        answers = {
            "indicators (`empathy`)": list(np.array(told_by_rules)[rest]),
            "scorer, trained": _cut(_trained(seen, levels, first), levels, first),
            "length alone": _cut(words * direction, levels, first),
            "majority": [max(LEVELS, key=truth.count)] * len(truth),
        }
        for name, found in answers.items():
            value = macro_f1(truth, found, LEVELS)
            print(f"  {FILES[way]:20} {name:24} {value:.2f} {interval(clusters, truth, found, LEVELS)}")


def _trained(seen: Sequence[Seen], levels: Array, first: Array) -> Array:
    rated = Rated(np.arange(len(seen)), levels.astype(float), ("people",) * len(seen), None).kept(first)
    known = domain([each for each, early in zip(seen, first, strict=True) if early])
    rows, buckets = standardised(np.array([each.features for each in seen]), known), buckets_of(seen)
    return learn(seen, buckets, rated, known, fitting_spread(seen, buckets, rated, known)).of(rows, buckets)


def _cut(scores: Array, levels: Array, first: Array) -> list[int]:
    """Tell the levels of the second half by the thresholds that serve the first best."""
    return list(np.digitize(scores[~first], thresholds(levels[first], scores[first])))


def speed(folder: Path) -> None:
    """Print how long the indicators take, of dialogues that differ from each other."""
    found: list[Transcript] = []
    for part in ("train", "valid", "failed"):
        found += [
            Transcript("en", transcript.messages[: 2 * _EXCHANGES])
            for transcript, _ in corpora.esconv(folder / "esconv" / f"{part}.jsonl")
            if len(transcript.messages) >= 2 * _EXCHANGES
        ]
    used = found[:_DIALOGUES]
    judge = IndicatorJudge()
    judge.rate(used[-1])
    began = perf_counter()
    for transcript in used:
        judge.rate(transcript)
    took = perf_counter() - began
    print(f"\n{len(used)} dialogues of {_EXCHANGES} exchanges: indicators {took:.1f} s", end="")
    print(f", {1000 * took / len(used):.1f} ms each; {_DIALOGUES} would take {took / len(used) * _DIALOGUES:.1f} s")


def main(words: Sequence[str] | None = None) -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=DATA)
    parser.add_argument("--draws", type=int, default=DRAWS)
    asked = parser.parse_args(words)
    speed(asked.folder)
    of_ieval(asked.folder, asked.draws)
    report(corpora.success(asked.folder), asked.draws)
    for question in ("empathy", "relevance", "relief"):
        report(corpora.surveys(asked.folder, question), asked.draws)
    report(corpora.annomi(asked.folder), asked.draws)
    of_epitome(asked.folder)


if __name__ == "__main__":
    main()
