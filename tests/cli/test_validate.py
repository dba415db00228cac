"""`hardseek validate seeker`, as its users run it."""

import json
import os
import signal
from pathlib import Path

import pytest

from cli.commands import Here, hardseek, started, until
from servers import Answer, Asked, Server, completion

SAID = ("it has been a lot lately", "i dont really know how to put it", "maybe, yes", "i guess so", "it was last week")
SEEKER = '{{kind: chat, appraisal: offline, base_url: "{url}", model: seeker, retries: 0}}'
SMALL = ("--only", "diverse,integrity", "--cards", "1", "--language", "en")


def words(asked: Asked) -> Answer:
    return completion(SAID[sum(message["role"] == "assistant" for message in asked.messages) % len(SAID)])


def slow(asked: Asked) -> Answer:
    return words(asked).later(0.02)


def described(folder: Path, url: str, text: str = SEEKER) -> Path:
    path = folder / "played.yaml"
    path.write_text(text.format(url=url), encoding="utf-8")
    return path


def test_it_prints_every_property_as_json(tmp_path: Path) -> None:
    done = hardseek("validate", "seeker", "--cards", "1", "--language", "en", "--json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert set(found) == {"properties", "signature"}
    assert "|cards:1@" in found["signature"] and "|corpora:none" in found["signature"]
    families = {made["name"].partition("/")[0] for made in found["properties"]}
    assert families == {"responsive", "controllable", "realistic", "repeatable", "diverse", "integrity"}
    for made in found["properties"]:
        assert {"name", "language", "value", "interval", "aim", "holds"} <= set(made)
        assert (made["aim"] is None or made["value"] is None) == (made["holds"] is None)
    pooled = [m for m in found["properties"] if m["name"] == "responsive/auc" and m["condition"] is None]
    assert pooled[0]["value"] > 0.9
    assert "--corpora FOLDER" in done.stderr
    assert not (tmp_path / "runs").exists()  # what costs nothing is not kept


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--cards", "0"), "at least one card"),
        (("--language", "fr"), "allowed: en, zh"),
        (("--page-language", "fr"), "--page-language"),
        (("--only", "responsiv"), "did you mean responsive"),
        (("--only", "told-apart"), "nothing to show"),
        (("--only", "appraisals"), "kind: chat"),
        (("--corpora", "nowhere"), "no such folder"),
        (("--seeker", "nowhere.yaml"), "no such file"),
        (("--out", "nowhere/page.html"), "its folder is not there"),
    ],
)
def test_what_cannot_be_is_refused(tmp_path: Path, words: tuple[str, ...], told: str) -> None:
    done = hardseek("validate", "seeker", *words, cwd=tmp_path)
    assert done.returncode == 2
    assert told in done.stderr
    assert "dialogues/s" not in done.stderr


