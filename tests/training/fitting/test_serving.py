"""The commands that are printed, and the experiment that is written, each as its reader takes it."""

from pathlib import Path

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
        "vllm serve models/mine/model --served-model-name mine",
        "transformers serve models/mine/model",
    )
    assert full.measure == "hardseek validate seeker --seeker models/mine/measure.yaml"


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
