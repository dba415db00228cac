"""The signature: which runs are alike, and what tells others apart."""

from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path
from typing import Any

import pytest

import hardseek
from hardseek.runs import Plan, Signature, sign, sign_import
from hardseek.runs import signature as signing
from hardseek.runs.digest import digest
from hardseek.runs.signature import code, sign_judge
from hardseek.seekers import Condition
from hardseek.seekers.spec import ChatSeeker
from runs.run_cast import card, experiment, plan

CHAT = {"kind": "chat", "base_url": "http://localhost:1/v1", "model": "m"}


def test_it_names_what_the_numbers_depend_on() -> None:
    parts = sign(plan(cards=4, seed=2026, replicates=2)).parts
    assert list(parts) == [
        "hardseek", "seed", "seeker", "cards", "languages", "conditions", "systems", "exchanges", "replicates",
    ]  # fmt: skip
    assert parts["hardseek"].startswith(f"{hardseek.__version__}+")
    assert parts["seeker"].startswith("scripted@")
    assert [parts[name].partition("@")[0] for name in ("cards", "conditions", "systems")] == ["4", "2", "3"]
    assert (parts["seed"], parts["languages"], parts["exchanges"], parts["replicates"]) == ("2026", "en+zh", "3", "2")


def test_the_line_holds_every_part() -> None:
    assert Signature({"seed": "1", "cards": "2@ab"}).line == "seed:1|cards:2@ab"


@pytest.mark.parametrize(
    ("changed", "differs"),
    [
        ({"seed": 2}, "seed"),
        ({"seeker": ChatSeeker.model_validate(CHAT)}, "seeker"),
        ({"languages": ["en"]}, "languages"),
        ({"conditions": [Condition(name="average")]}, "conditions"),
        ({"systems": ["one", "two"]}, "systems"),
        ({"systems": ["one", "three", "two"]}, "systems"),
        ({"exchanges": 4}, "exchanges"),
        ({"replicates": 2}, "replicates"),
        ({"cards": 5}, "cards"),
    ],
    ids=str,
)
def test_what_differs_is_named(changed: dict[str, Any], differs: str) -> None:
    one, other = sign(plan()), sign(plan(**changed))
    assert one.unlike(other) == [f"{differs} ({one.parts[differs]}, not {other.parts[differs]})"]


@pytest.mark.parametrize("changed", [{"name": "other"}, {"concurrency": 3}, {"judges": []}], ids=str)
def test_what_changes_no_dialogue_makes_no_difference(changed: dict[str, Any]) -> None:
    assert sign(plan()).unlike(sign(plan(**changed))) == []


def test_a_word_on_a_card_makes_a_difference() -> None:
    edited = card("one").model_copy(update={"wants": "To sleep."})
    [differs] = sign(Plan(experiment(), (card("one"),))).unlike(sign(Plan(experiment(), (edited,))))
    assert differs.startswith("cards (1@")


def test_a_part_that_only_one_has_is_named() -> None:
    assert Signature({"seed": "1", "import": "x"}).unlike(Signature({"seed": "1", "cards": "y"})) == [
        "import (x, not none)",
        "cards (none, not y)",
    ]


def test_an_import_is_signed_by_what_was_imported() -> None:
    one = sign_import("esconv", "0123456789abcdef")
    assert one.parts["import"] == "esconv@01234567"
    assert one.unlike(sign_import("esconv", "0123456789abcdef")) == []
    assert one.unlike(sign_import("esconv", "1123456789abcdef")) == ["import (esconv@01234567, not esconv@11234567)"]


def test_a_judge_is_signed_by_name_and_by_what_they_go_by() -> None:
    assert sign_judge("indicators").startswith("indicators@")
    assert sign_judge("a").removeprefix("a") == sign_judge("b").removeprefix("b")


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A package of a few files in the place of ours."""
    for name in ("cards/data/en/one.yaml", "cards/card.py", "report/page.py", "language.py", "cards/notes.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("a", encoding="utf-8")
    monkeypatch.setattr(signing, "files", lambda _: tmp_path)
    code.cache_clear()
    yield tmp_path
    code.cache_clear()


@pytest.mark.parametrize(
    ("file", "counts"),
    [
        ("cards/data/en/one.yaml", True), ("cards/card.py", True), ("language.py", True),
        ("report/page.py", False), ("cards/notes.txt", False), ("cards/data/en/two.yaml", True),
    ],
)  # fmt: skip
def test_code_and_data_that_decide_make_a_difference_and_nothing_else(package: Path, file: str, counts: bool) -> None:
    before = code("cards/", "language.py")
    (package / file).write_text("b", encoding="utf-8")
    code.cache_clear()
    assert (code("cards/", "language.py") != before) == counts


def test_a_digest_depends_on_values_and_not_on_the_order_of_keys() -> None:
    assert digest({"a": 1, "b": [1, 2]}) == digest({"b": [1, 2], "a": 1})
    assert digest({"a": 1}, {"b": 2}) != digest({"b": 2}, {"a": 1})
    assert digest("ab", "c") != digest("a", "bc")
    assert len(digest("x")) == 32
    # The same on every machine and in every version, or kept runs could not be gone on with.
    assert digest(1, "两", None) == blake2b('[1,"两",null]'.encode(), digest_size=16).hexdigest()
