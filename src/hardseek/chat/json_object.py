"""The one JSON object in what a model says: fenced, within prose, or alone; never one that has to be guessed."""

import json
import math
from typing import Any, Final

_READ: Final = 100_000
"""Characters that are looked at."""


class NotOneObject(Exception):
    """There is no object, or more than one, or it is broken."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why
        """A key of the wordings in structured.yaml."""


def one_object(text: str) -> dict[str, Any]:
    """Return the object; the same one said twice counts once.

    An object inside something that opens and never closes, or inside what is no JSON, is not taken for the whole.

    Raises:
        NotOneObject: with the reason.
    """
    text = text[:_READ]
    found: list[dict[str, Any]] = []
    place = depth = 0
    broken = False
    while (place := _next_brace(text, place)) < len(text):
        if text[place] == "}":
            depth = max(0, depth - 1)
            place += 1
            continue
        try:
            value, end = _DECODER.raw_decode(text, place)
        except RecursionError:
            raise NotOneObject("broken") from None
        except ValueError:
            broken = True
            depth += 1
            place += 1
            continue
        if depth:
            raise NotOneObject("broken")
        found.append(value)
        place = end
    if found and any(value != found[0] for value in found):
        raise NotOneObject("several")
    if depth:
        raise NotOneObject("broken")
    if not found:
        raise NotOneObject("broken" if broken else "none")
    return found[0]


def _next_brace(text: str, start: int) -> int:
    places = [place for brace in "{}" if (place := text.find(brace, start)) >= 0]
    return min(places, default=len(text))


def _real(text: str) -> float | int:
    """Read a number with a point or an exponent; 3.0 is the whole number 3."""
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(text)
    return int(value) if value.is_integer() else value


def _refuse(text: str) -> Any:
    raise ValueError(text)  # NaN and infinities are not JSON


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(dict(pairs)) < len(pairs):
        raise ValueError("a key is given twice")
    return dict(pairs)


# Not strict about line breaks within strings: models write them, and nothing has to be guessed about them.
_DECODER: Final = json.JSONDecoder(
    strict=False, parse_float=_real, parse_constant=_refuse, object_pairs_hook=_without_repeats
)
