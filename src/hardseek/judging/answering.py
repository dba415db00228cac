"""One structured answer of a judging model, or why there is none that can be read."""

import asyncio
from collections.abc import Coroutine, Iterable, Sequence
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

import msgspec

from hardseek.chat import CONTENT_FAULTS, NOTHING_USED, FaultError, Message, Token, Usage
from hardseek.language import Language

if TYPE_CHECKING:
    from hardseek.chat.client import ChatModel

T = TypeVar("T")
_SEED_LIMIT: Final = 2**31


class Answered(NamedTuple):
    """One answer."""

    answer: msgspec.Struct | None
    why: str | None
    """Why there is none that can be read; set exactly when `answer` is None."""
    usage: Usage
    tokens: tuple[Token, ...] = ()


async def answered(
    model: "ChatModel", messages: Sequence[Message], shape: type[msgspec.Struct], *, name: str, language: Language,
    salt: str = "",
) -> Answered:  # fmt: skip
    """Ask a model to judge.

    The sampling seed is a digest of the prompt and of `salt`: the same request is asked with the same seed, whenever
    and in whatever order.

    Args:
        model: who is asked.
        messages: the prompt.
        shape: what the answer has to be.
        name: what the answer is called.
        language: of the prompt.
        salt: tells apart requests that are asked more than once.

    Raises:
        FaultError: the server could not be asked, for a reason that may pass.
    """
    # Only here: what talks over the network is slow to import.
    from hardseek.chat.structured import ask

    keyed = f"{salt}|" + "".join(message.content for message in messages)
    seed = int.from_bytes(blake2b(keyed.encode(errors="replace"), digest_size=8).digest()) % _SEED_LIMIT
    try:
        found = await ask(model, messages, shape, name=name, seed=seed, language=language)
    except FaultError as error:
        if error.fault.kind not in CONTENT_FAULTS:
            raise
        return Answered(None, f"{error.fault.kind}: {error.fault.detail}", error.usage)
    return Answered(found.value, None, found.usage, found.tokens)


async def all_of(jobs: Iterable[Coroutine[Any, Any, T]]) -> list[T]:
    """Await all results, in their order; raises the first FaultError once no job is under way any more."""
    found: list[T] = []
    for answer in await asyncio.gather(*jobs, return_exceptions=True):
        if isinstance(answer, BaseException):
            raise answer
        found.append(answer)
    return found


def usage_of(answers: Iterable[Answered]) -> Usage:
    """Sum what answers took."""
    usage = NOTHING_USED
    for each in answers:
        usage = usage.and_then(each.usage)
    return usage
