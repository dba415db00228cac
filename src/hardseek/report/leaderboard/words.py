"""The words of the leaderboard's page, in both languages."""

from functools import cache

from hardseek.documents import Document, load, packaged
from hardseek.report.words import Bilingual


class _Words(Document):
    id: str
    version: int
    strings: dict[str, Bilingual]


@cache
def _words() -> _Words:
    return load(packaged("hardseek.report.leaderboard", "text.yaml"), _Words, source="text.yaml")


def told(key: str, **values: str | Bilingual) -> Bilingual:
    """Word something in both languages; a value that differs by language is given as Bilingual."""
    return {
        language: text.format(
            **{name: value if isinstance(value, str) else value[language] for name, value in values.items()}
        )
        for language, text in _words().strings[key].items()
    }
