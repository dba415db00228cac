"""What goes wrong with a server: each time told in words, kept in its dialogue, mended by the same command."""

import os
import signal
import socket
from pathlib import Path

import pytest

from cli.commands import everything_in, exported, hardseek, records, started, until
from servers import Answer, Script, Server, always, completion, echo, error, in_turn

KEY = "sk-very-secret-1234567890"
EXPERIMENT = """
name: broken
systems:
  - {{name: served, kind: chat, base_url: "{url}", model: m, api_key_env: TEST_KEY, retries: 6, backoff: 0.001,
      timeout: {timeout}}}
  - balanced-helper
conditions: [average]
languages: [en]
cards: {{limit: 2}}
exchanges: 2
judges: []
concurrency: 4
"""


def experiment(folder: Path, url: str, *, timeout: float = 10) -> Path:
    path = folder / "broken.yaml"
    path.write_text(EXPERIMENT.format(url=url, timeout=timeout), encoding="utf-8")
    return path


def run(folder: Path, url: str, *, timeout: float = 10) -> tuple[int, str]:
    """Run the experiment; returns the exit code and what was printed."""
    done = hardseek("run", experiment(folder, url, timeout=timeout), cwd=folder, env={"TEST_KEY": KEY})
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("script", "kind", "told"),
    [
        (always(error(401, f"invalid key {KEY}")), "refused-key", "check the key in $TEST_KEY"),
        (always(error(404, "no model m")), "unknown-model", "knows no model m"),
        (always(error(429, "slow down")), "rate-limited", "429"),
        (always(error(500, "oops")), "server-error", "500"),
        (always(Answer(breakage="drop-in-body", body=b"x" * 100)), "unreachable", ""),
        (always(Answer(body=b"<html>not json</html>")), "unreadable", "OpenAI-compatible"),
        (always(completion("")), "empty", ""),
        (always(completion(None, finish_reason="content_filter")), "filtered", ""),
    ],
)
def test_a_fault_stays_with_its_system_and_is_told(tmp_path: Path, script: Script, kind: str, told: str) -> None:
    with Server(script) as server:
        code, said = run(tmp_path, server.base_url)
    assert code == 1, said
    found = records(tmp_path / "runs" / "broken", tmp_path)
    by_system = {name: [d for d in found if d["system"] == name] for name in ("served", "balanced-helper")}
    assert all(d["ending"] == "failed" and d["fault"]["kind"] == kind for d in by_system["served"])
    assert all(d["fault"] is None for d in by_system["balanced-helper"])
    assert len(by_system["served"]) == len(by_system["balanced-helper"]) == 2
    # What the server said is never text in a transcript.
    assert all([m["role"] for m in d["messages"]] == ["user"] for d in by_system["served"])
    assert f"2 dialogues failed; 2 with served, {kind}: " in said
    assert told in " ".join(said.split())
    status = hardseek("status", tmp_path / "runs" / "broken", cwd=tmp_path)
    assert kind in status.stdout
    assert told in " ".join(status.stdout.split())
    assert KEY not in said + status.stdout
    assert KEY.encode() not in everything_in(tmp_path)


def test_an_answer_that_never_ends_is_a_timeout(tmp_path: Path) -> None:
    with Server(always(Answer(breakage="silence"))) as server:
        code, _ = run(tmp_path, server.base_url, timeout=0.2)
    assert code == 1
    kinds = {d["fault"]["kind"] for d in records(tmp_path / "runs" / "broken", tmp_path) if d["fault"]}
    assert kinds == {"timeout"}


def test_passing_faults_leave_no_trace_in_the_dialogues(tmp_path: Path) -> None:
    bumpy = in_turn(
        error(429, "slow down", Retry_After="0"), error(500), Answer(breakage="drop"), error(503),
        Answer(body=b"{"), error(429), echo,
    )  # fmt: skip
    (tmp_path / "bumpy").mkdir()
    (tmp_path / "smooth").mkdir()
    with Server(bumpy) as server:
        code, said = run(tmp_path / "bumpy", server.base_url)
        assert code == 0, said
    with Server(echo) as server:
        assert run(tmp_path / "smooth", server.base_url)[0] == 0
    runs = [exported(tmp_path / name / "runs" / "broken", tmp_path) for name in ("bumpy", "smooth")]
    assert runs[0] == runs[1]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("<think>They are sad.</think>That sounds hard.", "That sounds hard."),
        ("y" * 200_000, "y" * 200_000),
        ("half a \ud83d character", "half a \ufffd character"),
        ("<script>alert(1)</script> \u202e hm", "<script>alert(1)</script> \u202e hm"),
    ],
)
def test_odd_replies_are_kept_as_text(tmp_path: Path, text: str, kept: str) -> None:
    with Server(always(completion(text))) as server:
        code, said = run(tmp_path, server.base_url)
    assert code == 0, said
    replies = {
        message["content"]
        for dialogue in records(tmp_path / "runs" / "broken", tmp_path)
        if dialogue["system"] == "served"
        for message in dialogue["messages"]
        if message["role"] == "assistant"
    }
    assert replies == {kept}
    assert "<script>alert" not in (tmp_path / "runs" / "broken" / "report.html").read_text(encoding="utf-8")


