"""Where the command line prints: results to standard output, progress and mistakes to standard error."""

from typing import Final

from rich.console import Console

output: Final = Console(highlight=False)
errors: Final = Console(stderr=True, highlight=False)
