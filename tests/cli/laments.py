"""Stories to build cards from, and what a build has come to."""

import json
import sqlite3
from pathlib import Path
from typing import Any

LAMENT = (
    "I lost my {what} in March and I have not told my {who} about it. I drive to the {where} every single morning. "
    "I am so ashamed of myself that I cannot look anybody in the eye. I tried to write a letter about the {what} and "
    "threw it away. I need somebody at the {where} to tell me what to do next. My {who} would never forgive me."
)
THINGS = ("job", "ring", "dog", "passport", "licence", "savings", "house", "scholarship")
PEOPLE = ("wife", "brother", "mother", "boss", "tutor", "flatmate", "daughter", "priest")
PLACES = ("library", "station", "harbour", "church", "gym", "museum", "market", "forest")
NOBODY = "http://127.0.0.1:9/v1"


def laments(count: int) -> list[str]:
    """Return so many stories that are not near-duplicates: each has its own sentence in the middle."""
    return [
        LAMENT.format(what=THINGS[place % 8], who=PEOPLE[place // 8 % 8], where=PLACES[place // 3 % 8])
        + f" {' '.join(f'I think of number {place}{letter} again.' for letter in 'abcdefghijklmnop')}"
        for place in range(count)
    ]


def posts(folder: Path, *texts: str) -> Path:
    path = folder / "posts.jsonl"
    path.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts), encoding="utf-8")
    return path


def model(folder: Path, url: str, **more: object) -> Path:
    path = folder / "model.yaml"
    fields = {"base_url": url, "model": "m", "backoff": 0.001, "retries": 1, **more}
    path.write_text(json.dumps(fields), encoding="utf-8")
    return path


def table(build: Path, query: str) -> list[tuple[Any, ...]]:
    with sqlite3.connect(build / "build.sqlite") as database:
        return database.execute(query).fetchall()


def contents(build: Path) -> list[list[tuple[Any, ...]]]:
    """Return all that a build has come to, but for times and calls in vain."""
    queries = (
        "SELECT * FROM items ORDER BY number", "SELECT * FROM cards ORDER BY number",
        "SELECT * FROM fields ORDER BY number, place",
        "SELECT number, step, answer, prompt, seed FROM answers ORDER BY number, step",
    )  # fmt: skip
    return [table(build, query) for query in queries]
