"""Prompts of judges: Markdown files with a system and a user part, beside the code that fills them in."""

from functools import cache
from typing import Any, Final

from jinja2 import Environment, StrictUndefined, Template

from hardseek.chat import Message
from hardseek.dialogues import Transcript
from hardseek.documents import packaged
from hardseek.language import Language

_ENVIRONMENT: Final = Environment(
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    autoescape=False,  # noqa: S701  (plain text)
)
_BRACKETS: Final = str.maketrans("<>", "‹›")
_SYSTEM, _USER = "{# system #}\n", "{# user #}\n"


class Prompt:
    """A prompt in both languages: `prompts/NAME.en.md` and `prompts/NAME.zh.md` of a package."""

    def __init__(self, package: str, name: str) -> None:
        self._package, self._name = package, name

    def messages(self, language: Language, **given: Any) -> list[Message]:
        """Fill it in; raises jinja2.UndefinedError when something that it names is not given."""
        system, user = _templates(self._package, f"{self._name}.{language}.md")
        return [Message("system", system.render(given)), Message("user", user.render(given))]


def turns_of(transcript: Transcript) -> list[dict[str, object]]:
    """Return the turns as prompts show them: who speaks, and the words on one line without angle brackets, so that no
    turn can look like the frame around it."""
    return [
        {"seeker": said.role == "user", "text": " ".join(said.content.translate(_BRACKETS).split())}
        for said in transcript.messages
    ]


@cache
def _templates(package: str, name: str) -> tuple[Template, Template]:
    text = packaged(package, "prompts", name)
    system, _, user = text.removeprefix(_SYSTEM).partition(_USER)
    return _ENVIRONMENT.from_string(system.strip()), _ENVIRONMENT.from_string(user.strip())
