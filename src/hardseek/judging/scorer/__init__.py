"""Trained scorers: they rate as people rated the dialogues that they were trained on, and only dialogues like these."""

from hardseek.judging.scorer.domain import domain, outside, standardised
from hardseek.judging.scorer.features import FEATURES, Seen, see
from hardseek.judging.scorer.file import (
    FORMAT,
    SCORER_NAMES,
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
from hardseek.judging.scorer.train import MOST_STEPS, Rated, Weights, buckets_of, learn, learn_length

__all__ = [
    "FEATURES",
    "FORMAT",
    "MOST_STEPS",
    "SCORER_NAMES",
    "Agreement",
    "Learnt",
    "Provenance",
    "Rated",
    "Scheme",
    "Scorer",
    "ScorerJudge",
    "Seen",
    "Weights",
    "buckets_of",
    "domain",
    "learn",
    "learn_length",
    "load_scorer",
    "outside",
    "packed",
    "see",
    "standardised",
    "write_scorer",
]
