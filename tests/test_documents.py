"""Mistakes in files are named with their line, what was found, and the nearest valid name."""

from pathlib import Path
from typing import Annotated, Literal

import pytest
import yaml
from pydantic import Field, ValidationError

import hardseek
from hardseek.documents import Document, load, read
from hardseek.errors import Refused
from hardseek.mistakes import explain


class Cat(Document):
    kind: Literal["cat"]
    name: str
    lives: int = Field(default=9, ge=0)


class Dog(Document):
    kind: Literal["dog"]
    name: str
    breed: Literal["collie", "poodle"] = "collie"


class House(Document):
    street: str
    pets: tuple[Annotated[Cat | Dog, Field(discriminator="kind")], ...] = ()


def refusal(text: str) -> str:
    with pytest.raises(Refused) as refused:
        load(text, House, source="house.yaml")
    return str(refused.value)


def test_a_good_file_is_read() -> None:
    house = load("street: Elm\npets:\n  - {kind: cat, name: Tom}\n", House, source="house.yaml")
    assert house.pets[0] == Cat(kind="cat", name="Tom")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "street: Elm\nstret: Oak\n",
            "house.yaml, line 2: stret: no such field; allowed: pets, street (did you mean street?)",
        ),
        ("pets: []\n", "house.yaml, line 1: street: missing, and it is required"),
        (
            "street: Elm\npets:\n  - kind: dog\n    name: Rex\n    breed: pudle\n",
            "house.yaml, line 5: pets.0.breed: found 'pudle'; allowed: collie, poodle (did you mean poodle?)",
        ),
        (
            "street: Elm\npets:\n  - {kind: cta, name: Tom}\n",
            "house.yaml, line 3: pets.0: found 'cta'; allowed: cat, dog (did you mean cat?)",
        ),
        (
            "street: Elm\npets:\n  - kind: cat\n    name: Tom\n    lifes: 3\n",
            "house.yaml, line 5: pets.0.lifes: no such field; allowed: kind, lives, name (did you mean lives?)",
        ),
        (
            "street: Elm\npets:\n  - kind: cat\n    name: Tom\n    lives: -1\n",
            "house.yaml, line 5: pets.0.lives: found -1; it should be greater than or equal to 0",
        ),
        ("street: Elm\nstreet: Oak\n", "house.yaml, line 2: street: given twice (first on line 1); keep one"),
        ("street: [Elm\n", "house.yaml, line 2: not valid YAML"),
        ("", "house.yaml: the file: found nothing; it should be a mapping of fields"),
        ("street: Elm\npets: 3\n", "house.yaml, line 2: pets: found 3; it should be a list"),
        (
            "street: Elm\npets:\n  - {kind: cat, name: {key: sk-1}}\n",
            "house.yaml, line 3: pets.0.name: found a mapping; it should be a valid string",
        ),
    ],
)  # fmt: skip
def test_a_mistake_is_named(text: str, expected: str) -> None:
    assert refusal(text).startswith(expected)


def test_a_wrong_item_does_not_also_make_its_list_too_short() -> None:
    class Row(Document):
        houses: tuple[House, ...] = Field(min_length=1)

    with pytest.raises(Refused) as refused:
        load("houses:\n  - {stret: Elm}\n", Row, source="row.yaml")
    assert "at least" not in str(refused.value)
    assert len(str(refused.value).splitlines()) == 2
    with pytest.raises(Refused, match="houses: found a list of 0; it needs at least one entry"):
        load("houses: []\n", Row, source="row.yaml")


def test_every_mistake_is_named_at_once() -> None:
    assert len(refusal("stret: Oak\npets: 3\n").splitlines()) == 3


def test_a_missing_file_is_named_with_its_nearest(tmp_path: Path) -> None:
    (tmp_path / "experiment.yaml").write_text("x", encoding="utf-8")
    with pytest.raises(Refused, match=r"there is no such file; did you mean .*experiment\.yaml\?"):
        read(tmp_path / "experimant.yaml")


def test_a_folder_in_the_place_of_a_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="a folder; give the path of a file"):
        read(tmp_path)


def test_a_file_that_is_not_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "cards.yaml").write_bytes(b"\xff\xfe\x00binary")
    with pytest.raises(Refused, match="not UTF-8 text"):
        read(tmp_path / "cards.yaml")


def test_without_yaml_the_whole_place_is_named() -> None:
    with pytest.raises(ValidationError) as wrong:
        House.model_validate({"street": "Elm", "pets": [{"kind": "dog", "name": "Rex", "breed": "pudle"}]})
    said = explain(wrong.value, source="houses.jsonl, line 3", model=House)
    assert said.startswith("houses.jsonl, line 3: pets.0.dog.breed: found 'pudle'; allowed: collie, poodle")


def test_packaged_files_read_the_same_with_and_without_libyaml() -> None:
    # PyYAML reads by itself where libyaml is missing, and is stricter: (?!...) in a list has to stand in quotes.
    packaged = sorted(Path(hardseek.__file__).parent.rglob("*.yaml"))
    assert len(packaged) > 200
    for path in packaged:
        text = path.read_text(encoding="utf-8")
        try:
            read_by_itself = yaml.load(text, Loader=yaml.SafeLoader)
        except yaml.YAMLError as error:
            pytest.fail(f"{path}: {error}")
        assert read_by_itself == yaml.load(text, Loader=yaml.CSafeLoader), path
