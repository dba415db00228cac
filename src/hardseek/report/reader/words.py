"""The words of the reader, in both languages."""

from typing import Final, get_args

from hardseek.report.words import Bilingual, Words, say
from hardseek.seekers import Act, Appraisal

told: Final = Words("hardseek.report.reader")
"""What the page says."""
SCRIPT: Final = Words("hardseek.report.reader", "script.yaml")
"""What its script says."""
_SHARED: Final = (
    "seeker", "supporter", "score", "exchanges", "card", "replicate", "move", "appraisal", "emotion", "reworded",
    "nothing_taken", "show_all", "show_less", "link_turn", "failed_because", "distress_course",
    *(f"why_{why}" for why in ("worst", "lowest", "typical", "failed", "some")),
    *(f"ending_{ending}" for ending in ("resolved", "withdrew", "limit", "failed", "unknown")),
    *(f"state_{part}" for part in ("distress", "trust", "openness", "engagement", "strain")),
    *(f"act_{act}" for act in get_args(Act)),
    *(f"appraisal_{name}" for name in Appraisal.__struct_fields__),
)  # fmt: skip
"""What the report has words for elsewhere too."""
_OPEN: Final = {name: f"{{{name}}}" for name in ("n", "kind", "first", "last")}
"""Values that the script puts in, left open here."""


def script_words() -> dict[str, Bilingual]:
    """Return all that the script may have to say; it fills the braces in."""
    return {key: say(key, **_OPEN) for key in _SHARED} | dict(SCRIPT.strings)
