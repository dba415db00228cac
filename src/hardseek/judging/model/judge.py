"""The judge that is a chat model with a rubric."""

from collections.abc import Sequence
from statistics import fmean
from typing import TYPE_CHECKING, Final

import msgspec

from hardseek.dialogues import Transcript
from hardseek.judging.answering import Answered, all_of, answered, usage_of
from hardseek.judging.model.answer import MOST_QUOTES, answer_shape, verdict
from hardseek.judging.model.expected import expected, level_odds
from hardseek.judging.model.family import family
from hardseek.judging.model.prompt import Names, prompt
from hardseek.judging.model.quotes import unverified
from hardseek.judging.rating import DOES_NOT_APPLY, Dimension, Grounds, Judgement, Rating, Settings
from hardseek.judging.rubrics import Rubric, RubricDimension

if TYPE_CHECKING:
    from hardseek.chat.client import ChatModel
    from hardseek.judging.spec import ModelJudgeSpec

_OWN_FAMILY: Final = "the judge is of the same family as the system"


class ModelJudge:
    """Asks a model for the scores of a rubric; what it does not answer readably is unscored."""

    def __init__(
        self, model: "ChatModel", spec: "ModelJudgeSpec", rubric: Rubric, *, salt: str = "", names: Names | None = None
    ) -> None:
        """Prepare to ask.

        Args:
            model: who is asked.
            spec: how.
            rubric: what for.
            salt: another one gives other sampling seeds.
            names: how seeker and supporter are called in the prompt, by language; what they are when None.
        """
        self._salt, self._names = salt, names
        self.name = spec.signs
        # What a rubric says counts, not where it lies.
        self.settings: Settings = (spec.model_copy(update={"rubric": rubric.id}), rubric)
        self.dimensions: tuple[Dimension, ...] = rubric.rated(self.name)
        self._model, self._spec, self._rubric = model, spec, rubric
        each = [(dimension,) for dimension in rubric.dimensions]
        self._groups: Sequence[tuple[RubricDimension, ...]] = (
            each if spec.calls == "each" else [tuple(rubric.dimensions)]
        )
        self._shapes = [answer_shape(rubric, group) for group in self._groups]

    async def judge(self, transcript: Transcript, *, author: str | None = None) -> Judgement:
        """Rate a dialogue; raises FaultError when the server could not be asked."""
        if not self._spec.own_family and (own := family(self._spec.model)) and own == family(author):
            return Judgement(
                tuple(self._unscored(dimension.name, _OWN_FAMILY) for dimension in self._rubric.dimensions)
            )
        answers = await self._answers(transcript)
        ratings = []
        for place, group in enumerate(self._groups):
            mine = answers[place * self._spec.samples : (place + 1) * self._spec.samples]
            ratings += [self._rating(dimension, mine, transcript) for dimension in group]
        return Judgement(tuple(ratings), {self.name: usage_of(answers)})

    async def close(self) -> None:
        """Release the model's connections."""
        await self._model.close()

    async def _answers(self, transcript: Transcript) -> list[Answered]:
        """Ask for every group of dimensions, `samples` times each, in this order."""
        places = [(place, sample) for place in range(len(self._groups)) for sample in range(self._spec.samples)]
        # The first call fills the server's prefix cache for the others.
        first = await self._ask(transcript, *places[0])
        return [first, *await all_of(self._ask(transcript, *place) for place in places[1:])]

    async def _ask(self, transcript: Transcript, place: int, sample: int) -> Answered:
        messages = prompt(transcript, self._rubric, self._groups[place], self._names)
        return await answered(
            self._model, messages, self._shapes[place], name="rating", language=transcript.language,
            salt=f"{self._salt}{sample}",
        )  # fmt: skip

    def _rating(self, dimension: RubricDimension, answers: Sequence[Answered], transcript: Transcript) -> Rating:
        given = [verdict(said.answer, dimension.name) if said.answer is not None else None for said in answers]
        read = [said for said in given if said is not None]
        if not read:
            return self._unscored(dimension.name, next(said.why for said in answers if said.why is not None))
        samples = [
            None if said is None or said.score is None else self._score(said.score, odds)
            for said, odds in zip(given, (self._odds(dimension, answered) for answered in answers), strict=True)
        ]
        quotes = tuple(quote for said in read for quote in said.quotes)[:MOST_QUOTES]
        grounds = Grounds(
            read[0].reason, quotes, unverified(quotes, transcript), tuple(samples) if len(samples) > 1 else (),
            odds=self._odds(dimension, answers[0]) or {},
        )  # fmt: skip
        scores = [score for score in samples if score is not None]
        if 2 * len(scores) <= len(read):
            return msgspec.structs.replace(self._unscored(dimension.name, DOES_NOT_APPLY), grounds=grounds)
        return Rating(self.name, f"{self.name}/{dimension.name}", fmean(scores), grounds=grounds)

    def _odds(self, dimension: RubricDimension, answered: Answered) -> dict[int, float] | None:
        if not self._spec.expected or answered.answer is None:
            return None
        return level_odds(answered.tokens, dimension.name, self._rubric.low, self._rubric.high)

    @staticmethod
    def _score(score: int, odds: dict[int, float] | None) -> float:
        return float(score) if odds is None else expected(odds)

    def _unscored(self, dimension: str, why: str) -> Rating:
        return Rating(self.name, f"{self.name}/{dimension}", None, why)
