"""Fine-tuning small models with TRL and PEFT, from a recipe to a model that can be served.

Needs the extra `train`, which is imported when a training begins and not before.
"""

from hardseek.training.fitting.fit import fit
from hardseek.training.fitting.memory import Memory, Shape, families, memory
from hardseek.training.fitting.outcome import Outcome, read_outcome
from hardseek.training.fitting.recipe import Recipe, read_recipe
from hardseek.training.fitting.serving import Commands, Role, commands

__all__ = [
    "Commands",
    "Memory",
    "Outcome",
    "Recipe",
    "Role",
    "Shape",
    "commands",
    "families",
    "fit",
    "memory",
    "read_outcome",
    "read_recipe",
]
