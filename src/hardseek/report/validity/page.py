"""The page of a validation: one HTML file that asks nothing of any network."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from hardseek.language import Language
from hardseek.report.html import render_page, write_page
from hardseek.report.numbers import NOTHING, number
from hardseek.report.safe import visible
from hardseek.report.titles import language_title
from hardseek.report.validity.charts import HEIGHT, WIDTH, dots, effects, panel, spreads
from hardseek.report.validity.words import FEATURES, of_title, property_title, told
from hardseek.report.words import Bilingual
from hardseek.validity import FAMILIES, Pictures, Property, Validity
from hardseek.validity.markers import MARKERS

_LENGTH: Final = "length"


def write_validity(path: Path, validity: Validity, pictures: Sequence[Pictures], *, language: Language = "en") -> None:
    """Write the page; a file that is there is replaced once the new one is complete.

    Args:
        path: where to.
        validity: the figures.
        pictures: what the pictures are drawn from, one a language of the seekers.
        language: what the page opens in; it can be switched.
    """
    write_page(path, render_validity(validity, pictures, language=language))


def render_validity(validity: Validity, pictures: Sequence[Pictures], *, language: Language = "en") -> str:
    """Return the page as HTML; see `write_validity`."""
    parts = [part.partition(":")[::2] for part in validity.signature.split("|")]
    told_apart = [made for made in validity.properties if made.details and made.name.startswith("told-apart/")]
    content = {
        "opens_in": language,
        "made": _made(dict(parts)),
        "parts": [(visible(name), visible(value)) for name, value in parts],
        "families": _families(validity.properties),
        "missed": [_row(made) for made in validity.properties if made.holds is False],
        "languages": [_language(found, validity.properties) for found in pictures],
        "markers": [told(f"marker_{marker}") for marker in MARKERS],
        "telling": [_row(made) | {"weights": _weights(made)} for made in told_apart],
        "rows": [_row(made) for made in validity.properties],
        "panel": (WIDTH, HEIGHT),
    }
    styles = ("page.css", "validity.css")
    return render_page("validity.html.j2", content, told=told, styles=styles, scripts=("validity.js",))


def _made(parts: dict[str, str]) -> Bilingual:
    cards = parts.get("cards", "").partition("@")[0]
    return told("made", seeker=visible(parts.get("seeker", "")), cards=cards, languages=parts.get("languages", ""))


def _families(properties: Sequence[Property]) -> list[dict[str, Any]]:
    """Count the aims reached by family and language; families that have none are left out."""
    found = []
    languages = list(dict.fromkeys(made.language for made in properties))
    for family in FAMILIES:
        aimed = [made for made in properties if made.name.startswith(f"{family}/") and made.holds is not None]
        counts = [[made.holds for made in aimed if made.language == language] for language in languages]
        if aimed:
            cells = [(sum(map(bool, some)), len(some)) for some in counts]
            found.append({"title": told(f"family_{family}"), "cells": cells})
    return found


def _language(found: Pictures, properties: Sequence[Property]) -> dict[str, Any]:
    """Lay out the pictures of one language of the seekers."""
    mine = [made for made in properties if made.language == found.language]
    people = [made for made in mine if made.name.startswith("realistic/")]
    aucs = {made.condition: made for made in mine if made.name == "responsive/auc"}
    held = [made for made in mine if made.holds is not None]
    return {
        "title": language_title(found.language),
        "reached": told("reached", reached=str(sum(map(bool, (made.holds for made in held)))), all=str(len(held))),
        "panels": [drawn for curve in found.curves if (drawn := panel(curve)) is not None],
        "effects": effects(found.curves),
        "spreads": spreads(found.spreads, aucs),
        "shares": dots([made for made in people if _LENGTH not in made.name], start=0.0, shares=True),
        "lengths": dots([made for made in people if _LENGTH in made.name], start=0.0),
        "told_apart": dots([made for made in mine if made.name.startswith("told-apart/")], even=0.5),
    }


def _row(made: Property) -> dict[str, Any]:
    ends = f"[{number(made.interval[0])}, {number(made.interval[1])}]" if made.interval is not None else ""
    return {
        "family": told(f"family_{made.name.partition('/')[0]}"),
        "title": property_title(made.name),
        "name": made.name,
        "language": language_title(made.language),
        "of": of_title(made.condition),
        "value": number(made.value),
        "interval": ends,
        "aim": _aim(made.aim),
        "holds": made.holds,
        "published": number(made.published, 3) if made.published is not None else NOTHING,
        "note": made.note or "",
    }


def _aim(aim: str | None) -> Bilingual:
    if aim is None:
        return {"en": "", "zh": ""}
    return {"en": aim, "zh": aim.replace("at least ", "≥ ").replace("at most ", "≤ ").replace(" to ", " 到 ")}


def _weights(made: Property) -> list[tuple[Bilingual, str]]:
    signed = {name: f"+{number(weight)}" if weight > 0 else number(weight) for name, weight in made.details.items()}
    return [(FEATURES.named(name), weight) for name, weight in signed.items()]
