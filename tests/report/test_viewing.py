"""`hardseek view`: what it serves, to whom, and that it does not disturb a run that is being written."""

import asyncio
import socket
import sqlite3
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession
from aiohttp.test_utils import TestClient, TestServer

from browsers import CHROMIUM, DRIVER, browser, serious
from hardseek.chat import Fault
from hardseek.dialogues import Close, Dialogue, Turn
from hardseek.errors import HardseekError
from hardseek.report.viewing import Taken, serve
from hardseek.report.viewing.app import application
from hardseek.report.viewing.runs import Runs
from hardseek.runs import Store

HOSTILE = "</script><script>alert(1)</script>\u202e"


def write(folder: Path, dialogues: int = 2, planned: int | None = 4, **noted: Any) -> Store:
    """Begin a run and leave it open: whoever calls writes more or closes it."""
    folder.mkdir(parents=True, exist_ok=True)
    store = Store(folder, writable=True)
    about = {"kind": "run", "name": folder.name, "created": "2026-02-03T14:05:00+00:00", "planned": planned} | noted
    for key, value in {**about, "signature": {"seed": "1", "cards": "2@ab"}}.items():
        store.note(key, value)
    for number in range(dialogues):
        add(store, number)
    store.writer.flush()
    return store


def add(store: Store, number: int, *, text: str = "I am here.", close: bool = True) -> None:
    store.begin(number, Dialogue(f"id{number}", "sys", "worst", "card", "en", 0, (), None))
    store.keep(number, 0, Turn("seeker", text))
    if close:
        fault = Fault("timeout", "no answer")
        store.finish(number, Close("failed", fault) if number == 1 else Close("limit"))


def made(store: Store, path: Path) -> None:
    """Write a report that tells how much was in the run, with a piece beside it."""
    path.write_text(f"<p>{sum(store.counts().values())} dialogues</p>", encoding="utf-8")
    beside = path.with_name("report.data")
    beside.mkdir(exist_ok=True)
    (beside / "said-0-abc.js").write_text("piece", encoding="utf-8")


def visiting(
    root: Path, home: Path, visit: Callable[[TestClient[Any, Any]], Awaitable[None]], make: Any = made
) -> None:
    async def main() -> None:
        async with TestClient(TestServer(application(root, make, home))) as client:
            await visit(client)

    asyncio.run(main())


def test_runs_are_listed_with_how_far_they_are(tmp_path: Path) -> None:
    write(tmp_path / "going").close()
    write(tmp_path / "done", 4).close()
    write(tmp_path / "deep" / "er", kind="import", planned=None).close()
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "run.sqlite").write_bytes(b"not a database" * 100)
    (tmp_path / ".hidden").mkdir()
    write(tmp_path / ".hidden" / "part").close()
    clock = [1e12]
    runs = Runs(tmp_path, lambda: clock[0])
    found = runs.look()
    states = {key: listed.state for key, listed in found.items()}
    assert states == {"going": "quiet", "done": "done", "deep:er": "import", "broken": "unreadable"}
    assert (found["going"].finished, found["going"].planned, found["going"].failed) == (2, 4, 1)
    assert found["going"].signature == (("seed", "1"), ("cards", "2@ab")) and found["going"].systems == 1
    assert "run.sqlite" in found["broken"].trouble
    with write(tmp_path / "going", 3):
        assert runs.look()["going"].state == "live"  # something new is in it
        assert next(iter(runs.look())) == "going"
        clock[0] += 61
        assert runs.look()["going"].state == "quiet"


def test_a_run_itself_can_be_served(tmp_path: Path) -> None:
    write(tmp_path / "alone").close()
    assert list(Runs(tmp_path / "alone").look()) == ["alone"]


