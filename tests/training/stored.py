"""Runs made by hand, of which every number is known."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from hardseek.cards import Fact, RoleCard
from hardseek.dialogues import Close, Dialogue, Turn
from hardseek.judging import Rating
from hardseek.language import Language
from hardseek.runs import CARDS, Store
from hardseek.seekers import Move, SeekerState, Trace


def card(name: str, summary: str | None = None, language: Language = "en", **fields: Any) -> RoleCard:
    fact = Fact(id="f", depth="surface", text=f"I live at number {name}.")
    plain: dict[str, Any] = {"id": name, "language": language, "summary": summary or f"Lost {name}.", "facts": (fact,)}
    return RoleCard.model_validate(plain | fields)


def state(distress: float, trust: float = 0.5, *, swing: float = 0.0, withdrew: bool = False) -> Trace:
    stands = SeekerState(distress=distress, trust=trust, openness=0.5, engagement=0.5, swing=swing)
    return Trace(state=stands, move=Move("withdraw" if withdrew else "tell", ending="withdrew" if withdrew else None))


def seeker(text: str, trace: Trace | None = None) -> Turn:
    return Turn("seeker", text, trace)


def supporter(text: str) -> Turn:
    return Turn("supporter", text)


def dialogue(name: str, turns: Sequence[Turn], **fields: Any) -> Dialogue:
    plain: dict[str, Any] = {
        "system": "one", "condition": "average", "card": f"card-{name}", "language": "en", "replicate": 0,
        "ending": "limit",
    }  # fmt: skip
    return Dialogue(name, turns=tuple(turns), **(plain | fields))


def talk(name: str, rounds: int = 3, **fields: Any) -> Dialogue:
    """So many exchanges; distress falls by one point with each, and nothing else changes."""
    turns: list[Turn] = []
    for number in range(rounds):
        turns += [seeker(f"{name} tells {number}", state(8.0 - number)), supporter(f"{name} hears {number}")]
    return dialogue(name, turns, **fields)


def stored(
    folder: Path, dialogues: Sequence[Dialogue], *, cards: Sequence[RoleCard] = (),
    ratings: Mapping[str, Sequence[Rating]] | None = None,
) -> Path:  # fmt: skip
    """Write a run folder; `ratings` are by the dialogue's id."""
    folder.mkdir(parents=True, exist_ok=True)
    with Store(folder, writable=True) as store:
        store.note("kind", "run")
        store.note("name", folder.name)
        store.note("signature", {"made": "by hand"})
        for number, each in enumerate(dialogues):
            store.begin(number, each)
            for position, turn in enumerate(each.turns):
                store.keep(number, position, turn)
            store.finish(number, Close(each.ending, each.fault))
            by_judge: dict[str, list[Rating]] = {}
            for rating in (ratings or {}).get(each.id, ()):
                by_judge.setdefault(rating.judge, []).append(rating)
            for some in by_judge.values():
                store.rate(number, some)
    if cards:
        lines = [msgspec.json.encode(each.model_dump(mode="json", exclude_defaults=True)) for each in cards]
        (folder / CARDS).write_bytes(b"\n".join(lines))
    return folder
