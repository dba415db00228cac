"""The dataset folder: what is written is what is read, and nothing else passes for it."""

import shutil
from pathlib import Path

import pytest

import hardseek
from hardseek.errors import HardseekError, Refused
from hardseek.training.data.make import make_datasets
from hardseek.training.data.mixing import read_arm
from hardseek.training.data.recipe import DataRecipe
from hardseek.training.dataset import Talk, load_dataset_folder
from training.stored import stored, talk


@pytest.fixture
def run(tmp_path: Path) -> Path:
    return stored(tmp_path / "run", [talk(str(n)) for n in range(10)])


def made(run: Path, out: Path) -> Path:
    make_datasets(DataRecipe("supporter-sft", (run,), valid=0.2, test=0.1, licence="CC0"), out)
    return out


def test_what_is_written_is_read_again(run: Path, tmp_path: Path) -> None:
    found = load_dataset_folder(made(run, tmp_path / "data"))
    assert {name: len(rows) for name, rows in found.splits.items()} == {"train": 7, "valid": 2, "test": 1}
    assert all(isinstance(row, Talk) and row.supervised == 3 for rows in found.splits.values() for row in rows)
    about = found.about
    assert (about.kind, about.hardseek, about.languages) == ("supporter-sft", hardseek.__version__, ("en",))
    assert about.counts["train"].supervised == 21
    assert about.counts["train"].by_condition == {"average": 21}
    assert [(source.path, source.signature, source.dialogues) for source in about.sources] == [
        (str(run), "made:by hand", 10)
    ]
    assert about.licences == ("CC0",)
    cards = [row.card for rows in found.splits.values() for row in rows if isinstance(row, Talk)]
    assert len(set(cards)) == 10
    sheet = (tmp_path / "data" / "datasheet.md").read_text(encoding="utf-8")
    assert about.signature in sheet
    assert "| train | 7 | 21 | 7 |" in sheet
    assert "CC0" in sheet


def test_the_same_input_gives_the_same_bytes(run: Path, tmp_path: Path) -> None:
    one, other = made(run, tmp_path / "one"), made(run, tmp_path / "other")
    for name in ("train.jsonl", "valid.jsonl", "test.jsonl", "dataset.yaml", "datasheet.md"):
        assert (one / name).read_bytes() == (other / name).read_bytes()


def test_arms_are_folders_that_learn_the_same_number(tmp_path: Path) -> None:
    dialogues = [talk(f"{n}", 5, card=f"c{n}") for n in range(10)]
    dialogues += [talk(f"w{n}", 2, card=f"c{n}", condition="worst") for n in range(10)]
    recipe = DataRecipe(
        "supporter-sft", (stored(tmp_path / "run", dialogues),), valid=0.2,
        arms=(read_arm("average"), read_arm("worst"), read_arm("mixed:average=1,worst=1")),
    )  # fmt: skip
    about = make_datasets(recipe, tmp_path / "arms")
    assert {name: each.counts["train"].supervised for name, each in about.items()} == {
        "average": 16, "worst": 16, "mixed": 16
    }  # fmt: skip
    assert about["mixed"].counts["train"].by_condition == {"average": 8, "worst": 8}
    assert about["average"].dropped == {
        "turns: of average, more than the arm average takes": 24 + 6,
        "turns: of conditions that the arm average does not take": 16 + 4,
    }
    for name in about:
        assert load_dataset_folder(tmp_path / "arms" / name).about.arm == name
    with pytest.raises(Refused, match="holds the arms average, mixed, worst: name one of them"):
        load_dataset_folder(tmp_path / "arms")


def test_most_turns_bounds_the_training_split_alone(run: Path, tmp_path: Path) -> None:
    about = make_datasets(DataRecipe("supporter-sft", (run,), valid=0.2, most_turns=10), tmp_path / "data")[""]
    assert (about.counts["train"].supervised, about.counts["valid"].supervised) == (10, 6)


def test_rows_that_were_changed_since_are_refused(run: Path, tmp_path: Path) -> None:
    folder = made(run, tmp_path / "data")
    path = folder / "train.jsonl"
    path.write_text(path.read_text(encoding="utf-8").replace("hears", "heard"), encoding="utf-8")
    with pytest.raises(Refused, match="they were changed since"):
        load_dataset_folder(folder)


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("train.jsonl", "", "missing or empty"),
        ("train.jsonl", '{"prompt": []}', "train.jsonl, line 1: no row of a dataset of the kind supporter-sft"),
        ("train.jsonl", "{", "train.jsonl, line 1"),
        ("dataset.yaml", "kind: poems", "not what `hardseek train data` writes"),
        ("dataset.yaml", "- 1", "not what `hardseek train data` writes"),
    ],
)
def test_a_wrong_folder_is_refused_with_what_is_wrong(
    run: Path, tmp_path: Path, name: str, content: str, why: str
) -> None:
    folder = made(run, tmp_path / "data")
    (folder / name).write_text(content, encoding="utf-8")
    with pytest.raises(Refused, match=why):
        load_dataset_folder(folder)


def test_what_is_no_dataset_or_of_another_kind_is_refused(run: Path, tmp_path: Path) -> None:
    folder = made(run, tmp_path / "data")
    with pytest.raises(Refused, match=r"did you mean .*data\?"):
        load_dataset_folder(tmp_path / "dato")
    with pytest.raises(Refused, match="no dataset"):
        load_dataset_folder(run)
    with pytest.raises(Refused, match="of the kind supporter-sft; this takes seeker-sft"):
        load_dataset_folder(folder, kinds=("seeker-sft",))


def test_a_folder_that_holds_something_is_left_as_it_is(run: Path, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "mine").write_text("mine", encoding="utf-8")
    with pytest.raises(Refused, match="there is something already"):
        made(run, folder)
    assert [path.name for path in folder.iterdir()] == ["mine"]


def test_what_cannot_be_written_leaves_nothing(run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Path, *_: object, **__: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(HardseekError, match=r"No space left on device\. Nothing is left of it"):
        made(run, tmp_path / "data")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["run"]


def test_what_a_killed_process_left_is_no_hindrance(run: Path, tmp_path: Path) -> None:
    left = tmp_path / ".data.part"
    shutil.copytree(run, left)
    made(run, tmp_path / "data")
    assert not left.exists()
