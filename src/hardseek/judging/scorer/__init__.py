"""Trained scorers: they rate as people rated the dialogues that they were trained on, and only dialogues like these."""

from hardseek.judging.scorer.domain import domain, outside, standardised
from hardseek.judging.scorer.features import FEATURES, Seen, see
from hardseek.judging.scorer.file import (
    FORMAT,
    Agreement,
    Learnt,
    Provenance,
    Scheme,
    Scorer,
    load_scorer,
    packed,
    write_scorer,
)
from hardseek.judging.scorer.judge import ScorerJudge
from hardseek.judging.scorer.train import (
    MOST_STEPS,
    Rated,
    Spread,
    Weights,
    buckets_of,
    fitting_spread,
    learn,
    learn_length,
)

__all__ = [
    "FEATURES",
    "FORMAT",
    "MOST_STEPS",
    "Agreement",
    "Learnt",
    "Provenance",
    "Rated",
    "Scheme",
    "Scorer",
    "ScorerJudge",
    "Seen",
    "Spread",
    "Weights",
    "buckets_of",
    "domain",
    "fitting_spread",
    "learn",
    "learn_length",
    "load_scorer",
    "outside",
    "packed",
    "see",
    "standardised",
    "write_scorer",
]
