"""Systems that fail or are slow: nobody loses a word, and the talk can go on."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from hardseek.study.talks import all_talks
from servers import Answer, Asked, Server, always, completion, error, in_turn
from study.browsing import Person, Served, serving, study_file


def state(person: Person) -> Any:
    return json.loads(person.get("/talk/1/state").text)


def until_settled(person: Person) -> Any:
    for _ in range(300):
        found = state(person)
        if not found["waiting"]:
            return found
        time.sleep(0.02)
    raise AssertionError("still waiting")


def chat(server: Server, **more: Any) -> dict[str, Any]:
    return {"kind": "chat", "name": "secret-model", "base_url": server.base_url, "model": "m", "retries": 0, **more}


def begun(served: Served) -> Person:
    person = served.visitor().agree()
    person.post("/talk/1/begin", {"distress_before": "5"})
    return person


def test_after_a_failure_the_same_words_are_asked_again(tmp_path: Path) -> None:
    script = in_turn(error(500, "secret-model is down"), completion("I am here."))
    with Server(script) as server, serving(study_file(tmp_path, systems=[chat(server)])) as served:
        person = begun(served)
        person.post("/talk/1/say", {"turn": "0", "text": "Is anybody there?"})
        found = until_settled(person)
        assert found["failed"] and [turn["text"] for turn in found["turns"]] == ["Is anybody there?"]
        page = person.get("/talk/1")
        assert "could not answer just now" in page.text and "secret-model" not in page.text
        researcher = served.visitor("R", "researcher")
        assert "secret-model: server-error" in researcher.get("/research").text
        person.post("/talk/1/again")
        found = until_settled(person)
        assert not found["failed"] and found["turns"][1]["text"] == "I am here."
        assert [asked.messages for asked in server.asked] == [[{"role": "user", "content": "Is anybody there?"}]] * 2
        assert "None at present." in researcher.get("/research").text


def test_leaving_a_system_that_does_not_answer_is_a_failed_talk(tmp_path: Path) -> None:
    with Server(always(error(404, "no"))) as server, serving(study_file(tmp_path, systems=[chat(server)])) as served:
        person = begun(served)
        person.post("/talk/1/say", {"turn": "0", "text": "Hello?"})
        until_settled(person)
        person.post("/talk/1/leave", {"how": "helped"})
        talk = all_talks(served.database)[0]
        assert talk.ending == "failed" and talk.fault is not None and talk.fault.kind == "unknown-model"


def test_an_answer_without_text_is_a_failure(tmp_path: Path) -> None:
    with Server(always(completion("  "))) as server, serving(study_file(tmp_path, systems=[chat(server)])) as served:
        person = begun(served)
        person.post("/talk/1/say", {"turn": "0", "text": "Hello?"})
        assert until_settled(person)["failed"]


def test_a_mistake_in_somebodys_function_is_a_failure_too(tmp_path: Path) -> None:
    (tmp_path / "broken_system.py").write_text("def reply(messages):\n    raise KeyError('x')\n", encoding="utf-8")
    system = {"kind": "python", "name": "mine", "target": "broken_system:reply"}
    with serving(study_file(tmp_path, systems=[system])) as served:
        person = begun(served)
        person.post("/talk/1/say", {"turn": "0", "text": "Hello?"})
        assert until_settled(person)["failed"]


@contextmanager
def thinking(folder: Path, says: str) -> Iterator[tuple[Person, Served, Server, threading.Event]]:
    """Serve a study whose system was asked and answers when it is let; yields its participant, and what lets it."""
    wait = threading.Event()

    def slow(asked: Asked) -> Answer:
        wait.wait(10)
        return completion(says)

    with Server(slow) as server, serving(study_file(folder, systems=[chat(server)])) as served:
        person = begun(served)
        yield person, served, server, wait


def test_while_a_system_thinks_it_is_seen_to_write_and_is_asked_once(tmp_path: Path) -> None:
    with thinking(tmp_path, "At last.") as (person, _, server, wait):
        page = person.post("/talk/1/say", {"turn": "0", "text": "Hello?"})
        assert "is writing …" in page.text and 'http-equiv="refresh"' in page.text
        for _ in range(3):
            assert state(person)["waiting"]
        wait.set()
        found = until_settled(person)
        assert found["turns"][1]["text"] == "At last." and len(server.asked) == 1
        assert 'http-equiv="refresh"' not in person.get("/talk/1").text


def test_what_a_system_says_after_everything_was_deleted_is_dropped(tmp_path: Path) -> None:
    with thinking(tmp_path, "Too late.") as (person, served, _, wait):
        person.post("/talk/1/say", {"turn": "0", "text": "Hello?"})
        person.post("/stop", {"how": "delete", "sure": "yes"})
        wait.set()
        time.sleep(0.3)
        assert served.database.connection.execute("SELECT count(*) FROM turns")[0][0] == 0


def test_a_served_study_that_was_stopped_asks_again_by_itself(tmp_path: Path) -> None:
    hold = threading.Event()

    def never(asked: Asked) -> Answer:
        hold.wait(3)
        return error(500)

    with Server(never) as server:
        path = study_file(tmp_path, systems=[chat(server)])
        with serving(path) as served:
            person = begun(served)
            person.post("/talk/1/say", {"turn": "0", "text": "Still here?"})
        hold.set()
        with Server(always(completion("Yes."))) as again:
            changed = study_file(tmp_path, systems=[chat(again)])
            with serving(changed) as served:
                person = served.visitor()
                person.get("/talk/1")
                assert until_settled(person)["turns"][1]["text"] == "Yes."