def test_pages_and_the_parts_of_them_that_change(tmp_path: Path) -> None:
    store = write(tmp_path / "runs" / "a", name=HOSTILE)
    add(store, 2, text=HOSTILE, close=False)
    store.writer.flush()

    async def visit(client: TestClient[Any, Any]) -> None:
        page = await client.get("/")
        text = await page.text()
        assert page.status == 200 and "2 of 4" in text and 'href="/run/a/"' in text and "seed:1" in text
        assert "<script>alert" not in text and "\u202e" not in text
        assert "connect-src" in text and page.headers["X-Frame-Options"] == "DENY"
        page = await client.get("/run/a/")
        text = await page.text()
        assert "in progress" in text and "no answer" in text and "<script>alert" not in text and "‹U+202E›" in text
        before = await (await client.get("/run/a/?part")).text()
        assert before.lstrip().startswith("<section>") and "<script" not in before
        add(store, 3, text="Is anybody there?")
        store.writer.flush()
        after = await (await client.get("/run/a/?part")).text()
        assert "Is anybody there?" in after and "Is anybody there?" not in before and "3 of 4" in after

    try:
        visiting(tmp_path / "runs", tmp_path / "home", visit)
    finally:
        store.close()


async def _report(client: TestClient[Any, Any], run: str) -> str:
    for _ in range(200):
        answer = await client.get(f"/run/{run}/report", allow_redirects=False)
        if answer.status == 303:
            return await (await client.get(answer.headers["Location"])).text()
        assert answer.status == 202 and answer.headers["Refresh"] == "1"
        await asyncio.sleep(0.01)
    raise AssertionError("no report")


def test_a_report_is_made_when_asked_for_and_again_when_there_is_more(tmp_path: Path) -> None:
    store = write(tmp_path / "runs" / "a b#")
    count = []

    def counted(opened: Store, path: Path) -> None:
        count.append(1)
        made(opened, path)

    async def visit(client: TestClient[Any, Any]) -> None:
        run = "a%20b%23"
        answer = await client.get(f"/run/{run}/report.html", allow_redirects=False)
        assert answer.status == 303 and answer.headers["Location"].endswith("/report")
        assert "2 dialogues" in await _report(client, run)
        assert "2 dialogues" in await _report(client, run) and len(count) == 1
        assert await (await client.get(f"/run/{run}/report.data/said-0-abc.js")).text() == "piece"
        add(store, 2)
        store.writer.flush()
        assert "3 dialogues" in await _report(client, run) and len(count) == 2

    try:
        visiting(tmp_path / "runs", tmp_path / "home", visit, counted)
    finally:
        store.close()
    assert {path.name for path in (tmp_path / "runs" / "a b#").iterdir()} <= {"run.sqlite"}


def test_a_report_that_cannot_be_made_says_why(tmp_path: Path) -> None:
    write(tmp_path / "a").close()

    def fails(_: Store, __: Path) -> None:
        raise HardseekError("the disk is full")

    async def visit(client: TestClient[Any, Any]) -> None:
        for _ in range(200):
            answer = await client.get("/run/a/report")
            if answer.status != 202:
                assert answer.status == 500 and "the disk is full" in await answer.text()
                return
            await asyncio.sleep(0.01)
        raise AssertionError("it did not fail")

    visiting(tmp_path, tmp_path / "home", visit, fails)


def test_nothing_else_is_served_and_nobody_else_is(tmp_path: Path) -> None:
    write(tmp_path / "runs" / "a").close()
    (tmp_path / "secret.js").write_text("secret", encoding="utf-8")

    async def visit(client: TestClient[Any, Any]) -> None:
        await _report(client, "a")
        for path in (
            "/run/nobody/", "/run/a/run.sqlite", "/run/..%2F/", "/run/%2E%2E/report", "/secret.js",
            "/run/a/report.data/no.js", "/run/a/report.data/..%2F..%2F..%2Fsecret.js", "/run/a/../../secret.js",
        ):  # fmt: skip
            answer = await client.get(path)
            assert answer.status == 404 and await answer.text() != "secret", path
        for name in ("evil.example", f"evil.example:{client.port}", "127.0.0.1.evil.example", ""):
            answer = await client.get("/", headers={"Host": name})
            assert answer.status == 421 and "Runs" not in await answer.text(), name
        assert (await client.get("/", headers={"Host": f"localhost:{client.port}"})).status == 200
        for method in ("POST", "PUT", "DELETE"):
            assert (await client.request(method, "/run/a/")).status == 405

    visiting(tmp_path / "runs", tmp_path / "home", visit)


