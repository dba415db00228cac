"""Trained scorers that are transformers: a LoRA adapter on any causal or encoder model, an ordinal head a dimension.

Needs the extra `train` (torch, transformers, peft), which is imported when a model is made and not before.
"""

from hardseek.judging.transformer.file import TransformerScorer, is_folder_of_one, read_transformer, write_transformer
from hardseek.judging.transformer.judge import TransformerJudge

__all__ = ["TransformerJudge", "TransformerScorer", "is_folder_of_one", "read_transformer", "write_transformer"]
