"""Rows as a trainer takes them: what fits the model's length, and a count of what does not."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from hardseek.errors import Refused
from hardseek.training.dataset import Pair, Talk
from hardseek.training.fitting.masks import IGNORED, encode
from hardseek.training.fitting.material import Material, plain
from hardseek.training.fitting.recipe import Recipe
from hardseek.training.fitting.template import Template


@dataclass(frozen=True, slots=True)
class Fitted:
    """What is trained on."""

    columns: dict[str, list[Any]]
    """`input_ids` and `labels` of dialogues; `prompt`, `chosen` and `rejected` of pairs."""
    rows: int
    learnt: int
    """Tokens that something is learnt from, each answer of a pair counted."""
    cut: int
    """Dialogues whose end did not fit."""
    left_out: int
    """Dialogues or pairs that did not fit at all."""
    ends: tuple[int, ...]
    """Tokens with which turns are learnt to end."""


def fit_rows(tokenizer: Any, recipe: Recipe, rows: Sequence[Talk | Pair]) -> Fitted:
    """Make sequences of rows.

    Raises:
        Refused: the template does not fit them.
    """
    template = Template(tokenizer, recipe.template_arguments)
    pairs = [row for row in rows if isinstance(row, Pair)]
    if pairs:
        return _pairs(tokenizer, template, recipe, pairs)
    return _talks(tokenizer, template, recipe, [row for row in rows if isinstance(row, Talk)])


def fit_material(tokenizer: Any, recipe: Recipe, material: Material) -> tuple[Fitted, Fitted]:
    """Make sequences of what is trained on, and of what it is watched on; raises Refused when nothing fits."""
    train = fit_rows(tokenizer, recipe, material.train)
    if not train.rows:
        raise Refused(
            f"none of {len(material.train):,} rows fits into {recipe.tokens:,} tokens: raise `tokens`, or make a "
            "dataset of single turns"
        )
    return train, fit_rows(tokenizer, recipe, material.valid)


def _talks(tokenizer: Any, template: Template, recipe: Recipe, rows: Sequence[Talk]) -> Fitted:
    columns: dict[str, list[Any]] = {"input_ids": [], "labels": []}
    cut = left_out = 0
    for row in rows:
        made = encode(tokenizer, template, plain(row.messages), row.learnt, recipe.tokens)
        columns["input_ids"] += [each.ids for each in made.rows]
        columns["labels"] += [each.labels for each in made.rows]
        cut += made.cut and bool(made.rows)
        left_out += not made.rows
    learnt = sum(label != IGNORED for labels in columns["labels"] for label in labels)
    ends = {ids[-1] for ids in columns["input_ids"]}
    return Fitted(columns, len(columns["labels"]), learnt, cut, left_out, tuple(sorted(ends)))


def _pairs(tokenizer: Any, template: Template, recipe: Recipe, rows: Sequence[Pair]) -> Fitted:
    """Keep the pairs that fit; a prompt that is cut would be another one."""
    columns: dict[str, list[Any]] = {"prompt": [], "chosen": [], "rejected": []}
    learnt = left_out = 0
    ends: set[int] = set()
    for row in rows:
        made = [
            encode(tokenizer, template, plain([*row.prompt, *answer]), [len(row.prompt)], recipe.tokens)
            for answer in (row.chosen, row.rejected)
        ]
        if not all(each.rows for each in made):
            left_out += 1
            continue
        for name, column in columns.items():
            column.append(plain(getattr(row, name)))
        learnt += sum(label != IGNORED for each in made for label in each.rows[0].labels)
        ends |= {each.rows[0].ids[-1] for each in made}
    return Fitted(columns, len(columns["prompt"]), learnt, 0, left_out, tuple(sorted(ends)))
