"""What a judge is asked: transcript first, rubric last, so that a server's prefix cache serves every dimension."""

from collections.abc import Sequence
from functools import cache
from typing import Final

from jinja2 import Environment, StrictUndefined, Template

from hardseek.chat import Message
from hardseek.dialogues import Transcript
from hardseek.documents import packaged
from hardseek.judging.rubrics import Rubric, RubricDimension
from hardseek.language import Language

_ENVIRONMENT: Final = Environment(
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    autoescape=False,  # noqa: S701  (plain text)
)
_BRACKETS: Final = str.maketrans("<>", "‹›")
_SYSTEM, _USER = "{# system #}\n", "{# user #}\n"


def prompt(transcript: Transcript, rubric: Rubric, dimensions: Sequence[RubricDimension]) -> list[Message]:
    """Word the request to rate a transcript on some dimensions of a rubric, in the transcript's language."""
    language = transcript.language
    system, user = _templates(language)
    asked = [
        {
            "name": dimension.name,
            "title": dimension.title.in_language(language),
            "definition": dimension.definition.in_language(language),
            "applies": dimension.applies.in_language(language) if dimension.applies else None,
            "levels": [(level, dimension.levels[level].in_language(language)) for level in sorted(dimension.levels)],
        }
        for dimension in dimensions
    ]
    turns = [{"seeker": said.role == "user", "text": _on_one_line(said.content)} for said in transcript.messages]
    given = {"turns": turns, "dimensions": asked, "low": rubric.low, "high": rubric.high, "ties": rubric.ties}
    return [Message("system", system.render()), Message("user", user.render(given))]


@cache
def _templates(language: Language) -> tuple[Template, Template]:
    text = packaged("hardseek.judging.model", "prompts", f"judge.{language}.md")
    system, _, user = text.removeprefix(_SYSTEM).partition(_USER)
    return _ENVIRONMENT.from_string(system.strip()), _ENVIRONMENT.from_string(user.strip())


def _on_one_line(text: str) -> str:
    """Keep a turn from looking like the frame around it: line breaks and angle brackets are taken out."""
    return " ".join(text.translate(_BRACKETS).split())
