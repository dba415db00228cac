"""Builds that are killed or interrupted, as processes of their own: what was answered is kept, and they go on."""

import os
import random
import signal
import time
import zlib
from pathlib import Path

import pytest

from cli.commands import hardseek, killed, started, until
from cli.laments import contents, laments, model, posts, table
from hardseek.cards import load_cards
from servers import Answer, Asked, Server, completion, error
from servers.extracting import Extracted, extractor, is_extraction

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"


def test_a_killed_build_goes_on_to_the_same_end(tmp_path: Path) -> None:
    moments = random.Random(3)
    path = posts(tmp_path, *laments(40))
    with Server(extractor(latency=0.05)) as server:
        words = ("cards", "build", path, "--model", model(tmp_path, server.base_url, concurrency=4), "--out")
        done_before = 0
        for _ in range(2):
            asked = server.count
            killed(*words, "b", cwd=tmp_path, server=server, after=moments.uniform(0, 0.3))
            answered = table(tmp_path / "b", "SELECT count(*) FROM answers")[0][0]
            # At most the calls in flight are lost: four.
            assert answered >= done_before + (server.count - asked) - 4
            done_before = answered
        assert done_before > 0
        last = hardseek(*words, "b", cwd=tmp_path)
        assert last.returncode == 0, last.stderr
        unbroken = hardseek(*words, "unbroken", cwd=tmp_path)
        assert unbroken.returncode == 0, unbroken.stderr
    assert len(contents(tmp_path / "b")[1]) == 40
    assert contents(tmp_path / "b") == contents(tmp_path / "unbroken")


def test_ctrl_c_lets_the_calls_in_progress_finish(tmp_path: Path) -> None:
    with Server(extractor(latency=0.2)) as server:
        words = ("cards", "build", posts(tmp_path, *laments(20)), "--model",
                 model(tmp_path, server.base_url, concurrency=2), "--out", "b")  # fmt: skip
        process = started(*words, cwd=tmp_path)
        until(lambda: server.count >= 3, process)
        os.killpg(process.pid, signal.SIGINT)
        _, told = process.communicate(timeout=30)
        assert process.returncode == 130
        assert "every answer so far is in b. Run the same command to go on." in " ".join(told.split())
        assert "Traceback" not in told
        assert table(tmp_path / "b", "SELECT count(*) FROM answers") == [(server.count,)]
        server.script = extractor()
        assert hardseek(*words, cwd=tmp_path).returncode == 0


def trouble(asked: Asked, found: Extracted) -> Extracted | Answer:
    """Do to a twentieth of the dialogues each what models do to extractions."""
    fate = zlib.crc32(asked.messages[1]["content"].encode()) % 20
    match fate:
        case 0:
            return completion("I am sorry, I cannot do that.")
        case 1:
            return {**found, "problem": {"quotes": [], "value": None}}
        case 2 | 3:
            found["facts"][1:2] = [
                {"quotes": ["these words were never said"], "text": "I made this up.", "depth": "core", "feeling": None}
            ]
        case 4:
            found["facts"] = found["facts"][:2]
        case 5:
            found["gender"] = {"quotes": [], "value": "female"}
    return found


@pytest.mark.corpus
@pytest.mark.skipif(not SHARED.is_dir(), reason="the reference corpora are not here")
def test_all_of_esconv_through_every_step(tmp_path: Path) -> None:
    failing: dict[str, int] = {}

    def script(asked: Asked) -> Answer:
        """Fail every ninth material's first call, in either step, as servers do."""
        key = asked.messages[1]["content"]
        failing[key] = failing.get(key, 0) + 1
        if zlib.crc32(key.encode()) % 9 == 0 and failing[key] == 1:
            return error(503)
        answer = extractor(trouble)(asked) if is_extraction(asked) else extractor()(asked)
        return answer.later(0.02)

    with Server(script) as server:
        words = ("cards", "build", SHARED / "esconv" / "valid.jsonl", "--model",
                 model(tmp_path, server.base_url, concurrency=16), "--out")  # fmt: skip
        process = started(*words, "b", cwd=tmp_path)
        until = time.monotonic() + 60
        while server.count < 100 and time.monotonic() < until:
            time.sleep(0.01)
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        kept = table(tmp_path / "b", "SELECT count(*) FROM answers")[0][0]
        assert 0 < kept < 2 * 195
        done = hardseek(*words, "b", cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        assert "195 items read (esconv)" in done.stderr
        assert hardseek(*words, "unbroken", cwd=tmp_path).returncode == 0
    assert contents(tmp_path / "b") == contents(tmp_path / "unbroken")
    stages = dict(table(tmp_path / "b", "SELECT coalesce(reason, stage), count(*) FROM items GROUP BY 1"))
    assert sum(stages.values()) == 195
    assert min(stages.get(reason, 0) for reason in ("malformed", "no problem told", "too few facts", "built")) > 0
    rejected = dict(table(tmp_path / "b", "SELECT rejected, count(*) FROM fields GROUP BY 1"))
    assert min(rejected.get(reason, 0) for reason in ("evidence not said", "no evidence")) > 0
    assert f"{rejected['evidence not said']} evidence not said" in " ".join(done.stdout.split())
    assert table(tmp_path / "b", "SELECT max(attempts) FROM answers")[0][0] > 1
    assert hardseek("cards", "build", "b", "--export", "cards.jsonl", cwd=tmp_path).returncode == 0
    cards = load_cards(tmp_path / "cards.jsonl")
    assert len(cards) == stages["built"]
    assert not any("made this up" in fact.text for card in cards for fact in card.facts)
