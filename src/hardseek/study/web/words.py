"""The words of the pages."""

from functools import cache

from hardseek.documents import Document, load, packaged
from hardseek.judging.rubrics.rubric import Said
from hardseek.language import Language


class _Words(Document):
    id: str
    version: int
    words: dict[str, Said]


def word(key: str, language: Language, **values: object) -> str:
    """Return a text of the pages; raises KeyError when there is none of this name."""
    return _words()[key].in_language(language).format(**values)


@cache
def _words() -> dict[str, Said]:
    files = ("words.yaml", "words_research.yaml")
    found = [load(packaged("hardseek.study.web", name), _Words, source=name).words for name in files]
    return {key: said for words in found for key, said in words.items()}
