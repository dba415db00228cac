"""A row on its way into a dataset, with what decides where it goes."""

from dataclasses import dataclass, replace

from hardseek.training.dataset import Pair, Row, Score, Talk


@dataclass(frozen=True, slots=True)
class Sample:
    """A row, and what mixing and splitting go by."""

    row: Row
    family: str
    """Of the card: rows of one family are never in two splits."""
    condition: str
    key: str
    """Names the row among those of its family."""

    @property
    def supervised(self) -> int:
        """Turns that are learnt of it."""
        return self.row.supervised

    def cut_to(self, turns: int) -> "Sample":
        """Return the same with only its first turns learnt; a pair or a score is one."""
        if isinstance(self.row, Pair | Score):
            return self
        return replace(self, row=learning_first(self.row, turns))


def learning_first(talk: Talk, turns: int) -> Talk:
    """Learn only the first turns of a dialogue that were to be learnt, and end it with the last of them."""
    kept = talk.places[:turns]
    return Talk(
        messages=talk.messages[: kept[-1] + 1], learnt=kept, card=talk.card, dialogue=talk.dialogue,
        condition=talk.condition, language=talk.language,
    )  # fmt: skip
