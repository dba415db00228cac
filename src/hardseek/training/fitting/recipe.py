"""A recipe: the file that says what is trained, on what, and how."""

from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import Field

from hardseek.documents import Document, load, read

Positive = Annotated[int, Field(ge=1)]
Method = Literal["sft", "dpo"]
Weights = Literal["adapter", "full"]

EPOCHS: Final[dict[Method, float]] = {"sft": 3.0, "dpo": 1.0}
RATES: Final[dict[tuple[Method, Weights], float]] = {
    ("sft", "adapter"): 2e-4,
    ("sft", "full"): 1e-5,
    ("dpo", "adapter"): 5e-6,
    ("dpo", "full"): 5e-7,
}
"""Learning rates at the peak. Adapters of SFT as in QLoRA (Dettmers et al., 2023, arXiv 2305.14314, table 9: 2e-4 up to
13B); full DPO as in Zephyr (Tunstall et al., 2023, arXiv 2310.16944: 5e-7); the two others stand between by the rule of
thumb that an adapter takes ten to twenty times the rate of all weights."""


class Lora(Document):
    """The shape of a new adapter (Hu et al., 2022, arXiv 2106.09685); it is put on every linear layer."""

    rank: Positive = 16
    """Of the update of each layer."""
    alpha: Positive = 32
    """Its scale is alpha / rank."""
    dropout: Annotated[float, Field(ge=0, lt=1)] = 0.05
    """Of what goes into the adapter, while training."""


class Recipe(Document):
    """What is trained, on what, and how; what is not given has a default for models of 0.5B to 8B."""

    base: str
    """The model that is trained: its name at Hugging Face, or its folder."""
    data: str
    """A folder of `hardseek train data`; whether it holds dialogues or pairs decides between SFT and DPO."""
    out: str
    """The folder that everything is written to; the same recipe goes on there after it was stopped."""
    revision: str | None = None
    """Of the base at Hugging Face."""
    weights: Weights = "adapter"
    """What is trained: a LoRA adapter, or all weights."""
    adapter: str | None = None
    """A trained adapter of this base to go on from, such as that of SFT before DPO."""
    lora: Lora = Lora()
    """The shape of a new adapter."""
    merge: bool = False
    """Also write the base with the adapter worked in, for servers that take no adapters."""
    epochs: Annotated[float, Field(gt=0)] | None = None
    """Times that all data is gone through: 3 for SFT, 1 for DPO."""
    steps: Positive | None = None
    """Updates at most, in place of epochs."""
    learning_rate: Annotated[float, Field(gt=0)] | None = None
    """At its peak. SFT: 2e-4 for an adapter, 1e-5 for all weights; DPO: 5e-6 and 5e-7."""
    warmup: Annotated[float, Field(ge=0, lt=1)] = 0.03
    """Share of the updates in which the rate rises; it then falls along a cosine."""
    beta: Annotated[float, Field(gt=0)] = 0.1
    """DPO: how strongly it is held to the model it began as (Rafailov et al., 2023, arXiv 2305.18290)."""
    batch: Positive = 16
    """Dialogues or pairs in an update, over all devices."""
    at_once: Positive = 1
    """Of these, on a device at the same time; the rest is accumulated."""
    tokens: Positive = 2048
    """Of a dialogue at most. A longer one is cut after a turn, a longer pair left out; both are counted and told."""
    packing: bool = False
    """Put several dialogues into a sequence, kept apart by flash attention, without which it is refused."""
    attention: str | None = None
    """How attention is computed, such as sdpa or flash_attention_2; the model's default."""
    gradient_checkpointing: bool = True
    """Compute activations twice and keep few: slower by about a third, for much less memory."""
    precision: Literal["auto", "bf16", "fp32"] = "auto"
    """auto: bf16 on a GPU that has it, else fp32."""
    seed: Annotated[int, Field(ge=0)] = 1
    """Of the order, of dropout and of a new adapter."""
    checkpoint_every: Positive = 100
    """Updates between two checkpoints."""
    keep: Annotated[int, Field(ge=2)] = 2
    """Checkpoints that are kept, the last ones."""
    log_every: Positive = 10
    """Updates between two lines of the log."""
    template: str | None = None
    """In place of the model's chat template: `chatml`, or a Jinja file."""
    template_arguments: dict[str, bool | int | str] = Field(default_factory=dict)
    """Given to the template in training, and to be given by the server: such as enable_thinking: false (Qwen3)."""
    remote_code: bool = False
    """Run the code that comes with the model (InternLM2); only of publishers you trust."""

    def rate(self, method: Method) -> float:
        """Return the learning rate."""
        return self.learning_rate or RATES[method, self.weights]

    def times(self, method: Method) -> float:
        """Return how often all data is gone through."""
        return self.epochs or EPOCHS[method]


def read_recipe(path: Path) -> Recipe:
    """Read a recipe; paths in it are relative to its folder.

    Raises:
        Refused: it cannot be read, or does not fit; every mistake is named with its line.
    """
    recipe = load(read(path), Recipe, source=str(path))
    places = {name: _beside(path, value) for name in ("data", "out", "adapter") if (value := getattr(recipe, name))}
    if (path.parent / recipe.base).is_dir():
        places["base"] = _beside(path, recipe.base)
    if recipe.template is not None and recipe.template != "chatml":
        places["template"] = _beside(path, recipe.template)
    return recipe.model_copy(update=places)


def _beside(path: Path, name: str) -> str:
    return str(path.parent / name)
