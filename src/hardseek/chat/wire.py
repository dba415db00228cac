"""The chat-completions protocol as JSON: what is sent, and what of an answer is read.

Only what is needed is read, and leniently: servers differ in everything else.
"""

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

import msgspec

from hardseek.chat.endpoint import Endpoint
from hardseek.chat.failure import Failure, of_error_field
from hardseek.chat.message import Message, Token, Usage
from hardseek.chat.reasoning import without_reasoning
from hardseek.errors import Refused
from hardseek.language import clean

_encode = msgspec.json.Encoder().encode
_WRITTEN_HERE = ("messages", "stream")


class Request:
    """Makes the bodies of an endpoint's requests; what does not change is written once."""

    __slots__ = ("_begin", "_formatted", "_seeded")

    def __init__(self, endpoint: Endpoint) -> None:
        """Write the fixed part; raises Refused when `extra_body` holds what is written here."""
        for name in _WRITTEN_HERE:
            if name in endpoint.extra_body:
                raise Refused(f"extra_body.{name}: hardseek decides this itself; take it out")
        sampling = endpoint.sampling.model_dump(exclude_none=True, exclude={"seeded"})
        fixed = {"model": endpoint.model} | sampling | endpoint.extra_body
        self._begin = _encode(fixed)[:-1] + b',"messages":'
        self._seeded = endpoint.sampling.seeded and "seed" not in endpoint.extra_body
        self._formatted = "response_format" not in endpoint.extra_body

    def body(self, messages: Sequence[Message], seed: int | None, response_format: object = None) -> bytes:
        """Return the body of one request; what `extra_body` says stands against what is asked for here."""
        try:
            said = _encode(messages)
        except UnicodeEncodeError:  # a lone surrogate
            said = _encode([Message(message.role, clean(message.content)) for message in messages])
        if response_format is not None and self._formatted:
            said += b',"response_format":' + _encode(response_format)
        if seed is None or not self._seeded:
            return b"%b%b}" % (self._begin, said)
        return b'%b%b,"seed":%d}' % (self._begin, said, seed)


class Read(NamedTuple):
    """What an answer says."""

    text: str
    model: str | None
    finish_reason: str | None
    tokens_in: int | None
    tokens_out: int | None
    tokens: tuple[Token, ...] = ()


class _Part(msgspec.Struct):
    type: str = "text"
    text: str | None = None


class _Message(msgspec.Struct):
    content: str | list[_Part | str] | None = None
    refusal: str | None = None


class _Logprobs(msgspec.Struct):
    content: tuple[Token, ...] | None = None


class _Choice(msgspec.Struct):
    message: _Message | None = None
    finish_reason: str | None = None
    logprobs: _Logprobs | None = None


class _Tokens(msgspec.Struct):
    prompt_tokens: int | None = None
    completion_tokens: int | None = None


class _Completion(msgspec.Struct):
    choices: list[_Choice] | None = None
    model: str | None = None
    usage: _Tokens | None = None
    error: Any = None


_decode = msgspec.json.Decoder(_Completion, strict=False).decode


def read_completion(raw: bytes) -> Read:
    """Read an answer; raises Failure when it holds none: unreadable, empty, or filtered."""
    try:
        completion = _decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError):
        completion = _decode_leniently(raw)
    if not completion.choices or completion.choices[0].message is None:
        if completion.error is not None:
            raise of_error_field(completion.error)
        raise Failure("unreadable", f"JSON without choices[0].message: {_beginning(raw)}", passing=True)
    choice = completion.choices[0]
    if choice.finish_reason == "content_filter":
        raise Failure("filtered", "finish_reason content_filter")
    text = clean(without_reasoning(_text(completion.choices[0].message)))
    tokens = completion.usage or _Tokens()
    given = (choice.logprobs.content if choice.logprobs is not None else None) or ()
    read = Read(text, completion.model, choice.finish_reason, tokens.prompt_tokens, tokens.completion_tokens, given)
    if not text:
        used = Usage(*read[1:5])
        raise Failure("empty", f"an answer without text (finish_reason {choice.finish_reason})", used=used)
    return read


def _decode_leniently(raw: bytes) -> _Completion:
    """Read what strict JSON is not: lone surrogates in escapes, bytes that are not UTF-8, NaN."""
    try:
        return msgspec.convert(json.loads(raw.decode("utf-8-sig", "replace")), _Completion, strict=False)
    except msgspec.ValidationError as error:
        raise Failure("unreadable", f"JSON of another form: {error}: {_beginning(raw)}", passing=True) from None
    except (ValueError, RecursionError):
        raise Failure("unreadable", f"not JSON: {_beginning(raw)}", passing=True) from None


def _text(message: _Message) -> str:
    content = message.content
    if isinstance(content, list):
        # Parts of other types are reasoning or pictures.
        content = "".join(
            part if isinstance(part, str) else part.text or ""
            for part in content
            if isinstance(part, str) or part.type in {"text", "output_text"}
        )
    return content or message.refusal or ""


def _beginning(raw: bytes) -> str:
    return raw[:500].decode("utf-8", "replace").strip() or "nothing"
