"""What a report is made from."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import polars as pl

from hardseek.analysis import Summary, summarise
from hardseek.dialogues import Dialogue
from hardseek.judging import Dimension, Rating
from hardseek.seekers.behaviour import BehaviourProfile

if TYPE_CHECKING:  # `validity` takes long to import
    from hardseek.validity.judge import Measure


@dataclass(frozen=True)
class RunView:
    """A run as the report sees it; all names and texts in it are taken for untrusted."""

    name: str
    created: str
    """When, as people write it; shown as it is."""
    signature: str
    """Hash of the parts; empty where there is none."""
    parts: Mapping[str, str]
    """What the signature is made of, such as cards, prompts, seed and code version."""
    dialogues: pl.DataFrame
    """Columns as `hardseek.analysis.DIALOGUES`; those not finished yet are not in it."""
    measures: pl.DataFrame
    """Columns as `hardseek.analysis.MEASURES`."""
    dimensions: tuple[Dimension, ...]
    headline: str
    """Name of the dimension that headlines, chart and leaderboard are about."""
    titles: Mapping[str, Mapping[str, str]]
    """What conditions are called for people, by language; in the run's order."""
    fetch: Callable[[Sequence[str]], list[Dialogue]]
    """Fetches dialogues by their ids, in their order."""
    planned: int | None = None
    """Dialogues the run is to have in the end; None where nothing was planned, as in an import."""
    tokens_in: int | None = None
    tokens_out: int | None = None
    cost: float | None = None
    """In the currency of the experiment's prices; None where prices are not known."""

    ratings: Callable[[str], Sequence[Rating]] | None = None
    """All that judges said of the dialogue with this id, with what it rests on; None where only scores are kept."""

    seeker_turns: int = 0
    """Turns of simulated seekers."""
    reworded: int = 0
    """How many of them had to be worded again."""
    rewordings: Mapping[str, int] = field(default_factory=dict)
    """In how many each kind of problem was found (`seekers.check.KINDS`)."""

    profiles: Mapping[str, BehaviourProfile] = field(default_factory=dict)
    """Of the conditions, as the run's experiment sets them; empty where there is none, as in an import."""
    states: Callable[[], Iterable[pl.DataFrame]] | None = None
    """Yields the hidden states of simulated seekers, as `Store.trajectory_frames` does; None where there are none."""
    groups: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Two groups of systems to be held against each other, by what they are called, such as general and specialised."""
    agreement: Sequence["Measure"] = ()
    """How far the run's judges agree with people, as `hardseek validate judge` measured it; empty: unknown."""

    def __post_init__(self) -> None:
        if self.headline not in {dimension.name for dimension in self.dimensions}:
            raise ValueError(f"headline dimension {self.headline!r} is not among the run's dimensions")

    @cached_property
    def summary(self) -> Summary:
        """Every estimate of the run, computed once."""
        return summarise(self.dialogues, self.measures, self.dimensions, order=tuple(self.titles))

    @property
    def main(self) -> Dimension:
        """The headline dimension."""
        return self.summary.dimension(self.headline)
