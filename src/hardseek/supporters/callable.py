"""A Python function as supporter."""

import asyncio
import importlib
import inspect
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

from hardseek.chat import FaultError, Message
from hardseek.chat.credentials import hide
from hardseek.chat.limit import Limit
from hardseek.errors import Refused
from hardseek.language import clean
from hardseek.mistakes import did_you_mean
from hardseek.supporters.content import module_folders
from hardseek.supporters.spec import CallableSystem
from hardseek.supporters.supporter import Reply, Talk

_KEYWORDS: Final = ("session", "language", "seed")
_SHOWN: Final = 200


class CallableSupporter:
    """Answers with what the function returns."""

    def __init__(self, spec: CallableSystem, *, beside: Path | None = None) -> None:
        """Import the function; raises Refused when it cannot be had."""
        self.remembers = spec.remembers
        self._spec = spec
        self._function = _find(spec.target, module_folders(beside))
        self._takes = _keywords(self._function)
        self._limit = Limit(spec.concurrency)
        called = type(self._function).__call__ if not inspect.isroutine(self._function) else self._function
        self._asynchronous = inspect.iscoroutinefunction(called)

    async def reply(self, talk: Talk, transcript: Sequence[Message]) -> Reply:
        """Call the function; raises FaultError when it raises, returns no text, or takes too long."""
        messages = [{"role": message.role, "content": message.content} for message in transcript]
        keywords = {name: getattr(talk, name) for name in self._takes}
        await self._limit.enter()
        try:
            async with asyncio.timeout(self._spec.timeout):
                text = await self._call(messages, keywords)
        except TimeoutError:
            limit = f"{self._spec.timeout:g} s"
            raise FaultError("timeout", f"{self._spec.target}: no reply within {limit}; raise timeout") from None
        finally:
            self._limit.leave()
        if not isinstance(text, str):
            raise self._fault(f"returned {type(text).__name__}; it must return text")
        if not (said := clean(text)):
            raise FaultError("empty", f"{self._spec.target}: returned no text")
        return Reply(said)

    async def close(self) -> None:
        """Do nothing: nothing is held."""

    async def _call(self, messages: list[dict[str, str]], keywords: dict[str, Any]) -> object:
        try:
            if self._asynchronous:
                return await self._function(messages, **keywords)
            returned = await _in_thread(lambda: self._function(messages, **keywords))
            return await returned if inspect.isawaitable(returned) else returned
        except asyncio.CancelledError:
            raise
        except (Exception, SystemExit) as error:
            raise self._fault(f"raised {type(error).__name__}: {error}") from error

    def _fault(self, happened: str) -> FaultError:
        line = " ".join(hide(happened).split())
        return FaultError("callable", f"{self._spec.target}: {line[:_SHOWN]}; mend it, and run it with a new --out")


async def _in_thread(work: Callable[[], object]) -> object:
    """Run in a thread of its own.

    Not in an executor: its threads are waited for when the interpreter ends, so that one call that hangs would keep
    the run from ending.
    """
    loop = asyncio.get_running_loop()
    done: asyncio.Future[object] = loop.create_future()

    def tell(result: object, error: BaseException | None) -> None:
        if done.done():  # it took too long, and nobody waits any more
            return
        if error is None:
            done.set_result(result)
        else:
            done.set_exception(error)

    def run() -> None:
        result, failed = None, None
        try:
            result = work()
        except BaseException as error:  # noqa: BLE001 - handed over to the caller, who tells them apart
            # A future refuses StopIteration, and SystemExit in one would end the event loop.
            failed = error if isinstance(error, Exception) else RuntimeError(f"{type(error).__name__}: {error}")
            failed = RuntimeError("StopIteration") if isinstance(failed, StopIteration) else failed
        if not loop.is_closed():
            loop.call_soon_threadsafe(tell, result, failed)

    threading.Thread(target=run, name="hardseek-callable", daemon=True).start()
    return await done


def _find(target: str, folders: Sequence[Path]) -> Callable[..., Any]:
    module_name, _, path = target.partition(":")
    for folder in reversed(folders):
        if str(folder) not in sys.path:
            sys.path.insert(0, str(folder))
    importlib.invalidate_caches()
    try:
        found: Any = importlib.import_module(module_name)
    except ModuleNotFoundError as error:
        if error.name is None or not f"{module_name}.".startswith(f"{error.name}."):
            raise Refused(f"{target}: {module_name} needs {error.name}, which is not installed") from None
        places = " or ".join(str(folder) for folder in dict.fromkeys(folders))
        raise Refused(f"{target}: no module {error.name} is installed or lies in {places}") from None
    except (Exception, SystemExit) as error:
        raise Refused(f"{target}: importing {module_name} raised {type(error).__name__}: {hide(str(error))}") from error
    for name in path.split("."):
        if not hasattr(found, name):
            others = [other for other in vars(found) if not other.startswith("_")]
            raise Refused(f"{target}: no {name} in it{did_you_mean(name, others)}")
        found = getattr(found, name)
    if not callable(found):
        raise Refused(f"{target}: it is {type(found).__name__}, not a function")
    function: Callable[..., Any] = found
    return function


def _keywords(function: Callable[..., Any]) -> tuple[str, ...]:
    """Tell which of the keywords the signature takes."""
    try:
        parameters = inspect.signature(function).parameters.values()
    except ValueError:  # some functions written in C have none
        return ()
    if any(parameter.kind is parameter.VAR_KEYWORD for parameter in parameters):
        return _KEYWORDS
    by_name = {parameter.name for parameter in parameters if parameter.kind is not parameter.POSITIONAL_ONLY}
    return tuple(name for name in _KEYWORDS if name in by_name)
