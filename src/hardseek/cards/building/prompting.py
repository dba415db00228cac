"""The prompts of the two steps: instructions first, as they are the same for every source, then the material.

What is shared stands in the system message, so that a server's prefix cache serves all calls of a language.
"""

from functools import cache
from typing import Final, Literal, NamedTuple

from hardseek.cards.building.source import Source
from hardseek.cards.card import RoleCard
from hardseek.cards.taxonomy import leaves
from hardseek.chat import Message
from hardseek.documents import Document, load, packaged
from hardseek.language import LANGUAGES, Language

Step = Literal["extract", "category"]
STEPS: Final[tuple[Step, ...]] = ("extract", "category")
_BRACKETS: Final = str.maketrans("<>", "‹›")
"""No turn can look like the frame around it."""
_WHO: Final[dict[Language, dict[str, str]]] = {
    "en": {"seeker": "Seeker: ", "supporter": "Supporter: "},
    "zh": {"seeker": "求助者：", "supporter": "支持者："},
}
_FRAME: Final[dict[Language, dict[str, str]]] = {
    "en": {"post": "post", "talk": "conversation", "told": "told"},
    "zh": {"post": "帖子", "talk": "对话", "told": "情况"},
}
_STOP: Final[dict[Language, str]] = {"en": ". ", "zh": "。"}


class PromptHead(Document):
    """The head of a prompt file."""

    id: str
    version: int
    language: Language


class StepPrompt(NamedTuple):
    """One prompt file: its head, and the instructions."""

    head: PromptHead
    instructions: str


@cache
def step_prompt(step: Step, language: Language) -> StepPrompt:
    """Return the prompt of a step in a language."""
    name = f"{step}.{language}.md"
    _, head, body = packaged("hardseek.cards.building", "prompts", name).split("---\n", 2)
    return StepPrompt(load(head, PromptHead, source=f"prompts/{name}"), body.strip())


def prompt_names(step: Step) -> str:
    """Name the prompts of a step with their versions, as they are kept beside what was answered."""
    heads = {language: step_prompt(step, language).head for language in LANGUAGES}
    return ", ".join(f"{head.id}.{language}@{head.version}" for language, head in heads.items())


def extraction_prompt(source: Source) -> list[Message]:
    """Word the request to write down who the seeker is and what they told."""
    language = source.language
    frame = _FRAME[language]["post" if source.is_post else "talk"]
    text = "\n".join(
        ("" if source.is_post else _WHO[language][turn.who]) + _one_line(turn.text) for turn in source.turns
    )
    return [
        Message("system", step_prompt("extract", language).instructions),
        Message("user", f"<{frame}>\n{text}\n</{frame}>"),
    ]


def category_prompt(card: RoleCard) -> list[Message]:
    """Word the request to name the leaf of the taxonomy that a card belongs under."""
    language = card.language
    kinds = "\n".join(
        f"{leaf.id}: {leaf.name.of(language)}{_STOP[language]}{leaf.definition.of(language)}"
        for leaf in leaves().values()
    )
    frame = _FRAME[language]["told"]
    told = "\n".join([card.summary, *(f"- {fact.text}" for fact in card.facts)]).translate(_BRACKETS)
    return [
        Message("system", f"{step_prompt('category', language).instructions}\n\n{kinds}"),
        Message("user", f"<{frame}>\n{told}\n</{frame}>"),
    ]


def _one_line(text: str) -> str:
    return " ".join(text.translate(_BRACKETS).split())
