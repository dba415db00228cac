"""The analysis on the worst-case release: what its papers do not say of where the variance lies."""

from pathlib import Path

import polars as pl
import pytest

from hardseek.analysis import MEASURES, comparable, ranking, variance
from hardseek.analysis.frames import DIALOGUES
from hardseek.interop import Imported, importer
from hardseek.judging import Dimension

RELEASE = Path(__file__).parents[3] / "shared" / "data" / "worst_case"


@pytest.fixture(scope="module")
def turns() -> tuple[pl.DataFrame, pl.DataFrame]:
    """Count the supporter's turns of every dialogue."""
    if not RELEASE.is_dir():
        pytest.skip(f"the reference corpora are not at {RELEASE.parent}")
    dialogues, measures = [], []
    for item in importer("worst-case").read(RELEASE):
        if isinstance(item, Imported):
            d = item.dialogue
            key = {"dialogue": d.id, "system": d.system, "condition": d.condition, "language": d.language,
                   "card": d.card, "replicate": d.replicate}  # fmt: skip
            count = sum(turn.speaker == "supporter" for turn in d.turns)
            dialogues.append({**key, "ending": d.ending, "fault": None, "exchanges": count})
            measures.append({**key, "dimension": "turns", "score": float(count), "unscored": None})
    return pl.DataFrame(dialogues, schema=DIALOGUES), pl.DataFrame(measures, schema=MEASURES)


@pytest.mark.corpus
def test_the_condition_and_not_the_system_decides_how_long_seekers_stay(
    turns: tuple[pl.DataFrame, pl.DataFrame],
) -> None:
    dialogues, measures = turns
    found = variance(comparable(measures, dialogues), "turns")
    assert found.levels == {"system": 9, "condition": 2, "card": 50}
    assert len(found.partial) == 1  # published under the worst condition alone
    assert found.component("condition").share == pytest.approx(0.61, abs=0.01)
    assert found.component("system").share == pytest.approx(0.07, abs=0.01)


@pytest.mark.corpus
def test_the_ends_of_the_ranking_are_told_apart(turns: tuple[pl.DataFrame, pl.DataFrame]) -> None:
    dialogues, measures = turns
    longer = Dimension("turns", {}, {}, "higher", 0)
    found = ranking(comparable(measures, dialogues), longer, "worst")
    assert (len(found.ranks), found.cards, found.left_out) == (10, 50, 0)
    first, last = found.ranks[0], found.ranks[-1]
    assert first.high is not None and last.low is not None
    assert first.high < last.low
    assert found.apart[first.system, last.system] < 0.01
