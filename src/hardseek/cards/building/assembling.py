"""A card from what was verified; or why there is none."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple

from hardseek.cards.building.extraction import LISTS, PERSON, SINGLE
from hardseek.cards.building.source import Source
from hardseek.cards.building.verifying import Field
from hardseek.cards.card import Fact, Risk, RoleCard
from hardseek.cards.checking import check_cards
from hardseek.cards.formats.values import age
from hardseek.cards.grade import SOME_FACTS
from hardseek.cards.telling import risk_in

FailReason = Literal["no problem told", "problem not verified", "too few facts", "check"]
"""Why what a model extracted makes no card; `check`: it does not pass the checks that every card has to pass."""
FEWEST_FACTS: Final = SOME_FACTS
"""Verified facts of a card: three, as many as the grade middle takes."""
INFERRED: Final = ("depth", "feeling", "risk")
"""What no quote can verify: the model's judgement of a fact's depth and feeling, and risk by rule."""


class Failed(NamedTuple):
    """Why there is no card."""

    reason: FailReason
    detail: str


def assembled(source: Source, fields: Sequence[Field], *, by: str) -> RoleCard | Failed:
    """Make a card, without category and grade, of the entries that stand.

    Args:
        source: what they were extracted from; its id becomes the card's.
        fields: what was extracted, judged.
        by: what extracted them, to be named in the card's source.
    """
    problem = next((field for field in fields if field.of == "problem"), None)
    if problem is None:
        return Failed("no problem told", "the model finds no problem of the seeker's own")
    if problem.rejected is not None:
        return Failed("problem not verified", f"{problem.rejected}: {problem.value}")
    stand = [field for field in fields if field.rejected is None]
    facts = tuple(_facts(stand, source))
    if len(facts) < FEWEST_FACTS:
        given = sum(field.of == "facts" for field in fields)
        return Failed("too few facts", f"{len(facts)} of {given} verified; a card needs {FEWEST_FACTS}")
    single: dict[str, Any] = {field.of: field.value for field in stand if field.of in SINGLE}
    single["age"] = age(single.get("age"))
    several = {name: tuple(field.value for field in stand if field.of == name) for name in LISTS}
    card = RoleCard(
        id=source.id,
        language=source.language,
        summary=problem.value,
        facts=facts,
        risk=_risk([field.value for field in stand if field.of not in PERSON], source),
        source=f"{_place(source)}; extracted by {by}",
        inferred=INFERRED,
        **single,
        **several,
    )
    wrong = [finding for finding in check_cards([card], strict=False) if finding.level == "error"]
    return Failed("check", "; ".join(f"{each.field}: {each.what}" for each in wrong)) if wrong else card


def _facts(stand: Sequence[Field], source: Source) -> Iterator[Fact]:
    """Yield the facts; what touches self-harm is core, whatever the model says."""
    told = [field for field in stand if field.of == "facts"]
    for place, field in enumerate(told, start=1):
        risk = risk_in(field.value, source.language) != "none"
        depth = "core" if risk or field.depth is None else field.depth
        yield Fact(id=f"f{place}", depth=depth, text=field.value, feeling=field.feeling)


def _risk(texts: Sequence[str], source: Source) -> Risk:
    """Tell by rule what of self-harm the card touches: the worst of its texts."""
    touched = {risk_in(text, source.language) for text in texts}
    worst: tuple[Risk, ...] = ("past-self-harm", "passive-thoughts")
    return next((risk for risk in worst if risk in touched), "none")


def _place(source: Source) -> str:
    """Name where a source stands without the folders of whoever built the card."""
    return Path(source.where).name
