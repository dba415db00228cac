"""Why something has no score, in both languages: our own judges' reasons are worded, those of others stay."""

import ast
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl

import hardseek
from hardseek.report.findings.missing import reasons
from hardseek.report.reasons import REASONS, reason_title

SOURCES = Path(hardseek.__file__).parent
HOLE = re.compile(r"\{\w+\}")


def said_in(path: Path) -> set[str]:
    """Return the texts of a module, with braces for what an f-string puts in."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.add(node.value)
        if isinstance(node, ast.JoinedStr):
            found.add("".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values))
    return found


def test_every_reason_is_still_given_so_by_somebody() -> None:
    files = [*SOURCES.glob("judging/**/*.py"), SOURCES / "analysis" / "endings.py", SOURCES / "study" / "export.py"]
    said = set[str]().union(*map(said_in, files))
    ours = {key: HOLE.sub("{}", text["en"]).replace("\u00a0", " ") for key, text in REASONS.strings.items()}
    assert [key for key, text in ours.items() if text not in said] == []


def test_every_reason_of_an_indicator_is_worded() -> None:
    for path in SOURCES.glob("judging/indicators/*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Unscored":
                (why,) = node.args
                assert isinstance(why, ast.Constant) and isinstance(reason_title(str(why.value)), dict), path


def test_values_are_taken_over() -> None:
    assert reason_title("the supporter has 3 turns; it was trained on 5 to 40") == {
        "en": "the supporter has 3 turns; it was trained on 5 to 40",
        "zh": "支持者说了 3 轮，训练时是 5 到 40 轮",
    }
    assert reason_title("malformed: no JSON\u202e at\n'{'") == {
        "en": "unreadable values: no JSON‹U+202E› at\n'{'",
        "zh": "模型没按格式给出数值: no JSON‹U+202E› at\n'{'",
    }

    far = "it is unlike what it was trained on (distance 3.20; 99 % of that: 2.75 at most)"
    found = reason_title(far)
    assert isinstance(found, dict) and "距离 3.20" in found["zh"] and "2.75" in found["zh"]


def test_what_others_say_stays_as_it_is() -> None:
    assert reason_title("the moon: was full\u202e") == "the moon: was full‹U+202E›"


def test_the_table_of_reasons_is_in_both_languages(make: Callable[..., Any]) -> None:
    run = make(systems=("a",), conditions=("average",), languages=("en",), cards=3, failures=False)
    view = run.view()
    why = pl.when(pl.col("card") == "en-00").then(pl.lit("the supporter says nothing")).otherwise(pl.lit("odd"))
    unscored = view.measures.with_columns(score=pl.lit(None, pl.Float64), unscored=why).filter(dimension="relief")
    rows = reasons(replace(view, measures=unscored)).rows
    assert [(row.values[0].text, row.values[1].sort) for row in rows] == [
        ("odd", 2), ({"en": "the supporter says nothing", "zh": "支持者一句话也没说"}, 1),
    ]  # fmt: skip
    assert reasons(replace(view, measures=unscored)).wordy == (True, True, False)
