"""`hardseek cards build` and `hardseek cards review`, as their users run them, against a served model."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.commands import Done, Here, everything_in
from cli.laments import NOBODY, laments, model, posts, table
from hardseek.cards import load_cards
from servers import Asked, Server
from servers.extracting import Extracted, extractor

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"


@pytest.fixture
def served() -> Iterator[Server]:
    with Server(extractor()) as server:
        yield server


def test_posts_become_cards_that_can_be_checked_and_played(here: Here, tmp_path: Path, served: Server) -> None:
    path = posts(tmp_path, *laments(3), "Too short.", "My name is Ann Lee, write to ann@example.org. " + laments(9)[8])
    with path.open("a", encoding="utf-8") as file:
        file.write('{"text": \n{"titel": "x"}\n')
    priced = model(tmp_path, served.base_url, price={"input": 100000, "output": 200000})
    done = here("cards", "build", path, "--model", priced, "--out", "b")
    assert done.returncode == 0, done.stderr
    assert "5 items read (posts)" in done.stderr
    assert "posts.jsonl, line 6: not valid JSON" in done.stderr
    assert "posts.jsonl, line 7: no text; a post has its words in one of text, post" in done.stderr
    removed = "Identifiers removed before anything was kept or sent: e-mail address: 1, full name: 1; in 1 of 5 items"
    assert removed in done.stderr and removed in done.stdout
    assert "1 too short" in done.stdout
    # Eight calls of 7 tokens in and 3 out.
    assert "Taken: 8 calls, 56 tokens in, 24 out; cost: 10.40" in done.stdout
    assert "model m; prompts extract.en@1, extract.zh@1; category.en@1, category.zh@1, " in done.stdout
    sent = b"".join(asked.raw for asked in served.asked)
    assert b"[full name]" in sent and b"[e-mail address]" in sent
    for kept in (sent, everything_in(tmp_path / "b")):
        assert b"Ann Lee" not in kept and b"ann@example.org" not in kept
    done = here("cards", "build", "b", "--export", "cards.jsonl", "--evidence", "evidence.jsonl")
    assert done.returncode == 0, done.stderr
    cards = load_cards(tmp_path / "cards.jsonl")
    assert [card.id for card in cards] == ["posts-1", "posts-2", "posts-3", "posts-5"]
    told = [json.loads(line) for line in (tmp_path / "evidence.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [each["card"] for each in told] == [card.id for card in cards]
    assert all(entry["quotes"] for each in told for entry in each["entries"])
    assert here("cards", "check", "cards.jsonl").returncode == 0
    (tmp_path / "e.yaml").write_text(
        "name: e\nsystems: [balanced-helper]\nconditions: [average]\nlanguages: [en]\ncards: {path: cards.jsonl}\n",
        encoding="utf-8",
    )
    assert here("run", "e.yaml").returncode == 0


def test_a_dry_run_sends_and_keeps_nothing(here: Here, tmp_path: Path, served: Server) -> None:
    priced = model(tmp_path, served.base_url, price={"input": 1, "output": 2})
    done = here(
        "cards", "build", posts(tmp_path, *laments(2), "Short."), "--model", priced, "--out", "b", "--dry-run",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "2 pass the filter, 1 do not (1 too short)" in done.stdout
    assert "m: extraction" in done.stdout and "m: category" in done.stdout
    assert "Cost in all, of what has a price: about 0.0" in done.stdout
    assert served.count == 0
    assert not (tmp_path / "b").exists()


def test_another_model_is_refused_and_the_same_one_moved_goes_on(here: Here, tmp_path: Path, served: Server) -> None:
    path = posts(tmp_path, *laments(2))
    words = ("cards", "build", path, "--model", tmp_path / "model.yaml", "--out", "b")
    model(tmp_path, NOBODY, retries=0)
    done = here(*words)
    assert done.returncode == 1
    assert "2 items wait, as the server could not be asked, the last time because of unreachable" in " ".join(
        done.stderr.split()
    )
    model(tmp_path, served.base_url, model="other")
    done = here(*words)
    assert done.returncode == 2
    assert "What differs: model (there m, here other)" in done.stderr
    model(tmp_path, served.base_url)
    done = here(*words)
    assert done.returncode == 0, done.stderr
    assert table(tmp_path / "b", "SELECT count(*) FROM cards WHERE grade IS NOT NULL") == [(2,)]
    posts(tmp_path, *laments(3))
    assert "What differs: sources (there 2, " in here(*words).stderr


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["posts.json", "--model", "model.yaml", "--out", "b"], "posts.json: there is no such file or folder"),
        (["posts.jsonl", "--out", "b"], "give the model that extracts (--model FILE), or --no-model"),
        (["posts.jsonl", "--model", "model.yaml"], "--out: name the folder in which the build is kept"),
        (["posts.jsonl", "--model", "model.yaml", "--out", "b", "--format", "esc"], "allowed: worst-case, esc-eval"),
        (["posts.jsonl", "--model", "model.yaml", "--out", "full"], "full: holds files but no build"),
        (["posts.jsonl", "--no-model", "--out", "b"], "no cards can be made of it without a model"),
        (["odd.jsonl", "--model", "model.yaml", "--out", "b"], "not told by its first record, which has 'a'"),
        (["esconv.jsonl", "--model", "model.yaml", "--out", "b"], "esconv.jsonl, line 2: not valid JSON"),
        (["noise.jsonl", "--model", "model.yaml", "--out", "b"], "a binary file"),
        (["page.json", "--model", "model.yaml", "--out", "b"], "a web page"),
        (["full", "--model", "model.yaml", "--out", "b"], "full: a folder; say with --format"),
        (["posts.jsonl", "--model", "posts.jsonl", "--out", "b"], "posts.jsonl"),
        (["full", "--status"], "full: holds no build"),
        (["full", "--export", "c.jsonl"], "full: holds no build"),
    ],
)  # fmt: skip
def test_what_cannot_be_built_is_refused_and_nothing_is_kept(
    here: Here, tmp_path: Path, words: list[str], message: str
) -> None:
    posts(tmp_path, *laments(1))
    model(tmp_path, NOBODY)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "notes.txt").write_text("mine", encoding="utf-8")
    (tmp_path / "odd.jsonl").write_text('{"a": 1}\n', encoding="utf-8")
    (tmp_path / "esconv.jsonl").write_text(
        '{"dialog": [{"speaker": "usr", "text": "x"}]}\n{"dialog\n', encoding="utf-8"
    )
    (tmp_path / "noise.jsonl").write_bytes(b"\0\1\2")
    (tmp_path / "page.json").write_bytes(b"<!DOCTYPE html>")
    done = here("cards", "build", *words)
    assert done.returncode == 2, done.stdout
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "b").exists()


def reviewed(here: Here, name: str, keys: str) -> Done:
    return here("cards", "review", "b", "--reviewer", name, keys=keys)


@pytest.fixture
def four(here: Here, tmp_path: Path, served: Server) -> Path:
    """Build four cards, one with an entry that was not said."""

    def invent(asked: Asked, found: Extracted) -> Extracted:
        if "dog" in asked.messages[1]["content"]:
            found["gender"] = {"quotes": ["as a man"], "value": "male"}
        return found

    served.script = extractor(invent)
    path = posts(tmp_path, *laments(4))
    done = here("cards", "build", path, "--model", model(tmp_path, served.base_url), "--out", "b")
    assert done.returncode == 0, done.stderr
    return tmp_path / "b"


def test_two_reviewers_decide_blind_and_their_agreement_is_told(here: Here, tmp_path: Path, four: Path) -> None:
    first = reviewed(here, "ana", "a\nr\n\nr\ntoo thin\ns\nq\n")
    assert first.returncode == 0, first.stderr
    assert "Card 1 of 4: posts-1" in first.stdout
    assert "«I am so ashamed of myself" in first.stdout.replace("\n", " ")
    assert "A rejection needs a reason." in first.stderr
    assert "2 of 4 cards wait for ana." in first.stderr
    assert "too thin" not in reviewed(here, "cy", "q\n").stdout
    second = reviewed(here, "ben", "r\nno story\nr\nno story\na\na\n")
    assert "Card 1 of 4: posts-1" in second.stdout
    assert "too thin" not in second.stdout and "ana" not in second.stdout
    # The third card's entry that was not said is shown as such.
    assert "evidence not said" in " ".join(second.stdout.split())
    again = reviewed(here, "ana", "a\na\n")
    assert "Card 1 of 2: posts-3" in again.stdout
    assert "Nothing waits for ana" in reviewed(here, "ana", "").stderr
    # Kept or rejected: ana k r k k, ben r r k k. Observed 3/4; by chance 3/4 x 2/4 + 1/4 x 2/4 = 1/2; kappa 1/2.
    for words in (("cards", "review", four, "--status"), ("cards", "build", four, "--status")):
        told = here(*words)
        assert told.returncode == 0, told.stderr
        assert "ana and ben: 4 cards by both, 75% agreement on keeping or rejecting, Cohen's kappa 0.50" in told.stdout
        assert "2 no story" in told.stdout
    done = here("cards", "build", four, "--export", "accepted.jsonl", "--accepted")
    assert done.returncode == 0, done.stderr
    assert [card.id for card in load_cards(tmp_path / "accepted.jsonl")] == ["posts-3", "posts-4"]
    none = here("cards", "build", four, "--export", "none.jsonl", "--grade", "high")
    assert none.returncode == 2
    assert "no cards of grade high or better" in none.stderr
    assert not (tmp_path / "none.jsonl").exists()


def test_a_card_is_edited_in_the_editor_until_it_is_one(
    here: Here, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, four: Path
) -> None:
    editor = tmp_path / "editor.sh"
    # First a mistake, then, as it is opened again, what mends it.
    editor.write_text(
        'case "$(cat "$1")" in\n'
        '  *"langauge"*) sed -i -e "s/langauge/language/" -e "s/^age: null/age: 41/" "$1";;\n'
        '  *) sed -i "s/^language/langauge/" "$1";;\nesac\n',
        encoding="utf-8",
    )
    monkeypatch.setenv("EDITOR", f"sh {editor}")
    done = reviewed(here, "ana", "e\ny\nq\n")
    assert done.returncode == 0, done.stderr
    assert "posts-1.yaml, line 3: langauge: no such field" in done.stderr
    assert "did you mean language?" in done.stderr
    assert "3 of 4 cards wait for ana." in done.stderr
    assert here("cards", "build", four, "--export", "c.jsonl", "--accepted").returncode == 0
    (card,) = load_cards(tmp_path / "c.jsonl")
    assert (card.id, card.age) == ("posts-1", 41)


@pytest.mark.parametrize(
    ("editor", "keys", "told"),
    [
        ("true", "e\nq\n", "Nothing was changed."),
        ("no-such-editor", "e\nq\n", "$EDITOR: 'no-such-editor' cannot be started"),
        ("sed -i s/^id:.*/id:_x/", "e\nn\nq\n", "posts-1.yaml"),
        ("sed -i s/morning/ann@example.org/", "e\nn\nq\n", "e-mail address: an"),
        ("rm", "e\nn\nq\n", "posts-1.yaml: cannot be read"),
    ],
)
def test_an_edit_that_is_no_card_is_not_kept(
    here: Here, monkeypatch: pytest.MonkeyPatch, four: Path, *, editor: str, keys: str, told: str
) -> None:
    monkeypatch.setenv("EDITOR", editor)
    done = reviewed(here, "ana", keys)
    assert done.returncode == 0, done.stderr
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert table(four, "SELECT count(*) FROM reviews") == [(0,)]


def test_a_review_needs_a_name_and_a_build(here: Here, tmp_path: Path, four: Path) -> None:
    assert "--reviewer: your name" in here("cards", "review", four).stderr
    assert "holds no build" in here("cards", "review", tmp_path, "--reviewer", "a").stderr
    assert "Nobody has reviewed a card yet." in here("cards", "review", four, "--status").stdout


@pytest.mark.corpus
@pytest.mark.skipif(not SHARED.is_dir(), reason="the reference corpora are not here")
def test_without_a_model_esconv_gives_cards_of_the_lowest_grade(here: Here, tmp_path: Path) -> None:
    words = ("cards", "build", SHARED / "esconv" / "valid.jsonl", "--no-model", "--out", "b")
    for _ in range(2):  # the second time finds all done
        done = here(*words)
        assert done.returncode == 0, done.stderr
        assert "193 low" in done.stdout
    assert here("cards", "build", "b", "--export", "cards.jsonl").returncode == 0
    cards = load_cards(tmp_path / "cards.jsonl")
    assert len(cards) == 193
    assert {card.grade for card in cards} == {"low"}
    assert all(card.category for card in cards)
