"""Systems under test as an experiment file says them."""

import re
from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field

from hardseek.chat import Calling, Endpoint
from hardseek.chat.endpoint import Headers, Positive
from hardseek.documents import Document
from hardseek.language import Language
from hardseek.mistakes import choices

PLACEHOLDERS = ("last", "messages", "session", "language", "seed")
PLACEHOLDER = re.compile(r"\{([A-Za-z_]+)\}")


def _placeholders_are_known(template: Any) -> Any:
    for text in _strings(template):
        for name in PLACEHOLDER.findall(text):
            if name not in PLACEHOLDERS:
                known = [f"{{{known}}}" for known in PLACEHOLDERS]
                raise ValueError(f"found {{{name}}}; {choices(f'{{{name}}}', known)}")
            if name == "messages" and text != "{messages}":
                raise ValueError(f"found {text!r}; {{messages}} becomes a list, so it must be the whole value")
    return template


def _strings(template: Any) -> Iterator[str]:
    if isinstance(template, str):
        yield template
    elif isinstance(template, (dict, list)):
        for item in template.values() if isinstance(template, dict) else template:
            yield from _strings(item)


def _holds_no_list(url: str) -> str:
    if "{messages}" in url:
        raise ValueError("{messages} becomes a list, which an address cannot hold; put it into the body")
    return url


def _is_built_in(name: str) -> str:
    from hardseek.supporters.builtin import BUILTIN_NAMES

    if name not in BUILTIN_NAMES:
        raise ValueError(f"found {name!r}; {choices(name, BUILTIN_NAMES)}")
    return name


class System(Document):
    """What every system under test has."""

    name: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=60)
    """What it is called in tables and records."""
    group: str | None = Field(default=None, min_length=1, max_length=60)
    """What it is compared with, such as `general` or `specialised`."""


class ChatSystem(System, Endpoint):
    """A chat model behind an OpenAI-compatible endpoint."""

    kind: Literal["chat"]
    system_prompt: str | dict[Language, str] | None = None
    """Sent first in every call. By language where it differs; in a language that is left out, none is sent."""

    def prompt(self, language: Language) -> str | None:
        """Return the system prompt for dialogues in this language."""
        return self.system_prompt.get(language) if isinstance(self.system_prompt, dict) else self.system_prompt


class HookSystem(System, Calling):
    """A service of your own, called over HTTP.

    In `url` and `body` these are replaced: `{last}` by the seeker's last message ("" when the supporter begins),
    `{session}` by the dialogue's id, `{language}` by `en` or `zh`, `{seed}` by this turn's sampling seed (a number
    where it is the whole value), and `{messages}`, as a whole value of the body, by the list of `{role, content}` so
    far.
    """

    kind: Literal["http"]
    url: Annotated[str, AfterValidator(_placeholders_are_known), AfterValidator(_holds_no_list)] = Field(
        pattern=r"^https?://"
    )
    method: Literal["POST", "PUT", "PATCH", "GET"] = "POST"
    """GET sends no body."""
    headers: Headers = Field(default_factory=dict)
    """`${NAME}` is replaced by the environment variable NAME."""
    body: Annotated[Any, AfterValidator(_placeholders_are_known)] = Field(
        default_factory=lambda: {"session": "{session}", "language": "{language}", "messages": "{messages}"}
    )
    """Any JSON value."""
    reply: str = Field(default="reply", pattern=r"^[^.\[\]]+(\[\d+\])*(\.[^.\[\]]+(\[\d+\])*)*$")
    """Where the text of the reply is in the answer, such as `data.choices[0].text`."""
    remembers: bool = False
    """Whether the service keeps the talk itself, by `{session}`. Then a talk that was broken off begins anew, and a
    call that may have reached the service is not made a second time."""


class CallableSystem(System):
    """A Python function.

    It is called with the list of `{"role": ..., "content": ...}` so far and returns the reply. If its signature has
    them, it also gets the keywords `session` (the dialogue's id), `language` (`en` or `zh`) and `seed`. An `async`
    function is awaited; any other one runs in a thread.
    """

    kind: Literal["python"]
    target: str = Field(pattern=r"^[A-Za-z_][\w.]*:[A-Za-z_][\w.]*$")
    """`module:function`; the module is installed, in the current folder, or beside the experiment file."""
    timeout: Positive = 120.0
    """Seconds until it must have returned."""
    concurrency: int = Field(default=16, ge=1)
    """Calls that run at one time at most."""
    remembers: bool = False
    """Whether it keeps the talk itself, by `session`. Then a talk that was broken off begins anew."""


class BuiltinSystem(System):
    """A built-in control of known quality."""

    kind: Literal["builtin"]
    control: Annotated[str, AfterValidator(_is_built_in)]
    """Which one; `hardseek` tells the names when it finds another."""


class ReplaySystem(System):
    """Supporter turns of finished dialogues, said again one after the other, whatever the seeker says.

    A talk replays the record that opens with the same words of the seeker, or else one that is chosen by the
    dialogue's id among the records in its language.
    """

    kind: Literal["replay"]
    path: str = Field(min_length=1)
    """JSON Lines; each record has `messages` (seeker `user`, supporter `assistant`) and may have `language`. Relative
    to the experiment file or to the current folder."""


SystemSpec = Annotated[
    ChatSystem | HookSystem | CallableSystem | BuiltinSystem | ReplaySystem, Field(discriminator="kind")
]
