"""Ratings as people keep them: CSV and JSON Lines, with mistakes named by line."""

from pathlib import Path

import pytest

from hardseek.errors import Refused
from hardseek.validity.judge import Given, read_ratings


def _written(folder: Path, text: str, name: str = "ratings.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_table_with_more_columns_in_any_order_is_read(tmp_path: Path) -> None:
    path = _written(
        tmp_path, "score,note,rater,item, dimension ,cluster,language\n3,x,ann,i1,empathy,s1,zh\n,y,bob,i1,empathy,,\n"
    )

    assert read_ratings(path) == [
        Given("i1", "ann", "empathy", 3.0, "s1", "zh"),
        Given("i1", "bob", "empathy", None, None, "en"),
    ]


def test_json_lines_are_read(tmp_path: Path) -> None:
    line = '{"item": 7, "rater": "ann", "dimension": "empathy", "score": 2.5, "language": "en"}\n\n'

    assert read_ratings(_written(tmp_path, line, "r.jsonl")) == [Given("7", "ann", "empathy", 2.5)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("item,rater,dimension\ni,a,d\n", "no column score"),
        ("item,rater,dimension,scores\ni,a,d,1\n", "no column score; .*is it scores?"),
        ("item,rater,dimension,score\ni,a,d,good\n", "line 2: score: found 'good'"),
        ("item,rater,dimension,score\ni,a,d,nan\n", "line 2: score: found 'nan'"),
        ("item,rater,dimension,score\ni,a,d,1\ni,a,d,2\n", "line 3: item i is rated twice by a, first on line 2"),
        ("item,rater,dimension,score\n,a,d,1\n", "line 2: no item"),
        ("item,rater,dimension,score,language\ni,a,d,1,fr\n", "language: found 'fr'; allowed: en, zh"),
        ("item,rater,dimension,score\ni,a,d,\n", "no scores in it"),
        ("", "no column item"),
    ],
)
def test_what_does_not_fit_is_refused_by_line(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(Refused, match=said):
        read_ratings(_written(tmp_path, text))


def test_broken_json_is_refused_by_line(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="line 2: not JSON"):
        read_ratings(_written(tmp_path, '{"item": 1, "rater": "a", "dimension": "d", "score": 1}\n{"item"', "r.jsonl"))


def test_many_mistakes_are_not_all_told(tmp_path: Path) -> None:
    rows = "".join(f"i{place},a,d,bad\n" for place in range(9))
    with pytest.raises(Refused, match="and 4 more"):
        read_ratings(_written(tmp_path, "item,rater,dimension,score\n" + rows))
