"""What a training would take, before any weights are loaded."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from hardseek.training.fitting.memory import Memory, Shape, families, memory, shape_of
from hardseek.training.fitting.ready import Ready, prepare
from hardseek.training.fitting.recipe import Method, Recipe, Weights
from hardseek.training.fitting.serving import Role
from hardseek.training.fitting.trainers import has_bf16

WAYS: tuple[tuple[Method, Weights], ...] = (("sft", "adapter"), ("dpo", "adapter"), ("sft", "full"), ("dpo", "full"))


@dataclass(frozen=True, slots=True)
class Forecast:
    """What a training would take."""

    ready: Ready
    shape: Shape
    memory: Memory
    updates: int


def forecast(recipe: Recipe, role: Role) -> Forecast:
    """Check everything but the weights, and tell what it would take; raises Refused as `prepare` does."""
    ready = prepare(recipe, role)
    shape, method = shape_of(recipe, ready.config), ready.material.method
    each = math.ceil(ready.rows[0].rows / recipe.batch)
    updates = recipe.steps or math.ceil(each * recipe.times(method))
    return Forecast(ready, shape, memory(shape, recipe, method, recipe.weights, half=has_bf16(recipe)), updates)


def table(recipe: Recipe) -> Sequence[tuple[Shape, tuple[float, ...]]]:
    """Return the GB that each known model would take with this recipe's lengths, in the order of WAYS, with bf16."""
    return [(shape, tuple(memory(shape, recipe, *way).total for way in WAYS)) for shape in families()]
