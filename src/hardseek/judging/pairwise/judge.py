"""The judge that is a chat model and compares: asked twice, with the two talks in both orders.

Models prefer what stands first, or last (Zheng et al., 2023, Judging LLM-as-a-Judge, arXiv 2306.05685). Only what is
said in both orders counts as a preference; where the answers contradict each other the pair is a tie, and is counted.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, Literal, Protocol, cast

import msgspec

from hardseek.chat import Message
from hardseek.dialogues import Transcript
from hardseek.judging.answering import Answered, all_of, answered, usage_of
from hardseek.judging.model.family import family
from hardseek.judging.pairwise.preference import Compared, Preference
from hardseek.judging.prompting import Prompt, turns_of
from hardseek.judging.rating import Dimension, Settings
from hardseek.judging.rubrics import Rubric, RubricDimension

if TYPE_CHECKING:
    from hardseek.chat.client import ChatModel
    from hardseek.judging.spec import PairJudgeSpec

_OWN_FAMILY: Final = "the judge is of the same family as one of the systems"
_PROMPT: Final = Prompt("hardseek.judging.pairwise", "pairwise")
_POINTS: Final = {"1": 1.0, "2": 0.0, "neither": 0.5}


class Choice(Protocol):
    """What is said of one dimension."""

    reason: str
    better: Literal["1", "2", "neither"]


class ModelPairJudge:
    """Asks a model which of two talks is better on each dimension of a rubric."""

    def __init__(self, model: "ChatModel", spec: "PairJudgeSpec", rubric: Rubric) -> None:
        self.name = spec.signs
        self.settings: Settings = (spec.model_copy(update={"rubric": rubric.id}), rubric)
        self.dimensions: tuple[Dimension, ...] = rubric.rated(self.name)
        self._model, self._spec, self._rubric = model, spec, rubric
        self._shape = _shape(rubric.dimensions)

    async def compare(
        self, one: Transcript, other: Transcript, *, authors: tuple[str | None, str | None] = (None, None)
    ) -> Compared:
        """Compare two talks; raises FaultError when the server could not be asked."""
        own = family(self._spec.model)
        if not self._spec.own_family and own is not None and own in map(family, authors):
            return Compared(tuple(self._unscored(dimension, _OWN_FAMILY) for dimension in self._rubric.dimensions))
        answers = await all_of([self._ask(one, other), self._ask(other, one)])
        preferences = [self._preference(dimension, answers) for dimension in self._rubric.dimensions]
        return Compared(tuple(preferences), {self.name: usage_of(answers)})

    async def close(self) -> None:
        """Release the model's connections."""
        await self._model.close()

    async def _ask(self, first: Transcript, second: Transcript) -> Answered:
        messages = self._messages(first, second)
        return await answered(self._model, messages, self._shape, name="comparison", language=first.language)

    def _messages(self, first: Transcript, second: Transcript) -> list[Message]:
        language, rubric = first.language, self._rubric
        asked = [
            {
                "name": dimension.name,
                "title": dimension.title.in_language(language),
                "definition": dimension.definition.in_language(language),
                "worst": dimension.levels[rubric.low].in_language(language),
                "best": dimension.levels[rubric.high].in_language(language),
            }
            for dimension in rubric.dimensions
        ]
        return _PROMPT.messages(language, talks=[turns_of(first), turns_of(second)], dimensions=asked)

    def _preference(self, dimension: RubricDimension, answers: Sequence[Answered]) -> Preference:
        why = next((each.why for each in answers if each.why is not None), None)
        if why is not None:
            return self._unscored(dimension, why)
        straight, turned = (cast(Choice, getattr(each.answer, dimension.name)) for each in answers)
        points, turned_points = _POINTS[straight.better], 1 - _POINTS[turned.better]
        consistent = points == turned_points
        score = points if consistent else 0.5
        return Preference(self.name, f"{self.name}/{dimension.name}", score, consistent, reason=straight.reason)

    def _unscored(self, dimension: RubricDimension, why: str) -> Preference:
        return Preference(self.name, f"{self.name}/{dimension.name}", None, unscored=why)


def _shape(dimensions: Sequence[RubricDimension]) -> type[msgspec.Struct]:
    fields = [
        (
            dimension.name,
            msgspec.defstruct(
                f"Choice_{dimension.name}", [("reason", str), ("better", Literal["1", "2", "neither"])], frozen=True
            ),
        )
        for dimension in dimensions
    ]
    return msgspec.defstruct("Comparison", fields, frozen=True)
