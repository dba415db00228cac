"""What a build has come to, in numbers."""

from collections import Counter
from typing import NamedTuple

import msgspec

from hardseek.cards.building.store import BuildStore
from hardseek.cards.card import Grade


class Used(NamedTuple):
    """What the model was asked for so far, the calls in vain included."""

    calls: int
    tokens_in: int
    tokens_out: int
    untold: int
    """Answers of which the server did not tell the tokens."""


class Summary(NamedTuple):
    """Counts over a whole build."""

    read: int
    skipped: int
    """Places of the files that held nothing to build from."""
    masked: dict[str, int]
    """Identifiers that were taken out, by their kind."""
    masked_items: int
    filtered: dict[str, int]
    """By reason, the most frequent first, as are the next."""
    failed: dict[str, int]
    waiting: int
    """Items that the model is still to be asked about."""
    grades: dict[Grade, int]
    """Of the finished cards."""
    stand: int
    """Entries that are borne out by the seeker's words."""
    rejected: dict[str, int]
    """Entries that are not, by reason."""
    named: int
    """Finished cards with a category."""
    unsure: int
    """Those for which the model named one and was not sure enough."""
    faults: int
    """Times that the server could not be asked."""
    used: Used

    @property
    def cards(self) -> int:
        """Finished cards."""
        return sum(self.grades.values())


def summary(store: BuildStore) -> Summary:
    """Count what a build has come to."""
    masks = [msgspec.json.decode(masked, type=dict[str, int]) for (masked,) in store.rows("SELECT masked FROM items")]
    taken = sum((Counter(mask) for mask in masks), Counter[str]())
    grades = Counter(built.card.grade for built in store.cards())
    kept = [(built.card.category, built.category) for built in store.cards()]
    return Summary(
        read=len(masks),
        skipped=store.noted("skipped") or 0,
        masked=dict(taken.most_common()),
        masked_items=sum(bool(mask) for mask in masks),
        filtered=_counts(store, "SELECT reason, count(*) FROM items WHERE stage = 'filtered' GROUP BY 1"),
        failed=_counts(store, "SELECT reason, count(*) FROM items WHERE stage = 'failed' GROUP BY 1"),
        waiting=_number(store, "SELECT count(*) FROM items WHERE stage IN ('read', 'passed', 'extracted')"),
        grades={grade: grades[grade] for grade in ("high", "middle", "low") if grades[grade]},
        stand=_number(store, "SELECT count(*) FROM fields WHERE rejected IS NULL"),
        rejected=_counts(store, "SELECT rejected, count(*) FROM fields WHERE rejected IS NOT NULL GROUP BY 1"),
        named=sum(category is not None for category, _ in kept),
        unsure=sum(category is None and leaf is not None for category, leaf in kept),
        faults=_number(store, "SELECT count(*) FROM faults"),
        used=_used(store),
    )


def _used(store: BuildStore) -> Used:
    ((calls, tokens_in, tokens_out, untold),) = store.rows(
        "SELECT total(attempts), total(tokens_in), total(tokens_out), "
        "total(answered AND (tokens_in IS NULL OR tokens_out IS NULL)) FROM "
        "(SELECT attempts, tokens_in, tokens_out, 1 AS answered FROM answers UNION ALL "
        "SELECT attempts, tokens_in, tokens_out, 0 FROM faults)"
    )
    return Used(int(calls), int(tokens_in), int(tokens_out), int(untold))


def _counts(store: BuildStore, statement: str) -> dict[str, int]:
    return dict(Counter(dict(store.rows(statement))).most_common())


def _number(store: BuildStore, statement: str) -> int:
    ((number,),) = store.rows(statement)
    return int(number)
