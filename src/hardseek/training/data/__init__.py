"""Making training data: what of stored dialogues is worth learning, clean of what models are measured with."""

from hardseek.training.data.bars import Bar, read_bar
from hardseek.training.data.make import make_datasets
from hardseek.training.data.mixing import Arm, read_arm
from hardseek.training.data.recipe import DataRecipe

__all__ = ["Arm", "Bar", "DataRecipe", "make_datasets", "read_arm", "read_bar"]
