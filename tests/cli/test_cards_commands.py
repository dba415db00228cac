"""`hardseek cards` as its users run it: whole command lines, in this process, as there are many of them."""

import json
from pathlib import Path

import pytest

from cli.commands import Here
from hardseek.cards import load_cards, packaged_cards

SHARED = Path(__file__).parents[3] / "shared" / "data"
CARDS = packaged_cards()


def test_list_filters_and_counts_what_is_left(here: Here) -> None:
    everything = here("cards", "list")
    assert everything.returncode == 0
    assert f"{len(CARDS)} cards (84 en, 84 zh)" in everything.stderr
    assert all(card.id in everything.stdout for card in CARDS)
    some = here("cards", "list", "--language", "zh", "--category", "family", "--json")
    family = {"family-parents", "family-expectations", "family-children", "family-siblings", "family-in-laws",
              "family-caregiving", "family-becoming-parent", "family-bereavement"}  # fmt: skip
    expected = [card.id for card in CARDS if card.language == "zh" and card.category in family]
    assert [card["id"] for card in json.loads(some.stdout)] == expected
    young = json.loads(here("cards", "list", "--teen", "--json").stdout)
    assert young
    assert all(card["age"] < 18 and card["risk"] == "none" for card in young)
    risk = json.loads(here("cards", "list", "--risk", "any", "--no-teen", "--json").stdout)
    assert [card["id"] for card in risk] == [card.id for card in CARDS if card.risk != "none"]
    none = here("cards", "list", "--grade", "low")
    assert none.returncode == 0
    assert "No card is like that" in none.stderr


def test_counts_by_category_and_language_add_up(here: Here) -> None:
    done = here("cards", "list", "--counts")
    rows = {
        line.split()[0]: [int(n) if n != "-" else 0 for n in line.split()[-3:]] for line in done.stdout.splitlines()[1:]
    }
    assert len(rows) == 3 + 7 + 37
    assert rows["life"][2] + rows["work-study"][2] + rows["society"][2] == len(CARDS)
    assert all(en + zh == both for en, zh, both in rows.values())
    assert rows["mood-low"][0] == sum(card.language == "en" and card.category == "mood-low" for card in CARDS)
    chinese = here("cards", "list", "--counts", "--language", "zh")
    assert "情绪低落" in chinese.stdout


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--category", "mood-lows"], "--category: found 'mood-lows'; allowed: life, "),
        (["--language", "fr"], "--language: found 'fr'; allowed: en, zh"),
        (["--risk", "high"], "--risk: found 'high'; allowed: none, passive-thoughts, past-self-harm, any"),
        (["--grade", "hi"], "(did you mean high?)"),
        (["--cards", "nothing.jsonl"], "nothing.jsonl: there is no such file"),
    ],
)
def test_what_cannot_be_asked_for_is_refused(here: Here, words: list[str], message: str) -> None:
    done = here("cards", "list", *words)
    assert done.returncode == 2
    assert message in done.stderr


def test_show_prints_all_of_a_card(here: Here) -> None:
    card = next(card for card in CARDS if card.id == "zh-0010-second-daughter")
    done = here("cards", "show", "zh-0010")
    assert done.returncode == 0
    shown = "".join(done.stdout.split())
    texts = [card.summary, *card.beliefs, *card.tried, card.wants or "", card.would_help or "", card.writing or ""]
    assert all("".join(text.split()) in shown for text in texts)
    # A table folds long texts over several lines: each begins in its own.
    assert all(fact.text[:8] in done.stdout and fact.depth in done.stdout for fact in card.facts)
    assert "自我价值与外貌" in done.stdout
    told = json.loads(here("cards", "show", card.id, "--json").stdout)
    assert told == card.model_dump(mode="json")


def test_show_says_which_is_meant(here: Here) -> None:
    done = here("cards", "show", "zh-00")
    assert done.returncode == 2
    assert "'zh-00' begins the ids of 84 cards, such as zh-0001-layoff-list, " in done.stderr
    missing = here("cards", "show", "en-0001-nightshift")
    assert "there is no card en-0001-nightshift (did you mean en-0001-night-shift?)" in missing.stderr


def test_check_finds_nothing_in_the_packaged_library(here: Here) -> None:
    done = here("cards", "check")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == f"{len(CARDS)} cards checked: nothing found\n"


