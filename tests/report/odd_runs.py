"""Runs that have little to say: whatever is made of them says so, and never NaN."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

import polars as pl

from hardseek.report import RunView

NOT_FIGURES: Final = re.compile(r"\b(nan|none|inf|infinity|undefined)\b", re.IGNORECASE)
"""What a figure that could not be computed would look like."""

ODD: Final[Mapping[str, Callable[[Any], RunView]]] = {
    "empty": lambda make: make(systems=(), cards=0).view(planned=10),
    "one dialogue": lambda make: _plain(make, systems=("a",), conditions=("worst",), cards=1, languages=("en",)).view(),
    "one pair": lambda make: _plain(
        make, systems=("a",), conditions=("average", "worst"), cards=1, languages=("en",)
    ).view(),
    "one system": lambda make: _plain(make, systems=("a",), conditions=("average", "worst"), cards=4).view(),
    "one language": lambda make: _plain(make, conditions=("average", "worst"), cards=4, languages=("zh",)).view(),
    "one condition": lambda make: _plain(make, conditions=("average",), cards=4).view(),
    "no reference": lambda make: _plain(make, conditions=("resistance", "worst"), cards=4).view(),
    "no profiles and no states": lambda make: _plain(make, cards=3).view(profiles={}, states=None),
    "neither way is better": lambda make: _plain(make, cards=3).view(headline="reply_length"),
    "all failed": lambda make: _failed(_plain(make, systems=("a", "b"), cards=2).view()),
    "all unscored": lambda make: _unscored(_plain(make, systems=("a", "b"), cards=2).view()),
}


def _plain(make: Any, **what: Any) -> Any:
    return make(failures=False, **what)


def _failed(view: RunView) -> RunView:
    gone = view.dialogues.with_columns(pl.lit("failed").alias("ending"), pl.lit("timeout").alias("fault"))
    return replace(view, dialogues=gone, measures=view.measures.clear(), states=None)


def _unscored(view: RunView) -> RunView:
    empty = view.measures.with_columns(pl.lit(None, pl.Float64).alias("score"), pl.lit("refused").alias("unscored"))
    return replace(view, measures=empty)
