"""What an experiment file may say of a system."""

import pytest

from hardseek.documents import load
from hardseek.errors import Refused
from hardseek.supporters import ChatSystem, HookSystem, SystemSpec, build_supporter


def spec(text: str) -> SystemSpec:
    return load(text, SystemSpec, source="experiment.yaml")  # type: ignore[arg-type]  # an annotated union


def test_a_chat_system_is_an_endpoint_with_a_name() -> None:
    found = spec("{kind: chat, name: qwen, base_url: 'http://h/v1', model: Qwen3-8B, group: general, concurrency: 9}")
    assert isinstance(found, ChatSystem)
    assert (found.model, found.concurrency, found.group, found.prompt("en")) == ("Qwen3-8B", 9, "general", None)


def test_a_system_prompt_for_both_languages_or_for_each() -> None:
    begin = "{kind: chat, name: a, base_url: 'http://h', model: m, system_prompt: "
    both, each = spec(begin + "Listen.}"), spec(begin + "{zh: 请倾听。}}")
    assert isinstance(both, ChatSystem)
    assert isinstance(each, ChatSystem)
    assert (both.prompt("en"), both.prompt("zh")) == ("Listen.", "Listen.")
    assert (each.prompt("en"), each.prompt("zh")) == (None, "请倾听。")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("kind: chatt\nname: a", "found 'chatt'; allowed: chat, http, python, builtin, replay (did you mean chat?)"),
        ("kind: chat\nname: a\nmodel: m\nbase_url: localhost", "line 4: base_url: found 'localhost'"),
        ("kind: chat\nname: a\nmodel: m\nbase_url: http://h\nbaseurl: x", "line 5: baseurl: no such field"),
        ("kind: chat\nname: a b\nmodel: m\nbase_url: http://h", "line 2: name: found 'a b'"),
        ("kind: chat\nname: a\nmodel: m\nbase_url: http://h\napi_key_env: A KEY", "line 5: api_key_env: not a name"),
        ("kind: http\nname: a\nurl: http://h\nbody:\n  t: '{mesages}'", "found {mesages}; allowed: {last}"),
        ("kind: http\nname: a\nurl: http://h\nbody:\n  t: '{mesages}'", "did you mean {messages}?"),
        ("kind: http\nname: a\nurl: http://h\nbody: 'So far: {messages}'", "must be the whole value"),
        ("kind: http\nname: a\nurl: 'http://h/{messages}'", "line 3: url: "),
        ("kind: http\nname: a\nurl: http://h\nreply: a..b", "line 4: reply: found 'a..b'"),
        ("kind: http\nname: a\nurl: http://h\nheaders: {Authorization: Bearer abc}", "holds a key in the file itself"),
        ("kind: python\nname: a\ntarget: module.function", "line 3: target: found 'module.function'"),
        ("kind: builtin\nname: a\ncontrol: nobody-knows", "line 3: control: found 'nobody-knows'; allowed: "),
        ("kind: replay\nname: a", "path: missing"),
    ],
)
def test_a_mistake_is_told_with_its_place(text: str, said: str) -> None:
    with pytest.raises(Refused) as refused:
        spec(text)
    assert said in str(refused.value)


def test_a_key_in_place_of_its_variables_name_is_not_shown() -> None:
    begin = "kind: chat\nname: a\nbase_url: http://h\nmodel: m\napi_key_env: "
    with pytest.raises(Refused) as refused:
        spec(begin + "sk-12345678")
    assert "12345678" not in str(refused.value)
    with pytest.raises(Refused) as refused:
        build_supporter(spec(begin + "sk_12345678"))
    assert "12345678" not in str(refused.value)


def test_braces_that_are_no_placeholders_are_left() -> None:
    found = spec("kind: http\nname: a\nurl: http://h\nbody: {query: 'query { reply(to: 1) { text } } {}'}")
    assert isinstance(found, HookSystem)


def test_a_built_in_system_is_built() -> None:
    from hardseek.supporters.builtin import BUILTIN_NAMES

    assert not build_supporter(spec(f"{{kind: builtin, name: a, control: {BUILTIN_NAMES[0]}}}")).remembers


@pytest.mark.parametrize(
    "text",
    [
        "{kind: chat, name: a, base_url: 'http://h', model: m, api_key_env: HARDSEEK_NOT_SET}",
        "{kind: http, name: a, url: 'http://h', headers: {Authorization: 'Bearer ${HARDSEEK_NOT_SET}'}}",
    ],
)
def test_a_key_that_is_not_set_is_refused_before_anything_runs(text: str) -> None:
    with pytest.raises(Refused, match="HARDSEEK_NOT_SET is not set"):
        build_supporter(spec(text))
