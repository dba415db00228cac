"""Seekers played by a chat model, over a real connection."""

import json
from pathlib import Path
from typing import Any

import pytest

from cli.commands import hardseek, records
from hardseek.runs import Store
from hardseek.seekers.appraisal.chat import Values
from servers import Answer, Asked, Server, completion

EXPERIMENT = """
name: played
systems:
  - {{name: served, kind: chat, base_url: "{url}", model: supporter, system_prompt: Be kind.}}
seeker: {{kind: {kind}, base_url: "{url}", model: seeker, {more}}}
conditions: [{condition}]
languages: [en]
cards: {{limit: 2}}
exchanges: 3
judges: []
"""
SAID = ("it has been a lot lately", "i do not really know how to put it", "maybe, yes", "i guess so")


APPRAISED = dict.fromkeys(Values.__struct_fields__, 2)
PLANNED = {"reason": "It was a question again.", "label": "annoyance", "description": "You want it to stop."}


def script(asked: Asked) -> Answer:
    """Play the seeker or the supporter, by the model's name."""
    if "response_format" in asked.body:
        wanted = asked.body["response_format"]["json_schema"]["schema"]["required"]
        return completion(json.dumps({name: (APPRAISED | PLANNED)[name] for name in wanted}))
    if asked.body["model"] == "seeker":
        return completion(SAID[sum(message["role"] == "assistant" for message in asked.messages) % len(SAID)])
    return completion("That sounds heavy. What has been the hardest part of it?")


def run(folder: Path, kind: str, condition: str, more: str = "") -> tuple[list[dict[str, Any]], list[Asked]]:
    path = folder / "played.yaml"
    with Server(script) as server:
        path.write_text(
            EXPERIMENT.format(url=server.base_url, kind=kind, condition=condition, more=more), encoding="utf-8"
        )
        done = hardseek("run", path, cwd=folder)
        asked = list(server.asked)
    assert done.returncode == 0, done.stderr
    return records(folder / "runs" / "played", folder), asked


@pytest.mark.parametrize("way", ["model", "offline"])
def test_a_model_words_what_the_policy_decides(way: str, tmp_path: Path) -> None:
    found, asked = run(tmp_path, "chat", "worst", f"appraisal: {way}")
    assert len(found) == 2
    turns = sum(m["role"] == "user" for d in found for m in d["messages"])
    appraisals = sum("response_format" in request.body for request in asked)
    # All but the openings are appraised, and what was appraised is in the trace.
    assert appraisals == (turns - 2 if way == "model" else 0)
    said = {m["content"] for d in found for m in d["messages"] if m["role"] == "user"}
    assert said <= set(SAID)
    # The supporter is never told anything but the talk.
    for request in asked:
        if request.body["model"] == "supporter":
            assert request.messages[0] == {"role": "system", "content": "Be kind."}
            assert {m["content"] for m in request.messages if m["role"] == "user"} <= set(SAID)
            assert not {"worst", "condition", "resistance"} & set(request.raw.decode().lower().split())


def test_the_protocol_of_esc_eval_greets_and_takes_its_exchanges(tmp_path: Path) -> None:
    found, asked = run(tmp_path, "esc-eval", "average")
    for dialogue in found:
        roles = [message["role"] for message in dialogue["messages"]]
        assert roles == ["assistant", "user", "assistant", "user", "assistant", "user", "assistant"]
        assert dialogue["ending"] == "limit"
    first = next(request for request in asked if request.body["model"] == "seeker")
    assert [message["role"] for message in first.messages] == ["system", "user"]


def test_a_seeker_that_falls_out_of_its_part_is_not_kept(tmp_path: Path) -> None:
    def helper(asked: Asked) -> Answer:
        seeker = asked.body["model"] == "seeker"
        return completion("As an AI language model I cannot feel." if seeker else "I hear you.")

    path = tmp_path / "played.yaml"
    with Server(helper) as server:
        path.write_text(
            EXPERIMENT.format(url=server.base_url, kind="chat", condition="average", more=""), encoding="utf-8"
        )
        done = hardseek("run", path, cwd=tmp_path)
        assert server.count == 2 * 3  # two dialogues, each worded once and again at most twice
        again = hardseek("run", path, cwd=tmp_path)
        assert server.count == 2 * 3
    assert (done.returncode, again.returncode) == (1, 1)
    kinds = {dialogue["fault"]["kind"] for dialogue in records(tmp_path / "runs" / "played", tmp_path)}
    assert kinds == {"invalid-seeker"}
    # No turn came about, and yet three wordings were paid for in each dialogue.
    status = hardseek("status", tmp_path / "runs" / "played", cwd=tmp_path).stdout
    assert ["calls", "6"] in [line.split() for line in status.splitlines()]
    assert ["tokens", "42", "in,", "18", "out"] in [line.split() for line in status.splitlines()]


def test_the_emotion_planner_keeps_what_it_planned_and_what_came_of_it(tmp_path: Path) -> None:
    found, asked = run(tmp_path, "emotion-planner", "worst")
    assert [dialogue["ending"] for dialogue in found] == ["limit", "limit"]
    folder = tmp_path / "runs" / "played"
    shown = hardseek("show", folder, found[0]["id"], "--trace", cwd=tmp_path).stdout
    assert shown.count("emotion: annoyance You want it to stop.") == 3
    assert "why: It was a question again." in shown
    traces = hardseek("export", folder, "--traces", cwd=tmp_path).stdout.splitlines()
    first = [trace["emotion"] for trace in json.loads(traces[0])["traces"] if trace is not None]
    assert [emotion["label"] for emotion in first] == ["annoyance"] * 3
    assert ["reason" in emotion for emotion in first] == [False, True, True]
    with Store(folder) as store:
        measures = {row["dimension"]: row["score"] for row in store.measure_frame().to_dicts()}
    assert measures == {"negative_emotion": 1.0, "emotion_lift": 0.0}, "no relief, trust or facts are made up"
    assert "Emotion lift" in hardseek("report", folder, cwd=tmp_path).stdout, "what there is stands in relief's place"
    # Nothing of the plan reaches the supporter.
    supporter = [request for request in asked if request.body["model"] == "supporter"]
    assert supporter
    assert not any(
        "annoyance" in request.raw.decode() or "want it to stop" in request.raw.decode() for request in supporter
    )


def test_random_words_of_a_model_are_faults_of_content(tmp_path: Path) -> None:
    path = tmp_path / "played.yaml"
    with Server(lambda asked: completion("wim {quok} [lor")) as server:
        text = EXPERIMENT.format(url=server.base_url, kind="emotion-planner", condition="worst", more="")
        path.write_text(text, encoding="utf-8")
        done = hardseek("run", path, cwd=tmp_path)
    assert done.returncode == 1
    kinds = {dialogue["fault"]["kind"] for dialogue in records(tmp_path / "runs" / "played", tmp_path)}
    assert kinds == {"malformed"}
