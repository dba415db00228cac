"""What a training refuses, before anything is begun, and what it says."""

import json
from pathlib import Path
from typing import Any

import pytest

from hardseek.errors import Refused
from hardseek.training.fitting import fit, read_recipe
from training.fitting import tiny

pytestmark = [
    pytest.mark.usefixtures("libraries"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
    pytest.mark.filterwarnings("ignore::UserWarning"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory, libraries: None) -> Path:
    return tiny.base(tmp_path_factory.mktemp("base") / "tiny")


@pytest.fixture
def talks(tmp_path: Path) -> Path:
    return tiny.dataset(tmp_path / "talks", [tiny.talk(n) for n in range(4)])


def refused(folder: Path, base: Path, data: Path, why: str, **more: Any) -> None:
    """See that a training is refused with a reason, and that nothing is left behind."""
    with pytest.raises(Refused, match=why):
        fit(read_recipe(tiny.recipe(folder, base, data, **more)), "supporter", lambda _: None)
    out = folder / more.get("out", "out")
    left = list(out.iterdir()) if out.exists() else []
    assert [path.name for path in left if path.name not in {".lock", "begun.json", "tensorboard", "log.jsonl"}] == []


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ({"messages": [{"role": "user", "content": "hi"}]}, "none is the assistant's"),
        (tiny.talk(0, learnt=[]), "learnt: is empty"),
        (tiny.talk(0, learnt=[0]), r"learnt: 0 is no message of the assistant \(those are 1, 3\)"),
        ({"messages": [{"role": "user", "content": "hi"}, {"role": "assistant", "content": " "}]}, "is empty"),
        ({"messages": "hi"}, "Expected `array`"),
    ],
)
def test_rows_that_nothing_can_be_learnt_from(tmp_path: Path, base: Path, row: dict[str, Any], why: str) -> None:
    refused(tmp_path, base, tiny.dataset(tmp_path / "data", [tiny.talk(), row]), why)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"prompt": []}, "prompt: should end before the assistant speaks"),
        ({"rejected": [{"role": "assistant", "content": tiny.WORDS[3]}]}, "chosen and rejected are the same"),
        ({"chosen": [{"role": "user", "content": "x"}]}, "chosen: should be one message of the assistant"),
    ],
)
def test_pairs_that_nothing_can_be_learnt_from(tmp_path: Path, base: Path, change: dict[str, Any], why: str) -> None:
    data = tiny.dataset(tmp_path / "data", [tiny.pair(), tiny.pair() | change], kind="supporter-preference")
    refused(tmp_path, base, data, why)


def test_no_data_at_all(tmp_path: Path, base: Path) -> None:
    refused(tmp_path, base, tiny.dataset(tmp_path / "data", []), "missing or empty")
    refused(tmp_path, base, tmp_path / "nowhere", "no such folder")


def test_data_for_somebody_else(tmp_path: Path, base: Path) -> None:
    refused(tmp_path, base, tiny.dataset(tmp_path / "data", [tiny.talk()], kind="seeker-sft"), "kind seeker-sft")


def test_what_the_model_cannot_read(tmp_path: Path, base: Path, talks: Path) -> None:
    refused(tmp_path, base, talks, "more than the 512 that", tokens=4096)
    refused(tmp_path, base, talks, "none of 4 rows fits into 8 tokens", tokens=8)


def test_devices_that_a_batch_cannot_be_made_of(
    tmp_path: Path, base: Path, talks: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORLD_SIZE", "3")
    refused(tmp_path, base, talks, "3 devices with 2 at once; take a multiple of 6", batch=16)


def test_packing_without_attention_that_keeps_dialogues_apart(tmp_path: Path, base: Path, talks: Path) -> None:
    refused(tmp_path, base, talks, "would read each other", packing=True)


def test_a_base_that_is_not_there_or_not_whole(tmp_path: Path, base: Path, talks: Path) -> None:
    refused(tmp_path, tmp_path / "no-model", talks, "cannot be had from Hugging Face")
    broken = tiny.base(tmp_path / "broken")
    whole = (broken / "model.safetensors").read_bytes()
    (broken / "model.safetensors").write_bytes(whole[: len(whole) // 2])
    refused(tmp_path, broken, talks, "its weights are not whole")
    (broken / "model.safetensors").write_bytes(whole)  # fetched again: the same recipe can begin in the same folder
    fit(read_recipe(tiny.recipe(tmp_path, broken, talks)), "supporter", lambda _: None)
    (broken / "config.json").write_text("{}")
    refused(tmp_path, broken, talks, "cannot be loaded as a model", out="never")


def test_a_base_without_template_or_end(tmp_path: Path, talks: Path) -> None:
    refused(tmp_path, tiny.base(tmp_path / "plain", template=None), talks, "has no chat template")
    refused(tmp_path, tiny.base(tmp_path / "endless", eos=None), talks, "no token that ends a text")


def test_an_adapter_of_another_base(tmp_path: Path, base: Path, talks: Path) -> None:
    fit(read_recipe(tiny.recipe(tmp_path, base, talks, "first")), "supporter", lambda _: None)
    adapter = tmp_path / "first" / "model"
    other = tiny.base(tmp_path / "other")
    refused(tmp_path, other, talks, f"is an adapter of {base}, not of", adapter=str(adapter))
    refused(tmp_path, base, talks, "holds no adapter", adapter=str(tmp_path))
    refused(tmp_path, base, talks, "goes with `weights: adapter`", adapter=str(adapter), weights="full")
    # One that says it is of this base, and is not.
    wide = tmp_path / "wide"
    tiny.save_model(wide, width=64, size=len(tiny.save_tokenizer(wide)))
    named = json.loads((adapter / "adapter_config.json").read_text())
    (adapter / "adapter_config.json").write_text(json.dumps(named | {"base_model_name_or_path": str(wide)}))
    refused(tmp_path, wide, talks, "does not fit", adapter=str(adapter))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{base: b, data: d}", "out: missing"),
        ("{base: b, data: d, out: o, epoch: 3}", r"epoch: no such field.*did you mean epochs"),
        ("{base: b, data: d, out: o, weights: lora}", "allowed: adapter, full"),
        ("{base: b, data: d, out: o, lora: {rank: 0}}", "greater than or equal to 1"),
        ("base: [", "not valid YAML"),
    ],
)
def test_recipes_with_mistakes(tmp_path: Path, text: str, why: str) -> None:
    path = tmp_path / "r.yaml"
    path.write_text(text)
    with pytest.raises(Refused, match=why):
        read_recipe(path)
