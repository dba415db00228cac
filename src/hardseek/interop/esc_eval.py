"""The dialogues that ESC-Eval (arXiv 2406.14952) writes: result/DATE/SYSTEM_LANGUAGE.json."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final, get_args

import msgspec

from hardseek.dialogues import Turn
from hardseek.errors import Refused
from hardseek.interop.importing import Found, Importer
from hardseek.interop.reading import identifier, natural, placed, whole
from hardseek.language import Language

_NAME: Final = re.compile(r"^(?P<system>.+)_(?P<language>en|zh)$")
_MESSAGE: Final = re.compile(r"^\s*(?P<speaker>AI assistant|ESC-Role)\s*[:：](?P<text>.*)$", re.IGNORECASE | re.DOTALL)


class _Card(msgspec.Struct, frozen=True):
    id: int | str


def _find(path: Path) -> Iterator[Found]:
    files = [path] if path.is_file() else _files(path)
    if not files:
        raise Refused(f"{path}: no ESC-Eval dialogues here; expected result/DATE/SYSTEM_en.json or SYSTEM_zh.json")
    for file in files:
        yield from _file(file)


def _files(folder: Path) -> list[Path]:
    """List the files of a dated folder, of `result`, or of the project; its `score` and `data` look the same."""
    result = folder / "result" if (folder / "result").is_dir() else folder
    dated = natural(result.glob("*.json"))
    return dated or [
        file for date in natural(result.iterdir()) if date.is_dir() for file in natural(date.glob("*.json"))
    ]


def _file(path: Path) -> Iterator[Found]:
    name = _NAME.match(path.stem)
    if name is None:
        raise Refused(f"{path}: the name tells no system and language; expected SYSTEM_en.json or SYSTEM_zh.json")
    language = next(known for known in get_args(Language) if known == name["language"])
    dialogues = whole(path, dict[str, list[str]])
    cards = _cards(path, language, len(dialogues))
    for place, (key, messages) in enumerate(dialogues.items()):
        where = f"{path}, dialogue {key}"
        yield Found(
            where=where,
            system=name["system"],
            condition="esc-eval",
            card=f"esc-eval-{language}-{cards[place] if cards else identifier(key)}",
            language=language,
            turns=[_turn(message, f"{where}, message {number}") for number, message in enumerate(messages, start=1)],
        )


def _cards(path: Path, language: Language, dialogues: int) -> list[str]:
    """Return the ids of the cards that were played, in order; empty where their file is not beside `result`."""
    file = placed(path).parent.parent.parent / "data" / f"test_{language}.json"
    if not file.is_file():
        return []
    cards = whole(file, list[_Card])
    # A file of another length is not the one that this result was made with.
    return [identifier(str(card.id)) for card in cards] if len(cards) == dialogues else []


def _turn(message: str, where: str) -> Turn:
    match = _MESSAGE.match(message)
    if match is None:
        raise Refused(f"{where}: begins with {message[:20]!r}; expected `AI assistant：` or `ESC-Role：`")
    return Turn("seeker" if match["speaker"].lower() == "esc-role" else "supporter", match["text"])


ESC_EVAL: Final = Importer(
    "esc-eval", "dialogues that ESC-Eval wrote: result/DATE/SYSTEM_en.json, SYSTEM_zh.json", _find
)
