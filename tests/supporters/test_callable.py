"""A Python function as supporter: found, called with what it takes, and survived."""

import asyncio
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from hardseek.chat import Message
from hardseek.errors import Refused
from hardseek.supporters import CallableSystem, Talk, build_supporter
from supporters.talking import SEEKER, fault, talk

MODULE = """
import asyncio, os, threading, time

ended = []

def plain(messages):
    return f"{len(messages)} {messages[-1]['role']}: {messages[-1]['content']}"

async def gently(messages, *, session, language, seed):
    await asyncio.sleep(0)
    return f"{session} {language} {seed}"

def some(messages, seed=None):
    return str(seed)

def anything(messages, **more):
    return ",".join(sorted(more))

def where(messages):
    return str(threading.current_thread() is threading.main_thread())

def later(messages):
    return gently(messages, session="s", language="zh", seed=1)

def number(messages):
    return 5

def silent(messages):
    return "  "

def wrong(messages):
    raise ValueError("no model at\\nhand, key " + os.environ["SERVICE_KEY"])

async def wrong_later(messages):
    raise KeyError("x")

def leaving(messages):
    raise SystemExit(3)

def stopping(messages):
    return next(iter(()))

def slow(messages):
    time.sleep(0.5)
    return "late"

def stuck(messages):
    time.sleep(5)

async def slow_later(messages):
    await asyncio.sleep(5)

class Bot:
    def reply(self, messages):
        return "bot"

    async def __call__(self, messages):
        return "called"

bot = Bot()
constant = 5
"""


@pytest.fixture(autouse=True)
def _module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    (tmp_path / "my_bot.py").write_text(MODULE, encoding="utf-8")
    monkeypatch.setattr(sys, "path", [*sys.path])
    monkeypatch.chdir(tmp_path)
    yield
    sys.modules.pop("my_bot", None)


@pytest.mark.parametrize(
    ("function", "reply"),
    [
        ("plain", f"3 user: {SEEKER[1]}"),
        ("gently", "d-1 en 101"),
        ("some", "101"),
        ("anything", "language,seed,session"),
        ("where", "False"),
        ("later", "s zh 1"),
        ("bot.reply", "bot"),
        ("bot", "called"),
    ],
)
def test_it_is_called_with_what_it_takes(function: str, reply: str) -> None:
    assert talk(kind="python", target=f"my_bot:{function}", turns=2)[1].text == reply


def test_the_module_may_lie_beside_the_experiment_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert talk(kind="python", target="my_bot:plain", beside=tmp_path)[0].text == f"1 user: {SEEKER[0]}"


@pytest.mark.parametrize(
    ("function", "kind", "said"),
    [
        ("number", "callable", "returned int; it must return text"),
        ("silent", "empty", "no text"),
        ("wrong", "callable", "raised ValueError: no model at hand, key [hidden]"),
        ("wrong_later", "callable", "raised KeyError"),
        ("leaving", "callable", "SystemExit: 3"),
        ("stopping", "callable", "StopIteration"),
        ("stuck", "timeout", "no reply within 0.1 s"),
        ("slow_later", "timeout", "no reply within 0.1 s"),
    ],
)
def test_what_goes_wrong_in_it_is_told(function: str, kind: str, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SERVICE_KEY", "zz-12345678")
    began = time.perf_counter()
    found = fault(kind="python", target=f"my_bot:{function}", timeout=0.1)
    assert found.kind == kind
    assert said in found.detail
    assert found.detail.startswith(f"my_bot:{function}: ")
    assert time.perf_counter() - began < 3


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("my_bt:plain", "no module my_bt is installed or lies in "),
        ("my_bot:plian", "no plian in it (did you mean plain?)"),
        ("my_bot:constant", "it is int, not a function"),
        ("needy:reply", "needy needs a_library_that_is_not_there, which is not installed"),
        ("broken:reply", "importing broken raised ZeroDivisionError"),
    ],
)
def test_a_function_that_cannot_be_had_is_refused_before_anything_runs(target: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "needy.py").write_text("import a_library_that_is_not_there", encoding="utf-8")
    (tmp_path / "broken.py").write_text("1 / 0", encoding="utf-8")
    with pytest.raises(Refused) as refused:
        build_supporter(CallableSystem(kind="python", name="a", target=target))
    assert said in str(refused.value)


def test_slow_functions_run_side_by_side_and_no_more_than_allowed() -> None:
    async def go() -> float:
        supporter = build_supporter(CallableSystem(kind="python", name="a", target="my_bot:slow", concurrency=3))
        began = time.perf_counter()
        await asyncio.gather(*(supporter.reply(Talk("s", "en", 1), [Message("user", "hm")]) for _ in range(6)))
        return time.perf_counter() - began

    assert 1.0 <= asyncio.run(go()) < 2.0  # two rounds of three, half a second each


def test_a_function_that_hangs_does_not_keep_the_process_from_ending() -> None:
    code = """
import asyncio, my_bot
from hardseek.chat import FaultError, Message
from hardseek.supporters import CallableSystem, Talk, build_supporter
my_bot.plain = lambda messages: my_bot.time.sleep(60)
supporter = build_supporter(CallableSystem(kind="python", name="a", target="my_bot:plain", timeout=0.1))
try:
    asyncio.run(supporter.reply(Talk("s", "en", 1), [Message("user", "hm")]))
except FaultError as error:
    print(error.fault.kind)
"""
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=20, check=True)
    assert ended.stdout == "timeout\n"
