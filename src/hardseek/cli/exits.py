"""Exit codes."""

from typing import Final

DONE: Final = 0
"""Everything asked for is done."""
FAILED: Final = 1
"""Done, but some dialogues failed."""
REFUSED: Final = 2
"""Nothing was begun: what was asked for is not possible as written."""
STOPPED: Final = 3
"""Stopped before the end, as by a full disk; what was finished is kept."""
INTERRUPTED: Final = 130
"""Stopped by Ctrl-C; what was finished is kept."""
