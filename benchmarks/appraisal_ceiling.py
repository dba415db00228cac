"""What a model of words reaches on the labels that the offline appraisal is held against.

    python -m benchmarks.appraisal_ceiling [--data FOLDER]

Words and characters in runs (TF-IDF), the seeker's and the supporter's last words, and the place in the talk; logistic
regression, boosted trees over its components, and the mean of both. It is trained on texts that may not be passed on,
so it is not shipped: it says how much can be had from these labels.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.decomposition import TruncatedSVD
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.utils.class_weight import compute_sample_weight

from benchmarks.appraisal import DATA, LEVELS, Labelled, epitome, esconv, interval, macro_f1
from benchmarks.appraisal_points import matrix
from hardseek.seekers.appraisal import STRATEGIES, WAYS
from hardseek.seekers.appraisal.signs import SIGNS

COMPONENTS: Final = 60
TOKEN: Final = r"[\w']+|[?.!,]"


class Words:
    """Runs of words and characters of the turn, and the words before it."""

    def __init__(self) -> None:
        self._parts = (
            TfidfVectorizer(ngram_range=(1, 3), min_df=2, sublinear_tf=True, token_pattern=TOKEN),
            TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), min_df=3, sublinear_tf=True),
            TfidfVectorizer(ngram_range=(1, 2), min_df=3, sublinear_tf=True),
            TfidfVectorizer(ngram_range=(1, 2), min_df=3, sublinear_tf=True),
        )

    def fit(self, turns: Sequence[Labelled]) -> csr_matrix:
        """Learn the words, and return the rows of the turns."""
        return self._rows(turns, learn=True)

    def rows(self, turns: Sequence[Labelled]) -> csr_matrix:
        """Return the rows of other turns."""
        return self._rows(turns, learn=False)

    def _rows(self, turns: Sequence[Labelled], *, learn: bool) -> csr_matrix:
        texts = [turn.text for turn in turns]
        columns = (texts, texts, [_last(turn, "user") for turn in turns], [_last(turn, "assistant") for turn in turns])
        found = []
        for part, column in zip(self._parts, columns, strict=True):
            if learn and not any(column):
                part.vocabulary = {"": 0}  # a talk of one post has no words of the supporter's before the reply
            found.append(part.fit_transform(column) if learn else part.transform(column))
        place = np.array([[len(turn.before) / 30, len(turn.before) < 4, "?" in turn.text] for turn in turns], float)
        return hstack([*found, csr_matrix(place), csr_matrix(matrix(turns, SIGNS))]).tocsr()


def _last(turn: Labelled, role: str) -> str:
    return next((message.content for message in reversed(turn.before) if message.role == role), "")


def told(
    train: Sequence[Labelled], truth: np.ndarray, test: Sequence[Labelled], strength: float
) -> dict[str, list[Any]]:
    """Return the classes that each model tells of the test turns."""
    words = Words()
    rows, other = words.fit(train), words.rows(test)
    linear = LogisticRegression(C=strength, max_iter=300, class_weight="balanced").fit(rows, truth)
    squeeze = TruncatedSVD(COMPONENTS, random_state=0).fit(rows)
    dense, dense_other = (
        np.hstack([squeeze.transform(each), matrix(turns, SIGNS)]) for each, turns in ((rows, train), (other, test))
    )
    trees = HistGradientBoostingClassifier(
        max_iter=250, learning_rate=0.06, max_leaf_nodes=15, l2_regularization=1.0, random_state=0
    ).fit(dense, truth, sample_weight=compute_sample_weight("balanced", truth))
    chances = {"logistic regression": linear.predict_proba(other), "boosted trees": trees.predict_proba(dense_other)}
    chances["both"] = sum(chances.values()) / 2
    return {name: linear.classes_[each.argmax(axis=1)].tolist() for name, each in chances.items()}


def main() -> None:
    """Print the macro-F1 of each model on each set of labels."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    data = parser.parse_args().data
    train, test = (esconv(data / "esconv" / f"{name}.jsonl") for name in ("train", "valid"))
    truth = [turn.labels[0] for turn in test]
    clusters = [turn.dialogue for turn in test]
    for name, found in told(train, np.array([turn.labels[0] for turn in train]), test, 0.5).items():
        print(f"ESConv valid, {name}: {macro_f1(truth, found, STRATEGIES):.2f}", end=" ")
        print(interval(clusters, truth, found, STRATEGIES))
    for way in WAYS:
        replies, levels, first = epitome(data / "epitome", way)
        halves = [[reply for reply, seen in zip(replies, first, strict=True) if seen == half] for half in (True, False)]
        truth_of = [int(level) for level in levels[~first]]
        for name, found in told(halves[0], levels[first], halves[1], 3.0).items():
            print(f"EPITOME {way}, {name}: {macro_f1(truth_of, found, LEVELS):.2f}")


if __name__ == "__main__":
    main()
