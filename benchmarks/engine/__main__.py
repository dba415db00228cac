"""How fast `hardseek run` is against a bare aiohttp client that makes the same calls, and against other clients.

    python -m benchmarks.engine [--dialogues 1000] [--rounds 3] [--latency 0 0.1] [--memory 100000]

A server on loopback answers at once, or after a latency. Every client holds the same dialogues (five exchanges, seeker
and supporter both on the endpoint, history growing) at the same concurrency, in turn, round by round; figures are the
medians of the rounds. `hardseek` also keeps every turn on disk, signs, measures and reports; its calls a second are
those of the dialogues, its CPU and memory those of the whole command. Machines are noisy: read the ratios.
"""

import argparse
import importlib.util
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
CARDS = 12
"""English cards of the packaged library."""
EXPERIMENT = """
name: bench
systems:
  - {{name: endpoint, kind: chat, base_url: "{url}", model: supporter, system_prompt: You are a kind listener.,
      concurrency: {concurrency}}}
seeker: {{kind: {seeker}, base_url: "{url}", model: seeker, concurrency: {concurrency}}}
conditions: [average]
languages: [en]
exchanges: 5
replicates: {replicates}
judges: []
concurrency: {concurrency}
"""
OFFLINE = """
name: memory
systems: [balanced-helper]
conditions: [average, worst]
languages: [en, zh]
exchanges: 8
replicates: {replicates}
judges: []
concurrency: 16
"""


@contextmanager
def server(latency: float) -> Iterator[str]:
    """Run the endpoint in a process of its own and yield its base URL."""
    command = [sys.executable, str(HERE / "server.py"), "--latency", str(latency)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        yield f"http://127.0.0.1:{int(process.stdout.readline())}/v1"
    finally:
        process.kill()
        process.wait()


def client(name: str, url: str, dialogues: int, concurrency: int) -> dict[str, float]:
    """Run one of the other clients."""
    command = [sys.executable, "-m", "benchmarks.engine.clients", name, url, str(dialogues), str(concurrency)]
    line = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True).stdout
    found: dict[str, float] = json.loads(line.splitlines()[-1])
    return found


def hardseek(text: str) -> dict[str, float]:
    """Run `hardseek run` on an experiment in a new folder; `seconds` are those of its dialogues, `whole` of it all."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "experiment.yaml"
        path.write_text(text, encoding="utf-8")
        command = [sys.executable, "-m", "hardseek", "run", str(path), "--out", f"{folder}/run"]
        began = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        assert process.stderr is not None
        said = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        whole = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        told = re.findall(r"([\d,]+)/[\d,]+ dialogues, ([\d,]+) turns, ([\d,.]+) dialogues/s, in", said)
        if process.returncode != 0 or not told:
            raise SystemExit(f"hardseek run failed ({process.returncode}):\n{said}")
        dialogues, turns, rate = (float(number.replace(",", "")) for number in told[-1])
        size = sum(file.stat().st_size for file in (Path(folder) / "run").iterdir()) / 2**20
    return {
        "calls": turns, "dialogues": dialogues, "seconds": dialogues / rate, "whole": whole,
        "cpu": usage.ru_utime + usage.ru_stime, "peak": usage.ru_maxrss / 1024, "disk": size,
    }  # fmt: skip


def speed(latency: float, dialogues: int, rounds: int, concurrency: int) -> None:
    """Print a table: each client's calls a second, its ratio to the bare client, CPU a call and peak memory."""
    replicates = max(1, dialogues // CARDS)
    dialogues = replicates * CARDS
    rows: dict[str, list[dict[str, float]]] = {}
    peers = [name for name in ("openai", "inspect_ai") if importlib.util.find_spec(name)]
    few = max(CARDS, dialogues // 10)
    with server(latency) as url:
        for _ in range(rounds):
            rows.setdefault("bare aiohttp", []).append(client("bare", url, dialogues, concurrency))
            for seeker, shown in (("esc-eval", "hardseek run (role-play)"), ("chat", "hardseek run (policy)")):
                text = EXPERIMENT.format(url=url, concurrency=concurrency, seeker=seeker, replicates=replicates)
                found = hardseek(text)
                # The greeting of the role-play protocol is a turn without a call.
                found["calls"] -= found["dialogues"] if seeker == "esc-eval" else 0
                rows.setdefault(shown, []).append(found)
            for name in peers:
                rows.setdefault(name, []).append(client(name, url, few, concurrency))
    print(f"\nlatency {latency * 1000:g} ms, {dialogues:,} dialogues, concurrency {concurrency}, {rounds} rounds")
    if latency:
        print(f"what the concurrency allows: {concurrency / latency:,.0f} calls/s")
    print(f"{'':28}{'calls/s':>10}{'to bare':>10}{'ms CPU/call':>13}{'peak MiB':>10}")
    yardstick = statistics.median(row["calls"] / row["seconds"] for row in rows["bare aiohttp"])
    for name, found_rows in rows.items():
        rate = statistics.median(row["calls"] / row["seconds"] for row in found_rows)
        cpu = statistics.median(row["cpu"] / row["calls"] * 1000 for row in found_rows)
        peak = statistics.median(row["peak"] for row in found_rows)
        print(f"{name:28}{rate:>10,.0f}{rate / yardstick:>10.2f}{cpu:>13.3f}{peak:>10.0f}")


def memory(dialogues: int) -> None:
    """Print rate and memory of offline runs of growing size: memory is not to grow with the number of dialogues."""
    print("\noffline: scripted seekers with a built-in system, eight exchanges at most")
    print(f"{'dialogues':>12}{'dialogues/s':>14}{'peak MiB':>10}{'disk MiB':>10}{'whole s':>10}")
    for share in (100, 10, 1):
        # Two conditions, cards in two languages.
        found = hardseek(OFFLINE.format(replicates=max(1, dialogues // share // (4 * CARDS))))
        rate = found["dialogues"] / found["seconds"]
        print(
            f"{found['dialogues']:>12,.0f}{rate:>14,.1f}{found['peak']:>10,.0f}{found['disk']:>10,.0f}"
            f"{found['whole']:>10,.0f}",
            flush=True,
        )


def main() -> None:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dialogues", type=int, default=1200)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--concurrency", type=int, default=200)
    parser.add_argument("--latency", type=float, nargs="*", default=[0.0, 0.1], help="seconds, one table each")
    parser.add_argument("--memory", type=int, default=0, help="also hold so many dialogues offline")
    chosen = parser.parse_args()
    for latency in chosen.latency:
        speed(latency, chosen.dialogues, chosen.rounds, chosen.concurrency)
    if chosen.memory:
        memory(chosen.memory)


if __name__ == "__main__":
    main()
