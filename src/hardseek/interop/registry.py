"""The importers by name."""

from typing import Final

from hardseek.errors import Refused
from hardseek.interop.esc_eval import ESC_EVAL
from hardseek.interop.esconv import ESCONV
from hardseek.interop.importing import Importer
from hardseek.interop.messages import MESSAGES
from hardseek.interop.vera_mh import VERA_MH
from hardseek.interop.worst_case import WORST_CASE
from hardseek.mistakes import choices

IMPORTERS: Final[dict[str, Importer]] = {
    known.name: known for known in (WORST_CASE, ESC_EVAL, ESCONV, VERA_MH, MESSAGES)
}


def importer(name: str) -> Importer:
    """Return the importer of a format; raises Refused with the nearest name when there is none."""
    known = IMPORTERS.get(name)
    if known is None:
        raise Refused(f"{name}: no such format; {choices(name, IMPORTERS)}")
    return known
