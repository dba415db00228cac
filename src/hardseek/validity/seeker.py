"""Everything that is shown of the scripted seeker, in one go."""

from collections.abc import Sequence
from typing import Final

import hardseek
from hardseek.cards import packaged_cards
from hardseek.errors import Refused
from hardseek.language import LANGUAGES, Language
from hardseek.runs import Signature
from hardseek.runs.digest import digest
from hardseek.runs.signature import code
from hardseek.seekers.conditions import packaged_conditions
from hardseek.validity.controllable import controllable
from hardseek.validity.diverse import diverse
from hardseek.validity.integrity import integrity
from hardseek.validity.property import Property, Validity
from hardseek.validity.realistic import realistic
from hardseek.validity.repeatable import repeatable
from hardseek.validity.responsive import responsive
from hardseek.validity.talks import talks

_PARTS: Final = ("cards/", "judging/", "seekers/", "supporters/", "dialogues/", "validity/", "language.py", "luck.py")
_REPEATED: Final = ("average", "worst")
"""The conditions that are run with a second seed."""


def validate_seeker(
    languages: Sequence[Language] = LANGUAGES, *, cards: int | None = None, replicates: int = 1, seed: int = 1
) -> Validity:
    """Hold the dialogues and count.

    Args:
        languages: each is told for itself.
        cards: the first so many packaged cards of each language; all when None.
        replicates: dialogues for each system, card and condition or intensity.
        seed: of all luck; repeatability holds it against the next one.

    Raises:
        Refused: there is nothing to hold.
    """
    if (cards is not None and cards < 1) or replicates < 1 or not languages:
        raise Refused("validation needs at least one card, one replicate and one language; give more")
    found = [made for language in languages for made in _of(language, cards, replicates, seed)]
    chosen = [card for language in languages for card in packaged_cards(language)[:cards]]
    signature = Signature(
        {
            "hardseek": f"{hardseek.__version__}+{code(*_PARTS)}",
            "seed": str(seed),
            "seeker": "scripted",
            "cards": f"{len(chosen)}@{digest(*chosen)[:8]}",
            "languages": "+".join(languages),
            "replicates": str(replicates),
        }
    )
    return Validity(tuple(found), signature.line)


def _of(language: Language, limit: int | None, replicates: int, seed: int) -> list[Property]:
    cards = packaged_cards(language)[:limit]
    conditions = {name: condition.profile for name, condition in packaged_conditions().items()}
    held = {
        name: talks(cards, profile, condition=name, seed=seed, replicates=replicates)
        for name, profile in conditions.items()
    }
    found = responsive(held, language)
    found += controllable(cards, language, seed=seed, replicates=replicates)
    found += realistic(held, language)
    for name in _REPEATED:
        second = talks(cards, conditions[name], condition=name, seed=seed + 1, replicates=1)
        found += repeatable(held[name], second, language, name)
    for name in _REPEATED:
        found += diverse(held[name], language, name)
    return found + integrity(held, language)
