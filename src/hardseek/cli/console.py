"""Where the command line prints: results to standard output, progress and mistakes to standard error."""

import sys
from typing import Final

from rich.console import Console

output: Final = Console(highlight=False)
errors: Final = Console(stderr=True, highlight=False, soft_wrap=not sys.stderr.isatty())
"""In a file or a log no line is broken: paths, commands and signatures stay whole."""
