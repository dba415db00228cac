"""Where the reader's data lies: compressed in the page while there is room, and beyond that in files beside it."""

import zlib
from base64 import b64encode
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Final
from urllib.parse import quote

from hardseek.errors import HardseekError

ROOM: Final = 24_000_000
"""Characters of compressed dialogues that a page carries at most: a file that can still be sent by mail and that a
browser opens in a moment. What is more lies beside the page."""
SUFFIX: Final = ".data"
_LEVEL: Final = 6


class Shelf:
    """Takes pieces of data, each under a name, and finds a place for them."""

    def __init__(self, page: Path | None = None, room: int = ROOM) -> None:
        """Lay pieces in a page, and those it has no room for beside it.

        Args:
            page: where the page will be; with None there is no beside, and everything goes into the page.
            room: characters that may go into the page.
        """
        self.inside: list[tuple[str, str]] = []
        """Name and content (zlib, base64) of the pieces that the page carries."""
        self.beside: dict[str, str] = {}
        """Address, as seen from the page, of the pieces that it does not."""
        self._folder = page.with_name(page.stem + SUFFIX) if page is not None else None
        self._left = room

    @property
    def folder(self) -> str:
        """The name of the folder beside the page; empty where there is no beside."""
        return self._folder.name if self._folder is not None else ""

    def put(self, name: str, data: bytes, *, inside: bool = False) -> None:
        """Keep a piece; `inside` says that the page cannot do without it.

        Raises:
            HardseekError: it had to go beside the page, and cannot be written there.
        """
        packed = b64encode(zlib.compress(data, _LEVEL)).decode()
        if inside or self._folder is None or len(packed) <= self._left:
            self._left -= len(packed)
            self.inside.append((name, packed))
            return
        # What has gone beside the page is read from there as a script: a page opened from a disk may load nothing else.
        # The file is named by its content, so that a page that is open while it is made anew still finds its own.
        file = f"{name}-{blake2b(packed.encode(), digest_size=6).hexdigest()}.js"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            (self._folder / file).write_text(f'hardseekPiece("{name}","{packed}")', encoding="ascii")
        except OSError as error:
            raise HardseekError(f"{self._folder / file}: cannot be written: {error.strerror or error}") from None
        self.beside[name] = f"{quote(self._folder.name)}/{file}"

    def tidy(self) -> None:
        """Drop what an earlier page had beside it, once the new one stands."""
        if self._folder is None or not self._folder.is_dir():
            return
        mine = {address.rpartition("/")[2] for address in self.beside.values()}
        for file in self._folder.glob("*-????????????.js"):
            if file.name not in mine:
                file.unlink(missing_ok=True)
        with suppress(OSError):  # it holds pieces, or files of somebody else
            self._folder.rmdir()
