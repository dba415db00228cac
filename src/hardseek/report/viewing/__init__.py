"""Serving a folder of runs to a browser on the same machine, live while a run goes on."""

from hardseek.report.viewing.app import Taken, serve

__all__ = ["Taken", "serve"]
