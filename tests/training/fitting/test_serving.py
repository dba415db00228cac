"""The commands that are printed, and the experiment that is written, each as its reader takes it."""

from pathlib import Path

import pytest
import yaml

from hardseek.runs import read_experiment
from hardseek.supporters.spec import ChatSystem
from hardseek.training.fitting import Recipe, commands
from hardseek.training.fitting.serving import measure_text


def recipe(**more: object) -> Recipe:
    return Recipe.model_validate({"base": "Qwen/Qwen2.5-0.5B-Instruct", "data": "d", "out": "models/mine", **more})


def test_an_adapter_is_served_beside_its_base_and_a_whole_model_by_itself() -> None:
    (vllm,) = commands(recipe(lora={"rank": 12}), "supporter").serve
    assert "vllm serve Qwen/Qwen2.5-0.5B-Instruct --enable-lora --max-lora-rank 16" in vllm
    assert "--lora-modules mine=models/mine/model" in vllm
    merged, full = (commands(recipe(**more), "seeker") for more in ({"merge": True}, {"weights": "full"}))
    assert merged.serve[1] == "transformers serve models/mine/merged"
    assert full.serve == (
        "vllm serve models/mine/model",
        "transformers serve models/mine/model",
    )
    assert full.measure == "hardseek validate seeker --seeker models/mine/measure.yaml"


@pytest.mark.parametrize(
    ("more", "name"),
    [({}, "mine"), ({"merge": True}, "models/mine/merged"), ({"weights": "full"}, "models/mine/model")],
)
def test_what_is_measured_is_called_what_it_is_served_as(more: dict[str, object], name: str) -> None:
    """Both servers know a whole model by the path that they are started with, and vLLM an adapter by its name."""
    made = recipe(**more)
    for line in commands(made, "supporter").serve:
        assert f" {name}" in line
        assert "--served-model-name" not in line
    assert yaml.safe_load(measure_text(made, "supporter", {}))["systems"][0]["model"] == name
    assert yaml.safe_load(measure_text(made, "seeker", {}))["seeker"]["model"] == name


def test_the_templates_arguments_are_given_to_the_server_too() -> None:
    told = commands(recipe(merge=True, template_arguments={"enable_thinking": False}), "supporter").serve
    assert """--default-chat-template-kwargs '{"enable_thinking":false}'""" in told[0]
    assert """--chat-template-kwargs '{"enable_thinking":false}'""" in told[1]


def test_a_supporter_is_measured_with_the_prompt_it_was_trained_with(tmp_path: Path) -> None:
    path = tmp_path / "measure.yaml"
    path.write_text(measure_text(recipe(), "supporter", {"zh": "先听。"}), encoding="utf-8")
    system = read_experiment(path)[0].systems[0]
    assert isinstance(system, ChatSystem)
    assert (system.prompt("zh"), system.prompt("en")) == ("先听。", None)
    path.write_text(measure_text(recipe(), "seeker", {}), encoding="utf-8")
    assert read_experiment(path)[0].seeker.kind == "esc-eval"
    assert yaml.safe_load(path.read_text(encoding="utf-8"))["systems"] == ["balanced-helper"]
