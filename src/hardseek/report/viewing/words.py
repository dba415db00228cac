"""The words of the pages of `hardseek view`, in both languages."""

from functools import cache

from hardseek.documents import Document, load, packaged
from hardseek.report.words import Bilingual


class _Words(Document):
    id: str
    version: int
    strings: dict[str, Bilingual]


@cache
def _words() -> _Words:
    return load(packaged("hardseek.report.viewing", "text.yaml"), _Words, source="text.yaml")


def told(key: str, **values: str) -> Bilingual:
    """Word something in both languages."""
    return {language: text.format(**values) for language, text in _words().strings[key].items()}
