"""The whole circle with real parts: train, serve, measure, prefer, train again, measure again, prove.

The task is a toy with a right answer (understand before advising), learnt by a model of some ten thousand weights that
was never trained before. It shows that the circle turns, and says nothing of people.
"""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from hardseek.cards import packaged_cards, select_cards
from training.fitting import tiny

pytestmark = pytest.mark.usefixtures("libraries")
UNDERSTANDING: Final = (
    "It sounds like you are worn out by this, and that makes sense.",
    "You sound hurt. Anyone would be, after that.",
    "That sounds heavy, and it makes sense that you feel alone with it.",
)
ADVICE: Final = ("You should sleep more.", "You should talk to your boss.", "You need to go out and exercise.")


def test_preferences_move_what_is_measured_on_cards_that_are_held_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("fastapi", "openai", "uvicorn"):
        pytest.importorskip(name, reason="transformers serve needs transformers[serving]")
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    base = tmp_path / "base"
    cards = [card.id for card in packaged_cards() if card.language == "en"]
    measured = [card.id for card in select_cards(packaged_cards(), ("en",), limit=8)]
    learnt = [card for card in cards if card not in measured][:20]
    rows = _talks(tmp_path, learnt)
    texts = [said["content"] for row in rows for said in row["messages"]]
    size = len(tiny.save_tokenizer(base, texts=texts, size=700))
    tiny.save_model(base, width=64, size=size, length=1024)
    both = tiny.dataset(tmp_path / "both", rows)
    _train(tiny.recipe(tmp_path, base, both, "before", weights="full", learning_rate=0.01, batch=8, at_once=8,
                       epochs=12, tokens=400))  # fmt: skip
    pairs = tiny.dataset(tmp_path / "pairs", [_pair(row) for row in rows], kind="supporter-preference")
    _train(tiny.recipe(tmp_path, tmp_path / "before" / "model", pairs, "after", weights="full", learning_rate=5e-4,
                       batch=8, at_once=8, epochs=3, tokens=400))  # fmt: skip
    with _served(tmp_path) as url:
        systems = [_chat(name, url, tmp_path) for name in ("before", "after")]
        _hardseek("run", _experiment(tmp_path, "measured", systems, measured), "--out", tmp_path / "run", cwd=tmp_path)
    proved = json.loads(
        _hardseek("train", "prove", f"untrained={tmp_path / 'run'}:before", f"preferred={tmp_path / 'run'}:after",
                  "--data", tmp_path / "after", "--data", both, "--dimension", "early_advice", "--json", cwd=tmp_path)
    )  # fmt: skip
    changes = {each["condition"]: each for each in proved["changes"] if each["of"] == "score" and not each["concern"]}
    assert proved["trained_on"] == []
    for condition in ("average", "worst"):
        assert changes[condition]["high"] < 0
        assert changes[condition]["verdict"] == "better"


def _talks(folder: Path, cards: list[str]) -> list[dict[str, Any]]:
    """Hold dialogues and put in their replies a supporter who understands one time in four, and advises else."""
    path = _experiment(folder, "learnt", ["early-adviser"], cards)
    _hardseek("run", path, "--out", folder / "learnt", cwd=folder)
    _hardseek("export", folder / "learnt", "--out", folder / "learnt.jsonl", cwd=folder)
    rows: list[dict[str, Any]] = []
    for line in (folder / "learnt.jsonl").read_text(encoding="utf-8").splitlines():
        held, messages = json.loads(line), []
        for place, said in enumerate(each for each in held["messages"] if each["role"] == "user"):
            kind = UNDERSTANDING if (7 * len(rows) + 5 * place) % 4 == 0 else ADVICE
            messages.append({"role": "user", "content": said["content"]})
            messages.append({"role": "assistant", "content": kind[(len(rows) + place) % 3]})
        rows.append({"messages": messages, "card": held["card"], "language": "en"})
    return rows


def _pair(row: dict[str, Any]) -> dict[str, Any]:
    place = len(row["messages"])
    chosen, rejected = ([{"role": "assistant", "content": kind[place % 3]}] for kind in (UNDERSTANDING, ADVICE))
    return {"prompt": row["messages"][:-1], "chosen": chosen, "rejected": rejected, "card": row["card"]}


def _chat(name: str, url: str, folder: Path) -> dict[str, Any]:
    return {"name": name, "kind": "chat", "base_url": url, "model": str(folder / name / "model"), "timeout": 60,
            "concurrency": 2, "sampling": {"temperature": 1.0, "max_tokens": 30}}  # fmt: skip


def _experiment(folder: Path, name: str, systems: Sequence[object], cards: list[str]) -> Path:
    body = {"name": name, "systems": systems, "conditions": ["average", "worst"], "languages": ["en"],
            "cards": {"ids": cards}, "exchanges": 3, "concurrency": 2}  # fmt: skip
    path = folder / f"{name}.yaml"
    path.write_text(yaml.safe_dump(body), encoding="utf-8")
    return path


def _train(recipe: Path) -> None:
    _hardseek("train", "supporter", recipe, cwd=recipe.parent)


def _hardseek(*words: object, cwd: Path) -> str:
    done = subprocess.run([sys.executable, "-m", "hardseek", *map(str, words)], cwd=cwd, capture_output=True, text=True,
                          timeout=240, check=False)  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    """Serve models by the folders that they are in, as its users do."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = ["-m", "transformers.cli.transformers", "serve", "--port", str(port), "--device", "cpu"]
    with (folder / "serve.log").open("w") as log:
        process = subprocess.Popen([sys.executable, *words], env={**os.environ, "HF_HUB_OFFLINE": "1"}, stdout=log,
                                   stderr=log)  # fmt: skip
        try:
            until = time.monotonic() + 120
            while not _answers(f"http://127.0.0.1:{port}/health"):
                assert process.poll() is None and time.monotonic() < until, (folder / "serve.log").read_text()
                time.sleep(0.2)
            yield f"http://127.0.0.1:{port}/v1"
        finally:
            process.kill()
            process.wait()


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False
