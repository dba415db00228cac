"""The run folder: one run in it, one process that adds to it."""

import subprocess
import sys
from pathlib import Path

import pytest

from hardseek.cards import load_cards
from hardseek.errors import Refused
from hardseek.runs import EXPERIMENT, Store, StoreFailed, add_to, new_import, open_run, sign, sign_import, writing
from runs.run_cast import dialogue, enter, plan, turns

HOLD = """
import sys
from pathlib import Path
from hardseek.runs import writing
with writing(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_new_run_keeps_what_it_is_of(tmp_path: Path) -> None:
    of, folder = plan(name="mine"), tmp_path / "runs" / "mine"
    with open_run(folder, of, "name: mine # as written\n") as store:
        assert store.noted("kind") == "run"
        assert store.noted("name") == "mine"
        assert store.noted("planned") == len(of)
        assert store.noted("signature") == sign(of).parts
    assert (folder / EXPERIMENT).read_text(encoding="utf-8") == "name: mine # as written\n"
    assert load_cards(folder / "cards.jsonl") == of.cards


def test_the_same_experiment_goes_on_and_what_changes_no_dialogue_may_change(tmp_path: Path) -> None:
    with open_run(tmp_path / "run", plan(), "first") as store:
        enter(store, 0, dialogue("d", turns=turns(2), ending="limit"))
        begun = store.noted("created")
    with open_run(tmp_path / "run", plan(concurrency=2, judges=[]), "second") as store:
        assert store.counts() == {"limit": 1}
        assert store.noted("created") == begun
    assert (tmp_path / "run" / EXPERIMENT).read_text(encoding="utf-8") == "first"


def test_another_experiment_is_refused_with_what_differs_and_nothing_is_touched(tmp_path: Path) -> None:
    of, other = plan(), plan(seed=7, exchanges=9)
    with open_run(tmp_path / "run", of, "first") as store:
        enter(store, 0, dialogue("d", ending="limit"))
    with pytest.raises(Refused) as refused, open_run(tmp_path / "run", other, "second"):
        raise AssertionError("it was opened")
    said = str(refused.value)
    assert "holds another run" in said
    assert "What differs: seed (7, not 1); exchanges (9, not 3). Choose another --out" in said
    assert (tmp_path / "run" / EXPERIMENT).read_text(encoding="utf-8") == "first"
    with open_run(tmp_path / "run", of, "first") as store:
        assert store.counts() == {"limit": 1}


def test_a_run_that_was_killed_before_it_was_signed_begins_anew(tmp_path: Path) -> None:
    with writing(tmp_path / "run"), Store(tmp_path / "run", writable=True):
        pass
    with open_run(tmp_path / "run", plan(), "text") as store:
        assert store.noted("planned") == len(plan())


def test_a_folder_of_other_things_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.doc").write_text("my only copy", encoding="utf-8")
    with pytest.raises(Refused, match="holds files but no run"), open_run(tmp_path, plan(), "text"):
        raise AssertionError("it was opened")
    assert [entry.name for entry in tmp_path.iterdir()] == ["thesis.doc"]


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(Refused, match="cannot be made or written"), open_run(tmp_path / "file" / "run", plan(), ""):
        raise AssertionError("it was opened")


def test_an_imported_run_is_not_gone_on_with(tmp_path: Path) -> None:
    with new_import(tmp_path / "run", "theirs") as store:
        store.note("signature", sign_import("esconv", "abc").parts)
    with pytest.raises(Refused, match="import"), open_run(tmp_path / "run", plan(), ""):
        raise AssertionError("it was opened")


def test_only_one_process_adds_to_a_run(tmp_path: Path) -> None:
    folder = tmp_path / "run"
    with open_run(folder, plan(), "text"):
        pass
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, folder], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:  # fmt: skip
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(Refused, match="another hardseek is at work there"), open_run(folder, plan(), "text"):
            raise AssertionError("it was opened")
        with Store(folder) as reader:
            assert reader.noted("kind") == "run"
        other.kill()
    with open_run(folder, plan(), "text"):  # what a killed process held is free again
        pass


def test_only_to_a_run_that_is_there_something_is_added(tmp_path: Path) -> None:
    for folder in (tmp_path / "nowhere", tmp_path):
        with pytest.raises(Refused, match="holds no run"), add_to(folder):
            pass
    assert list(tmp_path.iterdir()) == []
    with new_import(tmp_path / "theirs", "theirs") as store:
        enter(store, 0, dialogue("d", turns=turns(2)))
    with add_to(tmp_path / "theirs") as store:
        store.note("name", "ours")
    with Store(tmp_path / "theirs") as store:
        assert store.noted("name") == "ours"


def test_an_import_is_there_as_a_whole(tmp_path: Path) -> None:
    folder = tmp_path / "theirs"
    with new_import(folder, "theirs") as store:
        enter(store, 0, dialogue("d", turns=turns(2)))
        store.writer.flush()
        assert not folder.exists(), "not before it is complete"
    with Store(folder) as store:
        assert (store.noted("kind"), store.noted("name")) == ("import", "theirs")
        assert store.counts() == {"unknown": 1}
    assert [entry.name for entry in tmp_path.iterdir()] == ["theirs"]


@pytest.mark.parametrize("failure", [Refused("no dialogues"), KeyboardInterrupt()])
def test_an_import_that_fails_leaves_nothing(tmp_path: Path, failure: BaseException) -> None:
    with pytest.raises(type(failure)), new_import(tmp_path / "theirs", "theirs") as store:
        enter(store, 0, dialogue("d", turns=turns(2)))
        raise failure
    assert list(tmp_path.iterdir()) == []


def test_an_import_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(StoreFailed), new_import(tmp_path / "theirs", "theirs") as store:
        store.writer.write("INSERT INTO nowhere VALUES (1)", ())
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_import_left_is_cleared_away(tmp_path: Path) -> None:
    left = tmp_path / ".theirs.part"
    with writing(left), Store(left, writable=True) as store:
        enter(store, 7, dialogue("of the killed import"))
    with new_import(tmp_path / "theirs", "theirs") as store:
        enter(store, 0, dialogue("d"))
    with Store(tmp_path / "theirs") as store:
        assert [number for number, _ in store.finished()] == [0]
    assert [entry.name for entry in tmp_path.iterdir()] == ["theirs"]


def test_two_imports_into_one_folder_do_not_mix(tmp_path: Path) -> None:
    folder = tmp_path / "theirs"
    with new_import(folder, "first") as store:
        enter(store, 0, dialogue("d"))
        with pytest.raises(Refused, match="another hardseek is at work"), new_import(folder, "second"):
            raise AssertionError("it was begun")
    with Store(folder) as store:
        assert store.noted("name") == "first"


@pytest.mark.parametrize("there", ["file", "folder"])
def test_an_import_into_something_is_refused_before_it_begins(tmp_path: Path, there: str) -> None:
    out = tmp_path / "theirs"
    kept = out if there == "file" else out / "mine.txt"
    kept.parent.mkdir(exist_ok=True)
    kept.write_text("mine", encoding="utf-8")
    with pytest.raises(Refused, match="there is something already"), new_import(out, "theirs"):
        raise AssertionError("it was begun")
    assert kept.read_text(encoding="utf-8") == "mine"


def test_an_import_into_an_empty_folder_fills_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "theirs").mkdir()
    monkeypatch.chdir(tmp_path)
    with new_import(Path("theirs"), "theirs"):
        pass
    with Store(tmp_path / "theirs") as store:
        assert store.noted("kind") == "import"
