"""How a name that is not valid is told: what is, and which of it may have been meant."""

from pathlib import Path

from hardseek.documents import missing
from hardseek.mistakes import choices, did_you_mean


def test_valid_names_are_listed_with_the_one_that_may_have_been_meant() -> None:
    assert choices("releif", ["relief", "length"]) == "allowed: relief, length (did you mean relief?)"
    assert choices("Relief", {"relief": 1}, says="it has") == "it has: relief (did you mean relief?)"
    assert choices("xyz", ["relief", "length"], says="there are") == "there are: relief, length"
    assert choices("relief", []) == "allowed: none"


def test_of_many_names_only_the_nearest_is_told() -> None:
    assert did_you_mean("oskr", iter(["ann", "oskar", "bea"])) == " (did you mean oskar?)"
    assert did_you_mean("nobody", ["P01", "P02"]) == ""


def test_a_path_that_is_not_there_is_told_with_what_lies_beside_it(tmp_path: Path) -> None:
    (tmp_path / "ratings.csv").touch()
    beside = tmp_path / "rating.csv"
    assert str(missing(beside)) == f"{beside}: there is no such file; did you mean {tmp_path / 'ratings.csv'}?"
    nowhere = tmp_path / "no" / "rating.csv"
    assert str(missing(nowhere, "file or folder")) == f"{nowhere}: there is no such file or folder"


def test_the_kind_of_a_file_says_little_of_which_was_meant(tmp_path: Path) -> None:
    for name in ("e.yaml", "report.yaml", "report.html"):
        (tmp_path / name).touch()
    assert "did you mean" not in str(missing(tmp_path / "nofile.yaml"))
    assert str(missing(tmp_path / "e.yml")).endswith("e.yaml?")
    assert str(missing(tmp_path / "reports.html")).endswith("report.html?")
    assert str(missing(tmp_path / "reports.yaml")).endswith("report.yaml?")
