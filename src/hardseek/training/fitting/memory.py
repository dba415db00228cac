"""How much memory a training takes, by a formula: what a device must have free, without other work on it.

    weights       P x w          w = 4 bytes for all weights (kept in 32 bits), 2 for a base that stays as it is in bf16
    trained       A x 16         adapter: value, gradient and two moments of Adam, 4 bytes each
                  P x 12         all weights: gradient and two moments (their value is counted above)
    reference     P x 4          DPO of all weights alone; an adapter is switched off to be its own reference
    activations   n x t x d x (2 x L + 34)
                                 with gradient checkpointing: what enters each of L layers in 2 bytes, and one layer
                                 worked anew, 34 bytes for each token and unit of width
                  n x t x d x 34 x L      without
    logits        n x t x V x 8  values and gradients in 4 bytes each

P parameters, A those of the adapter, n sequences on the device at once (twice as many for DPO), t tokens each, d width,
L layers, V vocabulary. On a machine without bf16 every 2 is a 4, and 34 is 68. The activations are those of Korthikanti
et al., 2022 (arXiv 2205.05198, section 4: s b h (34 + 5 a s / h) bytes a layer), without the part of the attention
scores, which attention that is computed in tiles does not keep. They are for a plain feed-forward part of four widths;
a gated one of r widths keeps 2 + 8 r bytes in place of its 19, so that without checkpointing this is a lower bound (45
rather than 34 for r = 3.5). Buffers of the libraries and a GPU's context come on top. The logits are what a plain loss
takes; recent TRL computes them in pieces and needs less.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import msgspec

from hardseek.documents import packaged
from hardseek.training.fitting.recipe import Method, Recipe, Weights

GIGA: Final = 1e9
_LAYER: Final = 34


class Shape(msgspec.Struct, frozen=True):
    """What of a model decides its memory."""

    name: str
    billions: float
    layers: int
    width: int
    vocabulary: int
    adapter: int
    """Parameters of an adapter of rank 1 on every linear layer but the last: their ins and outs, summed."""
    family: str = ""
    remote_code: bool = False


@dataclass(frozen=True, slots=True)
class Memory:
    """In GB (10^9 bytes) on one device."""

    weights: float
    trained: float
    reference: float
    activations: float
    logits: float

    @property
    def total(self) -> float:
        """All of it."""
        return self.weights + self.trained + self.reference + self.activations + self.logits


@cache
def families() -> tuple[Shape, ...]:
    """Return the shapes of the models that the table is told for."""
    return msgspec.yaml.decode(packaged("hardseek.training.fitting", "data", "families.yaml"), type=tuple[Shape, ...])


def memory(shape: Shape, recipe: Recipe, method: Method, weights: Weights, *, half: bool = True) -> Memory:
    """Tell what a training takes.

    Args:
        shape: of the model.
        recipe: how much at once, and how.
        method: DPO has two sequences for each pair.
        weights: what is trained.
        half: whether there is bf16.
    """
    size = 2 if half else 4
    full = weights == "full"
    trained = shape.billions * 12 if full else shape.adapter * recipe.lora.rank / GIGA * 16
    tokens = recipe.at_once * recipe.tokens * (2 if method == "dpo" else 1)
    layer = tokens * shape.width * _LAYER * size / 2
    kept = tokens * shape.width * size * shape.layers + layer if recipe.gradient_checkpointing else layer * shape.layers
    return Memory(
        weights=shape.billions * (4 if full else size),
        trained=trained,
        reference=shape.billions * 4 if full and method == "dpo" else 0.0,
        activations=kept / GIGA,
        logits=tokens * shape.vocabulary * 8 / GIGA,
    )


def shape_of(recipe: Recipe, config: Any) -> Shape:
    """Read the shape of a recipe's base from its configuration, without its weights."""
    import torch
    from transformers import AutoModelForCausalLM

    with torch.device("meta"):
        model = AutoModelForCausalLM.from_config(config, trust_remote_code=recipe.remote_code)
    last = model.get_output_embeddings()
    linear = [each for each in model.modules() if isinstance(each, torch.nn.Linear) and each is not last]
    inner = config.get_text_config()
    return Shape(
        recipe.base, sum(each.numel() for each in model.parameters()) / GIGA, inner.num_hidden_layers,
        inner.hidden_size, inner.vocab_size, sum(each.in_features + each.out_features for each in linear),
    )  # fmt: skip
