"""`hardseek train supporter` and `seeker`: what is said, what is left, and how it ends."""

import importlib.util
import os
import signal
import time
from pathlib import Path
from typing import Final

import pytest

from cli.commands import hardseek, started
from hardseek.training.fitting import read_recipe
from training.fitting import tiny

EXAMPLES: Final = Path(__file__).parents[2] / "examples" / "training"
needs_libraries = pytest.mark.skipif(
    any(importlib.util.find_spec(name) is None for name in ("torch", "trl", "peft", "datasets")),
    reason="the extra `train` is not installed",
)


@pytest.fixture(autouse=True)
def _one_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let torch have one core: models this small are slower on two, and tests run beside each other."""
    monkeypatch.setenv("OMP_NUM_THREADS", "1")


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.yaml")), ids=lambda path: path.stem)
def test_an_example_is_understood(path: Path) -> None:
    recipe = read_recipe(path)
    assert Path(recipe.data).parent.resolve() == Path(__file__).parents[2] / "data"


def test_a_recipe_that_is_not_there_or_is_wrong_is_told_in_words(tmp_path: Path) -> None:
    done = hardseek("train", "supporter", "none.yaml", cwd=tmp_path)
    assert (done.returncode, "there is no such file" in done.stderr) == (2, True)
    (tmp_path / "r.yaml").write_text("{base: b, data: d, out: o, epoch: 1}")
    done = hardseek("train", "seeker", "r.yaml", cwd=tmp_path)
    assert (done.returncode, "did you mean epochs" in done.stderr) == (2, True)
    assert "Traceback" not in done.stderr


@needs_libraries
def test_a_dry_run_tells_what_it_would_take_and_trains_nothing(tmp_path: Path) -> None:
    recipe = _recipe(tmp_path)
    done = hardseek("train", "supporter", recipe, "--dry-run", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    for part in ("Llama-3.1-8B", "internlm2_5-7b", "SFT of adapter", "12 rows", "18 updates of 4", "Signature: "):
        assert part in done.stdout.replace("\n", " ") or part in "".join(done.stdout.split("\n"))
    assert not (tmp_path / "out").exists()


@needs_libraries
def test_a_training_that_was_killed_goes_on_and_tells_what_to_do_with_the_model(tmp_path: Path) -> None:
    recipe = _recipe(tmp_path, checkpoint_every=2, epochs=8, merge=True)
    process = started("train", "supporter", recipe, cwd=tmp_path)
    until = time.monotonic() + 90
    while not list((tmp_path / "out").glob("checkpoints/*/trainer_state.json")) and time.monotonic() < until:
        assert process.poll() is None, process.communicate()
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    assert not (tmp_path / "out" / "training.json").exists()
    done = hardseek("train", "supporter", recipe, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "Going on from checkpoint-" in done.stderr
    for part in ("vllm serve", "transformers serve", "hardseek run"):
        assert part in done.stdout
    planned = hardseek("run", tmp_path / "out" / "measure.yaml", "--dry-run", cwd=tmp_path)
    assert planned.returncode == 0, planned.stderr
    again = hardseek("train", "supporter", recipe, cwd=tmp_path)
    assert (again.returncode, "is trained already" in again.stderr) == (0, True)


@needs_libraries
def test_a_seeker_is_trained_on_its_turns_and_validated_by_its_file(tmp_path: Path) -> None:
    model = tiny.base(tmp_path / "base", kind="llama")
    roles = ("system", "assistant", "user", "assistant")
    talk = {"messages": [{"role": role, "content": tiny.WORDS[place]} for place, role in enumerate(roles)]}
    data = tiny.dataset(tmp_path / "data", [talk] * 4, kind="seeker-sft")
    recipe = tiny.recipe(tmp_path, model, data, weights="full")
    done = hardseek("train", "seeker", recipe, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "hardseek validate seeker --seeker" in done.stdout
    planned = hardseek("validate", "seeker", "--seeker", tmp_path / "out" / "measure.yaml", "--dry-run",
                       "--cards", "2", cwd=tmp_path)  # fmt: skip
    assert planned.returncode == 0, planned.stderr


def _recipe(folder: Path, *, checkpoint_every: int = 100, epochs: int = 6, merge: bool = False) -> Path:
    model = tiny.base(folder / "base", kind="qwen")
    data = tiny.dataset(folder / "data", [tiny.talk(n) for n in range(12)])
    return tiny.recipe(folder, model, data, checkpoint_every=checkpoint_every, epochs=epochs, merge=merge)
