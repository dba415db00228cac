"""A service of one's own as supporter, over HTTP."""

import json
import re
from collections.abc import Sequence
from functools import partial
from typing import Any
from urllib.parse import quote

import msgspec
from yarl import URL

from hardseek.chat import Message, Usage
from hardseek.chat.call import Caller, address
from hardseek.chat.credentials import Credentials
from hardseek.chat.failure import Failure
from hardseek.language import clean
from hardseek.supporters.spec import PLACEHOLDER, HookSystem
from hardseek.supporters.supporter import Reply, Talk

_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")


class HookSupporter:
    """Answers with what the service answers."""

    def __init__(self, spec: HookSystem) -> None:
        """Prepare; raises Refused when a variable in the headers is not set or the URL cannot be used."""
        self.remembers = spec.remembers
        self._spec = spec
        path = [int(index) if index else name for name, index in _STEP.findall(spec.reply)]
        self._read = partial(_read_reply, path=path, named=spec.reply)
        shown = spec.url.partition("?")[0]
        self._caller = Caller(
            address(spec.url).origin(),
            Credentials(spec.headers),
            spec,
            who=f"{spec.method} {shown} (system {spec.name})",
            advice={
                "refused-key": "check the variables named in headers",
                "unknown-model": "check url",
                "bad-request": "check method, headers and body against what the service takes",
                "rate-limited": "lower concurrency and run again",
                "server-error": "look into the service's log and run again",
                "unreachable": "see that the service runs and that url is right, and run again",
                "timeout": f"raise timeout (now {spec.timeout:g} s) or lower concurrency (now {spec.concurrency})",
                "unreadable": "check reply against what the service answers",
            },
            method=spec.method,
            repeatable=not spec.remembers,
        )

    async def reply(self, talk: Talk, transcript: Sequence[Message]) -> Reply:
        """Ask the service; raises FaultError when it gives no reply."""
        values: dict[str, Any] = {
            "last": transcript[-1].content if transcript else "",
            "messages": transcript,
            "session": talk.session,
            "language": talk.language,
            "seed": talk.seed,
        }
        url = PLACEHOLDER.sub(lambda found: quote(str(values[found[1]]), safe=""), self._spec.url)
        body = msgspec.json.encode(_filled(self._spec.body, values)) if self._spec.method != "GET" else None
        answer = await self._caller.call(URL(url, encoded=True), body, self._read)
        return Reply(answer.content, Usage(latency=answer.latency, attempts=answer.attempts))

    async def close(self) -> None:
        """Let go of the connections."""
        await self._caller.close()


def _filled(template: Any, values: dict[str, Any]) -> Any:
    """Replace the placeholders in a template, once: what a seeker says is never taken for one."""
    if isinstance(template, str):
        whole = PLACEHOLDER.fullmatch(template)
        return values[whole[1]] if whole else PLACEHOLDER.sub(lambda found: str(values[found[1]]), template)
    if isinstance(template, dict):
        return {name: _filled(value, values) for name, value in template.items()}
    if isinstance(template, list):
        return [_filled(value, values) for value in template]
    return template


def _read_reply(raw: bytes, *, path: list[str | int], named: str) -> str:
    text = raw.decode("utf-8-sig", "replace")
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        raise Failure("unreadable", f"not JSON: {text[:500].strip() or 'nothing'}", passing=True) from None
    for step in path:
        inside = isinstance(found, dict if isinstance(step, str) else list)
        if not inside or (step not in found if isinstance(step, str) else step >= len(found)):
            raise Failure("unreadable", f"nothing at {named} (no {step}) in: {text[:500].strip()}", passing=True)
        found = found[step]
    if not isinstance(found, str):
        raise Failure("unreadable", f"{named} is not text: {str(found)[:500]}", passing=True)
    reply = clean(found)
    if not reply:
        raise Failure("empty", f"no text at {named}")
    return reply
