"""The languages that options name."""

from collections.abc import Iterable

from hardseek.errors import Refused
from hardseek.language import LANGUAGES, Language
from hardseek.mistakes import choices


def language_of(name: str, option: str = "--language") -> Language:
    """Return the language of this name; raises Refused when there is none."""
    for known in LANGUAGES:
        if name == known:
            return known
    raise Refused(f"{option}: found {name!r}; {choices(name, LANGUAGES)}")


def languages_of(names: Iterable[str], option: str = "--language") -> list[Language]:
    """Return the languages of these names, in their usual order; raises Refused for one that is none."""
    given = {language_of(name, option) for name in names}
    return [known for known in LANGUAGES if known in given]
