"""Importing files: what is broken is named by its place, the rest is kept; what is no card file is refused."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardseek.cards import load_cards, packaged_cards
from hardseek.cards.formats.table import Unplaced, rows
from hardseek.cards.importing import import_cards, summarised
from hardseek.errors import Refused


def esc(identity: object, problem: str = "The seeker lost her job.") -> dict[str, Any]:
    return {"base": f"Age: 30\nProblem: {problem}", "id": identity, "language": "english"}


def file(folder: Path, name: str, *lines: object) -> Path:
    path = folder / name
    texts = [line if isinstance(line, str | bytes) else json.dumps(line, ensure_ascii=False) for line in lines]
    encoded = [text if isinstance(text, bytes) else text.encode() for text in texts]
    path.write_bytes(b"\n".join(encoded))
    return path


def test_broken_lines_are_named_and_the_rest_is_kept(tmp_path: Path) -> None:
    path = file(
        tmp_path, "theirs.jsonl",
        esc(1), "{broken", "", esc(2), [1, 2], '"text"', b"\xff\xfe", esc(1), {**esc(1), "res": "x"}, {"a": 1}, esc(3),
    )  # fmt: skip
    found = import_cards(path)
    assert [card.id for card in found.cards] == ["esc-eval-1", "esc-eval-2", "esc-eval-3"]
    assert [(skip.where.rpartition(", ")[2], skip.why) for skip in found.skipped] == [
        ("line 2", "not valid JSON: Expecting property name enclosed in double quotes (column 2)"),
        ("line 5", "found list; a card is an object with named fields"),
        ("line 6", "found str; a card is an object with named fields"),
        ("line 7", "not UTF-8 text"),
        ("line 8", f"the same card is already at {path}, line 1"),
        ("line 9", f"the same card is already at {path}, line 1"),
        ("line 10", "no problem: none of 'a' is one with something in it"),
    ]
    assert found.read == 10
    assert found.formats == (("esc-eval", 3),)


def test_another_card_with_an_id_that_is_taken_is_skipped(tmp_path: Path) -> None:
    path = file(tmp_path, "theirs.jsonl", esc(1), esc(1, "The seeker lost her dog."))
    (skip,) = import_cards(path).skipped
    assert skip.why == f"another card with the id esc-eval-1 is already at {path}, line 1"


def test_cards_of_ten_megabytes_are_skipped_and_named(tmp_path: Path) -> None:
    big = "I am sad. " * 1_000_000
    whole = file(tmp_path, "big.json", json.dumps([esc(1, big), esc(2)]))
    found = import_cards(whole)
    assert [card.id for card in found.cards] == ["esc-eval-2"]
    assert found.skipped[0].why.startswith("base: 10,000,0")
    lines = import_cards(file(tmp_path, "big.jsonl", esc(1, big), esc(2)))
    assert lines.skipped[0].why.endswith("characters; a card has at most 1,000,000")
    assert len(lines.cards) == 1
    own = packaged_cards("en")[0].model_dump(mode="json")
    own["facts"][0]["text"] = big[:400_000]
    assert import_cards(file(tmp_path, "own.jsonl", own)).skipped[0].why.startswith("too much text")


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("page.json", b"\n<!DOCTYPE html><html></html>", "a web page, not cards; download the file itself"),
        ("page.csv", b"\xef\xbb\xbf<html><body>404</body></html>", "a web page"),
        ("book.csv", b"PK\x03\x04rest", "a compressed or Excel file; .* save the sheet as CSV"),
        ("utf16.csv", "编号,问题".encode("utf-16"), "UTF-16 text; save it as UTF-8"),
        ("noise.jsonl", bytes(range(256)), "a binary file; cards are text"),
        ("gbk.csv", "编号,问题\n1,失眠".encode("gb18030"), "not UTF-8 text .* save it as UTF-8"),
        ("empty.jsonl", b"\n \n", "the file is empty"),
        ("empty.yaml", b"", "the file is empty"),
        ("names.csv", b"age,problem\n", "names of columns and no row below them"),
        ("twice.csv", b"age,problem,age\n1,2,3\n", "column given twice: age"),
        ("bad.json", b'[{"base": 1},\n {"base" 2}]', r"bad\.json, line 2: not valid JSON"),
        ("bad.yaml", b"- a: 1\n  b: [", r"bad\.yaml, line \d: not valid YAML"),
        ("deep.json", b"[" * 100_000, "not usable JSON|not valid JSON"),
    ],
)
def test_a_file_that_holds_no_cards_is_refused_with_what_to_do(
    tmp_path: Path, name: str, content: bytes, message: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(Refused, match=message):
        import_cards(tmp_path / name)


def test_a_missing_file_and_an_unknown_format_are_refused_with_the_nearest(tmp_path: Path) -> None:
    file(tmp_path, "cards.jsonl", esc(1))
    with pytest.raises(Refused, match=r"no such file; did you mean .*cards\.jsonl"):
        import_cards(tmp_path / "card.jsonl")
    with pytest.raises(Refused, match=r"found 'freee'; allowed: .*, free \(did you mean free\?\)"):
        import_cards(tmp_path / "cards.jsonl", "freee")
    (tmp_path / "empty").mkdir()
    with pytest.raises(Refused, match=r"no card files in this folder; cards are in .*\.csv"):
        import_cards(tmp_path / "empty")


def test_only_one_language_is_taken_where_one_is_asked_for(tmp_path: Path) -> None:
    path = file(tmp_path, "theirs.jsonl", esc(1), {"base": "问题：求助者失眠。", "id": 2})
    found = import_cards(path, language="zh")
    assert [card.language for card in found.cards] == ["zh"]
    assert found.skipped[0].why == "in en, and zh was asked for"


def test_a_table_of_which_rows_are_broken(tmp_path: Path) -> None:
    path = file(
        tmp_path, "他们的.csv",
        "\ufeff编号,年龄,性别,困扰,备注",
        "1,23岁,女,\"我最近老是失眠，担心考核不过。\",x",
        "2,40,女,a,b,c,d",
        "",
        "3,40,女,\"没有结束的引号，我很难过,",
        "4,30,男,\"跑夜车太累，\n和妻子见不上面。\"",
        "5,,,,",
    )  # fmt: skip
    found = import_cards(path)
    assert [(card.id, card.age) for card in found.cards] == [("1", 23), ("4", 30)]
    assert [
        (skip.where.rpartition(", ")[2], skip.why.partition(";")[0].partition(":")[0]) for skip in found.skipped
    ] == [
        ("line 3", "7 cells, and 5 columns are named"),
        ("line 5", "not valid CSV"),
        ("line 8", "no problem"),
    ]
    assert found.unused == ("备注",)
    assert found.cards[1].summary == "跑夜车太累，\n和妻子见不上面。"


@given(
    cells=st.lists(
        st.lists(st.text(alphabet='ab ,;\t|"\n名', min_size=0, max_size=6), min_size=3, max_size=3),
        min_size=1,
        max_size=6,
    ),
    delimiter=st.sampled_from([",", "\t", ";", "|"]),
)
def test_a_well_formed_table_is_read_to_the_last_cell(cells: list[list[str]], delimiter: str) -> None:
    names = ["a", "b", "c"]
    quoted = [delimiter.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in cells]
    content = "\n".join([delimiter.join(names), *quoted])
    expected = [
        {name: cell.strip() for name, cell in zip(names, row, strict=True) if cell.strip()}
        for row in cells
        if any(cell.strip() for cell in row)
    ]
    if not expected:
        with pytest.raises(Refused, match="no row below"):
            list(rows(content, Path("x.csv")))
        return
    read = [row for _, row in rows(content, Path("x.csv"))]
    assert not any(isinstance(row, Unplaced) for row in read)
    assert read == expected


@given(content=st.text(max_size=200))
def test_no_text_breaks_the_reading_of_a_table(content: str) -> None:
    if content.strip():
        try:
            list(rows(content, Path("x.csv")))
        except Refused as refused:
            assert str(refused).startswith("x.csv")


def test_yaml_of_one_card_and_of_a_list_with_the_line_of_each(tmp_path: Path) -> None:
    path = file(tmp_path, "theirs.yaml", "- problem: I can't sleep at all.\n  age: 30\n- 5\n- age: 3\n")
    found = import_cards(path)
    assert [card.summary for card in found.cards] == ["I can't sleep at all."]
    assert [skip.where.rpartition(", ")[2] for skip in found.skipped] == ["line 3", "line 4"]
    one = file(tmp_path, "one.yml", "Problem: I can't sleep at all.\nsex: male\n")
    assert import_cards(one).cards[0].gender == "male"


def test_our_own_cards_come_back_as_they_are_but_for_the_grade(tmp_path: Path) -> None:
    cards = packaged_cards()[:4]
    path = file(tmp_path, "ours.jsonl", *(card.model_dump(mode="json") for card in cards))
    assert import_cards(path).cards == cards
    broken = cards[0].model_dump(mode="json") | {"age": [3], "colour": "red"}
    (skip,) = import_cards(file(tmp_path, "broken.jsonl", broken)).skipped
    assert "colour: no such field" in skip.why
    assert "; " in skip.why and "\n" not in skip.why


def test_what_was_imported_loads_as_cards(tmp_path: Path) -> None:
    found = import_cards(file(tmp_path, "theirs.jsonl", esc(1), {"problem": "我失眠很久了。", "编号": "x"}))
    assert [name for name, _ in found.formats] == ["esc-eval", "free"]
    out = file(tmp_path, "out.jsonl", *(card.model_dump(mode="json") for card in found.cards))
    assert load_cards(out) == found.cards


def test_a_folder_is_read_file_by_file(tmp_path: Path) -> None:
    file(tmp_path, "b.csv", "id,problem", "one,I can't sleep.")
    file(tmp_path, "a.jsonl", esc(1))
    file(tmp_path, "notes.txt", "no card")
    assert [card.id for card in import_cards(tmp_path).cards] == ["esc-eval-1", "one"]


def test_reasons_are_summed_up_the_most_frequent_first(tmp_path: Path) -> None:
    found = import_cards(file(tmp_path, "theirs.jsonl", "{", [1], [2], esc(1)))
    assert [(why.partition(":")[0].partition(";")[0], len(places)) for why, places in summarised(found.skipped)] == [
        ("found list", 2), ("not valid JSON", 1),
    ]  # fmt: skip
