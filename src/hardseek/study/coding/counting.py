"""How often codes hold: by system, by behaviour, by theme."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Literal

import msgspec

from hardseek.analysis.bootstrap import estimate
from hardseek.study.clusters import totals
from hardseek.study.coding.marks import Coding, Source, Unit

By = Literal["system", "condition", "both", "notes"]


class CodeCount(msgspec.Struct, frozen=True, kw_only=True):
    """One code in one cell."""

    code: str
    theme: str | None
    by: By
    system: str | None
    condition: str | None
    dialogues: int
    """In which it holds at least once; notes where `by` is notes."""
    of: int
    """Dialogues (notes) that were coded."""
    turns: int
    """In which it holds."""
    undecided: int
    """Units on which as many coders gave it as did not, and nothing was settled; they count as without it."""
    share: float
    """Of the dialogues (notes)."""
    low: float | None
    high: float | None
    """95 %, by drawing whole participants; None with one."""
    participants: int


def code_counts(coding: Coding) -> list[CodeCount]:
    """Count every code by system, by condition, by both, and in notes."""
    decided = coding.decided()
    coded = [source for source in coding.sources if coding.done.get(source.name)]
    cells: dict[tuple[By, str | None, str | None], list[Source]] = defaultdict(list)
    for source in coded:
        if source.dialogue is None:
            cells["notes", None, None].append(source)
            continue
        cells["system", source.system, None].append(source)
        cells["condition", None, source.condition].append(source)
        cells["both", source.system, source.condition].append(source)
    order: list[By] = ["system", "condition", "both", "notes"]
    keys = sorted(cells, key=lambda key: (order.index(key[0]), key[1] or "", key[2] or ""))
    return [
        made
        for key in keys
        for made in _cell(coding, key, cells[key], decided)
    ]  # fmt: skip


def _cell(
    coding: Coding,
    key: tuple[By, str | None, str | None],
    sources: Sequence[Source],
    decided: dict[tuple[Unit, str], bool | None],
) -> list[CodeCount]:
    by, system, condition = key
    found = []
    for code in coding.codes:
        can = [[unit for unit, kind in zip(source.units, source.kinds, strict=True) if code.of in {"any", kind}]
               for source in sources]  # fmt: skip
        counted = [(source, units) for source, units in zip(sources, can, strict=True) if units]
        if not counted:
            continue
        holds = [[decided[unit, code.name] for unit in units] for _, units in counted]
        of_participants: dict[str, list[float]] = defaultdict(list)
        for (source, _), said in zip(counted, holds, strict=True):
            of_participants[source.participant].append(float(any(said)))
        (made,) = estimate([totals(list(of_participants.values()))])
        found.append(
            CodeCount(
                code=code.name, theme=code.theme, by=by, system=system, condition=condition,
                dialogues=sum(any(said) for said in holds), of=len(counted),
                turns=sum(one is True for said in holds for one in said),
                undecided=sum(one is None for said in holds for one in said), share=made.mean or 0.0, low=made.low,
                high=made.high, participants=made.cards,
            )
        )  # fmt: skip
    return found
