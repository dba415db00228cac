"""What a training leaves: the model with its card, and the experiment that measures it."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

from hardseek.training.fitting.model_card import model_card
from hardseek.training.fitting.outcome import FILE, Outcome
from hardseek.training.fitting.ready import Ready
from hardseek.training.fitting.recipe import Recipe
from hardseek.training.fitting.serving import MEASURE, Role, measure_text


def write(recipe: Recipe, role: Role, ready: Ready, model: Any, outcome: Outcome) -> None:
    """Write what was trained; each folder is there as a whole, or not at all.

    Args:
        recipe: how it was trained.
        role: who was.
        ready: what it was trained on.
        model: the trained one, off its trainer.
        outcome: what came of it.
    """
    folder, tokenizer = Path(recipe.out), ready.tokenizer
    ends = _ends(model, ready.rows[0].ends)
    with _whole(folder / "model") as part:
        if recipe.weights == "adapter":
            model.save_pretrained(str(part), selected_adapters=["default"])
            tokenizer.save_pretrained(str(part))
        else:
            _save(model, tokenizer, ends, part)
        (part / "README.md").write_text(model_card(recipe, role, outcome, ready.material.about), encoding="utf-8")
    if recipe.weights == "adapter" and recipe.merge:
        with _whole(folder / "merged") as part:
            _save(model.merge_and_unload(adapter_names=["default"]), tokenizer, ends, part)
    (folder / MEASURE).write_text(measure_text(recipe, role, ready.material.prompts), encoding="utf-8")
    part = folder / f".{FILE}.part"
    part.write_bytes(msgspec.json.format(msgspec.json.encode(outcome), indent=1) + b"\n")
    part.replace(folder / FILE)  # last: it says that all of it is there


def ends_unknown(model: Any, ready: Ready) -> str | None:
    """Say which end of a turn a server of the base and an adapter would not stop at; None when it would."""
    unknown = [number for number in ready.rows[0].ends if number not in _known_ends(model)]
    return ready.tokenizer.decode(unknown) if unknown else None


def _save(model: Any, tokenizer: Any, ends: list[int], folder: Path) -> None:
    model.config.use_cache = True
    model.generation_config.eos_token_id = ends
    model.save_pretrained(str(folder))
    tokenizer.save_pretrained(str(folder))


def _known_ends(model: Any) -> list[int]:
    known = model.generation_config.eos_token_id
    return [] if known is None else [known] if isinstance(known, int) else list(known)


def _ends(model: Any, learnt: tuple[int, ...]) -> list[int]:
    """Return the tokens that end an answer: the model's own, and those with which its turns were learnt to end."""
    return list(dict.fromkeys([*_known_ends(model), *learnt]))


@contextmanager
def _whole(folder: Path) -> Iterator[Path]:
    """Give a folder to write to that takes its name at the end of the block, or is gone."""
    part = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir()
    try:
        yield part
        shutil.rmtree(folder, ignore_errors=True)
        part.replace(folder)
    finally:
        shutil.rmtree(part, ignore_errors=True)
