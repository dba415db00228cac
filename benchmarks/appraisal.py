"""How far the offline appraisal agrees with labels.

    python -m benchmarks.appraisal [--data FOLDER] [--points]

Strategies of ESConv (valid) and of turns of worst_case (Chinese, labelled by a language model), levels of EPITOME. The
figures are those of
docs/method/appraisal.md. `--points` estimates the points of `data/strategy.yaml` anew from ESConv's train and prints
them. FOLDER holds the reference corpora; by default ../shared/data beside the checkout.
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any, Final

import numpy as np
from scipy.optimize import minimize
from scipy.stats import spearmanr

from hardseek.chat import Message
from hardseek.errors import Refused
from hardseek.language import Language
from hardseek.luck import Luck
from hardseek.seekers import Appraisal
from hardseek.seekers.appraisal import STRATEGIES, Strategy, appraise, strategy
from hardseek.seekers.appraisal.strategy import signs

ROOT: Final = Path(__file__).parents[1]
DATA: Final = ROOT.parent / "shared" / "data"
LABELS: Final = ROOT / "tests" / "seekers" / "data" / "worst_case_strategies.jsonl"
RESAMPLES: Final = 1000
GROUPS: Final[dict[str, Strategy]] = {
    "Question": "question",
    "Providing Suggestions": "advice",
    "Information": "advice",
    "Restatement or Paraphrasing": "understanding",
    "Reflection of feelings": "understanding",
    "Affirmation and Reassurance": "understanding",
    "Self-disclosure": "other",
    "Others": "other",
}
"""ESConv's strategies by what they do."""
READ_BY: Final[dict[str, tuple[str, Callable[[Appraisal], float]]]] = {
    "emotional-reactions": ("validation or template", lambda seen: max(seen.validation, seen.template)),
    "interpretations": ("understanding", lambda seen: seen.understanding),
    "explorations": ("open or closed question", lambda seen: max(seen.open_question, seen.closed_question)),
}
"""What of an appraisal should go with each of EPITOME's dimensions."""
STRICT: Final[dict[str, tuple[str, Callable[[Appraisal], float]]]] = {
    "emotional-reactions": ("validation", lambda seen: seen.validation),
    "explorations": ("open question", lambda seen: seen.open_question),
}
"""The same by one value alone."""
RIDGE: Final = 0.5


@dataclass(frozen=True)
class Labelled:
    """A supporter's turn that somebody has labelled."""

    dialogue: Hashable
    text: str
    before: tuple[Message, ...]
    labels: tuple[Strategy, ...]
    """The main one first."""


def lines(path: Path) -> list[dict[str, Any]]:
    """Read JSON Lines; raises Refused where there is no such file."""
    if not path.is_file():
        raise Refused(f"{path}: there is no such file; give the folder of the reference corpora with --data")
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


def esconv(path: Path) -> list[Labelled]:
    """Read the supporters' messages of ESConv, each with the messages before it."""
    found = []
    for number, record in enumerate(lines(path)):
        before: list[Message] = []
        for turn in record["dialog"]:
            if turn["speaker"] == "sys":
                found.append(Labelled(number, turn["text"], tuple(before), (GROUPS[turn["strategy"]],)))
            before.append(Message("assistant" if turn["speaker"] == "sys" else "user", turn["text"]))
    return found


def worst_case(folder: Path, labels: Path = LABELS) -> list[Labelled]:
    """Read the labelled supporters' turns of worst_case."""
    dialogues: dict[tuple[str, str], dict[int, list[dict[str, str]]]] = {}
    found = []
    for row in lines(labels):
        place = (row["condition"], row["system"])
        if place not in dialogues:
            held = lines(folder / row["condition"] / f"{row['system']}.jsonl")
            dialogues[place] = {record["profile"]: record["dialogue"] for record in held}
        turns = dialogues[place][row["profile"]]
        said = [Message("user" if turn["speaker"] == "seeker" else "assistant", turn["text"]) for turn in turns]
        labelled = tuple(kind for kind in STRATEGIES if kind in row["labels"])
        order = tuple(sorted(labelled, key=row["labels"].index))
        number = row["turn"]
        found.append(Labelled((*place, row["profile"]), said[number].content, tuple(said[:number]), order))
    return found


