"""From the schema that a study was made with to the one of today: `schema/N.sql` leads from version N-1 to N."""

from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Final

from hardseek.documents import packaged
from hardseek.errors import Refused
from hardseek.study.storage.connection import Connection
from hardseek.study.storage.copies import back_up

LATEST: Final = sum(each.name.endswith(".sql") for each in (files(__package__ or "") / "schema").iterdir())
"""The version of the schema that this hardseek works with: that of the last file."""


def migrate(connection: Connection, folder: Path) -> Path | None:
    """Bring a study's database to the latest version; a copy of what there was is put into `folder` before.

    Returns:
        The copy; None where nothing had to be done, or there was nothing yet.

    Raises:
        Refused: the database is newer than this hardseek.
    """
    had = connection.version
    if had > LATEST:
        raise Refused(
            f"{connection.where}: was made by a newer hardseek (version {had} of its schema, and this one knows "
            f"{LATEST}); use that one"
        )
    if had == LATEST:
        return None
    copy = None
    if had:
        moment = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
        copy = folder / f"study-version-{had}-{moment}.sqlite"
        back_up(connection, copy)
    with connection.transaction():
        for number in range(connection.version + 1, LATEST + 1):  # another process may have done it meanwhile
            connection.script(packaged("hardseek.study.storage", "schema", f"{number}.sql"))
            connection.version = number
    return copy
