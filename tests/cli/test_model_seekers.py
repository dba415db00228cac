"""Seekers played by a chat model, over a real connection."""

from pathlib import Path

from commands import hardseek, records

from servers import Answer, Asked, Server, completion

EXPERIMENT = """
name: played
systems:
  - {{name: served, kind: chat, base_url: "{url}", model: supporter, system_prompt: Be kind.}}
seeker: {{kind: {kind}, base_url: "{url}", model: seeker}}
conditions: [{condition}]
languages: [en]
cards: {{limit: 2}}
exchanges: 3
judges: []
"""
SAID = ("it has been a lot lately", "i do not really know how to put it", "maybe, yes", "i guess so")


def script(asked: Asked) -> Answer:
    """Play the seeker or the supporter, by the model's name."""
    if asked.body["model"] == "seeker":
        return completion(SAID[sum(message["role"] == "assistant" for message in asked.messages) % len(SAID)])
    return completion("That sounds heavy. What has been the hardest part of it?")


def run(folder: Path, kind: str, condition: str) -> tuple[list[dict[str, object]], list[Asked]]:
    path = folder / "played.yaml"
    with Server(script) as server:
        path.write_text(EXPERIMENT.format(url=server.base_url, kind=kind, condition=condition), encoding="utf-8")
        done = hardseek("run", path, cwd=folder)
        asked = list(server.asked)
    assert done.returncode == 0, done.stderr
    return records(folder / "runs" / "played", folder), asked


def test_a_model_words_what_the_policy_decides(tmp_path: Path) -> None:
    found, asked = run(tmp_path, "chat", "worst")
    assert len(found) == 2
    said = {m["content"] for d in found for m in d["messages"] if m["role"] == "user"}  # type: ignore[attr-defined]
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
        roles = [message["role"] for message in dialogue["messages"]]  # type: ignore[attr-defined]
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
        path.write_text(EXPERIMENT.format(url=server.base_url, kind="chat", condition="average"), encoding="utf-8")
        done = hardseek("run", path, cwd=tmp_path)
        assert server.count == 2 * 3  # two dialogues, each worded once and again at most twice
        again = hardseek("run", path, cwd=tmp_path)
        assert server.count == 2 * 3
    assert (done.returncode, again.returncode) == (1, 1)
    kinds = {dialogue["fault"]["kind"] for dialogue in records(tmp_path / "runs" / "played", tmp_path)}
    assert kinds == {"invalid-seeker"}