def test_a_server_that_is_not_there_is_told_and_tried_again_by_the_same_command(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        gone = f"http://127.0.0.1:{free.getsockname()[1]}/v1"
    code, _ = run(tmp_path, gone)
    assert code == 1
    assert "unreachable" in hardseek("status", tmp_path / "runs" / "broken", cwd=tmp_path).stdout
    with Server(echo) as server:  # another address is still the same system
        assert run(tmp_path, server.base_url)[0] == 0
        (tmp_path / "whole").mkdir()
        assert run(tmp_path / "whole", server.base_url)[0] == 0
    mended = exported(tmp_path / "runs" / "broken", tmp_path)
    assert mended == exported(tmp_path / "whole" / "runs" / "broken", tmp_path)


def test_a_server_that_goes_away_in_the_middle_costs_nothing_in_the_end(tmp_path: Path) -> None:
    text = (
        EXPERIMENT.format(url="URL", timeout=10).replace("api_key_env: TEST_KEY, ", "").replace("limit: 2", "limit: 6")
    )
    path = tmp_path / "broken.yaml"
    with Server(lambda asked: echo(asked).later(0.05)) as server:
        path.write_text(text.replace("URL", server.base_url), encoding="utf-8")
        process = started("run", path, cwd=tmp_path)
        until(lambda: server.count >= 6, process)
        server.stop()
        _, said = process.communicate(timeout=60)
        assert process.returncode == 1, said
        server.start()
        assert hardseek("run", path, cwd=tmp_path).returncode == 0
        assert hardseek("run", path, "--out", "whole", cwd=tmp_path).returncode == 0
    assert exported(tmp_path / "runs" / "broken", tmp_path) == exported(tmp_path / "whole", tmp_path)


def test_what_a_system_said_is_not_asked_for_again(tmp_path: Path) -> None:
    with Server(always(completion(""))) as server:
        assert run(tmp_path, server.base_url)[0] == 1
        asked = server.count
        assert run(tmp_path, server.base_url)[0] == 1
        assert server.count == asked


def test_a_missing_key_is_refused_before_anything_runs(tmp_path: Path) -> None:
    refused = hardseek("run", experiment(tmp_path, "http://127.0.0.1:9/v1"), cwd=tmp_path)
    assert refused.returncode == 2
    assert "TEST_KEY" in refused.stderr
    assert not (tmp_path / "runs").exists()


def test_ctrl_c_finishes_the_turns_in_progress_and_says_how_to_go_on(tmp_path: Path) -> None:
    def slow(asked: object) -> Answer:
        return echo(asked).later(0.15)  # type: ignore[arg-type]

    text = EXPERIMENT.format(url="URL", timeout=10).replace("api_key_env: TEST_KEY, ", "")
    with Server(slow) as server:
        path = tmp_path / "broken.yaml"
        path.write_text(text.replace("URL", server.base_url).replace("exchanges: 2", "exchanges: 8"), encoding="utf-8")
        process = started("run", path, cwd=tmp_path)
        until(lambda: server.count >= 4, process)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=30)
        assert process.returncode == 130, said
        assert "Run the same command to go on" in said
        assert "Traceback" not in said
        done = hardseek("run", path, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        whole = hardseek("run", path, "--out", "whole", cwd=tmp_path)
        assert whole.returncode == 0, whole.stderr
    assert exported(tmp_path / "runs" / "broken", tmp_path) == exported(tmp_path / "whole", tmp_path)


def test_two_processes_do_not_add_to_one_run(tmp_path: Path) -> None:
    def slow(asked: object) -> Answer:
        return echo(asked).later(20)  # type: ignore[arg-type]

    text = EXPERIMENT.format(url="URL", timeout=10).replace("api_key_env: TEST_KEY, ", "")
    with Server(slow) as server:
        path = tmp_path / "broken.yaml"
        path.write_text(text.replace("URL", server.base_url), encoding="utf-8")
        process = started("run", path, cwd=tmp_path)
        until(lambda: server.count >= 1, process)
        second = hardseek("run", path, cwd=tmp_path)
        assert second.returncode == 2
        assert "another hardseek is at work there" in second.stderr
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
