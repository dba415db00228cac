"""The draws of one wording, each with a place of its own."""

from hardseek.seekers.voice import Line


class Draws:
    """Draws in order; `attempt` keys them apart from those of other wordings of the line."""

    def __init__(self, line: Line, attempt: str) -> None:
        self._luck, self._turn = line.part.luck, line.turn
        self._prefix = f"voice {line.move.act} {attempt}"
        self._done = 0

    def unit(self) -> float:
        """Draw a real number from [0, 1)."""
        self._done += 1
        return self._luck.unit(self._turn, f"{self._prefix} {self._done}")

    def chance(self, probability: float) -> bool:
        """Tell whether something of this probability happens."""
        return self.unit() < probability
