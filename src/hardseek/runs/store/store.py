"""The store: every turn of a run, on disk a moment after it is said."""

from collections.abc import Iterator, Sequence

import polars as pl

from hardseek.runs.store.accounts import Accounts
from hardseek.runs.store.dialogues import Dialogues
from hardseek.runs.store.frames import dialogue_frame, measure_frame, trajectory_frames
from hardseek.runs.store.judgements import Judgements


class Store(Dialogues, Judgements, Accounts):
    """All that is kept of a run: one writer, any number of readers, in other processes too."""

    def dialogue_frame(self) -> pl.DataFrame:
        """Return the finished dialogues as a frame; see `frames.dialogue_frame`."""
        return dialogue_frame(self._reader)

    def measure_frame(self, dimensions: Sequence[str] | None = None) -> pl.DataFrame:
        """Return the measures of finished dialogues as a long frame; see `frames.measure_frame`."""
        return measure_frame(self._reader, dimensions)

    def trajectory_frames(self) -> Iterator[pl.DataFrame]:
        """Yield the seekers' hidden states in frames of a few thousand dialogues; see `frames.trajectory_frames`."""
        return trajectory_frames(self._reader)
