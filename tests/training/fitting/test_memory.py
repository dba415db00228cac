"""What a training takes: the formula, and the shapes that it is told for, derived from what their makers publish."""

import json
from pathlib import Path
from typing import Final, NamedTuple

import pytest

from hardseek.errors import Refused
from hardseek.training.fitting import Recipe, families, memory
from hardseek.training.fitting.memory import Shape, shape_of
from hardseek.training.fitting.model import load_config
from training.fitting import tiny


class Config(NamedTuple):
    """What of a config.json decides how many weights there are."""

    width: int
    layers: int
    heads: int
    groups: int
    """Heads of keys and values."""
    head: int
    """Width of a head."""
    inner: int
    """Width of the feed-forward part."""
    vocabulary: int
    tied: bool = True
    """Whether the first and the last layer share their weights."""
    biased: bool = False
    """Whether queries, keys and values have biases."""
    normed: bool = False
    """Whether queries and keys are normalised, head by head."""
    fused: bool = False
    """Whether queries, keys and values are of one linear layer."""

    @property
    def parameters(self) -> int:
        """All weights: attention, gated feed-forward part and two norms a layer; embeddings; a norm at the end."""
        asked, told = self.heads * self.head, self.groups * self.head
        layer = 2 * self.width * asked + 2 * self.width * told + 3 * self.width * self.inner + 2 * self.width
        layer += (asked + 2 * told) * self.biased + 2 * self.head * self.normed
        return self.layers * layer + self.vocabulary * self.width * (1 if self.tied else 2) + self.width

    @property
    def adapter(self) -> int:
        """Weights of an adapter of rank 1: what goes into and out of each linear layer."""
        asked, told = self.heads * self.head, self.groups * self.head
        attention = 4 * self.width + 2 * asked + 2 * told - 2 * self.width * self.fused
        return self.layers * (attention + 3 * (self.width + self.inner))


PUBLISHED: Final = {
    "Qwen/Qwen2.5-0.5B-Instruct": Config(896, 24, 14, 2, 64, 4864, 151936, biased=True),
    "Qwen/Qwen2.5-1.5B-Instruct": Config(1536, 28, 12, 2, 128, 8960, 151936, biased=True),
    "Qwen/Qwen2.5-7B-Instruct": Config(3584, 28, 28, 4, 128, 18944, 152064, tied=False, biased=True),
    "Qwen/Qwen3-4B-Instruct-2507": Config(2560, 36, 32, 8, 128, 9728, 151936, normed=True),
    "meta-llama/Llama-3.2-1B-Instruct": Config(2048, 16, 32, 8, 64, 8192, 128256),
    "meta-llama/Llama-3.2-3B-Instruct": Config(3072, 28, 24, 8, 128, 8192, 128256),
    "meta-llama/Llama-3.1-8B-Instruct": Config(4096, 32, 32, 8, 128, 14336, 128256, tied=False),
    "internlm/internlm2_5-1_8b-chat": Config(2048, 24, 16, 8, 128, 8192, 92544, tied=False, fused=True),
    "internlm/internlm2_5-7b-chat": Config(4096, 32, 32, 8, 128, 14336, 92544, tied=False, fused=True),
}
"""From the config.json of each at Hugging Face."""


def recipe(**more: object) -> Recipe:
    return Recipe.model_validate({"base": "Qwen/Qwen2.5-0.5B-Instruct", "data": "d", "out": "models/mine", **more})


def shape_named(name: str) -> Shape:
    return next(each for each in families() if each.name == name)


@pytest.mark.parametrize("name", [each.name for each in families()])
def test_shapes_are_those_that_are_published(name: str) -> None:
    shape, config = shape_named(name), PUBLISHED[name]
    assert shape.billions == round(config.parameters / 1e9, 3)
    assert (shape.width, shape.layers, shape.vocabulary) == (config.width, config.layers, config.vocabulary)
    assert shape.adapter == config.adapter


def test_counts_are_those_of_the_models_as_others_counted_them() -> None:
    assert PUBLISHED["meta-llama/Llama-3.1-8B-Instruct"].parameters == 8_030_261_248
    assert PUBLISHED["internlm/internlm2_5-7b-chat"].parameters == 7_737_708_544
    assert 16 * PUBLISHED["Qwen/Qwen3-4B-Instruct-2507"].adapter == 33_030_144


@pytest.mark.usefixtures("libraries")
@pytest.mark.filterwarnings("ignore::FutureWarning")
@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize("kind", ["llama", "qwen"])
def test_an_adapter_is_as_large_as_peft_makes_it(kind: str, tmp_path: Path) -> None:
    from peft import LoraConfig, get_peft_model
    from transformers import AutoConfig, AutoModelForCausalLM

    base = tiny.base(tmp_path / "base", kind=kind)
    shape = shape_of(recipe(base=str(base)), AutoConfig.from_pretrained(base))
    model = AutoModelForCausalLM.from_pretrained(base)
    assert shape.billions == model.num_parameters() / 1e9
    adapted = get_peft_model(model, LoraConfig(r=3, target_modules="all-linear", task_type="CAUSAL_LM"))
    assert adapted.get_nb_trainable_parameters()[0] == 3 * shape.adapter


_CODE: Final = """
from transformers import LlamaConfig, LlamaForCausalLM

class OwnConfig(LlamaConfig):
    model_type = "own"

class OwnForCausalLM(LlamaForCausalLM):
    config_class = OwnConfig
"""


@pytest.mark.usefixtures("libraries")
@pytest.mark.filterwarnings("ignore::FutureWarning")
def test_a_model_that_brings_code_is_told_of_once_its_code_is_trusted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    base = tiny.base(tmp_path / "own")
    (base / "own.py").write_text(_CODE, encoding="utf-8")
    told = json.loads((base / "config.json").read_bytes())
    codes = {"AutoConfig": "own.OwnConfig", "AutoModelForCausalLM": "own.OwnForCausalLM"}
    (base / "config.json").write_text(json.dumps(told | {"model_type": "own", "auto_map": codes}), encoding="utf-8")
    monkeypatch.setattr("transformers.dynamic_module_utils.HF_MODULES_CACHE", str(tmp_path / "modules"))
    trusted = recipe(base=str(base), remote_code=True)
    assert shape_of(trusted, load_config(trusted)).layers == 2
    with pytest.raises(Refused, match=r"runs code that comes with it.*remote_code: true"):
        load_config(recipe(base=str(base)))


def test_memory_is_what_the_formula_says() -> None:
    shape = shape_named("meta-llama/Llama-3.1-8B-Instruct")
    found = memory(shape, recipe(at_once=2, tokens=1000), "sft", "adapter")
    assert found.weights == 8.03 * 2
    assert abs(found.trained - 16 * 2_621_440 * 16 / 1e9) < 1e-9
    assert abs(found.activations - 2000 * 4096 * (2 * 32 + 34) / 1e9) < 1e-9
    assert abs(found.logits - 2000 * 128256 * 8 / 1e9) < 1e-9
    assert found.reference == 0
    full = memory(shape, recipe(gradient_checkpointing=False, tokens=1000), "dpo", "full")
    assert (full.weights, full.reference, full.trained) == (8.03 * 4, 8.03 * 4, 8.03 * 12)
    assert abs(full.activations - 2000 * 4096 * 34 * 32 / 1e9) < 1e-9
