"""All that is read and checked before weights are loaded, and what signs a training."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import hardseek
from hardseek.runs import Signature
from hardseek.runs.digest import digest
from hardseek.training.fitting.material import Material, read_material
from hardseek.training.fitting.model import (
    check_adapter,
    check_length,
    content,
    identity,
    load_config,
    load_tokenizer,
    need_libraries,
)
from hardseek.training.fitting.quiet import quiet
from hardseek.training.fitting.recipe import Recipe
from hardseek.training.fitting.sequences import Fitted, fit_material
from hardseek.training.fitting.serving import Role
from hardseek.training.fitting.trainers import check_recipe

_OPERATIONAL: Final = frozenset(
    {"base", "revision", "data", "out", "adapter", "at_once", "gradient_checkpointing", "checkpoint_every", "keep",
     "log_every", "merge", "template"}
)  # fmt: skip
"""Fields that do not decide what is learnt, or that are signed by their content."""
_SHOWN: Final = 8


@dataclass(frozen=True, slots=True)
class Ready:
    """All that is known before weights are loaded."""

    material: Material
    rows: tuple[Fitted, Fitted]
    """What is trained on, and what it is watched on."""
    config: Any
    tokenizer: Any
    signature: Signature


def prepare(recipe: Recipe, role: Role) -> Ready:
    """Read and check everything but the weights; raises Refused when something does not go together."""
    need_libraries()
    material = read_material(Path(recipe.data), role=role)
    check_recipe(recipe)
    check_adapter(recipe)
    with quiet():
        config = load_config(recipe)
        check_length(recipe, config)
        tokenizer = load_tokenizer(recipe)
    rows = fit_material(tokenizer, recipe, material)
    return Ready(material, rows, config, tokenizer, sign(recipe, material, config, tokenizer))


def sign(recipe: Recipe, material: Material, config: Any, tokenizer: Any) -> Signature:
    """Sign what the weights depend on; how much is done at once is left out."""
    settings = {name: value for name, value in recipe.model_dump(mode="json").items() if name not in _OPERATIONAL}
    parts = {
        "hardseek": hardseek.__version__,
        "base": identity(recipe, config),
        "data": f"{material.about.kind}@{material.about.signature}",
        "recipe": digest(settings)[:_SHOWN],
        "template": digest(tokenizer.chat_template)[:_SHOWN],
    }
    if recipe.adapter is not None:
        parts["adapter"] = content(Path(recipe.adapter))
    return Signature(parts)
