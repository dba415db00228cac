"""How quick the study's pages are while many participants chat at once.

python benchmarks/study.py                  # 50 participants, 3 exchanges each, a system that takes 0.2 s
python benchmarks/study.py --people 10 --pause 2    # each waits 2 s before each page, which is still quick for people
python benchmarks/study.py --database postgresql://owner@127.0.0.1/study     # the password as PGPASSWORD

Serves a study in a process of its own on loopback. Participants come in within two seconds and play it over HTTP,
without pauses between pages if nothing else is said, which is harder than people, who read. Prints the times of pages,
redirects included; the system's own time is in none of them, as pages do not wait for it.
"""

import argparse
import asyncio
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import aiohttp
import numpy as np
import yaml

_ARRIVE = 2.0
"""Seconds in which all participants come in."""
_CSRF = re.compile(r'name="csrf" value="([^"]+)"')
_SYSTEM = "import asyncio\n\n\nasync def reply(messages):\n    await asyncio.sleep(0.2)\n    return 'I hear you.'\n"


def _study(folder: Path, people: int) -> Path:
    (folder / "slow_system.py").write_text(_SYSTEM, encoding="utf-8")
    study = {
        "name": "load", "title": "Load", "languages": ["en"], "participants": people, "exchanges": 3,
        "systems": [{"kind": "python", "name": "slow", "target": "slow_system:reply", "concurrency": people}],
        "conditions": ["worst"], "consent": "c", "instructions": "i", "contact": "x",
        "forms": {"dialogue": [{"kind": "rubric", "rubric": "esc-eval"}]},
        "crisis": {"en": [{"name": "n", "contact": "c"}]},
    }  # fmt: skip
    path = folder / "study.yaml"
    path.write_text(yaml.safe_dump(study), encoding="utf-8")
    return path


class _Participant:
    """Somebody who plays one talk."""

    def __init__(self, session: aiohttp.ClientSession, times: dict[str, list[float]], pause: float) -> None:
        self._session, self._times, self._csrf, self._pause = session, times, "", pause

    async def play(self, link: str) -> None:
        """Go from the link to the last form."""
        path = link.partition("/in/")[2]
        await self._ask("sign in", "POST", f"/in/{path}")
        await self._ask("consent", "GET", "/consent")
        await self._ask("agree", "POST", "/consent", agree="yes")
        await self._ask("begin", "POST", "/talk/1/begin", distress_before="7")
        for turn in (0, 2, 4):
            await self._ask("draft", "POST", "/draft", place="talk:1", text="Half a sen")
            await self._ask("say", "POST", "/talk/1/say", turn=str(turn), text="Half a sentence.")
            while True:
                state = json.loads(await self._ask("state", "GET", "/talk/1/state"))
                if state["over"] or len(state["turns"]) > turn + 1:
                    break
                await asyncio.sleep(0.9)  # as the page's own script does
        await self._ask("questions", "GET", "/talk/1")
        names = ("fluency", "expression", "empathy", "information", "skill", "humanoid", "overall")
        text = await self._ask("hand in", "POST", "/talk/1", distress_after="5", **dict.fromkeys(names, "2"))
        if "That was all" not in text:
            raise SystemExit("a participant did not come to the end")

    async def _ask(self, what: str, method: str, path: str, **fields: str) -> str:
        if self._pause and what != "state":  # the state is asked for by a script
            await asyncio.sleep(self._pause)
        data = {"csrf": self._csrf, **fields} if method == "POST" else None
        began = time.perf_counter()
        async with self._session.request(method, path, data=data) as answer:
            text = await answer.text()
        self._times.setdefault(what, []).append(time.perf_counter() - began)
        found = _CSRF.search(text)
        self._csrf = found.group(1) if found else self._csrf
        return text


async def _load(address: str, links: list[str], pause: float) -> dict[str, list[float]]:
    times: dict[str, list[float]] = {}
    async with asyncio.TaskGroup() as group:
        for place, link in enumerate(links):
            group.create_task(_one(address, link, times, wait=_ARRIVE * place / len(links), pause=pause))
    return times


async def _one(address: str, link: str, times: dict[str, list[float]], *, wait: float, pause: float) -> None:
    await asyncio.sleep(wait)
    jar = aiohttp.CookieJar(unsafe=True)  # addresses without a name may set cookies too
    async with aiohttp.ClientSession(address, cookie_jar=jar) as session:
        await _Participant(session, times, pause).play(link)


def _hardseek(database: str | None, *words: str) -> list[str]:
    return [sys.executable, "-m", "hardseek", "study", *words, *(("--database", database) if database else ())]


async def _ready(address: str) -> None:
    async with aiohttp.ClientSession() as session:
        for _ in range(300):
            try:
                async with session.get(f"{address}/help"):
                    return
            except aiohttp.ClientConnectionError:
                await asyncio.sleep(0.1)
    raise SystemExit("the study is not served")


def _busy(process: int) -> float:
    """Return the seconds of CPU that a process has taken (Linux)."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    """Serve, play, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--pause", type=float, default=0.0, help="seconds that a participant waits before each page")
    parser.add_argument("--port", type=int, default=8421)
    parser.add_argument("--database", help="a PostgreSQL server, instead of SQLite; without an earlier study `load`")
    given = parser.parse_args()
    address = f"http://127.0.0.1:{given.port}"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _study(folder, given.people)
        server = subprocess.Popen(
            _hardseek(given.database, "serve", "study.yaml", "--port", str(given.port)), cwd=folder
        )
        try:
            asyncio.run(_ready(address))
            made = subprocess.run(
                _hardseek(given.database, "links", "study.yaml", "--all"),
                cwd=folder,
                capture_output=True,
                text=True,
                check=True,
            )
            links = [line.split("\t")[1] for line in made.stdout.splitlines()]
            before = _busy(server.pid)
            began = time.perf_counter()
            times = asyncio.run(_load(address, links, given.pause))
            seconds = time.perf_counter() - began
            busy = _busy(server.pid) - before
        finally:
            server.terminate()
            server.wait(20)
    every = [one for some in times.values() for one in some]
    print(f"{given.people} participants at once, {len(every):,} pages in {seconds:.1f} s")
    print(f"{busy / len(every) * 1000:.1f} ms of the server's CPU a page; load of the machine {os.getloadavg()[0]:.1f}")
    for what, some in {**times, "all": every}.items():
        middle, late = np.percentile(some, [50, 95]) * 1000
        print(f"{what:>10}: median {middle:6.1f} ms, 95th percentile {late:6.1f} ms, n {len(some)}")


if __name__ == "__main__":
    main()
