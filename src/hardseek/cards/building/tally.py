"""What a build does in one process: for its progress display, its closing words, and to know when to give up."""

from dataclasses import dataclass

from hardseek.chat import Usage


@dataclass
class BuildTally:
    """Counts of this process; the store has those of the whole build."""

    planned: int = 0
    """Items that wait for a model."""
    built: int = 0
    failed: int = 0
    """Items of which no card can be made."""
    faulted: int = 0
    """Items about which the server could not be asked; they wait."""
    why: str | None = None
    """The last such fault."""
    tokens_in: int = 0
    tokens_out: int = 0

    @property
    def done(self) -> int:
        """Items that this process is through with."""
        return self.built + self.failed + self.faulted

    @property
    def waiting(self) -> int:
        """Items that the same command would go on with."""
        return self.planned - self.built - self.failed

    def pay(self, usage: Usage) -> None:
        """Count what a call took, as far as the server told."""
        self.tokens_in += usage.tokens_in or 0
        self.tokens_out += usage.tokens_out or 0
