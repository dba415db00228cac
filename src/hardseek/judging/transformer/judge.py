"""The judge that is a trained transformer."""

import asyncio
from pathlib import Path

import msgspec
import numpy as np

from hardseek.dialogues import Transcript
from hardseek.judging.rating import Dimension, Judgement, Rating, Settings
from hardseek.judging.scorer.domain import outside
from hardseek.judging.scorer.features import see
from hardseek.judging.scorer.ordinal import expected
from hardseek.judging.transformer.file import read_transformer, signature
from hardseek.judging.transformer.model import OrdinalTransformer, text_of


class TransformerJudge:
    """Rates as people rated what it was trained on, and leaves unscored what is unlike that; loads when first asked."""

    def __init__(self, name: str, folder: Path) -> None:
        """Take a scorer into use; raises Refused when the folder does not hold one.

        Args:
            name: how it signs, and what its dimensions begin with.
            folder: as `hardseek judge train --base` wrote it.
        """
        self.name = name
        self._scorer, self._folder = read_transformer(folder), folder
        self.settings: Settings = (signature(folder),)
        self.dimensions: tuple[Dimension, ...] = tuple(
            msgspec.structs.replace(each.dimension, name=f"{name}/{each.dimension.name}")
            for each in self._scorer.graded
        )
        self._model: OrdinalTransformer | None = None
        self._turn = asyncio.Lock()

    async def judge(self, transcript: Transcript, *, author: str | None = None) -> Judgement:
        """Rate one dialogue; who wrote it makes no difference."""
        why = outside(see(transcript), self._scorer.domain)
        if why is not None:
            return Judgement(tuple(Rating(self.name, each.name, None, why) for each in self.dimensions))
        async with self._turn:
            return await asyncio.to_thread(self._rate, transcript)

    async def close(self) -> None:
        """Let go of the model."""
        self._model = None

    def _rate(self, transcript: Transcript) -> Judgement:
        if self._model is None:
            levels = [len(each.steps) for each in self._scorer.graded]
            self._model = OrdinalTransformer(self._scorer.base, levels, self._scorer.tokens, folder=self._folder)
        scores = self._model.told([text_of(transcript)])
        ratings = []
        for place, (dimension, each) in enumerate(zip(self.dimensions, self._scorer.graded, strict=True)):
            rating = expected(scores[:, place], self._model.cuts_of(place), np.array(each.steps))[0]
            ratings.append(Rating(self.name, dimension.name, float(rating)))
        return Judgement(tuple(ratings))
