"""What a judge is asked: transcript first, rubric last, so that a server's prefix cache serves every dimension."""

from collections.abc import Mapping, Sequence
from typing import Final

from hardseek.chat import Message
from hardseek.dialogues import Transcript
from hardseek.judging.prompting import Prompt, turns_of
from hardseek.judging.rubrics import Rubric, RubricDimension
from hardseek.language import Language

Names = Mapping[Language, tuple[str, str]]
"""How seeker and supporter are called, by language."""
NAMES: Final[Names] = {"en": ("Seeker", "Supporter"), "zh": ("求助者", "支持者")}
_PROMPT: Final = Prompt("hardseek.judging.model", "judge")


def prompt(
    transcript: Transcript, rubric: Rubric, dimensions: Sequence[RubricDimension], names: Names | None = None
) -> list[Message]:
    """Word the request to rate a transcript on some dimensions of a rubric, in the transcript's language.

    Args:
        transcript: what is rated.
        rubric: the scale, and the rule for ties.
        dimensions: of the rubric, to be rated in this request.
        names: how seeker and supporter are called in the transcript; what they are when None. The instructions then
            say who is who.
    """
    language = transcript.language
    called = names[language] if names is not None else NAMES[language]
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
    return _PROMPT.messages(
        language, turns=turns_of(transcript), dimensions=asked, low=rubric.low, high=rubric.high, ties=rubric.ties,
        seeker=called[0], supporter=called[1], renamed=called != NAMES[language],
    )  # fmt: skip
