"""The store of a run: its database, by what is in it."""

from hardseek.runs.store.accounts import Totals
from hardseek.runs.store.database import FILE
from hardseek.runs.store.dialogues import Entry
from hardseek.runs.store.store import Store

__all__ = ["FILE", "Entry", "Store", "Totals"]
