"""Keys reach the server, and nothing else."""

import asyncio
import gc
import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat.asking import HELLO, ask, endpoint, fault
from hardseek.chat import Endpoint
from hardseek.chat.client import ChatModel
from hardseek.chat.credentials import HIDDEN, Credentials, hide
from hardseek.documents import load
from hardseek.errors import Refused
from servers import Answer, Asked, Server, error

KEY = "q7Hd93mZpL0xVbT2"


@pytest.fixture(autouse=True)
def _keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAB_CREDENTIAL", f" {KEY}\n")
    monkeypatch.setenv("TEAM", "team-value-4711")


def test_the_key_and_the_headers_are_sent() -> None:
    with Server() as server:
        ask(server, api_key_env="LAB_CREDENTIAL", headers={"api-key": "${LAB_CREDENTIAL}", "X-Team": "a ${TEAM} b"})
        sent = server.asked[0].headers
    assert sent["authorization"] == f"Bearer {KEY}"
    assert (sent["api-key"], sent["x-team"]) == (KEY, "a team-value-4711 b")


@pytest.mark.parametrize(
    "echoed",
    [
        KEY,
        f"Bearer {KEY}",
        f"Incorrect API key provided: {KEY[:9]}*****{KEY[-4:]}",
        f'{{"headers": {{"authorization": "Bearer {KEY}"}}}}',
        f"{'x' * 195}{KEY}",
        f"{'x' * 1993}{KEY}",
        "team-value-4711",
        "sk-proj-abc123****wxyz",
    ],
)
@pytest.mark.parametrize("status", [200, 400, 401, 500])
def test_a_server_that_quotes_the_key_does_not_get_it_into_a_fault(
    echoed: str, status: int, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    for body in (error(400, echoed).body, echoed.encode()):
        found, _ = fault(Answer(body, status), api_key_env="LAB_CREDENTIAL", headers={"X-Team": "${TEAM}"}, retries=1)
        for shown in (found.detail, repr(found), caplog.text, *capfd.readouterr()):
            assert not any(KEY[start : start + 8] in shown for start in range(len(KEY) - 7))
            assert "team-value" not in shown
            assert "sk-proj" not in shown


def test_nothing_that_is_printed_shows_the_key() -> None:
    async def go() -> list[str]:
        model = ChatModel(endpoint(server, api_key_env="LAB_CREDENTIAL", headers={"X-Team": "${TEAM}"}))
        await model.complete(HELLO)
        shown = [repr(model), repr(model.endpoint), model.endpoint.model_dump_json()]
        shown += [repr(thing) for thing in gc.get_objects() if str(type(thing).__module__).startswith("hardseek.chat")]
        await model.close()
        return shown

    gc.collect()  # what tests before this one let go of is not this client's
    with Server() as server:
        shown = asyncio.run(go())
    assert len(shown) > 8  # the model, its caller, credentials, lease, limit, ...
    assert [text for text in shown if KEY in text or "team-value" in text] == []


def test_a_redirect_does_not_carry_the_key_away() -> None:
    def away(asked: Asked) -> Answer:
        return Answer(b"", 307, {"Location": f"{other.base_url}/chat/completions"})

    with Server() as other:
        found, _ = fault(away, api_key_env="LAB_CREDENTIAL")
        assert other.asked == []
    assert found.kind == "bad-request"


@pytest.mark.parametrize(
    ("value", "said"), [(None, "is not set"), ("  ", "is empty"), ("two words", "holds a space or a line break")]
)
def test_a_variable_that_cannot_be_used_is_refused(
    value: str | None, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OTHER_KEY", raising=False)
    if value is not None:
        monkeypatch.setenv("OTHER_KEY", value)
    for headers, key_env in (({}, "OTHER_KEY"), ({"api-key": "${OTHER_KEY}"}, None)):
        with pytest.raises(Refused, match=f"OTHER_KEY {said}") as refused:
            Credentials(headers, key_env)
        assert "two words" not in str(refused.value)


def test_the_variable_is_named() -> None:
    with pytest.raises(Refused, match="the environment variable HF_INFERENCE_KEY is not set"):
        Credentials({}, "HF_INFERENCE_KEY")


def test_a_key_in_the_file_itself_is_refused_at_its_line() -> None:
    text = "base_url: http://h/v1\nmodel: m\nheaders:\n  X-Title: hardseek\n  api-key: abc\n"
    with pytest.raises(Refused, match=r"line 4.*api-key holds a key in the file itself.*\$\{NAME\}"):
        load(text, Endpoint, source="e.yaml")


def test_secrets_of_the_environment_are_hidden_without_being_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OTHER_SERVICE_TOKEN", "zzTop-1234567")
    assert hide("login zzTop-1234567 failed") == f"login {HIDDEN} failed"


@given(st.text(alphabet="abcdef0123456789", min_size=8, max_size=40), st.text(max_size=30), st.text(max_size=30))
def test_no_eight_characters_of_a_key_are_left(key: str, before: str, after: str) -> None:
    hidden = hide(before + key + after, [key]).replace(HIDDEN, "\0")
    assert not any(key[start : start + 8] in hidden for start in range(len(key) - 7))
    assert hide(before, ["Q" * 12]) == hide(before)


def test_placeholders_for_servers_without_keys_hide_nothing() -> None:
    assert hide("no x in the box", ["x"]) == "no x in the box"
