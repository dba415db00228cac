"""What to do with a trained model: the commands that serve it, and the experiment that measures it."""

import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

import msgspec
import yaml

from hardseek.training.fitting.recipe import Recipe

Role = Literal["supporter", "seeker"]
MEASURE: Final = "measure.yaml"
_LEAST_RANK: Final = 8
"""vLLM takes powers of two from here on."""
_URL: Final = "http://localhost:8000/v1"


@dataclass(frozen=True, slots=True)
class Commands:
    """Lines for a shell."""

    serve: tuple[str, ...]
    """Any one of them: vLLM, or transformers, which takes whole models alone."""
    measure: str


def commands(recipe: Recipe, role: Role) -> Commands:
    """Return the commands for a trained model.

    Args:
        recipe: what was trained.
        role: who.
    """
    folder = Path(recipe.out)
    model, name = folder / "model", folder.name
    template = f" --chat-template {_q(model / 'chat_template.jinja')}"
    arguments = msgspec.json.encode(recipe.template_arguments).decode() if recipe.template_arguments else ""
    rank = max(_LEAST_RANK, 1 << (adapter_rank(recipe) - 1).bit_length())
    vllm_more = f" --default-chat-template-kwargs {shlex.quote(arguments)}" if arguments else ""
    more = f" --chat-template-kwargs {shlex.quote(arguments)}" if arguments else ""
    if recipe.remote_code:
        more, vllm_more = f"{more} --trust-remote-code", f"{vllm_more} --trust-remote-code"
    whole = _whole_model(recipe)
    if whole is not None:
        vllm = f"vllm serve {_q(whole)}"
    else:
        vllm = (
            f"vllm serve {_q(recipe.base)} --enable-lora --max-lora-rank {rank} --lora-modules {_q(f'{name}={model}')}"
        )
        vllm += template
    measure = (
        f"hardseek run {_q(folder / MEASURE)}"
        if role == "supporter"
        else f"hardseek validate seeker --seeker {_q(folder / MEASURE)}"
    )
    # `transformers serve` finds no model in the folder of an adapter.
    other = () if whole is None else (f"transformers serve {_q(whole)}{more}",)
    return Commands((vllm + vllm_more, *other), measure)


def adapter_rank(recipe: Recipe) -> int:
    """Return the rank of a recipe's adapter: that of the one it goes on from, where it does."""
    if recipe.adapter is None:
        return recipe.lora.rank
    known: int = msgspec.json.decode((Path(recipe.adapter) / "adapter_config.json").read_bytes())["r"]
    return known


def _whole_model(recipe: Recipe) -> Path | None:
    """Return the folder of a model that is served by itself, under this path as its name; None of an adapter alone."""
    if recipe.weights == "full":
        return Path(recipe.out) / "model"
    return Path(recipe.out) / "merged" if recipe.merge else None


def measure_text(recipe: Recipe, role: Role, prompts: Mapping[str, str]) -> str:
    """Return an experiment that measures the model, with a control of known quality beside it.

    Args:
        recipe: what was trained.
        role: who.
        prompts: with which a supporter's dialogues began, by language: it is to be asked as it was trained.
    """
    name = Path(recipe.out).name
    where = {"base_url": _URL, "model": str(_whole_model(recipe) or name)}
    if role == "seeker":
        seeker: dict[str, Any] = {"kind": "esc-eval", **where}
        systems: list[Any] = ["balanced-helper"]
        body = {"name": name, "systems": systems, "seeker": seeker, "conditions": ["average"]}
    else:
        prompted = {"system_prompt": dict(prompts)} if prompts else {}
        body = {
            "name": name,
            "systems": [{"name": name, "kind": "chat", **where, **prompted}, "balanced-helper"],
            "conditions": ["average", "worst"],
            "judges": ["indicators"],
        }
    head = "# Measures the trained model; `model` is what the printed commands serve it as.\n"
    return head + yaml.safe_dump(body, allow_unicode=True, sort_keys=False)


def _q(part: object) -> str:
    return shlex.quote(str(part))