def macro_f1(truth: Sequence[Any], told: Sequence[Any], kinds: Sequence[Any]) -> float:
    """Return the mean over kinds of 2 TP / (2 TP + FP + FN); a kind that neither has or tells counts 0."""
    place = {kind: number for number, kind in enumerate(kinds)}
    table = np.zeros((len(kinds), len(kinds)))
    for one, other in zip(truth, told, strict=True):
        table[place[one], place[other]] += 1
    return float(_f1(table).mean())


def _f1(table: np.ndarray) -> np.ndarray:
    both = table.sum(axis=-2) + table.sum(axis=-1)
    hits = np.diagonal(table, axis1=-2, axis2=-1)
    shares: np.ndarray = np.divide(2 * hits, both, out=np.zeros_like(both), where=both > 0)
    return shares


def interval(clusters: Sequence[Hashable], truth: Sequence[Any], told: Sequence[Any], kinds: Sequence[Any]) -> str:
    """Return the 95 % percentile bootstrap interval of the macro-F1, whole clusters drawn with replacement."""
    place = {kind: number for number, kind in enumerate(kinds)}
    tables: dict[Hashable, np.ndarray] = defaultdict(lambda: np.zeros((len(kinds), len(kinds))))
    for cluster, one, other in zip(clusters, truth, told, strict=True):
        tables[cluster][place[one], place[other]] += 1
    stacked = np.stack(list(tables.values()))
    luck = Luck.of(seed=1, card="appraisal", condition="bootstrap", replicate=0)
    draws = np.random.default_rng(luck.integer(0, "draws"))
    values = [
        _f1(stacked[draws.integers(len(stacked), size=len(stacked))].sum(axis=0)).mean() for _ in range(RESAMPLES)
    ]
    low, high = np.quantile(values, (0.025, 0.975))
    return f"[{low:.2f}, {high:.2f}]"


def strategies(name: str, turns: Sequence[Labelled], language: Language) -> None:
    """Print how far the strategies told agree with the labels."""
    strategy("a 一", (), language)  # the cues are read from their file once
    began = perf_counter()
    told = [strategy(turn.text, turn.before, language) for turn in turns]
    each = 1000 * (perf_counter() - began) / len(turns)
    truth = [turn.labels[0] for turn in turns]
    most = max(STRATEGIES, key=truth.count)
    table = np.zeros((len(STRATEGIES), len(STRATEGIES)))
    for one, other in zip(truth, told, strict=True):
        table[STRATEGIES.index(one), STRATEGIES.index(other)] += 1
    clusters = [turn.dialogue for turn in turns]
    print(f"\n{name}: {len(turns)} turns of {len(set(clusters))} dialogues, {each:.3f} ms each")
    print(f"  macro-F1 {macro_f1(truth, told, STRATEGIES):.2f} {interval(clusters, truth, told, STRATEGIES)}")
    print(f"  accuracy {np.trace(table) / table.sum():.2f}; always {most!r}: macro-F1", end=" ")
    print(f"{macro_f1(truth, [most] * len(truth), STRATEGIES):.2f}, accuracy {truth.count(most) / len(truth):.2f}")
    if any(len(turn.labels) > 1 for turn in turns):
        among = [say in turn.labels for say, turn in zip(told, turns, strict=True)]
        print(f"  told is among the functions of the turn: {np.mean(among):.2f}")
    for kind, value, row in zip(STRATEGIES, _f1(table), table, strict=True):
        print(
            f"  {kind}: F1 {value:.2f}; told as "
            + ", ".join(f"{k} {n:.0f}" for k, n in zip(STRATEGIES, row, strict=True))
        )


