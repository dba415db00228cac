"""Seekers as an experiment file names them."""

from typing import Any

import pytest

from hardseek.documents import load
from hardseek.errors import Refused
from hardseek.seekers.policy_seeker import PolicySeeker
from hardseek.seekers.protocols.esc_eval import CardPlayer
from hardseek.seekers.spec import ChatSeeker, EscEvalSeeker, ScriptedSeeker, SeekerSpec, build_seeker

SPEC: Any = SeekerSpec  # a union, which mypy does not take for a type
CHAT = "kind: chat\nbase_url: http://localhost:9/v1\nmodel: some-model\n"


def test_the_kind_decides() -> None:
    assert load("kind: scripted", SeekerSpec, source="x.yaml") == ScriptedSeeker()  # type: ignore[arg-type]
    chat: object = load(CHAT, SPEC, source="x.yaml")
    assert isinstance(chat, ChatSeeker)
    assert (chat.model, chat.retries) == ("some-model", 5)


def test_an_unknown_kind_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(Refused, match="did you mean scripted"):
        load("kind: scriptd", SPEC, source="x.yaml")


def test_a_scripted_seeker_is_made_without_an_endpoint() -> None:
    assert isinstance(build_seeker(ScriptedSeeker()), PolicySeeker)


@pytest.mark.parametrize(("kind", "made"), [(ChatSeeker, PolicySeeker), (EscEvalSeeker, CardPlayer)])
def test_a_seeker_played_by_a_model_takes_its_key_from_the_environment(
    kind: type[ChatSeeker | EscEvalSeeker], made: type, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = "chat" if kind is ChatSeeker else "esc-eval"
    text = f"{CHAT.replace('chat', name, 1)}api_key_env: SEEKER_TEST_KEY\n"
    spec: Any = load(text, SPEC, source="x.yaml")
    assert isinstance(spec, kind)
    monkeypatch.delenv("SEEKER_TEST_KEY", raising=False)
    with pytest.raises(Refused, match="SEEKER_TEST_KEY"):
        build_seeker(spec)
    monkeypatch.setenv("SEEKER_TEST_KEY", "a-key-for-tests")
    assert isinstance(build_seeker(spec), made)
