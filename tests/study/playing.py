"""A study that has been played: without a browser, through the same functions as the pages."""

from pathlib import Path
from typing import Any

import yaml

from hardseek.chat import NOTHING_USED
from hardseek.study import Design
from hardseek.study.answers import keep
from hardseek.study.coding import Code
from hardseek.study.coding.kept import coding, finish, keep_code, mark, settle
from hardseek.study.database import Database
from hardseek.study.people import agree
from hardseek.study.talks import answer, begin, leave, say, talks_of
from study.browsing import study_file

SAID = {
    "average": (
        "I lost my job last week and I can't sleep.",
        "Maybe. It does help a bit to say it.",
        "Thanks, that helps.",
    ),
    "resistance-withdrawing": ("Nothing much.", "No.", "Leave it."),
}
"""What participants say, by condition."""
KIND = {"balanced-helper": 2.0, "reflective-listener": 1.0, "early-adviser": 0.0}
"""How much better a system does than the worst."""
WAVES = Code(
    name="waves-off", title="Waves off", definition="Turns what is offered away in a word.", theme="Shuts down",
    axis="resistance", form="withdrawing", of="seeker",
)  # fmt: skip
BRIEF = Code(name="nods", title="Says next to nothing", theme="Shuts down", axis="low_engagement", of="seeker")

GUIDE = {
    "opening": {"en": "Thank you for coming.", "zh": "谢谢你来。"},
    "questions": [
        {
            "name": "hardest", "minutes": 10, "text": {"en": "What was hardest?", "zh": "最难的是什么？"},
            "probes": [{"en": "With which assistant?", "zh": "跟哪个助手？"}],
        },
        {"name": "trust", "minutes": 5, "text": {"en": "Whom did you trust?", "zh": "你信任谁？"}},
    ],
}  # fmt: skip
"""What an interview asks."""


def played_file(folder: Path, participants: int = 4, **changes: Any) -> Path:
    """Write a study of three systems under two conditions."""
    return study_file(
        folder, participants=participants, systems=list(KIND), conditions=list(SAID), cards={"limit": 3}, **changes
    )


def play(design: Design, database: Database) -> None:
    """Hold and rate every talk: systems differ, participants differ in how severe they are."""
    for severity, one in enumerate(design.study.participants):
        agree(database, one.code, "text")
        for talk in talks_of(database, one.code):
            begin(database, talk.number)
            for place, text in enumerate(SAID[talk.condition]):
                say(database, talk.number, 2 * place, text)
                answer(database, talk.number, 2 * place + 1, "You could try a walk.", NOTHING_USED, limit=9)
            leave(database, talk.number, helped=talk.condition == "average")
            hard = 0.0 if talk.condition == "average" else 1.0
            score = 3.0 + KIND[talk.system] - hard - (severity % 3) * 0.5
            keep(database, one.code, f"before:{talk.position}", {"distress_before": 8.0})
            keep(
                database, one.code, f"dialogue:{talk.position}",
                {"distress_after": 7.0 - KIND[talk.system] + hard, "understood": float(round(max(1.0, score)))},
            )  # fmt: skip


def code(design: Design, database: Database) -> None:
    """Let two coders code everything; they disagree on one turn, which is settled."""
    for one in (WAVES, BRIEF):
        keep_code(database, "R1", one)
    found = coding(database, design)
    apart = None
    for source in found.sources:
        for coder in ("C1", "C2"):
            if source.condition == "resistance-withdrawing":
                mark(database, coder, source.units[0], "nods", on=True)
                mark(database, coder, source.units[2], "waves-off", on=True)
                if coder == "C1" and apart is None:
                    apart = source.units[4]
                    mark(database, coder, apart, "waves-off", on=True)
            finish(database, coder, source.name, done=True)
    assert apart is not None
    settle(database, "R1", apart, "waves-off", holds=True, remark="It is a no.")


def simulated_file(folder: Path) -> Path:
    """Write an experiment with the same systems and conditions, played by the built-in seeker."""
    path = folder / "simulated.yaml"
    data = {"name": "simulated", "systems": list(KIND), "conditions": list(SAID), "languages": ["en"],
            "cards": {"limit": 4}, "exchanges": 4}  # fmt: skip
    path.write_text(yaml.safe_dump(data), encoding="utf-8")
    return path
