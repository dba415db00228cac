"""The tally: what a run has done so far, for its progress display and its closing words."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from hardseek.chat.endpoint import Price
from hardseek.chat.message import Usage
from hardseek.dialogues import Close, Speaker, Turn

_MILLION = 1_000_000


@dataclass
class Tally:
    """Counts of this process; the store has those of the whole run."""

    planned: int
    system_prices: Sequence[Price | None]
    """One for each system of the experiment, in its order."""
    seeker_price: Price | None = None
    found_finished: int = 0
    dialogues: int = 0
    failed: int = 0
    turns: int = 0
    cost: float = 0.0
    """In the currency of the prices; 0 where none are given."""
    began: float = field(default_factory=time.monotonic)

    def add_turn(self, place: int, turn: Turn) -> None:
        """Count a turn of a dialogue of the system at `place`."""
        self.turns += 1
        self._pay(place, turn.speaker, turn.usage)

    def add_dialogue(self, place: int, close: Close) -> None:
        """Count a finished dialogue of the system at `place`, and what was paid for a turn that did not come about."""
        self.dialogues += 1
        self.failed += close.ending == "failed"
        if close.failed is not None:
            self._pay(place, close.failed, close.lost)

    def _pay(self, place: int, speaker: Speaker, usage: Usage) -> None:
        price = self.seeker_price if speaker == "seeker" else self.system_prices[place]
        if price is not None:
            self.cost += cost(price, usage.tokens_in, usage.tokens_out)

    @property
    def priced(self) -> bool:
        """Whether any price is known."""
        return self.seeker_price is not None or any(price is not None for price in self.system_prices)

    @property
    def done(self) -> int:
        """Dialogues of the plan that are finished."""
        return self.found_finished + self.dialogues

    @property
    def seconds(self) -> float:
        """Since the process began."""
        return time.monotonic() - self.began

    @property
    def rate(self) -> float:
        """Dialogues a second since the process began."""
        return self.dialogues / max(self.seconds, 1e-9)

    @property
    def seconds_left(self) -> float | None:
        """How long the rest takes at this rate; None before there is one."""
        return (self.planned - self.done) / self.rate if self.dialogues else None


def cost(price: Price, tokens_in: int | None, tokens_out: int | None) -> float:
    """Price tokens; an unknown number of tokens costs nothing here, and is reported as unknown elsewhere."""
    return (price.input * (tokens_in or 0) + price.output * (tokens_out or 0)) / _MILLION
