"""The command line."""

from hardseek.cli.app import main

__all__ = ["main"]
