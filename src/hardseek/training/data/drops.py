"""What is left out of a dataset, counted by reason: nothing goes without being told."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Drops:
    """Counts of what was left out."""

    counts: Counter[str] = field(default_factory=Counter)
    """By what it is and why, such as `dialogues: failed`."""

    def add(self, what: str, why: str, many: int = 1) -> None:
        """Count something that is left out; `what` is a plural, such as `turns`."""
        if many:
            self.counts[f"{what}: {why}"] += many

    @property
    def most_first(self) -> dict[str, int]:
        """The counts, the greatest first, equals by name."""
        return dict(sorted(self.counts.items(), key=lambda item: (-item[1], item[0])))

    def told(self) -> str:
        """Word the three greatest in a line, for messages."""
        shown = [f"{why} ({count:,})" for why, count in self.most_first.items()]
        return "; ".join(shown[:3]) + ("; ..." if len(shown) > 3 else "")  # noqa: PLR2004 (the three named above)
