"""Corpora made up for the tests: the shape of the real ones, and nobody's words."""

import json
from pathlib import Path
from typing import Any

import pytest

SEEKER = ("hello", "i lost my job", "yes it is hard", "maybe", "i will try", "thanks a lot")


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    """A folder with eight dialogues of ESConv, two of FailedESConv and one of the published simulator."""
    folder = tmp_path / "corpora"
    for name in ("esconv", "worst_case/average", "worst_case/worst"):
        (folder / name).mkdir(parents=True)
    ordinary = [{"dialog": _lines("usr", "sys", "text", n)} for n in range(8)]
    _write(folder / "esconv" / "train.jsonl", ordinary[:6])
    _write(folder / "esconv" / "valid.jsonl", ordinary[6:])
    failed = [{"index": n, "dialog": _lines("speaker", "listener", "content", n, feedback=n)} for n in (2, 3)]
    _write(folder / "esconv" / "failed.jsonl", failed)
    talk: Any = [{"speaker": "seeker", "text": "最近总睡不着"}, {"speaker": "supporter", "text": "怎么了？"}]
    for condition in ("average", "worst"):
        record = {"system": "psychat", "condition": condition, "profile": 1, "dialogue": talk, "turn": 1}
        _write(folder / "worst_case" / condition / "psychat.jsonl", [record])
    return folder


def _lines(seeker: str, supporter: str, key: str, number: int, feedback: int | None = None) -> list[Any]:
    found: list[Any] = []
    for said in SEEKER:
        rated = {} if feedback is None else {"feedback": str(feedback)}
        found.append({"speaker": seeker, key: f"{said} {number}", "annotation": {}})
        found.append({"speaker": supporter, key: f"tell me more {number}", "annotation": rated})
    return found


def _write(path: Path, records: list[Any]) -> None:
    path.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), encoding="utf-8")
