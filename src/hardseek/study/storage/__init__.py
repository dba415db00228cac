"""Where a study is kept: SQLite or PostgreSQL, migrations of its schema, copies of it."""

from hardseek.study.storage.addresses import URL_ENV, connect, is_here
from hardseek.study.storage.connection import Connection, Rows, StorageError
from hardseek.study.storage.copies import back_up, restore
from hardseek.study.storage.migrations import LATEST, migrate
from hardseek.study.storage.sqlite import FILE

__all__ = [
    "FILE",
    "LATEST",
    "URL_ENV",
    "Connection",
    "Rows",
    "StorageError",
    "back_up",
    "connect",
    "is_here",
    "migrate",
    "restore",
]
