"""Which stored dialogues and pairs each participant reads: shared out so that several people rate the same."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hardseek.language import Language
from hardseek.luck import Luck
from hardseek.study.study import Study


def assign_readings(study: Study, dialogues: Mapping[Language, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """Assign stored dialogues to be read.

    Args:
        study: the study.
        dialogues: ids by language.

    Returns:
        Ids by participant, in the order in which they are read.

    Raises:
        ValueError: a participant's language has fewer dialogues than one is to read.
    """
    wanted = study.reading
    if wanted is None:
        return {}
    return _shared(study, dialogues, each=wanted.each, raters=wanted.raters, purpose="readings", called="dialogues")


def assign_again(study: Study, readings: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """Choose which of their dialogues participants read once more: from the first half, drawn by luck, as far as it
    goes, so that as much as can be lies between."""
    repeats = study.reading.repeats if study.reading else 0
    luck = Luck.of(seed=study.seed, card="study", condition="again", replicate=0)
    found = {}
    for code, ids in readings.items():
        half = max(repeats, len(ids) // 2)
        found[code] = tuple(luck.shuffle(list(ids[:half]), 0, f"again {code}")[:repeats])
    return found


@dataclass(frozen=True, slots=True)
class Side:
    """A pair as one participant sees it."""

    pair: str
    turned: bool
    """Whether the pair's second dialogue stands first."""


def assign_pairs(study: Study, pairs: Mapping[Language, Sequence[str]]) -> dict[str, tuple[Side, ...]]:
    """Assign pairs to be compared, as dialogues are to be read.

    Which of the two stands first goes to and fro: over a participant's pairs in the order of the pool, and for one
    pair over those who compare it, so that neither place favours a system.

    Raises:
        ValueError: a participant's language has fewer pairs than one is to compare.
    """
    wanted = study.pairs
    if wanted is None:
        return {}
    drawn = _shared(study, pairs, each=wanted.each, raters=wanted.raters, purpose="pairs", called="pairs")
    seen: Counter[str] = Counter()
    found = {}
    for code, own in drawn.items():
        sides = {}
        for place, pair in enumerate(sorted(own)):
            # The first time by place, afterwards the other way round than the one before.
            seen.setdefault(pair, place % 2)
            sides[pair] = Side(pair, bool(seen[pair] % 2))
            seen[pair] += 1
        found[code] = tuple(sides[pair] for pair in own)
    return found


def _shared(
    study: Study, pools: Mapping[Language, Sequence[str]], *, each: int, raters: int, purpose: str, called: str
) -> dict[str, tuple[str, ...]]:
    """Share out what several people rate.

    What a language has stands in an order drawn by luck. Each participant takes the next `each` of it, beginning
    `each / raters` after where the one before began, and going round at the end: so all but the first and last few
    have exactly `raters` raters, everybody shares some with their neighbours, and what one is assigned does not change
    when others join. Each takes their own in an order of their own.
    """
    luck = Luck.of(seed=study.seed, card="study", condition=purpose, replicate=0)
    drawn = {language: luck.shuffle(sorted(ids), 0, f"pool {language}") for language, ids in pools.items()}
    begun: Counter[Language] = Counter()
    found = {}
    for participant in study.participants:
        pool = drawn.get(participant.language, [])
        if len(pool) < each:
            verb = "read" if called == "dialogues" else "compare"
            raise ValueError(
                f"{len(pool)} {called} in {participant.language}, and each participant is to {verb} {each}"
            )
        start = begun[participant.language] * (each // raters)
        begun[participant.language] += 1
        own = [pool[(start + place) % len(pool)] for place in range(each)]
        found[participant.code] = tuple(luck.shuffle(own, 0, f"order {participant.code}"))
    return found
