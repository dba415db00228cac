"""What people call the fields of a card, in both languages."""

import re
import unicodedata
from functools import cache
from typing import Final

from hardseek.cards.card import Risk
from hardseek.documents import Document, load, packaged

_PACKAGE: Final = "hardseek.cards.formats"
_MARKS = re.compile(r"[^\w\s]|_")
_NUMBER = re.compile(r"\s*\d+$")
LONGEST: Final = 40
"""Characters of a label, at most: what is longer is a sentence with a colon in it."""


class Labels(Document):
    """Names of fields, and of the levels of risk."""

    id: str
    version: int
    fields: dict[str, tuple[str, ...]]
    lists: frozenset[str]
    """Fields that hold several things."""
    prose: frozenset[str]
    """Fields of whole sentences, which are kept to the last mark."""
    risks: dict[Risk, tuple[str, ...]]


@cache
def labels() -> Labels:
    """Return the labels."""
    return load(packaged(_PACKAGE, "data", "labels.yaml"), Labels, source="formats/data/labels.yaml")


def field_of(label: str) -> str | None:
    """Tell which field a label stands for: in any case and width, "Fact 2" as "fact"; None for an unknown one."""
    return None if len(label) > LONGEST else _by_name().get(_plain(label))


def risk_of(value: str) -> Risk | None:
    """Tell which level of risk a value names; None for an unknown one."""
    wanted = _plain(value)
    return next((risk for risk, names in labels().risks.items() if wanted in map(_plain, names)), None)


def _plain(label: str) -> str:
    folded = unicodedata.normalize("NFKC", label).lower()
    return " ".join(_NUMBER.sub("", _MARKS.sub(" ", folded)).split()) or folded.strip()


@cache
def _by_name() -> dict[str, str]:
    return {_plain(name): field for field, names in labels().fields.items() for name in names}
