"""Small files in the layouts of other projects, and the reference corpora where they are present."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from hardseek.interop import Imported, Skipped, importer

Items = list[Imported | Skipped]
Line = dict[str, Any]


def corpus(*parts: str) -> Path:
    path = Path(__file__).parents[3].joinpath("shared", "data", *parts)
    if not path.exists():
        pytest.skip(f"the reference corpora are not here: {path}")
    return path


def read(form: str, path: Path, *, condition: str | None = None, system: str | None = None) -> Items:
    return list(importer(form).read(path, condition=condition, system=system))


def imported(items: Items) -> list[Imported]:
    return [item for item in items if isinstance(item, Imported)]


def skipped(items: Items) -> list[Skipped]:
    return [item for item in items if isinstance(item, Skipped)]


def write_lines(path: Path, lines: Iterable[Line]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    return path


def write_json(path: Path, value: object, *, encoding: str = "utf-8") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1), encoding=encoding)
    return path
