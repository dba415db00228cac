"""Text from outside, made so that a reader sees all of it and nothing of it acts."""

import re

# Controls of C0 and C1 but tab and line feed, marks and overrides of direction, and the invisible format characters.
# Joiners (U+200C, U+200D) stay: scripts and emoji need them.
_INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
_SURROGATE = re.compile("[\ud800-\udfff]")


def visible(text: str) -> str:
    """Write invisible and direction-turning characters as their code points, such as ‹U+202E›."""
    if text.isprintable():  # nothing to be found: most texts, and told faster
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _SURROGATE.sub("\ufffd", _INVISIBLE.sub(lambda found: f"‹U+{ord(found.group()):04X}›", text))
