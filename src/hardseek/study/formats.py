"""Tables as files: CSV that no spreadsheet runs, and JSON Lines."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import msgspec

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would take a text for that begins so."""


def as_csv(rows: Iterable[Mapping[str, Any]], fields: Sequence[str]) -> str:
    """Write rows as CSV. A text that a spreadsheet would run as a formula gets an apostrophe before it."""
    out = io.StringIO()
    writer = csv.DictWriter(out, fields, lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: _safe(row[name]) for name in fields})
    return out.getvalue()


def as_json_lines(rows: Iterable[Mapping[str, Any]]) -> str:
    """Write rows as JSON Lines, texts exactly as they were given."""
    return "".join(msgspec.json.encode(row).decode() + "\n" for row in rows)


def _safe(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
