"""Editing a card in the reviewer's own editor, until it is a card or the reviewer gives it up."""

import os
import shlex
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

import yaml

from hardseek.cards import RoleCard
from hardseek.cards.checking import check_cards
from hardseek.cli.console import errors
from hardseek.documents import load
from hardseek.errors import Refused

_WIDTH: Final = 100


def edited(card: RoleCard, again: Callable[[], bool]) -> RoleCard | None:
    """Open a card as YAML in $VISUAL or $EDITOR (vi if neither is set), and read what it was made.

    Args:
        card: what there is to begin with.
        again: asks, after mistakes were named, whether to open it again as it was left.

    Returns:
        The edited card; None where nothing was changed or the reviewer gave up.

    Raises:
        Refused: the editor cannot be started.
    """
    with tempfile.TemporaryDirectory(prefix="hardseek-") as folder:
        file = Path(folder) / f"{card.id}.yaml"
        file.write_text(_as_yaml(card), encoding="utf-8")
        while True:
            _open(file)
            try:
                found = _read(file, card)
            except Refused as mistakes:
                errors.print(str(mistakes), markup=False, soft_wrap=True)
                if not again():
                    return None
                continue
            return None if found == card else found


def _read(file: Path, before: RoleCard) -> RoleCard:
    """Read the edited card; raises Refused when it is none, is another one, or does not pass the checks."""
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(f"{file.name}: cannot be read: {error}") from None
    card = load(text, RoleCard, source=file.name)
    if card.id != before.id:
        raise Refused(f"{file.name}: id: found {card.id!r}; it stays {before.id!r}, as its source is found by it")
    wrong = [finding for finding in check_cards([card], strict=False) if finding.level == "error"]
    if wrong:
        raise Refused("\n".join(f"{file.name}: {each.field}: {each.what}; {each.remedy}" for each in wrong))
    return card


def _open(file: Path) -> None:
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    try:
        done = subprocess.run([*shlex.split(editor), str(file)], check=False)  # noqa: S603  (the reviewer's own editor)
    except (OSError, ValueError) as error:
        raise Refused(f"$EDITOR: {editor!r} cannot be started: {error}; set EDITOR to an editor that is here") from None
    if done.returncode:
        errors.print(f"{editor} ended with {done.returncode}", markup=False)


def _as_yaml(card: RoleCard) -> str:
    data = card.model_dump(mode="json")
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=_WIDTH)
