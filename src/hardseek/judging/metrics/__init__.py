"""Text metrics: diversity, and overlap with references."""

from hardseek.judging.metrics.diversity import distinct, self_bleu
from hardseek.judging.metrics.judge import METRICS, MetricsJudge
from hardseek.judging.metrics.overlap import bleu, chrf, meteor_like, rouge_l

__all__ = ["METRICS", "MetricsJudge", "bleu", "chrf", "distinct", "meteor_like", "rouge_l", "self_bleu"]
