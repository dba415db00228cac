"""A dataset that somebody is to be trained on, checked before any model is loaded."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from hardseek.chat import Message
from hardseek.errors import Refused
from hardseek.training.dataset import About, Kind, Pair, Split, Talk, load_dataset_folder
from hardseek.training.fitting.recipe import Method
from hardseek.training.fitting.serving import Role

KINDS: Final[dict[Role, dict[Kind, Method]]] = {
    "supporter": {"supporter-sft": "sft", "supporter-preference": "dpo"},
    "seeker": {"seeker-sft": "sft"},
}
"""What a role is trained on, and how."""


@dataclass(frozen=True, slots=True)
class Material:
    """What is trained on."""

    about: About
    method: Method
    train: tuple[Talk | Pair, ...]
    valid: tuple[Talk | Pair, ...]
    """Held out, to watch the training on."""

    @property
    def cards(self) -> tuple[str, ...]:
        """The cards that are trained on, sorted."""
        return tuple(sorted({row.card for row in self.train if row.card is not None}))

    @property
    def prompts(self) -> dict[str, str]:
        """The system prompt of each language, where all dialogues in it begin with the same one."""
        found: dict[str, set[str]] = {}
        for row in self.train:
            opened = row.prompt if isinstance(row, Pair) else row.messages
            prompt = opened[0].content if opened and opened[0].role == "system" else ""
            found.setdefault(row.language or "", set()).add(prompt)
        return {language: next(iter(some)) for language, some in sorted(found.items()) if language and len(some) == 1
                and any(some)}  # fmt: skip


def read_material(folder: Path, *, role: Role) -> Material:
    """Read a dataset.

    Args:
        folder: as `hardseek train data` writes it.
        role: who is trained.

    Raises:
        Refused: there is none, it is for somebody else, it has no rows, or nothing could be learnt from a row.
    """
    found = load_dataset_folder(folder, kinds=KINDS[role])
    splits: dict[Split, tuple[Talk | Pair, ...]] = {}
    for name in ("train", "valid"):
        rows = [row for row in found.splits.get(name, ()) if isinstance(row, (Talk, Pair))]
        for number, row in enumerate(rows, start=1):
            why = _wrong_pair(row) if isinstance(row, Pair) else _wrong_talk(row)
            if why is not None:
                raise Refused(f"{folder / name}.jsonl, row {number}: {why}")
        splits[name] = tuple(rows)
    return Material(found.about, KINDS[role][found.about.kind], splits["train"], splits["valid"])


def plain(messages: Sequence[Message]) -> list[dict[str, str]]:
    """Return messages as templates take them."""
    return [{"role": said.role, "content": said.content} for said in messages]


def _wrong_pair(row: Pair) -> str | None:
    """Say why nothing could be learnt of a pair; None when it is as it should be."""
    if not row.prompt or row.prompt[-1].role == "assistant":
        return "prompt: should end before the assistant speaks"
    for name, answer in (("chosen", row.chosen), ("rejected", row.rejected)):
        if [said.role for said in answer] != ["assistant"] or not answer[0].content.strip():
            return f"{name}: should be one message of the assistant, and not be empty"
    return "chosen and rejected are the same" if row.chosen == row.rejected else None


def _wrong_talk(row: Talk) -> str | None:
    """Say why nothing could be learnt of a dialogue; None when it is as it should be."""
    said = [place for place, each in enumerate(row.messages) if each.role == "assistant"]
    learnt = said if row.learnt is None else row.learnt
    if not said:
        return "messages: none is the assistant's, so nothing is learnt"
    for place in learnt:
        if place not in said:
            return f"learnt: {place} is no message of the assistant (those are {', '.join(map(str, said))})"
        if not row.messages[place].content.strip():
            return f"messages: {place} is to be learnt, and is empty"
    return None if learnt else "learnt: is empty, so nothing is learnt"
