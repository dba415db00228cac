"""The reader of dialogues: every dialogue of a run, compressed in the page or beside it, unpacked as it is read."""

from hardseek.report.reader.reader import SCRIPTS, Reader, make_reader
from hardseek.report.reader.shelf import ROOM, Shelf

__all__ = ["ROOM", "SCRIPTS", "Reader", "Shelf", "make_reader"]