def test_check_tells_errors_by_its_exit_code(here: Here, tmp_path: Path) -> None:
    card = CARDS[0].model_dump(mode="json") | {"parallel": None}
    good, bad = tmp_path / "good.jsonl", tmp_path / "bad.jsonl"
    good.write_text(json.dumps(card | {"wants": None}), encoding="utf-8")
    done = here("cards", "check", good)
    assert done.returncode == 0
    assert "wants" in done.stdout and "not filled" in done.stdout
    assert "1 card checked: 0 errors, 1 warning, in 1 card" in done.stderr
    assert here("cards", "check", good, "--strict").returncode == 1
    card["facts"][0]["text"] = "Write to me at tired@example.org, I am up all night anyway."
    bad.write_text(json.dumps(card), encoding="utf-8")
    done = here("cards", "check", bad, "--json")
    assert done.returncode == 1
    (finding,) = json.loads(done.stdout)
    assert (finding["card"], finding["field"], finding["level"]) == (card["id"], "facts.nights", "error")
    assert finding["what"].startswith("e-mail address: ti")
    assert here("cards", "check", "nothing.jsonl").returncode == 2


def test_import_reports_and_writes_what_then_can_be_checked_and_played(here: Here, tmp_path: Path) -> None:
    (tmp_path / "theirs.csv").write_text(
        "编号,年龄,性别,困扰,备注\n1,23,女,我最近老是失眠。,x\n2,40,男,a,b,c\n3,30,男,求助者的妻子离开了他。,\n",
        encoding="utf-8",
    )
    done = here("cards", "import", "theirs.csv", "--out", "ours.jsonl")
    assert done.returncode == 0
    assert "3 read, 2 made into cards in ours.jsonl (2 free)" in done.stderr
    assert "Not used, as no field of a card is called so: 备注" in done.stderr
    assert "1 x 6 cells, and 5 columns are named" in done.stderr
    assert "theirs.csv, line 3" in done.stderr
    assert [card.id for card in load_cards(tmp_path / "ours.jsonl")] == ["1", "3"]
    assert here("cards", "check", "ours.jsonl").returncode == 0
    (tmp_path / "e.yaml").write_text(
        "name: e\nsystems: [balanced-helper]\nconditions: [average]\nlanguages: [zh]\ncards: {path: ours.jsonl}\n",
        encoding="utf-8",
    )
    assert here("run", "e.yaml").returncode == 0


@pytest.mark.parametrize(
    ("name", "content", "out", "message"),
    [
        ("page.json", b"<!DOCTYPE html>", "out.jsonl", "a web page, not cards"),
        ("noise.jsonl", b"\0\1\2", "out.jsonl", "a binary file"),
        ("none.jsonl", b"{}\n[1]\n", "out.jsonl", "none.jsonl: no cards in it; nothing was written"),
        (
            "ok.csv",
            b"problem\nI cannot sleep at all.\n",
            "out.csv",
            "--out: found out.csv; cards are written as JSON Lines",
        ),
        ("ok.csv", b"problem\nI cannot sleep at all.\n", "no/such/out.jsonl", "cannot be written"),
    ],
)
def test_an_import_that_fails_leaves_nothing_half_written(
    here: Here, tmp_path: Path, *, name: str, content: bytes, out: str, message: str
) -> None:
    (tmp_path / name).write_bytes(content)
    before = tmp_path / "out.jsonl"
    before.write_text("what was there\n", encoding="utf-8")
    done = here("cards", "import", name, "--out", out)
    assert done.returncode == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([name, "out.jsonl"])
    assert before.read_text(encoding="utf-8") == "what was there\n"


@pytest.mark.corpus
@pytest.mark.skipif(not SHARED.is_dir(), reason="the reference corpora are not here")
@pytest.mark.parametrize(
    ("path", "count"),
    [
        ("esc_eval/card_high_en.jsonl", 228), ("esc_eval/card_high_zh.jsonl", 229), ("worst_case/profiles.jsonl", 50),
        ("worst_case/train/profiles_cleaned.jsonl", 700), ("esconv/valid.jsonl", 193),
    ],
)  # fmt: skip
def test_the_published_releases_are_imported_whole(here: Here, tmp_path: Path, path: str, count: int) -> None:
    done = here("cards", "import", SHARED / path, "--out", "cards.jsonl")
    assert done.returncode == 0, done.stderr
    assert f"{count} made into cards" in done.stderr
    assert len(load_cards(tmp_path / "cards.jsonl")) == count
