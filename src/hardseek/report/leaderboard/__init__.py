"""A leaderboard over runs: a folder of static files that any web server can show."""

from hardseek.report.leaderboard.board import Board, Entry, Standing, board
from hardseek.report.leaderboard.folder import write_leaderboard

__all__ = ["Board", "Entry", "Standing", "board", "write_leaderboard"]
