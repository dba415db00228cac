"""The words of the reader, in both languages."""

from functools import cache
from typing import Final, get_args

from hardseek.documents import Document, load, packaged
from hardseek.report.words import Bilingual, say
from hardseek.seekers import Act, Appraisal

_SHARED: Final = (
    "seeker", "supporter", "score", "exchanges", "card", "replicate", "move", "appraisal", "emotion", "reworded",
    "nothing_taken", "show_all", "show_less", "link_turn", "failed_because", "distress_course",
    *(f"why_{why}" for why in ("worst", "typical", "failed", "some")),
    *(f"ending_{ending}" for ending in ("resolved", "withdrew", "limit", "failed", "unknown")),
    *(f"state_{part}" for part in ("distress", "trust", "openness", "engagement", "strain")),
    *(f"act_{act}" for act in get_args(Act)),
    *(f"appraisal_{name}" for name in Appraisal.__struct_fields__),
)  # fmt: skip
"""What the report has words for elsewhere too."""
_OPEN: Final = {name: f"{{{name}}}" for name in ("n", "kind", "first", "last")}
"""Values that the script puts in, left open here."""


class _Words(Document):
    id: str
    version: int
    page: dict[str, Bilingual]
    """What the page says."""
    script: dict[str, Bilingual]
    """What the script says; it fills the braces in."""


@cache
def _words() -> _Words:
    return load(packaged("hardseek.report.reader", "text.yaml"), _Words, source="text.yaml")


def told(key: str, **values: str) -> Bilingual:
    """Word something of the page in both languages."""
    return {language: text.format(**values) for language, text in _words().page[key].items()}


def script_words() -> dict[str, Bilingual]:
    """Return all that the script may have to say."""
    return {key: say(key, **_OPEN) for key in _SHARED} | _words().script
