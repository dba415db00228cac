"""Training: adapter, heads and cuts together, on every single rating."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from hardseek.judging.scorer.train import Rated
from hardseek.judging.transformer.model import OrdinalTransformer

_RATE: Final = 2e-4
"""Of the adapter; the heads, which begin at nothing, learn fifty times as fast."""
_FASTER: Final = 50
_DECAY: Final = 0.01


@dataclass(frozen=True, slots=True)
class Course:
    """How long it is trained, on how much at once."""

    epochs: int = 4
    batch: int = 8
    tokens: int = 1024
    seed: int = 1


def steps_of(rated: Sequence[Rated]) -> list[list[float]]:
    """Return the steps of each dimension's scale."""
    return [sorted({float(score) for score in each.scores}) for each in rated]


def train_transformer(
    base: str, texts: Sequence[str], rated: Sequence[Rated], steps: Sequence[Sequence[float]], course: Course
) -> OrdinalTransformer:
    """Train a new adapter.

    Args:
        base: the base model's name or folder.
        texts: the dialogues.
        rated: people's ratings, for each dimension.
        steps: of each dimension's scale.
        course: how long.

    Raises:
        Refused: see `OrdinalTransformer`.
    """
    import torch

    torch.manual_seed(course.seed)
    model = OrdinalTransformer(base, [len(each) for each in steps], course.tokens)
    levels = [np.searchsorted(scale, each.scores) for each, scale in zip(rated, steps, strict=True)]
    for place, found in enumerate(levels):
        counts = np.bincount(found, minlength=len(steps[place])) + 0.5  # a step may be missing from a fold
        shares = np.cumsum(counts)[:-1] / counts.sum()
        cuts = np.log(shares / (1 - shares))
        start = np.concatenate([cuts[:1], np.log(np.diff(cuts))])
        model.heads[f"cuts.{place}"] = torch.tensor(start, dtype=torch.float32, device=model.device)
    heads = [value.requires_grad_() for value in model.heads.values()]
    adapter = [value for value in model.backbone.parameters() if value.requires_grad]
    optimiser = torch.optim.AdamW(
        [{"params": adapter, "lr": _RATE}, {"params": heads, "lr": _RATE * _FASTER}], weight_decay=_DECAY
    )
    places = np.unique(np.concatenate([each.places for each in rated]))
    shuffled = np.random.default_rng(course.seed)
    for _ in range(course.epochs):
        model.backbone.train()
        order = shuffled.permutation(places)
        for start_at in range(0, len(order), course.batch):
            batch = order[start_at : start_at + course.batch]
            scores = model.scores([texts[place] for place in batch])
            where = {place: row for row, place in enumerate(batch)}
            losses = []
            for column, (each, found) in enumerate(zip(rated, levels, strict=True)):
                mine = np.flatnonzero(np.isin(each.places, batch))
                if len(mine):
                    rows = torch.tensor([where[place] for place in each.places[mine]], device=model.device)
                    wanted = torch.tensor(found[mine], device=model.device)
                    losses.append(model.loss(scores[rows, column], column, wanted))
            optimiser.zero_grad()
            torch.stack(losses).mean().backward()
            optimiser.step()
    return model
