"""`kill -9` at random moments, again and again: the finished run equals an unbroken one, byte for byte."""

import random
from pathlib import Path

import pytest

from cli.commands import exported, hardseek, killed
from servers import Answer, Asked, Server, echo

EXPERIMENT = """
name: killed
systems:
  - {{name: served, kind: chat, base_url: "{url}", model: m}}
  - {{name: session, kind: http, url: "{hook}", body: {{model: x, session: "{{session}}", messages: "{{messages}}"}},
      reply: "choices[0].message.content", remembers: true}}
  - balanced-helper
conditions: [average, worst]
languages: [en, zh]
cards: {{limit: 3}}
exchanges: 6
judges: []
concurrency: 6
"""


def slow(asked: Asked) -> Answer:
    """Depend on the messages alone, and take a moment."""
    return echo(asked).later(0.02)


@pytest.mark.parametrize("round_", range(2))
def test_a_killed_run_goes_on_to_the_same_end(tmp_path: Path, round_: int) -> None:
    moments = random.Random(round_)
    with Server(slow) as server:
        path = tmp_path / "killed.yaml"
        hook = f"{server.base_url}/chat/completions"
        path.write_text(EXPERIMENT.format(url=server.base_url, hook=hook), encoding="utf-8")
        for _ in range(5):
            killed("run", path, cwd=tmp_path, server=server, after=moments.uniform(0, 0.6))
        last = hardseek("run", path, cwd=tmp_path)
        assert last.returncode == 0, last.stderr
        unbroken = hardseek("run", path, "--out", "unbroken", cwd=tmp_path)
        assert unbroken.returncode == 0, unbroken.stderr
    assert exported(tmp_path / "runs" / "killed", tmp_path) == exported(tmp_path / "unbroken", tmp_path)
