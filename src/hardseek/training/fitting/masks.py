"""Masks: which tokens of a dialogue a model learns from, the assistant's turns alone or some of them.

What is learnt of a turn is what a server would have the model write: all after the prompt, up to and with the token
that ends the turn. It is found by writing the dialogue once up to the turn with the prompt and once with the turn, so
that it needs no marks in the template. Where a template writes earlier turns otherwise than the last one (as those do
that leave out earlier reasoning), a dialogue becomes one row for each turn that is learnt.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from hardseek.errors import Refused
from hardseek.training.fitting.template import Said, Template

IGNORED: Final = -100
"""The label of a token that nothing is learnt from, as torch's cross entropy has it."""
_SHOWN: Final = 40


@dataclass(frozen=True, slots=True)
class Row:
    """One sequence."""

    ids: list[int]
    labels: list[int]
    """The same ids where something is learnt, else IGNORED."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """What became of a dialogue."""

    rows: tuple[Row, ...]
    """No row where not even the first turn that is learnt fits."""
    cut: bool
    """Whether its end was left out."""


def encode(
    tokenizer: Any, template: Template, messages: Sequence[Said], learnt: Sequence[int] | None, limit: int
) -> Encoded:
    """Write a dialogue as rows.

    Args:
        tokenizer: a fast one.
        template: its chat template.
        messages: the dialogue.
        learnt: the places of the assistant's messages that are learnt; None for all.
        limit: tokens of a row at most.

    Raises:
        Refused: see `Template.turn`, and where a turn does not end with a token of its own.
    """
    places = [place for place, said in enumerate(messages) if said["role"] == "assistant"]
    if learnt is not None:
        places = [place for place in places if place in set(learnt)]
    turns = {place: template.turn(messages[: place + 1]) for place in places}
    wholes = [before + said for before, said in turns.values()]
    if all(longer.startswith(shorter) for shorter, longer in pairwise(wholes)):
        return _together(tokenizer, list(turns.values()), limit)
    rows = [_row(tokenizer, [turn]) for turn in turns.values()]
    kept = tuple(row for row in rows if len(row.ids) <= limit)
    return Encoded(kept, cut=len(kept) < len(rows))


def _together(tokenizer: Any, turns: list[tuple[str, str]], limit: int) -> Encoded:
    """Make one row of a dialogue, of as many turns as fit."""
    row, many = _row(tokenizer, turns), len(turns)
    while many and len(row.ids) > limit:
        many -= 1
        row = _row(tokenizer, turns[:many]) if many else row
    return Encoded((row,) if many else (), cut=many < len(turns))


def _row(tokenizer: Any, turns: Sequence[tuple[str, str]]) -> Row:
    """Make a row that ends with the last turn; the others stand within it."""
    text = "".join(turns[-1])
    spans = [(len(before), len(before) + len(said)) for before, said in turns]
    made = tokenizer(text, add_special_tokens=False, return_offsets_mapping=True)
    labels, last = [], dict.fromkeys(spans, IGNORED)
    for number, (start, end) in zip(made["input_ids"], made["offset_mapping"], strict=True):
        span = next((span for span in spans if start < span[1] and end > span[0] and end > start), None)
        labels.append(IGNORED if span is None else number)
        if span is not None:
            last[span] = number
            if start < span[0] and text[start : span[0]].strip():
                raise Refused(
                    f"the tokenizer has one token for the end of the prompt and the begin of the answer "
                    f"({text[start:end]!r}), so they cannot be told apart; give another template with `template:`"
                )
    special = {number for number, token in tokenizer.added_tokens_decoder.items() if token.special}
    special |= set(tokenizer.all_special_ids)
    for (start, end), number in last.items():
        if number not in special:
            raise Refused(
                f"the chat template ends an assistant's turn with {text[start:end][-_SHOWN:]!r}, which is no special "
                "token of the tokenizer: the model would not learn to stop. Give a template that ends turns with "
                f"{tokenizer.eos_token!r}"
            )
    return Row(list(made["input_ids"]), labels)
