"""Prompts: Markdown files with a head, made of blocks that are filled in for one turn."""

import re
from functools import cache

import jinja2

from hardseek.documents import Document, load, packaged
from hardseek.language import Language

_ENVIRONMENT = jinja2.Environment(  # noqa: S701 - what is made is a prompt, not a page
    undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
)


class PromptHead(Document):
    """The head of a prompt file."""

    id: str
    version: int
    language: Language


class Prompt:
    """One prompt file."""

    def __init__(self, text: str, *, source: str) -> None:
        _, head, body = text.split("---\n", 2)
        self.head = load(head, PromptHead, source=source)
        self._template = _ENVIRONMENT.from_string(body)

    def block(self, name: str, words: dict[str, object]) -> str:
        """Fill in a block; blank lines in a row become one."""
        lines = "".join(self._template.blocks[name](self._template.new_context(words))).split("\n")
        return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in lines)).strip()


@cache
def prompt(package: str, name: str) -> Prompt:
    """Return a prompt of the folder `prompts` of a package, such as `en.md`."""
    return Prompt(packaged(package, "prompts", name), source=f"{package}/prompts/{name}")
