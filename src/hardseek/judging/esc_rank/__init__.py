"""The published scorer of ESC-Eval as a judge: one adapter a dimension and language on InternLM2-7B."""

from hardseek.judging.esc_rank.adapters import ADAPTERS, adapter_folder
from hardseek.judging.esc_rank.judge import EscRankJudge

__all__ = ["ADAPTERS", "EscRankJudge", "adapter_folder"]