def test_any_seeker_is_kept_and_gone_on_with(tmp_path: Path) -> None:
    with Server(words) as server:
        path = described(tmp_path, server.base_url)
        done = hardseek("validate", "seeker", "--seeker", path, *SMALL, "--json", cwd=tmp_path)
        asked = server.count
        again = hardseek("validate", "seeker", "--seeker", path, *SMALL, "--json", cwd=tmp_path)
        assert server.count == asked
        other = hardseek("validate", "seeker", "--seeker", path, *SMALL, "--seed", "2", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert asked >= 2 * 6
    bound = 2 * 6 * 8  # conditions, systems, exchanges, one card
    assert f"{bound} calls at most" in done.stderr and asked <= bound
    assert (again.returncode, again.stdout) == (0, done.stdout)
    assert hardseek("status", tmp_path / "runs" / "validate-played", cwd=tmp_path).returncode == 0
    assert other.returncode == 2 and "seed (2, not 1)" in other.stderr


def test_a_dry_run_asks_nothing(tmp_path: Path) -> None:
    with Server(words) as server:
        path = described(tmp_path, server.base_url)
        done = hardseek("validate", "seeker", "--seeker", path, *SMALL, "--dry-run", cwd=tmp_path)
        assert server.count == 0
    assert done.returncode == 0
    assert "96 calls at most" in done.stderr
    assert not (tmp_path / "runs").exists()


def test_a_server_that_is_gone_stops_it_with_the_reason(tmp_path: Path) -> None:
    server = Server(words)
    server.start()
    server.stop()
    path = described(tmp_path, server.base_url)
    done = hardseek("validate", "seeker", "--seeker", path, "--cards", "4", "--only", "responsive", cwd=tmp_path)
    assert done.returncode == 3
    assert "dialogues all failed (unreachable)" in done.stderr
    assert "Traceback" not in done.stderr
    assert "aims reached" not in done.stdout


def test_wordings_that_will_not_do_are_counted_and_left_out(tmp_path: Path) -> None:
    def out_of_part_when_offered_cheer(asked: Asked) -> Answer:
        # By what the supporter said: some dialogues fail at their second turn, the others never.
        heard = " ".join(message["content"] for message in asked.messages if message["role"] == "user")
        return completion("As an AI language model I cannot feel.") if "!" in heard else words(asked)

    with Server(out_of_part_when_offered_cheer) as server:
        path = described(tmp_path, server.base_url)
        done = hardseek("validate", "seeker", "--seeker", path, *SMALL, "--json", cwd=tmp_path)
    assert done.returncode == 1, done.stderr
    found = {made["name"]: made["value"] for made in json.loads(done.stdout)["properties"]}
    assert 0 < found["integrity/dialogues-invalid"] == found["integrity/invalid-invalid-seeker"] < 1
    assert "left out of all figures" in done.stderr


def test_ctrl_c_keeps_every_turn(tmp_path: Path) -> None:
    with Server(slow) as server:
        path = described(tmp_path, server.base_url)
        words = ("validate", "seeker", "--seeker", path, *SMALL, "--concurrency", "2", "--json")
        process = started(*words, cwd=tmp_path)
        until(lambda: server.count >= 10, process)
        os.killpg(process.pid, signal.SIGINT)
        printed, told = process.communicate(timeout=60)
        asked = server.count
        assert process.returncode == 130, told
        assert printed == ""
        assert "every turn so far is in runs/validate-played" in told
        done = hardseek(*words, cwd=tmp_path)
        went_on = server.count - asked
        unbroken = hardseek(*words, "--run", "unbroken", cwd=tmp_path)
        whole = server.count - asked - went_on
    assert done.returncode == 0, done.stderr
    assert asked + went_on <= whole + 2  # at most the calls in flight are asked for again
    assert done.stdout == unbroken.stdout


def test_three_ways_of_appraisal_are_compared_for_chat_seekers(tmp_path: Path) -> None:
    def rated(asked: Asked) -> Answer:
        if "response_format" not in asked.body:
            return words(asked)
        wanted = asked.body["response_format"]["json_schema"]["schema"]["required"]
        return completion(json.dumps({name: "maybe, yes" if name == "message" else 2 for name in wanted}))

    with Server(rated, record=False) as server:
        path = described(tmp_path, server.base_url, '{{kind: chat, base_url: "{url}", model: seeker, retries: 0}}')
        small = ("--only", "appraisals,integrity", "--cards", "1", "--language", "en")
        done = hardseek("validate", "seeker", "--seeker", path, *small, "--json", "--out", "page.html", cwd=tmp_path)
        asked = server.count
    assert done.returncode == 0, done.stderr
    found = {(made["name"], made["condition"]): made["value"] for made in json.loads(done.stdout)["properties"]}
    assert found["appraisals/calls-per-turn", "offline"] == 1.0
    assert ("appraisals/same-move", "model-offline") in found and ("integrity/dialogues-invalid", None) in found
    # At most two sittings of six dialogues with eight turns, two calls each; and six calls a turn for the comparison.
    assert "Asked besides, for appraisals: 288 calls at most" in done.stderr
    assert asked <= 2 * 6 * 8 * 2 + 288


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_opens_in_the_language_asked_for(tmp_path: Path, language: str) -> None:
    words = ("validate", "seeker", "--only", "realistic", "--cards", "1", "--language", "en")
    done = hardseek(*words, "--out", "page.html", "--page-language", language, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert f'<html lang="{language}" data-ui="{language}">' in page
    assert "aims reached" in page and "个目标达到" in page


def test_the_same_experiment_is_not_run_into_the_folder_of_a_validation(here: Here, tmp_path: Path) -> None:
    assert here("validate", "seeker", *SMALL, "--run", "kept").returncode == 0
    kept = tmp_path / "kept"
    before = (kept / "run.sqlite").stat().st_size
    done = here("run", kept / "experiment.yaml", "--out", kept)
    assert done.returncode == 2
    assert "holds another run" in done.stderr and "luck (none, not validation@" in done.stderr
    assert (kept / "run.sqlite").stat().st_size == before
    assert here("validate", "seeker", *SMALL, "--run", "kept").returncode == 0  # which goes on there
