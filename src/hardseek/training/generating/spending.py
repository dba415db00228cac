"""What a generation costs so far, over all times that it was gone on with, and the limit at which it stops."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hardseek.chat import Endpoint, Price, Usage
from hardseek.errors import Refused
from hardseek.runs.asking import asked
from hardseek.runs.tally import cost
from hardseek.seekers.spec import price_of_a_turn
from hardseek.training.generating.candidates import Candidate, Candidates
from hardseek.training.generating.generation import Generation


@dataclass
class Spending:
    """Counts costs, in the currency of the prices."""

    systems: Mapping[str, Price | None]
    seeker: Price | None
    judges: Mapping[str, Price | None]
    """By who is asked."""
    limit: float | None = None
    """None: none."""
    spent: float = 0.0

    @property
    def reached(self) -> bool:
        """Whether the limit is reached."""
        return self.limit is not None and self.spent >= self.limit

    @property
    def priced(self) -> bool:
        """Whether any price is known."""
        return any(price is not None for price in (self.seeker, *self.systems.values(), *self.judges.values()))

    def add(self, candidates: Iterable[Candidate]) -> None:
        """Count what trying replies took."""
        for each in candidates:
            self._pay(self.systems.get(each.system), each.usage)
            self._pay(self.seeker, each.answer_usage)
            for judge, (heard, said) in each.judging.items():
                self._pay(self.judges.get(judge), Usage(tokens_in=heard, tokens_out=said))

    def add_opening(self, usage: Usage) -> None:
        """Count a seeker's first words, which no reply stands before."""
        self._pay(self.seeker, usage)

    def add_kept(self, kept: Candidates) -> None:
        """Count what was paid before."""
        for each in kept.spent():
            price = self.systems.get(each.speaker) if each.speaker else self.seeker
            self._pay(price, Usage(tokens_in=each.tokens_in, tokens_out=each.tokens_out))
        for each in kept.judging():
            self._pay(self.judges.get(each.speaker), Usage(tokens_in=each.tokens_in, tokens_out=each.tokens_out))

    def _pay(self, price: Price | None, usage: Usage) -> None:
        if price is not None:
            self.spent += cost(price, usage.tokens_in, usage.tokens_out)


def spending_of(generation: Generation, limit: float | None) -> Spending:
    """Begin to count what a generation costs.

    Raises:
        Refused: there is a limit, and somebody who is asked has no price, so that it could not be kept.
    """
    judges = {name: spec.price for name, spec in asked(generation.candidates.judges)}
    systems = {spec.name: spec.price if isinstance(spec, Endpoint) else None for spec in generation.systems}
    seeker = price_of_a_turn(generation.seeker)
    if limit is not None:
        unpriced = [spec.name for spec in generation.systems if isinstance(spec, Endpoint) and spec.price is None]
        unpriced += ["the seeker"] if isinstance(generation.seeker, Endpoint) and seeker is None else []
        unpriced += [f"judge {name}" for name, price in judges.items() if price is None]
        if unpriced:
            raise Refused(
                f"--budget {limit:g}: {', '.join(unpriced)} has no `price` (or two models with unlike ones), so that "
                "the cost is not known; add it, or leave the budget out"
            )
    return Spending(systems, seeker, judges, limit)
