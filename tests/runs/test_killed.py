"""Killed at any moment, any number of times, a run ends with the same dialogues as an unbroken one."""

import signal
import subprocess
import sys
from pathlib import Path

from hardseek.runs import Store
from runs.run_cast import cast, export, plan, run

RUN = """
import os, signal, sys
from itertools import count
from pathlib import Path
from runs.run_cast import Nap, PlayedSupporter, cast, plan, run
moment, calls = int(sys.argv[2]), count(1)
def die(talk, transcript):
    if next(calls) == moment:
        os.kill(os.getpid(), signal.SIGKILL)
supporters = [PlayedSupporter(Nap(0.02, moment + place), die) for place in range(3)]
run(Path(sys.argv[1]), plan(cards=10, concurrency=6), cast(*supporters))
"""


def test_killed_again_and_again_it_comes_to_the_same(tmp_path: Path) -> None:
    of = plan(cards=10)
    finished = []
    for moment in (41, 2, 33):
        command = [sys.executable, "-c", RUN, str(tmp_path / "killed"), str(moment)]
        killed = subprocess.run(command, cwd=Path(__file__).parent.parent, capture_output=True, text=True, check=False)
        assert (killed.returncode, killed.stderr) == (-signal.SIGKILL, "")
        with Store(tmp_path / "killed") as store:
            finished.append(sum(count for state, count in store.counts().items() if state != "open"))
    assert 0 < finished[0] <= finished[1] < finished[2] < len(of), "nothing that was finished is lost"
    assert run(tmp_path / "killed", of)[0]
    run(tmp_path / "whole", of, cast())
    assert export(tmp_path / "killed") == export(tmp_path / "whole")
