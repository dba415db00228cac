"""Why something has no score, worded in both languages where the reason is one of our own judges'."""

import re
from functools import cache, lru_cache
from typing import Final

from hardseek.report.safe import visible
from hardseek.report.titles import fault_title
from hardseek.report.words import PRIMARY, Bilingual, Words, say

REASONS: Final = Words("hardseek.report", "reasons.yaml")
_HOLE: Final = re.compile(r"\\\{(\w+)\\\}")
"""A value's place in a text whose signs are all escaped."""


@lru_cache(maxsize=1_000)
def reason_title(reason: str) -> Bilingual | str:
    """Word a reason; one that is not known, such as of somebody else's judge, stays as it is."""
    for key, form in _forms().items():
        if found := form.fullmatch(reason):
            return REASONS(key, **{name: visible(value) for name, value in found.groupdict().items()})
    kind, colon, detail = reason.partition(": ")
    if colon and f"fault_{kind}" in say.strings:  # the server's own words follow
        return {of: f"{title}: {visible(detail)}" for of, title in fault_title(kind).items()}
    return visible(reason)


@cache
def _forms() -> dict[str, re.Pattern[str]]:
    """Return what each reason looks like in English, the language that judges give it in."""
    return {
        key: re.compile(_HOLE.sub(r"(?P<\1>.+)", re.escape(text[PRIMARY].replace("\u00a0", " "))), re.DOTALL)
        for key, text in REASONS.strings.items()
    }
