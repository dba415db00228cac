"""A plain classifier that tries to tell two groups of dialogues apart, cross-validated by group."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np

from hardseek.language import Language, tokens
from hardseek.luck import Luck
from hardseek.validity.statistics import auc, interval
from hardseek.validity.style import closed_classes, style

Features = Literal["style", "words", "function-words"]
FEATURES: Final[tuple[Features, ...]] = ("style", "words", "function-words")
TURNS: Final = 6
"""The first so many turns of the seeker are looked at; dialogues with fewer are left out."""
_FOLDS: Final = 5
_TELLING: Final = 6
"""Features that are named as giving most away."""
_COMMON: Final = 2
"""Dialogues that a word has to stand in."""


@dataclass(frozen=True, slots=True)
class Sample:
    """The seeker's side of a dialogue."""

    group: str
    """What it shares with dialogues that it is not independent of; a group is never in training and in test."""
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """How well two groups can be told apart."""

    auc: float | None
    """0.5: not at all; 1: always. Over all dialogues, each scored by a model that has not seen its group."""
    interval: tuple[float, float] | None
    each: int
    """Dialogues of each kind."""
    telling: dict[str, float]
    """The features that weigh most in a model of all dialogues: log odds of the first kind for one standard deviation
    more; the largest first."""


def tell_apart(
    ones: Sequence[Sample], others: Sequence[Sample], language: Language, features: Features, *, seed: int = 1
) -> Verdict:
    """Train logistic regression (ridge, C = 1) on standardised features, five folds of whole groups.

    Args:
        ones: dialogues that score high, such as simulated ones.
        others: dialogues that score low, such as people's.
        language: of all of them.
        features: `style`; `words` (TF-IDF of words, Chinese characters); `function-words`.
        seed: of the choice of as many dialogues of the larger kind as there are of the smaller.

    Returns:
        The verdict; without a value where there are fewer than two groups a fold.
    """
    first, second = _balanced(ones, others, seed)
    samples, labels = [*first, *second], np.array([1] * len(first) + [0] * len(second))
    groups = [f"1 {one.group}" for one in first] + [f"0 {one.group}" for one in second]
    if min(len({one.group for one in first}), len({one.group for one in second})) < _FOLDS:
        return Verdict(None, None, len(first), {})
    names, values = _values(samples, language, features)
    scores, telling = _trained(names, values, labels, groups, features)
    scored: dict[str, list[tuple[int, float]]] = {}
    for group, label, score in zip(groups, labels.tolist(), scores.tolist(), strict=True):
        scored.setdefault(group, []).append((label, score))
    everyone = [each for some in scored.values() for each in some]
    drawn = interval(list(scored.values()), _auc)
    return Verdict(_auc(everyone), drawn, len(first), telling)


def _auc(scored: Sequence[tuple[int, float]]) -> float | None:
    return auc([score for label, score in scored if label], [score for label, score in scored if not label])


def _balanced(ones: Sequence[Sample], others: Sequence[Sample], seed: int) -> tuple[list[Sample], list[Sample]]:
    """Take as many of each, evenly over groups, from those that are long enough, cut to the same number of turns."""
    long = [
        [Sample(one.group, one.texts[:TURNS]) for one in some if len(one.texts) >= TURNS] for some in (ones, others)
    ]
    size = min(map(len, long))
    return _even(long[0], size, seed), _even(long[1], size, seed)


def _even(samples: Sequence[Sample], size: int, seed: int) -> list[Sample]:
    luck = Luck.of(seed=seed, card="", condition="told apart", replicate=0)
    groups: dict[str, list[Sample]] = {}
    for sample in luck.shuffle(samples, 0, "sample"):
        groups.setdefault(sample.group, []).append(sample)
    longest = max(map(len, groups.values()), default=0)
    in_turn = [group[turn] for turn in range(longest) for group in groups.values() if turn < len(group)]
    return in_turn[:size]


def _values(samples: Sequence[Sample], language: Language, features: Features) -> tuple[list[str], Any]:
    """Return the names of the features and their matrix; of words, the texts themselves."""
    if features == "words":
        return [], np.array([" ".join(tokens(" ".join(sample.texts).lower())) for sample in samples], dtype=object)
    count = style if features == "style" else closed_classes
    rows = [count(sample.texts, language) for sample in samples]
    return list(rows[0]), np.array([list(row.values()) for row in rows])


def _model(features: Features) -> Any:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    before = (
        TfidfVectorizer(tokenizer=str.split, token_pattern=None, lowercase=False, min_df=_COMMON, sublinear_tf=True)
        if features == "words"
        else StandardScaler()
    )
    return make_pipeline(before, LogisticRegression(C=1.0, max_iter=2000))


def _trained(
    names: list[str], values: Any, labels: Any, groups: list[str], features: Features
) -> tuple[Any, dict[str, float]]:
    """Score each dialogue by a model that has not seen its group, and weigh the features in a model of all."""
    from sklearn.model_selection import StratifiedGroupKFold, cross_val_predict
    from threadpoolctl import threadpool_limits

    folds = StratifiedGroupKFold(n_splits=_FOLDS)
    with threadpool_limits(limits=1):  # matrices this small wait longer for threads than they take
        scores = cross_val_predict(
            _model(features), values, labels, groups=groups, cv=folds, method="decision_function"
        )
        model = _model(features).fit(values, labels)
    weights = model[-1].coef_[0]
    titles = model[0].get_feature_names_out().tolist() if features == "words" else names
    order = np.argsort(-np.abs(weights))[:_TELLING]
    return scores, {titles[place]: round(float(weights[place]), 2) for place in order}
