"""The alternative annotator test: who may stand in for a person."""

import numpy as np
import pytest

from hardseek.analysis.agreement import Panel, alternative_annotator_test
from hardseek.analysis.agreement.panel import Array


def _people(scores: Array) -> Panel:
    items, raters = scores.shape
    return Panel(
        tuple(map(str, range(items))), tuple(f"rater {place}" for place in range(raters)), scores, np.arange(items)
    )


def _truth_and_people(items: int = 200, spread: float = 0.8) -> tuple[Array, Panel]:
    generator = np.random.default_rng(5)
    truth = generator.integers(1, 6, size=items).astype(np.float64)
    return truth, _people(truth[:, None] + spread * generator.normal(size=(items, 3)))


def test_who_is_nearer_to_everyone_may_stand_in() -> None:
    truth, people = _truth_and_people()

    found = alternative_annotator_test(people, truth)

    assert (found.winning_rate, found.passes, found.tested) == (1.0, True, 3)
    assert found.advantage is not None
    assert found.advantage > 0.5


def test_who_guesses_may_not() -> None:
    _, people = _truth_and_people()

    found = alternative_annotator_test(people, np.random.default_rng(6).integers(1, 6, size=200).astype(np.float64))

    assert (found.winning_rate, found.passes) == (0.0, False)


def test_a_tie_is_a_point_for_both() -> None:
    # Everybody says the same, the judge too: it wins on every item, and so does each person.
    people = _people(np.tile(np.arange(40.0)[:, None] % 5, (1, 3)))

    found = alternative_annotator_test(people, people.scores[:, 0])

    assert (found.winning_rate, found.advantage) == (1.0, 1.0)


def test_the_share_of_wins_is_counted_by_hand() -> None:
    # Two people; each is held against the other. The judge says 2 throughout, person 0 says 1, person 1 says 1 or 3:
    # to person 1, judge and person 0 are as near on 3 (1 against 2: judge nearer) and on 1 (person 0 nearer).
    other = np.where(np.arange(40) < 30, 3.0, 1.0)
    people = _people(np.column_stack([np.ones(40), other]))

    found = alternative_annotator_test(people, np.full(40, 2.0))

    # For person 0: nearer where the other said 3, 30 of 40. For person 1, against person 0 who says 1: the judge is off
    # by 1, person 1 by 2 on thirty items and by 0 on ten: again 30 of 40.
    assert found.advantage == pytest.approx(0.75)


def test_few_items_are_not_tested() -> None:
    found = alternative_annotator_test(_people(np.ones((29, 3))), np.ones(29))

    assert (found.winning_rate, found.passes, found.tested) == (None, None, 0)
