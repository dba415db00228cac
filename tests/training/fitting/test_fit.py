"""Training itself, with the real libraries on random models of some thousand weights."""

import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from hardseek.errors import HardseekError, Refused
from hardseek.training.fitting import Outcome, Recipe, fit, read_outcome, read_recipe
from hardseek.training.fitting.masks import IGNORED
from hardseek.training.fitting.model import load_model
from hardseek.training.fitting.ready import prepare
from hardseek.training.fitting.trainers import make_trainer
from training.fitting import tiny

# The libraries' own, about each other.
pytestmark = [
    pytest.mark.usefixtures("libraries"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
    pytest.mark.filterwarnings("ignore::UserWarning"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]
Changes = dict[str, Any]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory, libraries: None) -> Path:
    return tiny.base(tmp_path_factory.mktemp("base") / "tiny", kind="qwen")


@pytest.fixture
def talks(tmp_path: Path) -> Path:
    return tiny.dataset(tmp_path / "talks", [tiny.talk(n) for n in range(12)], valid=[tiny.talk(99)])


@pytest.fixture
def pairs(tmp_path: Path) -> Path:
    return tiny.dataset(tmp_path / "pairs", [tiny.pair(n) for n in range(12)], kind="supporter-preference")


def trained(
    folder: Path, base: Path, data: Path, out: str = "out", *, out_folder: Path | None = None, **more: Any
) -> tuple[Outcome, list[str]]:
    said: list[str] = []
    path = tiny.recipe(out_folder or folder, base, data, out, **more)
    made = fit(read_recipe(path), "supporter", said.append)
    return made, said


def weights(folder: Path) -> dict[str, Any]:
    from safetensors.torch import load_file

    (path,) = folder.glob("*.safetensors")
    return dict(load_file(path))


def same(first: dict[str, Any], other: dict[str, Any]) -> bool:
    import torch

    return first.keys() == other.keys() and all(torch.equal(first[name], other[name]) for name in first)


@pytest.mark.parametrize("kind", ["adapter", "full"])
def test_sft_learns_and_leaves_a_model_with_its_card_and_its_log(
    tmp_path: Path, base: Path, talks: Path, kind: str
) -> None:
    made, said = trained(tmp_path, base, talks, weights=kind, learning_rate=0.01, epochs=6)
    assert (made.rows, made.steps) == (12, 18)
    assert made.losses[-1] < made.losses[0] - 0.3
    assert made.held_out[-1] < made.losses[0]
    assert made.cards == tuple(sorted(f"card-{n}" for n in range(12)))
    out = tmp_path / "out"
    log = [json.loads(line) for line in (out / "log.jsonl").read_text().splitlines()]
    assert [line["step"] for line in log if "loss" in line] == list(range(1, 19))
    assert list((out / "tensorboard").iterdir())
    card = (out / "model" / "README.md").read_text(encoding="utf-8")
    for part in (made.signature["data"], made.signature["base"], "CC0", "hardseek run", "no therapy"):
        assert part in card
    assert read_outcome(out) == made
    assert any("12 rows" in line for line in said)


def test_what_the_trainer_learns_from_is_what_the_supporter_says(tmp_path: Path, base: Path, talks: Path) -> None:
    recipe = read_recipe(tiny.recipe(tmp_path, base, talks))
    ready = prepare(recipe, "supporter")
    trainer = make_trainer(recipe, "sft", ready.rows, model=load_model(recipe, half=False), tokenizer=ready.tokenizer)
    said = set()
    for batch in trainer.get_train_dataloader():
        for labels in batch["labels"].tolist():
            said.add(ready.tokenizer.decode([label for label in labels if label != IGNORED]))
    turns = [[said["content"] for said in tiny.talk(n)["messages"][1::2]] for n in range(12)]
    assert said == {"".join(f"{turn}<|im_end|>" for turn in some) for some in turns}


def test_what_dpo_compares_is_the_two_answers(tmp_path: Path, base: Path, pairs: Path) -> None:
    recipe = read_recipe(tiny.recipe(tmp_path, base, pairs))
    ready = prepare(recipe, "supporter")
    trainer = make_trainer(recipe, "dpo", ready.rows, model=load_model(recipe, half=False), tokenizer=ready.tokenizer)
    for row in trainer.train_dataset:
        chosen, rejected = (ready.tokenizer.decode(row[name]).rstrip() for name in ("chosen_ids", "rejected_ids"))
        assert (chosen, rejected) == (f"{tiny.WORDS[3]}<|im_end|>", f"{tiny.WORDS[2]}<|im_end|>")
        assert ready.tokenizer.decode(row["prompt_ids"]).endswith("<|im_start|>assistant\n")


@pytest.mark.parametrize("more", [{}, {"weights": "full"}], ids=["adapter", "full"])
def test_dpo_tells_pairs_apart(tmp_path: Path, base: Path, pairs: Path, more: Changes) -> None:
    made, _ = trained(tmp_path, base, pairs, learning_rate=0.01, epochs=4, **more)
    assert made.losses[0] == pytest.approx(0.6931, abs=1e-3)  # ln 2: it begins as its own reference
    assert made.losses[-1] < 0.6


def test_preferences_after_sft_go_on_from_its_adapter(tmp_path: Path, base: Path, talks: Path, pairs: Path) -> None:
    trained(tmp_path, base, talks, learning_rate=0.01)
    adapter = str(tmp_path / "out" / "model")
    made, _ = trained(tmp_path, base, pairs, "after", learning_rate=0.01, adapter=adapter)
    assert made.losses[0] == pytest.approx(0.6931, abs=1e-3)  # the reference is the adapter as it came, not the base
    assert "adapter" in made.signature
    assert not same(weights(tmp_path / "out" / "model"), weights(tmp_path / "after" / "model"))


def test_merged_weights_answer_as_base_and_adapter(tmp_path: Path, base: Path, talks: Path) -> None:
    import torch
    from peft import PeftModel
    from transformers import AutoModelForCausalLM

    trained(tmp_path, base, talks, learning_rate=0.01, merge=True)
    ids = torch.tensor([[5, 6, 7, 8]])
    merged = AutoModelForCausalLM.from_pretrained(tmp_path / "out" / "merged")
    apart = PeftModel.from_pretrained(AutoModelForCausalLM.from_pretrained(base), str(tmp_path / "out" / "model"))
    with torch.inference_mode():
        assert torch.allclose(merged.eval()(ids).logits, apart.eval()(ids).logits, atol=1e-4)
        assert not torch.allclose(merged(ids).logits, AutoModelForCausalLM.from_pretrained(base)(ids).logits, atol=1e-2)
    assert 3 in [*([merged.generation_config.eos_token_id] if isinstance(merged.generation_config.eos_token_id, int)
                   else merged.generation_config.eos_token_id)]  # fmt: skip


class Stopped(BaseException):
    """As a kill does, it is caught by nobody."""


def stopping(step: int) -> Callable[[str], None]:
    def say(line: str) -> None:
        if line.startswith(f"{step} of "):
            raise Stopped

    return say


@pytest.mark.parametrize("method", ["sft", "dpo"])
def test_a_training_that_was_stopped_ends_with_the_weights_of_an_unbroken_one(
    tmp_path: Path, base: Path, talks: Path, pairs: Path, method: str
) -> None:
    data = talks if method == "sft" else pairs
    more: Changes = {"learning_rate": 0.01, "epochs": 4, "checkpoint_every": 3}
    whole, _ = trained(tmp_path, base, data, "whole", **more)
    recipe = read_recipe(tiny.recipe(tmp_path, base, data, "broken", **more))
    for step in (5, 8):
        with pytest.raises(Stopped):
            fit(recipe, "supporter", stopping(step))
    half = tmp_path / "broken" / "checkpoints" / "checkpoint-9"  # as a kill in the midst of writing leaves it
    half.mkdir()
    (half / "adapter_model.safetensors").write_bytes(b"half")
    said: list[str] = []
    broken = fit(recipe, "supporter", said.append)
    assert any("Going on from checkpoint-6" in line for line in said)
    assert same(weights(tmp_path / "whole" / "model"), weights(tmp_path / "broken" / "model"))
    assert broken.losses == whole.losses
    assert not (half / "adapter_model.safetensors").exists() or (half / "trainer_state.json").exists()


def test_what_is_done_is_not_done_again_and_nothing_else_goes_into_its_folder(
    tmp_path: Path, base: Path, talks: Path
) -> None:
    made, _ = trained(tmp_path, base, talks)
    again, said = trained(tmp_path, base, talks)
    assert (again, said) == (made, [f"{tmp_path / 'out'}: is trained already"])
    faster, _ = trained(tmp_path, base, talks, at_once=4, log_every=5)  # how much at once does not make it another
    assert faster == made
    with pytest.raises(Refused, match=r"another training.*recipe"):
        trained(tmp_path, base, talks, learning_rate=0.5)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("mine")
    with pytest.raises(Refused, match="holds files but no training"):
        trained(tmp_path, base, talks, "mine")
    assert [path.name for path in (tmp_path / "mine").iterdir() if path.name != ".lock"] == ["thesis.txt"]


def test_the_same_seed_gives_the_same_weights_and_another_one_does_not(tmp_path: Path, base: Path, talks: Path) -> None:
    for out, seed in (("a", 1), ("b", 1), ("c", 2)):
        trained(tmp_path, base, talks, out, seed=seed, learning_rate=0.01)
    a, b, c = (weights(tmp_path / out / "model") for out in "abc")
    assert same(a, b)
    assert not same(a, c)


def test_a_tokenizer_without_padding_and_a_base_that_ends_otherwise(tmp_path: Path, talks: Path) -> None:
    model = tiny.base(tmp_path / "other", eos="<|endoftext|>")
    (model / "generation_config.json").write_text(json.dumps({"eos_token_id": 1}))
    made, said = trained(tmp_path, model, talks, learning_rate=0.01)
    assert made.steps == 6
    assert any("<|im_end|>" in line and "merge: true" in line for line in said)
    trained(tmp_path, model, talks, "merged", merge=True)
    ends = json.loads((tmp_path / "merged" / "merged" / "generation_config.json").read_text())["eos_token_id"]
    assert sorted(ends) == [1, 3]


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Callable[[int], Path]]:
    """Mount a disk of so many KiB, or make it larger; skip where that is not allowed."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = False

    def mount(size: int) -> Path:
        nonlocal mounted
        how = ["-o", f"remount,size={size}k"] if mounted else ["-t", "tmpfs", "-o", f"size={size}k", "tmpfs"]
        if subprocess.run(["mount", *how, str(folder)], check=False, capture_output=True).returncode != 0:
            pytest.skip("mounting a small disk takes rights that are not here")
        mounted = True
        return folder

    yield mount
    if mounted:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_disk_at_a_checkpoint_keeps_the_last_whole_one(
    tmp_path: Path, base: Path, talks: Path, disk: Callable[[int], Path]
) -> None:
    more: Changes = {"learning_rate": 0.01, "epochs": 4, "checkpoint_every": 3}
    trained(tmp_path, base, talks, "whole", **more)
    first, *_ = sorted((tmp_path / "whole" / "checkpoints").glob("checkpoint-*"))
    size = sum(path.stat().st_size for path in first.iterdir()) // 1024
    small = disk(int(1.6 * size))  # one checkpoint fits, and no second one
    with pytest.raises(HardseekError, match=r"the disk is full.*goes on from checkpoint-3"):
        trained(tmp_path, base, talks, **more, out_folder=small)
    assert [path.name for path in (small / "out" / "checkpoints").glob("checkpoint-*")] == ["checkpoint-3"]
    disk(64 * 1024)
    made, said = trained(tmp_path, base, talks, **more, out_folder=small)
    assert any("Going on from checkpoint-3" in line for line in said)
    assert made.steps == 12
    assert same(weights(tmp_path / "whole" / "model"), weights(small / "out" / "model"))


def test_too_little_memory_says_what_to_change(
    tmp_path: Path, base: Path, talks: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import torch
    from trl import SFTTrainer

    def no_memory(*_: Any, **__: Any) -> None:
        raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 20.00 GiB.")

    monkeypatch.setattr(SFTTrainer, "training_step", no_memory)
    with pytest.raises(HardseekError, match="not enough memory") as stopped:
        trained(tmp_path, base, talks, weights="full")
    for way in ("at_once: 1", "gradient_checkpointing: true", "tokens: 64", "weights: adapter", "begins anew"):
        assert way in str(stopped.value)
    assert not (tmp_path / "out" / "model").exists()
    assert issubclass(HardseekError, Exception)
    assert not isinstance(stopped.value, Refused)


def test_a_recipe_is_read_with_its_paths_beside_it(tmp_path: Path) -> None:
    (tmp_path / "base").mkdir()
    path = tmp_path / "r.yaml"
    path.write_text("{base: base, data: d, out: o, template: chatml, adapter: a}")
    recipe = read_recipe(path)
    places = (recipe.base, recipe.data, recipe.out, recipe.adapter, recipe.template)
    assert places == (*(str(tmp_path / name) for name in ("base", "d", "o", "a")), "chatml")
    path.write_text("{base: Qwen/Qwen2.5-0.5B-Instruct, data: d, out: o}")
    assert read_recipe(path).base == "Qwen/Qwen2.5-0.5B-Instruct"


def test_defaults_depend_on_what_is_trained() -> None:
    adapter, full = (Recipe(base="b", data="d", out="o", weights=kind) for kind in ("adapter", "full"))
    assert (adapter.rate("sft"), full.rate("sft")) == (2e-4, 1e-5)
    assert (adapter.rate("dpo"), full.rate("dpo")) == (5e-6, 5e-7)
    assert (adapter.times("sft"), adapter.times("dpo")) == (3, 1)
