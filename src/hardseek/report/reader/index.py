"""The index of the reader: one row a dialogue, in columns; all that a page unpacks when it is opened."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
import polars as pl

from hardseek.report.exhibits import Exhibit
from hardseek.report.numbers import digits
from hardseek.report.order import ranked
from hardseek.report.reader.shelf import Shelf
from hardseek.report.safe import visible
from hardseek.report.titles import condition_title, dimension_title
from hardseek.report.view import RunView

_encode = msgspec.json.Encoder().encode


def ordered(view: RunView, exhibits: Sequence[Exhibit]) -> list[str]:
    """Return the ids of all dialogues, the chosen ones first: where not all find room in the page, these do."""
    chosen = (name for exhibit in exhibits for name in exhibit.dialogues)
    return list(dict.fromkeys([*chosen, *view.dialogues["dialogue"].to_list()]))


def index(view: RunView, order: Sequence[str], exhibits: Sequence[Exhibit], starts: Sequence[int]) -> bytes:
    """Return the index as JSON.

    Args:
        view: the run.
        order: ids of the dialogues, see `ordered`.
        exhibits: which of them to read first.
        starts: the place of the first dialogue of each block.
    """
    rows = _in_order(view, order)
    place = {name: number for number, name in enumerate(order)}
    conditions = list(dict.fromkeys([*view.titles, *rows["condition"].unique(maintain_order=True).to_list()]))
    systems = [*ranked(view), *(name for name in rows["system"].unique(maintain_order=True).to_list())]
    names: dict[str, list[str]] = {
        "system": list(dict.fromkeys(systems)),
        "condition": conditions,
        "language": sorted(rows["language"].unique().to_list()),
        "card": sorted(rows["card"].unique().to_list()),
    }
    content: dict[str, Any] = {
        "id": order,
        "place": rows["place"].to_list(),
        "replicate": rows["replicate"].to_list(),
        "exchanges": rows["exchanges"].to_list(),
        "ending": [ending or "unknown" for ending in rows["ending"].to_list()],
        **{column: _coded(rows[column].to_list(), known) for column, known in names.items()},
        "names": {column: [visible(name) for name in known] for column, known in names.items()},
        "conditions": [condition_title(view, name) for name in conditions],
        "dimensions": [
            {
                "name": dimension.name,
                "title": dimension_title(dimension),
                "places": digits(dimension),
                "headline": dimension.name == view.headline,
            }
            for dimension in view.dimensions
        ],
        "starts": starts,
        "exhibits": [{"why": one.why, "dialogues": [place[name] for name in one.dialogues]} for one in exhibits],
    }
    return _encode(content)


def lay_scores(view: RunView, order: Sequence[str], shelf: Shelf) -> None:
    """Put every dimension's scores on the shelf, a column each, as pieces `score-K`; null where there is none."""
    asked = pl.DataFrame({"dialogue": order}, schema={"dialogue": pl.String})
    scores = view.measures.select(pl.col("dialogue", "dimension").cast(pl.String), pl.col("score").round(4))
    by_dimension = {name: some for (name,), some in scores.group_by("dimension")}
    for number, dimension in enumerate(view.dimensions):
        some = by_dimension.get(dimension.name, scores.clear()).unique("dialogue", keep="first", maintain_order=True)
        column = asked.join(some, on="dialogue", how="left", maintain_order="left")["score"]
        shelf.put(f"score-{number}", _encode(column.to_list()), inside=True)


def _in_order(view: RunView, order: Sequence[str]) -> pl.DataFrame:
    names = pl.col("dialogue", "system", "condition", "language", "card", "ending").cast(pl.String)
    rows = view.dialogues.with_columns(names).with_row_index("place")
    rows = rows.unique("dialogue", keep="first", maintain_order=True)  # imported ids may come twice
    asked = pl.DataFrame({"dialogue": order}, schema={"dialogue": pl.String})
    return asked.join(rows, on="dialogue", how="left", maintain_order="left")


def _coded(values: Sequence[str], known: Sequence[str]) -> list[int]:
    codes: Mapping[str, int] = {name: code for code, name in enumerate(known)}
    return [codes[value] for value in values]
