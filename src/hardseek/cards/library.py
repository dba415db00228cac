"""The packaged library: role cards written for hardseek, one file a card, a folder a language."""

from functools import cache
from importlib.resources import files
from typing import Final

from hardseek.cards.card import RoleCard
from hardseek.documents import load, packaged
from hardseek.language import LANGUAGES, Language

_PACKAGE: Final = "hardseek.cards"


def packaged_cards(language: Language | None = None) -> tuple[RoleCard, ...]:
    """Return the packaged cards of a language, or of both (English first), in the order of their ids."""
    wanted = LANGUAGES if language is None else (language,)
    return tuple(card for each in wanted for card in _cards(each))


@cache
def _cards(language: Language) -> tuple[RoleCard, ...]:
    folder = files(_PACKAGE).joinpath("data", language)
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".yaml"))
    return tuple(load(packaged(_PACKAGE, "data", language, name), RoleCard, source=name) for name in names)