def test_a_run_that_is_being_written_is_not_disturbed(tmp_path: Path) -> None:
    store = write(tmp_path / "a", dialogues=0, planned=300)

    async def visit(client: TestClient[Any, Any]) -> None:
        async def look() -> None:
            while not ended.is_set():
                assert (await client.get("/run/a/?part")).status == 200
                assert (await client.get("/run/a/report")).status in {200, 202}

        ended = asyncio.Event()
        looking = asyncio.create_task(look())
        for number in range(300):
            add(store, number)
            if number % 20 == 0:
                await asyncio.sleep(0)
        await asyncio.to_thread(store.writer.flush)
        ended.set()
        await looking

    try:
        visiting(tmp_path, tmp_path / "home", visit)
    finally:
        store.close()
    with Store(tmp_path / "a") as again:
        assert sum(again.counts().values()) == 300
    assert sqlite3.connect(tmp_path / "a" / "run.sqlite").execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_port_that_is_taken_is_told(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(Taken, match="listens on it already"):
            asyncio.run(serve(tmp_path, made, port=other.getsockname()[1], ready=lambda _: None))


def test_it_is_reached_from_this_machine_alone(tmp_path: Path) -> None:
    addresses: list[str] = []

    async def main() -> None:
        serving = asyncio.create_task(serve(tmp_path, made, port=0, ready=addresses.append))
        while not addresses:
            await asyncio.sleep(0.01)
        assert addresses[0].startswith("http://127.0.0.1:")
        async with ClientSession() as session, session.get(addresses[0]) as answer:
            assert "There is no run in" in await answer.text()
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)

    asyncio.run(main())


@contextmanager
def served(root: Path) -> Iterator[str]:
    """Serve a folder in earnest, on a thread of its own."""
    addresses: list[str] = []
    loops: list[tuple[asyncio.AbstractEventLoop, asyncio.Task[None]]] = []

    async def main() -> None:
        task = asyncio.create_task(serve(root, made, port=0, ready=addresses.append))
        loops.append((asyncio.get_running_loop(), task))
        await asyncio.gather(task, return_exceptions=True)

    thread = threading.Thread(target=asyncio.run, args=(main(),))
    thread.start()
    while not addresses:
        time.sleep(0.01)
    try:
        yield addresses[0]
    finally:
        loop, task = loops[0]
        loop.call_soon_threadsafe(task.cancel)
        thread.join(10)


@pytest.mark.skipif(CHROMIUM is None or DRIVER is None, reason="no Chromium with its driver")
def test_a_run_is_followed_in_a_browser(tmp_path: Path) -> None:
    store = write(tmp_path / "runs" / "a")
    live = "document.getElementById('part').innerText"
    try:
        with served(tmp_path / "runs") as address, browser(tmp_path, 1000, 800) as window:
            window.open(address)
            window.until(f"{live}.includes('2 of 4')")
            assert serious(window) == []
            add(store, 2)
            store.writer.flush()
            window.until(f"{live}.includes('3 of 4')")
            window.click("#run-1")
            window.click("#d-id0 summary")
            add(store, 3, text=HOSTILE)
            store.writer.flush()
            window.until(f"{live}.includes('4 of 4')")
            assert window.run("return document.getElementById('d-id0').open")  # what is being read stays open
            window.phone(360, 740)
            window.click("[data-switch=zh]")
            assert "最近开始" in window.run(f"return {live}")
            assert window.run("return document.documentElement.scrollWidth") <= 360
            assert serious(window) == []
            window.click("#report")
            window.until("document.body.innerText.includes('4 dialogues')")
            assert window.console() == []
            window.open(f"{address}run/a/")
            window.until("document.getElementById('lost')")
            window.run("window.fetch = () => Promise.reject(new Error('gone'))")
            window.until("!document.getElementById('lost').hidden")
    finally:
        store.close()
