"""Datasets of the published dialogues: the figures that the documents give."""

from pathlib import Path

import pytest

from hardseek.cards.importing import import_cards
from hardseek.dialogues import Dialogue
from hardseek.interop import Imported, importer
from hardseek.training.data.make import make_datasets
from hardseek.training.data.mixing import read_arm
from hardseek.training.data.recipe import DataRecipe
from training.stored import stored

pytestmark = pytest.mark.corpus
DATA = Path(__file__).parents[4] / "shared" / "data"


def read(form: str, path: Path) -> list[Dialogue]:
    if not path.exists():
        pytest.skip(f"{path} is not here")
    return [found.dialogue for found in importer(form).read(path) if isinstance(found, Imported)]


@pytest.fixture(scope="module")
def worst_case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return stored(tmp_path_factory.mktemp("runs") / "wt", read("worst-case", DATA / "worst_case" / "train"))


def test_arms_of_the_worst_case_release_learn_the_same_number_of_turns(worst_case: Path, tmp_path: Path) -> None:
    found = make_datasets(
        DataRecipe(
            "supporter-sft", (worst_case,), cards=(DATA / "worst_case" / "train" / "profiles_cleaned.jsonl",),
            against=(DATA / "worst_case" / "profiles.jsonl",),
            arms=tuple(map(read_arm, ("average", "worst", "mixed:average=0.5,worst=0.5"))),
        ),
        tmp_path / "arms",
    )  # fmt: skip
    assert {name: about.counts["train"].supervised for name, about in found.items()} == {
        "average": 3927, "worst": 3927, "mixed": 3927
    }  # fmt: skip
    assert {name: about.counts["train"].rows for name, about in found.items()} == {
        "average": 284, "worst": 629, "mixed": 460
    }  # fmt: skip
    assert found["worst"].counts["train"].cards == 629
    assert not any(why.startswith("dialogues") for why in found["worst"].dropped), "numbers alone make no card"


def test_what_evaluation_seekers_said_is_looked_for_too(worst_case: Path, tmp_path: Path) -> None:
    evaluated = read("worst-case", DATA / "worst_case")
    against = stored(tmp_path / "eval", evaluated)
    about = make_datasets(
        DataRecipe(
            "supporter-sft", (worst_case,), cards=(DATA / "worst_case" / "train" / "profiles_cleaned.jsonl",),
            against=(DATA / "worst_case" / "profiles.jsonl", against),
        ),
        tmp_path / "data",
    )[""]  # fmt: skip
    assert about.dropped == {"dialogues: a run of 21 characters stands in the evaluation's texts too": 6}


def test_people_in_esconv_play_the_seeker(tmp_path: Path) -> None:
    run = stored(tmp_path / "es", read("esconv", DATA / "esconv"))
    cards = tmp_path / "cards.jsonl"
    made = import_cards(DATA / "esconv").cards
    cards.write_text("\n".join(card.model_dump_json(exclude_defaults=True) for card in made), encoding="utf-8")
    against = (DATA / "esc_eval" / "card_high_en.jsonl",)
    about = make_datasets(DataRecipe("seeker-sft", (run,), cards=(cards,), against=against), tmp_path / "data")[""]
    assert {name: (counts.rows, counts.supervised) for name, counts in about.counts.items()} == {
        "train": (1059, 12_081), "valid": (118, 1302)
    }  # fmt: skip
    assert about.dropped == {
        "dialogues: the card is not known; give role cards with --cards": 25,
        "dialogues: the card is of the family of an evaluation card": 1,
    }