def epitome(folder: Path) -> None:
    """Print how appraisal values go with the levels of EPITOME; halves are by seeker post, every other one."""
    print("\nEPITOME (levels 0-2; thresholds fixed on one half of the posts, reported on the other)")
    for dimension, reading in [*READ_BY.items(), *STRICT.items()]:
        rows = lines(folder / f"{dimension}.jsonl")
        posts = sorted({row["sp_id"] for row in rows})
        fixing = set(posts[::2])
        levels = np.array([int(row["level"]) for row in rows])
        values = np.array(
            [reading[1](appraise(row["response_post"], [Message("user", row["seeker_post"])], "en")) for row in rows]
        )
        first = np.array([row["sp_id"] in fixing for row in rows])
        cuts = thresholds(levels[first], values[first])
        truth, told = list(levels[~first]), list(np.digitize(values[~first], cuts))
        most = max((0, 1, 2), key=truth.count)
        clusters = [row["sp_id"] for row in rows if row["sp_id"] not in fixing]
        print(f"  {dimension} by {reading[0]}: rank correlation {spearmanr(values, levels).statistic:.2f}", end=", ")
        print(f"macro-F1 {macro_f1(truth, told, (0, 1, 2)):.2f} {interval(clusters, truth, told, (0, 1, 2))}", end="; ")
        print(f"always {most}: {macro_f1(truth, [most] * len(truth), (0, 1, 2)):.2f}", end="; ")
        print(f"thresholds {cuts[0]:.2f}, {cuts[1]:.2f}")


def thresholds(levels: np.ndarray, values: np.ndarray) -> tuple[float, float]:
    """Return the two values from which on levels 1 and 2 are told, that reach the highest macro-F1."""
    grid = [round(0.05 * step, 2) for step in range(1, 21)] + [1.01]
    pairs = [(low, high) for low in grid for high in grid if low <= high]
    return max(pairs, key=lambda cuts: macro_f1(list(levels), list(np.digitize(values, cuts)), (0, 1, 2)))


def estimate(turns: Sequence[Labelled]) -> dict[str, dict[Strategy, float]]:
    """Estimate points by multinomial logistic regression, ridge on all but `always`, each strategy of equal weight."""
    found = [signs(turn.text, turn.before, "en") for turn in turns]
    names = ["always", *sorted({sign for each in found for sign in each} - {"always"})]
    matrix = np.array([[each.get(sign, 0.0) for sign in names] for each in found])
    truth = np.array([STRATEGIES.index(turn.labels[0]) for turn in turns])
    weights = (len(truth) / (len(STRATEGIES) * np.bincount(truth)))[truth]
    target = np.eye(len(STRATEGIES))[truth]

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        points = flat.reshape(len(names), -1)
        scores = matrix @ points
        scores -= scores.max(axis=1, keepdims=True)
        chances = np.exp(scores)
        chances /= chances.sum(axis=1, keepdims=True)
        kept = points * (np.arange(len(names)) > 0)[:, None]
        wrong = -float(weights @ np.log((chances * target).sum(axis=1) + 1e-300)) + RIDGE * float((kept**2).sum())
        return wrong, (matrix.T @ ((chances - target) * weights[:, None]) + 2 * RIDGE * kept).ravel()

    best = minimize(loss, np.zeros(len(names) * len(STRATEGIES)), jac=True, method="L-BFGS-B").x.reshape(len(names), -1)
    return {
        sign: {kind: round(float(value), 2) for kind, value in zip(STRATEGIES, row, strict=True)}
        for sign, row in zip(names, best, strict=True)
    }


def speed(turns: Sequence[Labelled]) -> float:
    """Return the median milliseconds that a turn's appraisal takes, the talk before it read already."""
    times = []
    for turn in turns[:1500]:
        appraise("a", turn.before, "en")
        began = perf_counter()
        appraise(turn.text, turn.before, "en")
        times.append(perf_counter() - began)
    return 1000 * median(times)


def main() -> None:
    """Print the figures, or the points."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--points", action="store_true")
    asked = parser.parse_args()
    try:
        if asked.points:
            for sign, row in estimate(esconv(asked.data / "esconv" / "train.jsonl")).items():
                print(f"  {sign}: {{" + ", ".join(f"{kind}: {value}" for kind, value in row.items()) + "}")
            return
        people = esconv(asked.data / "esconv" / "valid.jsonl")
        strategies("ESConv valid", people, "en")
        strategies("worst_case, labelled sample", worst_case(asked.data / "worst_case"), "zh")
        epitome(asked.data / "epitome")
        print(f"\nappraisal of a turn: {speed(people):.3f} ms (median)")
    except Refused as refusal:
        parser.exit(2, f"{refusal}\n")


if __name__ == "__main__":
    main()
