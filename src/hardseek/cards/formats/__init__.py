"""The formats in which cards come: hardseek's own, and those of published projects."""

from hardseek.cards.formats.reader import FORMATS, Format, format_named, format_of

__all__ = ["FORMATS", "Format", "format_named", "format_of"]
