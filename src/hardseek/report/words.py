"""What pages say, in both languages at once."""

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Final

from markupsafe import Markup, escape
from pydantic import Field

from hardseek.documents import Document, load, packaged
from hardseek.language import LANGUAGES, Language
from hardseek.report.safe import visible

Bilingual = dict[Language, str]
"""A text in each language of the interface."""

PRIMARY: Final[Language] = "en"
"""What stands in where a title is not given in a language."""
_HELD: Final = re.compile(r"(?<=[\d}]) (?=%)|(?<=q) (?=< 0)|(?<=q <) (?=0)")
"""Blanks at which no line is to be broken: in "95 %" and "q < 0.05"."""


class _File(Document):
    id: str
    version: int
    strings: dict[str, Annotated[Bilingual, Field(min_length=len(LANGUAGES))]]


class Words:
    """The words of one file; it is read when the first of them is asked for."""

    def __init__(self, package: str, file: str = "text.yaml") -> None:
        """Name the file, beside the modules of a package."""
        self._package, self._file = package, file

    @cached_property
    def strings(self) -> Mapping[str, Bilingual]:
        """All of them as they stand, by key, with the names of values in braces."""
        text = _HELD.sub("\u00a0", packaged(self._package, self._file))
        return load(text, _File, source=f"{self._package}/{self._file}").strings

    def __call__(self, key: str, /, **values: str | Bilingual) -> Bilingual:
        """Word something; what the file has no word for is worded as in the report.

        Args:
            key: of the word; KeyError for one that neither has.
            values: what stands in its braces; one that differs by language is given as Bilingual.
        """
        strings = self.strings if key in self.strings else say.strings
        return {
            language: text.format(**{name: _in(value, language) for name, value in values.items()})
            for language, text in strings[key].items()
        }

    def named(self, name: str, prefix: str = "") -> Bilingual:
        """Word what data has a name for, under the prefix; where there is no word for it, it keeps its name."""
        return self.strings.get(prefix + name) or titled({}, name)


say: Final = Words("hardseek.report")
"""The words of the report, and what other pages share with it."""


def titled(title: Mapping[str, str], name: str) -> Bilingual:
    """Turn a title that data gives by language into both languages, with the bare name where there is none."""
    fallback = title.get(PRIMARY) or next(iter(title.values()), None) or name
    return {language: visible(title.get(language) or fallback) for language in LANGUAGES}


def both(text: Bilingual | str) -> Markup:
    """Write a text as HTML, one element a language; the page shows the one that is switched on."""
    if isinstance(text, str):
        return escape(text)
    if len(set(text.values())) == 1:
        return escape(text[PRIMARY])
    return Markup("").join(
        Markup('<span lang="{0}" data-ui="{0}">{1}</span>').format(language, words) for language, words in text.items()
    )


def _in(value: str | Bilingual, language: Language) -> str:
    return value if isinstance(value, str) else value[language]
