"""The interface's words, in both languages at once."""

from collections.abc import Mapping
from functools import cache
from typing import Final

from markupsafe import Markup, escape

from hardseek.documents import Document, load, packaged
from hardseek.language import LANGUAGES, Language
from hardseek.report.safe import visible

Bilingual = dict[Language, str]
"""A text in each language of the interface."""

PRIMARY: Final[Language] = "en"
"""What stands in where a title is not given in a language."""


class InterfaceText(Document):
    """The words of the interface in one language."""

    id: str
    version: int
    language: Language
    strings: dict[str, str]


@cache
def interface(language: Language) -> InterfaceText:
    """Load the words of one language."""
    name = f"{language}.yaml"
    return load(packaged("hardseek.report", "text", name), InterfaceText, source=name)


def say(key: str, **values: str | Bilingual) -> Bilingual:
    """Word something in both languages; a value that differs by language is given as Bilingual."""
    return {
        language: interface(language)
        .strings[key]
        .format(**{name: _in(value, language) for name, value in values.items()})
        for language in LANGUAGES
    }


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
