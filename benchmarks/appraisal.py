"""How far the offline appraisal agrees with labels.

    python -m benchmarks.appraisal [--data FOLDER]

Strategies of ESConv (valid) and of turns of worst_case (Chinese, labelled by a language model), levels of EPITOME, and
what is found in the answers of seekers. The figures are those of docs/method/appraisal.md. FOLDER holds the reference
corpora; by default ../shared/data beside the checkout. The points are estimated by `benchmarks.appraisal_points`, what
a model that may not be shipped reaches on the same labels is printed by `benchmarks.appraisal_ceiling`.
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any, Final, Literal

import numpy as np

from benchmarks import appraisal_answers as answers
from hardseek.chat import Message
from hardseek.errors import Refused
from hardseek.language import Language
from hardseek.luck import Luck
from hardseek.seekers.appraisal import STRATEGIES, WAYS, Strategy, Way, appraise, empathy, strategy

ROOT: Final = Path(__file__).parents[1]
DATA: Final = ROOT.parent / "shared" / "data"
LABELS: Final = ROOT / "tests" / "seekers" / "data" / "worst_case_strategies.jsonl"
HELD_OUT: Final = LABELS.with_name("worst_case_strategies_held_out.jsonl")
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
LEVELS: Final = (0, 1, 2)
"""Of EPITOME."""
FILES: Final[dict[Way, str]] = {
    "emotional_reaction": "emotional-reactions",
    "interpretation": "interpretations",
    "exploration": "explorations",
}


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


def merged(path: Path) -> list[Labelled]:
    """Read the supporters' turns of ESConv: messages in a row are one turn, with the strategies of all of them.

    The main one is that of most of its words; of two with as many, the later.
    """
    found = []
    for number, record in enumerate(lines(path)):
        said: list[Message] = []
        words: list[dict[Strategy, int]] = []
        for turn in record["dialog"]:
            role: Literal["assistant", "user"] = "assistant" if turn["speaker"] == "sys" else "user"
            if said and said[-1].role == role:
                said[-1] = Message(role, f"{said[-1].content}\n{turn['text']}")
            else:
                said.append(Message(role, turn["text"]))
                words.append({})
            if role == "assistant":
                kind = GROUPS[turn["strategy"]]
                words[-1][kind] = words[-1].pop(kind, 0) + len(turn["text"].split())  # the latest stands last
        for place, message in enumerate(said):
            if message.role == "assistant":
                order = _by_words(words[place])
                found.append(Labelled(number, message.content, tuple(said[:place]), order))
    return found


def _by_words(words: dict[Strategy, int]) -> tuple[Strategy, ...]:
    latest_first = list(words)[::-1]
    return tuple(sorted(latest_first, key=words.__getitem__, reverse=True))


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


def epitome(folder: Path, way: Way) -> tuple[list[Labelled], np.ndarray, np.ndarray]:
    """Read EPITOME's replies to posts, their levels, and which of them are of the half that points are estimated on.

    Halves are by post: every other one of their sorted ids.
    """
    rows = lines(folder / f"{FILES[way]}.jsonl")
    fixing = set(sorted({row["sp_id"] for row in rows})[::2])
    replies = [Labelled(row["sp_id"], row["response_post"], (Message("user", row["seeker_post"]),), ()) for row in rows]
    levels = np.array([int(row["level"]) for row in rows])
    return replies, levels, np.array([row["sp_id"] in fixing for row in rows])


def levels_of_empathy(folder: Path) -> None:
    """Print how far the levels told agree with EPITOME's, on the half that no point was estimated on."""
    print("\nEPITOME (points and thresholds fixed on one half of the posts, reported on the other)")
    for way in WAYS:
        replies, levels, first = epitome(folder, way)
        other = [(reply, level) for reply, level, seen in zip(replies, levels, first, strict=True) if not seen]
        truth = [int(level) for _, level in other]
        told = [getattr(empathy(reply.text, reply.before, "en"), way) for reply, _ in other]
        clusters = [reply.dialogue for reply, _ in other]
        most = max(LEVELS, key=truth.count)
        there, seen = [level > 0 for level in truth], [level > 0 for level in told]
        print(f"  {way}: {len(truth)} replies, macro-F1 {macro_f1(truth, told, LEVELS):.2f}", end=" ")
        print(f"{interval(clusters, truth, told, LEVELS)}, of each level", end=" ")
        print(
            ", ".join(f"{level} ({truth.count(level)}): {f1_of(truth, told, level):.2f}" for level in LEVELS), end="; "
        )
        print(f"always {most}: {macro_f1(truth, [most] * len(truth), LEVELS):.2f}; there or not:", end=" ")
        print(f"{macro_f1(there, seen, (False, True)):.2f} {interval(clusters, there, seen, (False, True))}")


def f1_of(truth: Sequence[Any], told: Sequence[Any], kind: Any) -> float:
    """Return the F1 of one kind."""
    hits = sum(one == other == kind for one, other in zip(truth, told, strict=True))
    both = sum(one == kind for one in truth) + sum(one == kind for one in told)
    return 2 * hits / both if both else 0.0


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
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    data = parser.parse_args().data
    try:
        people = esconv(data / "esconv" / "valid.jsonl")
        strategies("ESConv valid, message by message", people, "en")
        strategies("ESConv valid, messages in a row as one turn", merged(data / "esconv" / "valid.jsonl"), "en")
        strategies("worst_case, first sample", worst_case(data / "worst_case"), "zh")
        strategies("worst_case, held-out sample", worst_case(data / "worst_case", HELD_OUT), "zh")
        levels_of_empathy(data / "epitome")
        answers.report(data)
        print(f"\nappraisal of a turn: {speed(people):.3f} ms (median)")
    except Refused as refusal:
        parser.exit(2, f"{refusal}\n")


if __name__ == "__main__":
    main()
