"""Splits by card: the families of cards are shared out, so that no person and no story is in two splits."""

from collections.abc import Iterable, Mapping, Sequence

from hardseek.errors import Refused
from hardseek.luck import Luck
from hardseek.training.data.sample import Sample
from hardseek.training.dataset import Split


def place_of(family: str, seed: int, purpose: str) -> int:
    """Return where a family stands in a random order that depends on its name and the seed alone."""
    return Luck.of(seed=seed, card=family, condition="", replicate=0).integer(0, purpose)


def assigned(families: Mapping[str, str], *, valid: float, test: float, seed: int) -> dict[str, Split]:
    """Share families out to splits: each share rounded, at least one family where a share is asked for.

    Args:
        families: the stratum of each, such as its languages; strata are shared out alike, as far as they go.
        valid: the share that trainers watch, 0 to below 1.
        test: the share that is kept for afterwards; the two together below 1.
        seed: of the order.

    Raises:
        Refused: there are not enough families for the splits that are asked for.
    """
    order = _spread(families, seed)
    wanted: Mapping[Split, int] = {"test": _many(test, len(order)), "valid": _many(valid, len(order))}
    if sum(wanted.values()) >= len(order):
        raise Refused(
            f"{len(order)} cards (families of cards) are too few to be split into training and {_named(wanted)}; give "
            "more dialogues, or --valid 0"
        )
    found: dict[str, Split] = dict.fromkeys(order, "train")
    for name, many in wanted.items():
        for family in order[:many]:
            found[family] = name
        order = order[many:]
    return found


def split(samples: Sequence[Sample], into: Mapping[str, Split]) -> dict[Split, list[Sample]]:
    """Put samples where their families go; splits without any are left out."""
    found: dict[Split, list[Sample]] = {}
    for name in ("train", "valid", "test"):
        mine = [sample for sample in samples if into[sample.family] == name]
        if mine:
            found[name] = mine
    return found


def _spread(families: Mapping[str, str], seed: int) -> list[str]:
    """Order families at random so that any beginning has its part of every stratum."""
    strata: dict[str, list[str]] = {}
    for family in sorted(families, key=lambda family: (place_of(family, seed, "split"), family)):
        strata.setdefault(families[family], []).append(family)
    placed = [
        ((rank + 0.5) / len(some), stratum, family)
        for stratum, some in strata.items()
        for rank, family in enumerate(some)
    ]
    return [family for _, _, family in sorted(placed)]


def strata_of(samples: Iterable[Sample]) -> dict[str, str]:
    """Return the languages of each family, as its stratum."""
    found: dict[str, set[str]] = {}
    for sample in samples:
        found.setdefault(sample.family, set()).add(sample.row.language or "unknown")
    return {family: "+".join(sorted(languages)) for family, languages in found.items()}


def _many(share: float, families: int) -> int:
    return max(1, round(share * families)) if share > 0 else 0


def _named(wanted: Mapping[Split, int]) -> str:
    return " and ".join(name for name, many in wanted.items() if many)
