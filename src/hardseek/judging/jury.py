"""A jury: several judges with the same rubric, pooled."""

from collections.abc import Callable, Sequence
from statistics import fmean, median
from typing import Final, Literal

from hardseek.dialogues import Transcript
from hardseek.judging.answering import all_of
from hardseek.judging.rating import DOES_NOT_APPLY, Dimension, Grounds, Judge, Judgement, Rating, Settings

Pool = Literal["median", "mean"]
_POOLS: Final[dict[Pool, Callable[[Sequence[float]], float]]] = {"median": median, "mean": fmean}
FEWEST: Final = 2
"""Members whose scores it takes to pool; fewer are no jury, and the dimension is unscored."""


class Jury:
    """Asks every member and pools what they score; how far they disagree stands in the grounds."""

    def __init__(self, name: str, members: Sequence[Judge], dimensions: tuple[Dimension, ...], pool: Pool) -> None:
        """Seat a jury.

        Args:
            name: how it signs.
            members: judges whose dimensions end with the same names, in the same order.
            dimensions: as this jury rates them.
            pool: how scores become one.
        """
        self.name, self.dimensions = name, dimensions
        self.settings: Settings = (pool, *(part for member in members for part in member.settings))
        self._members, self._pool = members, _POOLS[pool]

    async def judge(self, transcript: Transcript, *, author: str | None = None) -> Judgement:
        """Rate a dialogue; raises FaultError when a member's server could not be asked."""
        said = await all_of(member.judge(transcript, author=author) for member in self._members)
        usages = {who: usage for judgement in said for who, usage in judgement.usages.items()}
        return Judgement(tuple(self._pooled(place, said) for place in range(len(self.dimensions))), usages)

    async def close(self) -> None:
        """Release what the members hold."""
        for member in self._members:
            await member.close()

    def _pooled(self, place: int, said: Sequence[Judgement]) -> Rating:
        dimension = self.dimensions[place].name
        ratings = {member.name: of.ratings[place] for member, of in zip(self._members, said, strict=True)}
        grounds = Grounds(members={name: rating.score for name, rating in ratings.items()})
        scores = [rating.score for rating in ratings.values() if rating.score is not None]
        if len(scores) >= FEWEST:
            return Rating(self.name, dimension, self._pool(scores), grounds=grounds)
        if all(rating.unscored == DOES_NOT_APPLY for rating in ratings.values()):
            return Rating(self.name, dimension, None, DOES_NOT_APPLY, grounds)
        whys = "; ".join(f"{name}: {rating.unscored}" for name, rating in ratings.items() if rating.score is None)
        return Rating(self.name, dimension, None, f"fewer than {FEWEST} members scored ({whys})", grounds)
