"""Dialogues of other projects come in, and ours go out, in formats that others read."""

from hardseek.interop.importing import Imported, Importer, Skipped
from hardseek.interop.people import PEOPLE
from hardseek.interop.record import record, write_jsonl, write_parquet
from hardseek.interop.registry import IMPORTERS, importer
from hardseek.interop.replacing import replacing

__all__ = [
    "IMPORTERS",
    "PEOPLE",
    "Imported",
    "Importer",
    "Skipped",
    "importer",
    "record",
    "replacing",
    "write_jsonl",
    "write_parquet",
]
