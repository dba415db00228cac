"""Killed at any moment, any number of times, a run ends with the same dialogues as an unbroken one."""

import random
import subprocess
import sys
import time
from pathlib import Path

from run_cast import cast, export, plan, run

from hardseek.runs import Store

RUN = """
import sys
from pathlib import Path
from run_cast import Nap, PlayedSupporter, cast, plan, run
seed = int(sys.argv[2])
supporters = [PlayedSupporter(Nap(0.03, seed + place)) for place in range(3)]
print("begun", flush=True)
run(Path(sys.argv[1]), plan(cards=10, concurrency=20), cast(*supporters))
"""


def test_killed_in_the_middle_again_and_again(tmp_path: Path) -> None:
    of, luck = plan(cards=10), random.Random(5)
    finished: list[int] = []
    for seed in range(3):
        killed = subprocess.Popen(
            [sys.executable, "-c", RUN, tmp_path / "killed", str(seed)],
            cwd=Path(__file__).parent,
            stdout=subprocess.PIPE,
        )
        assert killed.stdout is not None
        with killed, killed.stdout as said:
            assert said.readline() == b"begun\n"
            time.sleep(0.05 + 0.1 * luck.random())
            assert killed.poll() is None, "it was done before it could be killed"
            killed.kill()
        with Store(tmp_path / "killed") as store:
            finished.append(sum(count for state, count in store.counts().items() if state != "open"))
    assert finished == sorted(finished), "nothing that was finished is lost"
    assert 0 < finished[-1] < len(of)
    assert run(tmp_path / "killed", of)[0]
    run(tmp_path / "whole", of, cast())
    assert export(tmp_path / "killed") == export(tmp_path / "whole")
