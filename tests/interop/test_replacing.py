"""Files that appear whole or not at all."""

from pathlib import Path

import pytest

from hardseek.errors import Refused
from hardseek.interop import replacing


def test_the_file_takes_its_place_when_the_block_ends(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    path.write_text("before")

    with replacing(path) as beside:
        beside.write_text("after")
        assert path.read_text() == "before"

    assert path.read_text() == "after"
    assert list(tmp_path.iterdir()) == [path]


def test_a_block_that_raises_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"

    with pytest.raises(KeyboardInterrupt), replacing(path) as beside:
        beside.write_text("half")
        raise KeyboardInterrupt

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("where", ["missing/out.jsonl", "."])
def test_a_place_that_cannot_be_written_is_refused(tmp_path: Path, where: str) -> None:
    with pytest.raises(Refused, match=r"(cannot be written|is a folder)"), replacing(tmp_path / where):
        pytest.fail("nothing should be begun")
