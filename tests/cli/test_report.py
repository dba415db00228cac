"""`hardseek report`: the page anew, with tables, figures, groups and agreement; what it refuses."""

import csv
import json
import webbrowser
from pathlib import Path
from shutil import copytree

import pytest

from cli.commands import Here, hardseek

RELEASE = Path(__file__).parents[3] / "shared" / "data" / "worst_case"


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Hold a small run of two built-in systems."""
    folder = tmp_path_factory.mktemp("held")
    (folder / "e.yaml").write_text(
        "name: small\nsystems: [balanced-helper, cheerleader]\nconditions: [average, low-engagement, worst]\n"
        "languages: [en]\ncards: {limit: 3}\nreplicates: 2\n",
        encoding="utf-8",
    )
    done = hardseek("run", "e.yaml", "--out", "run", cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def run(held: Path, tmp_path: Path) -> Path:
    """Return a copy of it that can be changed."""
    return copytree(held, tmp_path, dirs_exist_ok=True) / "run"


def test_tables_figures_and_groups(here: Here, run: Path, tmp_path: Path) -> None:
    pytest.importorskip("resvg_py")
    done = here("report", "run", "--tables", "t", "--figures", "f", "--language", "zh",
                "--group", "good=balanced-helper", "--group", "poor=cheerleader")  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "Tables: t (" in done.stderr and "Figures: f (" in done.stderr and "png, svg" in done.stderr
    assert "系统" in (tmp_path / "t" / "leaderboard.md").read_text(encoding="utf-8")
    html = (run / "report.html").read_text(encoding="utf-8")
    assert "good less poor" in html and "good 减 poor" in html
    assert {path.suffix for path in (tmp_path / "t").iterdir()} == {".csv", ".md", ".tex"}


def test_what_the_experiment_sets_takes_the_drop_apart(here: Here, run: Path) -> None:
    html = (run / "report.html").read_text(encoding="utf-8")
    assert "What “Worst” costs, all systems together" in html
    assert "Distress by exchange" in html
    (run / "experiment.yaml").write_text("name: [", encoding="utf-8")
    done = here("report", "run")
    assert done.returncode == 0, done.stderr
    changed = (run / "report.html").read_text(encoding="utf-8")
    assert "How the conditions set the behaviours is not known" in changed


def test_another_dimension(here: Here, run: Path) -> None:
    done = here("report", "run", "--dimension", "early_advice")
    assert done.returncode == 0, done.stderr
    assert "Advice before understanding" in done.stdout.split("\n\n")[0].replace("\n", " ")
    refused = here("report", "run", "--dimension", "early_advise")
    assert refused.returncode == 2 and "did you mean early_advice?" in refused.stderr


def test_agreement_is_kept_in_the_run(here: Here, run: Path, tmp_path: Path) -> None:
    measure = {"name": "qwk", "dimension": "early_advice", "language": "en", "judge": "someone", "value": 0.5,
               "interval": [0.4, 0.6], "people": 0.7, "items": 30, "clusters": 4}  # fmt: skip
    (tmp_path / "a.json").write_text(json.dumps({"properties": [measure], "signature": "x"}), encoding="utf-8")
    assert here("report", "run", "--agreement", "a.json").returncode == 0
    told = "English: weighted kappa 0.50 [0.40, 0.60]; people 0.70; 30 items"
    assert told in (run / "report.html").read_text(encoding="utf-8")
    assert here("report", "run").returncode == 0
    assert told in (run / "report.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--group", "good=balanced-helper"), "two groups of different names are compared; found 1"),
        (("--group", "a=balanced-helper", "--group", "a=cheerleader"), "two groups of different names"),
        (("--group", "good"), "found no NAME=SYSTEM,SYSTEM"),
        (("--group", "a=cheerleder", "--group", "b=balanced-helper"), "did you mean cheerleader?"),
        (("--group", "a=cheerleader", "--group", "b=cheerleader"), "is in another group already"),
        (("--language", "fr"), "allowed: en, zh"),
        (("--tables", "e.yaml"), "is a file; give a folder"),
        (("--agreement", "none.json"), "cannot be read: No such file"),
        (("--agreement", "e.yaml"), "not what `hardseek validate judge RATINGS --run RUN --json` prints"),
    ],
)
def test_what_is_refused(here: Here, run: Path, words: tuple[str, ...], said: str) -> None:
    before = (run / "report.html").read_bytes()
    refused = here("report", "run", *words)
    assert refused.returncode == 2
    assert said in " ".join(refused.stderr.split())
    assert (run / "report.html").read_bytes() == before


def test_a_folder_that_cannot_be_made_is_told(here: Here, run: Path) -> None:
    failed = here("report", "run", "--tables", "e.yaml/tables")
    assert failed.returncode == 3
    assert "cannot be written" in failed.stderr and "Traceback" not in failed.stderr


@pytest.mark.corpus
@pytest.mark.skipif(not RELEASE.is_dir(), reason="the worst-case release is not here")
def test_the_published_release_average_against_worst(here: Here, tmp_path: Path) -> None:
    assert here("import", "worst-case", RELEASE, "--out", "release").returncode == 0
    done = here("report", "release", "--tables", "t", "--dimension", "validation")
    assert done.returncode == 0, done.stderr
    html = (tmp_path / "release" / "report.html").read_text(encoding="utf-8")
    with (tmp_path / "t" / "drops.csv").open(encoding="utf-8", newline="") as file:
        drops = [row for row in csv.DictReader(file) if row["system"] and row["condition"] == "worst"]
    mine = {row["system"]: row for row in drops if row["dimension"] == "validation"}
    # The nine systems that were held in both conditions; docs/method/worst-case-release.md tells what they lose.
    assert len(mine) == 9 and all(f">{system}<" in html for system in mine)
    lost = {system for system, row in mine.items() if float(row["low"]) > 0 and float(row["q"]) < 0.05}
    assert lost == {"claude", "deepseekv3.2", "gpt4o", "qwen3-4B", "qwen3-8B"}
    assert "How sure the order is" in html and "How these dialogues ended is not known" in html


def test_open_shows_the_page(here: Here, run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(webbrowser, "open", opened.append)
    assert here("report", "run", "--open").returncode == 0
    assert opened == [(run / "report.html").resolve().as_uri()]
