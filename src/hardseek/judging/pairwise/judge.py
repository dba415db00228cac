"""The judge that is a chat model and compares: asked twice, with the two talks in both orders.

Models prefer what stands first, or last (Zheng et al., 2023, Judging LLM-as-a-Judge, arXiv 2306.05685). Only what is
said in both orders counts as a preference; where the answers contradict each other the pair is a tie, and is counted.
"""

import asyncio
from collections.abc import Sequence
from hashlib import blake2b
from typing import TYPE_CHECKING, Final, Literal, Protocol, cast

import msgspec

from hardseek.chat import CONTENT_FAULTS, NOTHING_USED, FaultError, Message, Usage
from hardseek.dialogues import Transcript
from hardseek.judging.model.family import family
from hardseek.judging.pairwise.preference import Compared, Preference
from hardseek.judging.prompting import Prompt, turns_of
from hardseek.judging.rating import Dimension, Settings
from hardseek.judging.rubrics import Rubric, RubricDimension

if TYPE_CHECKING:
    from hardseek.chat.client import ChatModel
    from hardseek.judging.spec import PairJudgeSpec

_SEED_LIMIT: Final = 2**31
_OWN_FAMILY: Final = "the judge is of the same family as one of the systems"
_PROMPT: Final = Prompt("hardseek.judging.pairwise", "pairwise")
_POINTS: Final = {"1": 1.0, "2": 0.0, "neither": 0.5}
Answered = tuple[msgspec.Struct | None, str | None, Usage]
"""An answer, or why there is none that can be read, and what it took."""


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
        found = await asyncio.gather(self._ask(one, other), self._ask(other, one), return_exceptions=True)
        answers: list[Answered] = []
        for answer in found:
            if isinstance(answer, BaseException):
                raise answer
            answers.append(answer)
        usage = NOTHING_USED
        for _, _, used in answers:
            usage = usage.and_then(used)
        preferences = [self._preference(dimension, answers) for dimension in self._rubric.dimensions]
        return Compared(tuple(preferences), {self.name: usage})

    async def close(self) -> None:
        """Release the model's connections."""
        await self._model.close()

    async def _ask(self, first: Transcript, second: Transcript) -> Answered:
        # Only here: what talks over the network is slow to import.
        from hardseek.chat.structured import ask

        messages = self._messages(first, second)
        words = "".join(message.content for message in messages)
        seed = int.from_bytes(blake2b(words.encode(errors="replace"), digest_size=8).digest()) % _SEED_LIMIT
        try:
            found = await ask(self._model, messages, self._shape, name="comparison", seed=seed, language=first.language)
        except FaultError as error:
            if error.fault.kind not in CONTENT_FAULTS:
                raise
            return None, f"{error.fault.kind}: {error.fault.detail}", error.usage
        return found.value, None, found.usage

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
        why = next((why for _, why, _ in answers if why is not None), None)
        if why is not None:
            return self._unscored(dimension, why)
        straight, turned = (cast(Choice, getattr(answer, dimension.name)) for answer, _, _ in answers)
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
