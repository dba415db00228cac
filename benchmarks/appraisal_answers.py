"""How far the cues of a seeker's resistance agree with labels.

Sustain talk in AnnoMI (people's labels: Wu et al., 2022), and answers to advice in ESConv and FailedESConv that a
language model has labelled. Part of `python -m benchmarks.appraisal`.
"""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from scipy.stats import mannwhitneyu

from hardseek.language import length
from hardseek.luck import Luck
from hardseek.seekers.appraisal import read

LABELS: Final = Path(__file__).parents[1] / "tests" / "seekers" / "data" / "esconv_answers_to_advice.jsonl"
RESISTING: Final = ("rejecting", "arguing", "deflecting", "shutting_down", "doubting")
"""Groups of cues, and the labels of answers."""
AGAINST: Final = ("rejecting", "arguing")
_RESAMPLES: Final = 1000
_ADVICE: Final = frozenset({"Providing Suggestions", "Information"})
_STUTTER: Final = re.compile(r"\b(\w+(?:'\w+)?)(?:-+\s*\1\b)+", re.IGNORECASE)
"""Speech written down: "I-I really" is read as "I really"."""


def lines(path: Path) -> list[dict[str, Any]]:
    """Read JSON Lines."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


def sustain(path: Path) -> list[tuple[str, str, str, bool]]:
    """Read what clients say in AnnoMI: transcript, text, kind of talk, and whether it is of the half to report.

    A row is an annotator's; the kind is that of most. The other half, every other transcript, was read for cues.
    """
    said: dict[tuple[str, str], tuple[str, Counter[str]]] = {}
    for row in lines(path):
        if row["interlocutor"] == "client":
            place = (row["transcript_id"], row["utterance_id"])
            said.setdefault(place, (row["utterance_text"], Counter()))[1][row["client_talk_type"]] += 1
    seen = set(sorted({transcript for transcript, _ in said}, key=int)[::2])
    return [
        (transcript, _STUTTER.sub(r"\1", text), kinds.most_common(1)[0][0], transcript not in seen)
        for (transcript, _), (text, kinds) in said.items()
    ]


def answers(folder: Path, labels: Path = LABELS) -> list[tuple[str, str, tuple[str, ...]]]:
    """Read the labelled answers to advice: dialogue, text, labels."""
    talks = {
        "valid": [_turns(record["dialog"]) for record in lines(folder / "valid.jsonl")],
        "failed": [_turns(record["dialog"]) for record in lines(folder / "failed.jsonl")],
    }
    return [
        (f"{row['corpus']} {row['dialogue']}", talks[row["corpus"]][row["dialogue"]][row["turn"]], tuple(row["labels"]))
        for row in lines(labels)
    ]


def _turns(dialogue: Sequence[dict[str, Any]]) -> list[str]:
    turns: list[str] = []
    last = None
    for message in dialogue:
        text = message.get("text") or message.get("content", "")
        if message["speaker"] == last:
            turns[-1] += f"\n{text}"
        else:
            turns.append(text)
        last = message["speaker"]
    return turns


def auc(holds: np.ndarray, values: np.ndarray) -> float:
    """Return the chance that a turn of which it holds has the higher value, ties by half."""
    return float(mannwhitneyu(values[holds], values[~holds]).statistic / (holds.sum() * (~holds).sum()))


def report(data: Path) -> None:
    """Print precision, recall and AUC of the groups of cues."""
    rows = [row for row in sustain(data / "annomi" / "utterances.jsonl") if row[3]]
    counts = [read(text, "en").cues for _, text, _, _ in rows]
    kinds = np.array([kind for _, _, kind, _ in rows])
    holds = kinds == "sustain"
    clusters = [transcript for transcript, _, _, _ in rows]
    print(f"\nAnnoMI, sustain talk: {holds.sum()} of {len(rows)} turns", end="; ")
    print(f"{len(set(clusters))} transcripts that were not read for cues")
    _groups(counts, holds, clusters)
    found = np.array([any(count.get(group) for group in AGAINST) for count in counts])
    shares = {kind: found[kinds == kind].mean() for kind in ("sustain", "neutral", "change")}
    print("  found " + " or ".join(AGAINST) + ": " + ", ".join(f"{kind} {share:.2f}" for kind, share in shares.items()))
    print(f"  AUC of length alone {auc(holds, np.array([float(length(text)) for _, text, _, _ in rows])):.2f}")

    labelled = answers(data / "esconv")
    holds = np.array([bool(labels) for _, _, labels in labelled])
    print(f"\nanswers to advice, labelled by a language model: {holds.sum()} of {len(labelled)} resist")
    counts = [read(text, "en").cues for _, text, _ in labelled]
    _groups(counts, holds, [dialogue for dialogue, _, _ in labelled])


def _groups(counts: Sequence[Any], holds: np.ndarray, clusters: Sequence[str]) -> None:
    for groups in (*((group,) for group in RESISTING), AGAINST, RESISTING):
        values = np.array([float(sum(count.get(group, 0) for group in groups)) for count in counts])
        found = values > 0
        precision = holds[found].mean() if found.any() else 0.0
        low, high = _interval(holds, values, clusters)
        name = "any" if groups == RESISTING else " or ".join(groups)
        print(f"  {name}: precision {precision:.2f}, recall {found[holds].mean():.2f}", end=", ")
        print(f"AUC {auc(holds, values):.2f} [{low:.2f}, {high:.2f}]")


def _interval(holds: np.ndarray, values: np.ndarray, clusters: Sequence[str]) -> tuple[float, float]:
    """Return the 95 % percentile bootstrap interval of the AUC, whole transcripts or dialogues drawn."""
    places: dict[str, list[int]] = defaultdict(list)
    for place, cluster in enumerate(clusters):
        places[cluster].append(place)
    groups = list(places.values())
    luck = Luck.of(seed=1, card="answers", condition="bootstrap", replicate=0)
    draws = np.random.default_rng(luck.integer(0, "draws"))
    found = []
    for _ in range(_RESAMPLES):
        drawn = [place for group in draws.integers(len(groups), size=len(groups)) for place in groups[group]]
        if 0 < holds[drawn].sum() < len(drawn):
            found.append(auc(holds[drawn], values[drawn]))
    low, high = np.quantile(found, (0.025, 0.975))
    return float(low), float(high)
