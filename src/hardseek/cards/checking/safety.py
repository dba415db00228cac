"""Teenagers are marked by their age and carry no risk; risk is marked, an adult's, and without detail of means."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from hardseek.cards.card import RoleCard
from hardseek.cards.checking.finding import Finding, severity, shortened, texts
from hardseek.cards.stage import stage_of
from hardseek.cards.telling import risk_in
from hardseek.documents import Document, load, packaged
from hardseek.language import LANGUAGES, Language

_OWN: Final = ("facts", "beliefs", "tried", "wants", "summary")
"""Fields that tell what the person has done or thought."""


class Safety(Document):
    """Regular expressions for each language; see data/safety.yaml."""

    id: str
    version: int
    means: dict[Language, tuple[str, ...]]
    means_beside_risk: dict[Language, tuple[str, ...]]
    at_school: dict[Language, tuple[str, ...]]


def teenagers(cards: Sequence[RoleCard], *, strict: bool) -> Iterator[Finding]:
    """Find people at school whose age does not say that they are under age, and risk with a teenager."""
    for card in cards:
        stage = stage_of(card)
        work = f"{card.occupation or ''} {card.education or ''}"
        if stage is None and _any("at_school", card.language, work):
            yield Finding(
                card.id, "age", f"not known, and goes to school: {shortened(work.strip())}", severity(strict=strict),
                "give the age in years, so that teenagers can be left out",
            )  # fmt: skip
        if stage == "teenager" and card.risk != "none":
            yield Finding(
                card.id, "risk", f"{card.risk} with somebody of {card.age}", "error",
                "cards of risk are of adults: make the person older, or leave the card out",
            )  # fmt: skip
        if strict and stage is None:
            yield Finding(card.id, "age", "not known to be an adult's or a teenager's", "error", "give years")


def risks(cards: Sequence[RoleCard], *, strict: bool) -> Iterator[Finding]:
    """Find means of self-harm, self-harm that is not marked, and risk that no text bears out or that is not core."""
    for card in cards:
        own = [(field, text) for field, text in texts(card) if field.partition(".")[0] in _OWN]
        touched = [(field, text) for field, text in own if risk_in(text, card.language) != "none"]
        for field, text in own:
            groups = ("means", "means_beside_risk") if (field, text) in touched else ("means",)
            if any(_any(group, card.language, text) for group in groups):
                yield Finding(card.id, field, "names a means of self-harm", "error", "say that it happened, never how")
        if touched and card.risk == "none":
            field, text = touched[0]
            yield Finding(
                card.id, "risk", f"none, and {field} touches self-harm: {shortened(text)}", severity(strict=strict),
                "set risk to what it touches, or word it otherwise",
            )  # fmt: skip
        if strict and card.risk != "none" and not touched:
            yield Finding(card.id, "risk", f"{card.risk}, and no text touches it", "error", "tell it in a core fact")
        early = [fact for fact in card.facts if fact.depth != "core" and risk_in(fact.text, card.language) != "none"]
        if card.risk != "none" and early:
            what = f"{', '.join(fact.id for fact in early)}: of risk and not core"
            yield Finding(card.id, "facts", what, severity(strict=strict), "make it core")


def _any(group: str, language: Language, text: str) -> bool:
    return any(pattern.search(text) for pattern in _patterns()[group, language])


@cache
def _patterns() -> dict[tuple[str, Language], list[re.Pattern[str]]]:
    known = load(packaged("hardseek.cards.checking", "data", "safety.yaml"), Safety, source="checking/data/safety.yaml")
    groups = {"means": known.means, "means_beside_risk": known.means_beside_risk, "at_school": known.at_school}
    return {
        (group, language): [re.compile(pattern, re.IGNORECASE) for pattern in by_language[language]]
        for group, by_language in groups.items()
        for language in LANGUAGES
    }
