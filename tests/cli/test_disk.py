"""A full disk: what was said before is kept, the message says what to do, and the same command goes on."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.commands import exported, hardseek

EXPERIMENT = """
name: full
systems: [balanced-helper]
conditions: [average, worst]
cards: {limit: 12}
replicates: 8
judges: []
"""


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Mount a disk of 1 MiB; skip where that is not allowed."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)]
    if subprocess.run(command, check=False, capture_output=True).returncode != 0:
        pytest.skip("mounting a small disk takes rights that are not here")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_disk_stops_the_run_and_loses_nothing(tmp_path: Path, small_disk: Path) -> None:
    (tmp_path / "full.yaml").write_text(EXPERIMENT, encoding="utf-8")
    stopped = hardseek("run", "full.yaml", "--out", small_disk / "run", cwd=tmp_path)
    assert stopped.returncode == 3, stopped.stderr
    assert "cannot be written" in stopped.stderr
    assert "run the same command to go on" in " ".join(stopped.stderr.split())
    assert "Traceback" not in stopped.stderr
    subprocess.run(["mount", "-o", "remount,size=64m", str(small_disk)], check=True)
    done = hardseek("run", "full.yaml", "--out", small_disk / "run", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert hardseek("run", "full.yaml", "--out", tmp_path / "whole", cwd=tmp_path).returncode == 0
    assert exported(small_disk / "run", tmp_path) == exported(tmp_path / "whole", tmp_path)
