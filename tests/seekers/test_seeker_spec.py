"""Seekers as an experiment file names them."""

from typing import Any

import pytest

from hardseek.documents import load
from hardseek.errors import Refused
from hardseek.seekers.policy_seeker import PolicySeeker
from hardseek.seekers.protocols.emotion_planner import EmotionPlanner
from hardseek.seekers.protocols.esc_eval import CardPlayer
from hardseek.seekers.spec import (
    ChatSeeker,
    ScriptedSeeker,
    SeekerSpec,
    build_seeker,
    price_of_a_turn,
    with_room,
)

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


@pytest.mark.parametrize(
    ("kind", "made"), [("chat", PolicySeeker), ("esc-eval", CardPlayer), ("emotion-planner", EmotionPlanner)]
)
def test_a_seeker_played_by_a_model_takes_its_key_from_the_environment(
    kind: str, made: type, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = f"{CHAT.replace('chat', kind, 1)}api_key_env: SEEKER_TEST_KEY\n"
    spec: Any = load(text, SPEC, source="x.yaml")
    assert spec.kind == kind
    monkeypatch.delenv("SEEKER_TEST_KEY", raising=False)
    with pytest.raises(Refused, match="SEEKER_TEST_KEY"):
        build_seeker(spec)
    monkeypatch.setenv("SEEKER_TEST_KEY", "a-key-for-tests")
    assert isinstance(build_seeker(spec), made)


def chat(**fields: object) -> ChatSeeker:
    return ChatSeeker.model_validate({"kind": "chat", "base_url": "http://localhost:9/v1", "model": "m", **fields})


def test_a_model_appraises_unless_it_is_said_otherwise() -> None:
    assert (chat().appraisal, chat().appraiser) == ("model", None)


def test_an_appraiser_that_nothing_is_asked_of_is_refused() -> None:
    text = f"{CHAT}appraisal: offline\nappraiser: {{base_url: http://localhost:9/v1, model: judge}}\n"
    with pytest.raises(Refused, match="appraiser: nothing is asked of it with `appraisal: offline`"):
        load(text, SPEC, source="x.yaml")


def test_the_price_of_a_turn_is_known_where_both_models_cost_the_same() -> None:
    price = {"input": 1.0, "output": 2.0}
    other = {"base_url": "http://localhost:9/v1", "model": "judge"}
    assert price_of_a_turn(ScriptedSeeker()) is None
    assert price_of_a_turn(chat(price=price)) == chat(price=price).price
    assert price_of_a_turn(chat(price=price, appraiser={**other, "price": price})) == chat(price=price).price
    assert price_of_a_turn(chat(price=price, appraiser=other)) is None
    assert price_of_a_turn(chat(price=price, appraisal="offline")) == chat(price=price).price


def test_room_is_made_beside_what_a_message_may_take() -> None:
    bounded = chat(sampling={"max_tokens": 80, "stop": ["\n"], "temperature": 0.7})
    assert with_room(bounded).sampling.model_dump(exclude_none=True) == {
        "max_tokens": 580, "temperature": 0.7, "seeded": True,
    }  # fmt: skip
    assert with_room(chat()) == chat()
