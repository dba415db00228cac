"""Structured answers: a chat model is asked for values, and what cannot be read as them is a fault, never a guess.

The server is sent a JSON Schema (`response_format`), and the prompt says the shape in words besides, so that servers
that take no schemas, or ignore them, serve too. An answer that does not fit is shown to the model once, with what was
wrong; if the next one does not fit either, that is a fault of content: asking until something fits would select.
"""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Final, Generic, NamedTuple, TypeVar

import msgspec

from hardseek.chat.client import ChatModel
from hardseek.chat.fault import FaultError
from hardseek.chat.json_object import NotOneObject, one_object
from hardseek.chat.message import Completion, Message, Token, Usage
from hardseek.chat.schema import shape_in_words, strict_schema
from hardseek.documents import Document, load, packaged
from hardseek.language import Language

T = TypeVar("T", bound=msgspec.Struct)
_SHOWN: Final = 120
"""Characters of an answer that a fault tells."""
_SHOWN_AGAIN: Final = 4000
"""Characters of an answer that the model is shown again."""


class Structured(msgspec.Struct, Generic[T], frozen=True):
    """Values that a model gave."""

    value: T
    usage: Usage
    """Of all calls together."""
    repaired: bool
    """Whether the first answer did not fit."""
    tokens: tuple[Token, ...] = ()
    """Of the answer that was taken, where `logprobs` were asked for and given."""


class _Words(Document):
    id: str
    version: int
    shape: dict[Language, str]
    repair: dict[Language, str]
    wrong: dict[str, dict[Language, str]]


class _Wrong(NamedTuple):
    """Why an answer cannot be used."""

    why: str
    """A key of the wordings in structured.yaml."""
    detail: str = ""

    def worded(self, language: Language) -> str:
        return _words().wrong[self.why][language].format(detail=self.detail)


async def ask(
    model: ChatModel, messages: Sequence[Message], shape: type[T], *, name: str, seed: int | None = None,
    check: Callable[[T], str | None] | None = None, language: Language = "en",
) -> Structured[T]:  # fmt: skip
    """Ask a model for values.

    Args:
        model: who is asked.
        messages: the prompt; the shape is said at its end.
        shape: a msgspec struct without defaults; fields in the order in which they are to be thought of.
        name: what the answer is called, in the schema and in messages: letters, digits, hyphens.
        seed: a sampling seed, 0 to 2**31 - 1.
        check: says what is wrong with a value that fits the shape, in the language of the prompt; None: nothing.
        language: of what is said around the prompt.

    Raises:
        FaultError: `malformed` when neither the answer nor its repair fits, or whatever the call raises; `usage` says
            what was paid.
    """
    form = {"shape": shape_in_words(shape)}
    asked = _said_at_the_end(messages, _words().shape[language].format(**form))
    first = await _complete(model, asked, shape, name, seed)
    found = _read(first, shape, check)
    if not isinstance(found, _Wrong):
        return Structured(found, first.usage, repaired=False, tokens=first.tokens)
    repair = _words().repair[language].format(wrong=found.worded(language), **form)
    again = [*asked, Message("assistant", first.text[:_SHOWN_AGAIN]), Message("user", repair)]
    try:
        second = await _complete(model, again, shape, name, seed)
    except FaultError as error:
        raise error.having_used(first.usage) from None
    used = first.usage.and_then(second.usage)
    found = _read(second, shape, check)
    if isinstance(found, _Wrong):
        came = " ".join(second.text[:_SHOWN].split())
        raise FaultError(
            "malformed",
            f"model {model.endpoint.model}: no {name} in two answers, for {found.worded('en')}; it said: {came}; "
            "try a model that follows formats, or raise sampling.max_tokens",
            used,
        )
    return Structured(found, used, repaired=True, tokens=second.tokens)


async def _complete(
    model: ChatModel, messages: Sequence[Message], shape: type[T], name: str, seed: int | None
) -> Completion:
    """Call with the schema where the server takes one; whether it does shows in that the same call works without."""
    if not model.takes_schemas:
        return await model.complete(messages, seed=seed)
    schema = {"name": name, "schema": strict_schema(shape), "strict": True}
    try:
        return await model.complete(messages, seed=seed, response_format={"type": "json_schema", "json_schema": schema})
    except FaultError as error:
        if error.fault.kind != "bad-request":
            raise
        refused = error
    try:
        completion = await model.complete(messages, seed=seed)
    except FaultError as error:
        raise error.having_used(refused.usage) from None
    model.takes_schemas = False
    return Completion(completion.text, refused.usage.and_then(completion.usage), completion.tokens)


def _read(completion: Completion, shape: type[T], check: Callable[[T], str | None] | None) -> T | _Wrong:
    """Return the values, or what is wrong."""
    try:
        value = msgspec.convert(one_object(completion.text), shape)
    except NotOneObject as error:
        cut = completion.usage.finish_reason == "length" and error.why != "several"
        return _Wrong("cut" if cut else error.why)
    except msgspec.ValidationError as error:
        return _Wrong("unfit", str(error))
    detail = check(value) if check is not None else None
    return value if detail is None else _Wrong("unfit", detail)


def _said_at_the_end(messages: Sequence[Message], words: str) -> list[Message]:
    """Add to the last message where it is the user's: roles alternate, as many chat templates demand."""
    if messages and messages[-1].role == "user":
        return [*messages[:-1], Message("user", f"{messages[-1].content}\n\n{words}")]
    return [*messages, Message("user", words)]


@cache
def _words() -> _Words:
    return load(packaged("hardseek.chat", "structured.yaml"), _Words, source="structured.yaml")
