"""Small tables for the tests of the analysis."""

from collections.abc import Callable, Sequence

import polars as pl
import pytest

from hardseek.analysis import DIALOGUES, MEASURES

Cells = Sequence[tuple[str, str, str, float | None]]
"""System, condition, card, score: of one dialogue."""
Frames = tuple[pl.DataFrame, pl.DataFrame]
Build = Callable[..., Frames]


@pytest.fixture(scope="session")
def build() -> Build:
    """Make the two frames of a run from its cells; `endings` overrides single dialogues, by their place."""

    def built(
        cells: Cells,
        *,
        dimension: str = "relief",
        endings: dict[int, str | None] | None = None,
        faults: dict[int, str] | None = None,
        language: Callable[[str], str] = lambda _: "en",
    ) -> Frames:
        dialogues, measures = [], []
        seen: dict[tuple[str, str, str], int] = {}
        for place, (system, condition, card, score) in enumerate(cells):
            replicate = seen.get((system, condition, card), 0)
            seen[system, condition, card] = replicate + 1
            key = {
                "dialogue": f"d{place}",
                "system": system,
                "condition": condition,
                "language": language(card),
                "card": card,
                "replicate": replicate,
            }
            ending = (endings or {}).get(place, "limit")
            fault = (faults or {}).get(place)
            dialogues.append({**key, "ending": ending, "fault": fault, "exchanges": 5})
            reason = "judge refused" if score is None else None
            measures.append({**key, "dimension": dimension, "score": score, "unscored": reason})
        return pl.DataFrame(dialogues, schema=DIALOGUES), pl.DataFrame(measures, schema=MEASURES)

    return built
