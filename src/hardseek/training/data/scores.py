"""Scores for training a scorer: what people, or judges that are to be imitated, gave dialogues."""

from collections.abc import Sequence
from typing import Final

from hardseek.errors import Refused
from hardseek.judging.indicators import INDICATORS
from hardseek.judging.metrics import METRICS
from hardseek.judging.outcomes import SEEKER
from hardseek.mistakes import choices
from hardseek.training.data.drops import Drops
from hardseek.training.data.material import Held, rating_judges
from hardseek.training.data.sample import Sample
from hardseek.training.dataset import Score

_COUNTED: Final = frozenset({SEEKER, INDICATORS, METRICS})
"""Who counts, or reads the hidden state: there is nothing to be learnt from them that could not be computed."""


def score_samples(held: Sequence[Held], families: Sequence[str], judges: Sequence[str], drops: Drops) -> list[Sample]:
    """Make a row of every score.

    Args:
        held: the dialogues.
        families: the family of each.
        judges: whose scores; empty for everyone who gives an opinion.
        drops: counts what is left out.

    Raises:
        Refused: nobody of them rated, or no dimension has more than one value, so that nothing can be learnt.
    """
    there = rating_judges(held)
    for name in judges:
        if name not in there:
            raise Refused(f"--judge {name}: rated none of the dialogues; {choices(name, there, says='there are')}")
    wanted = set(judges) or set(there) - _COUNTED
    if not wanted:
        raise Refused(
            "nobody gave an opinion on these dialogues: rate them with `hardseek judge`, import people's ratings, or "
            f"name a judge (there are {', '.join(there) or 'none'})"
        )
    found: list[tuple[Score, str]] = []
    for each, family in zip(held, families, strict=True):
        dialogue = each.dialogue
        for rating in each.ratings:
            if rating.judge not in wanted:
                continue
            if rating.score is None:
                drops.add("scores", "unscored")
                continue
            row = Score(
                item=dialogue.id, rater=rating.judge, dimension=rating.dimension, score=rating.score,
                cluster=dialogue.system, language=dialogue.language, card=dialogue.card, condition=dialogue.condition,
            )  # fmt: skip
            found.append((row, family))
    values: dict[str, set[float]] = {}
    for row, _ in found:
        values.setdefault(row.dimension, set()).add(row.score)
    constant = {name for name, some in values.items() if len(some) == 1}
    drops.add("scores", "of a dimension with one value only", sum(row.dimension in constant for row, _ in found))
    kept = [
        Sample(row, family, row.condition or "", f"{row.item} {row.rater} {row.dimension}")
        for row, family in found
        if row.dimension not in constant
    ]
    if not kept:
        what = "every dimension has one value only" if found else "all ratings are unscored"
        raise Refused(f"nothing can be learnt from these ratings: {what} ({', '.join(sorted(values)) or 'none'})")
    return kept
