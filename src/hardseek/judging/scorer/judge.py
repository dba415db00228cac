"""The judge that is a trained scorer."""

import msgspec
import numpy as np

from hardseek.dialogues import Transcript
from hardseek.judging.rating import Dimension, Judgement, Rating, Settings
from hardseek.judging.scorer.domain import outside, standardised
from hardseek.judging.scorer.features import see
from hardseek.judging.scorer.file import Scorer
from hardseek.judging.scorer.ordinal import expected


class ScorerJudge:
    """Rates as people rated the dialogues that it was trained on; leaves unscored what is unlike these."""

    def __init__(self, name: str, scorer: Scorer) -> None:
        """Take a scorer into use.

        Args:
            name: how it signs, and what its dimensions begin with.
            scorer: see `load_scorer`.
        """
        self.name = name
        self.settings: Settings = (scorer.signature,)
        self.dimensions: tuple[Dimension, ...] = tuple(
            msgspec.structs.replace(each.dimension, name=f"{name}/{each.dimension.name}") for each in scorer.learnt
        )
        self._scorer = scorer
        self._weights = [(np.array(each.points), each.of_buckets()) for each in scorer.learnt]

    async def judge(self, transcript: Transcript, *, author: str | None = None) -> Judgement:
        """Rate one dialogue, as any judge does; who wrote it makes no difference."""
        return Judgement(tuple(self.rate(transcript)))

    async def close(self) -> None:
        """Hold nothing, release nothing."""

    def rate(self, transcript: Transcript) -> list[Rating]:
        """Rate one dialogue: the expected rating on each dimension, between the steps of its scale."""
        seen = see(transcript)
        why = outside(seen, self._scorer.domain)
        if why is not None:
            return [Rating(self.name, dimension.name, None, why) for dimension in self.dimensions]
        row = standardised(seen.features, self._scorer.domain)
        found = []
        for dimension, each, (points, buckets) in zip(self.dimensions, self._scorer.learnt, self._weights, strict=True):
            score = np.array([row @ points + seen.buckets @ buckets])
            rating = expected(score, np.array(each.cuts), np.array(each.steps))[0]
            found.append(Rating(self.name, dimension.name, float(rating)))
        return found
