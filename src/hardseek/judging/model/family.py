"""Which family a model belongs to, by its name: judges are known to favour their own."""

import re
from functools import cache
from typing import Final

from hardseek.documents import Document, load, packaged

_PARTS: Final = re.compile(r"[^a-z0-9]+|(?<=[a-z])(?=[0-9])")


class _Families(Document):
    id: str
    version: int
    families: dict[str, tuple[str, ...]]


def family(model: str | None) -> str | None:
    """Return the family of a model's name, such as `qwen` of `Qwen/Qwen2.5-7B-Instruct`; None where it is not known.

    That judges score their own family higher: Panickssery, Bowman and Feng (2024, arXiv 2404.13076).
    """
    if model is None:
        return None
    parts = set(_PARTS.split(model.lower()))
    return next((name for name, marks in _families().items() if parts & set(marks)), None)


@cache
def _families() -> dict[str, tuple[str, ...]]:
    text = packaged("hardseek.judging.model", "families.yaml")
    return load(text, _Families, source="families.yaml").families
