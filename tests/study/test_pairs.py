"""Pairs of stored dialogues that people compare side by side."""

import csv
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from hardseek.cli.runs.preferred import preference_table
from hardseek.errors import Refused
from hardseek.runs import Store
from hardseek.study import Design, Study, plan_text
from hardseek.study.export import export
from hardseek.study.sharing import assign_pairs
from study.browsing import serving, study_file

PREFER = {"kind": "prefer", "name": "better", "text": "Which helped more?"}


def study(participants: int, each: int, raters: int) -> Study:
    line = [{"name": "A line", "contact": "call 1"}]
    return Study.model_validate(
        {
            "name": "s", "title": "t", "languages": ["en"], "participants": participants, "dialogues": 0,
            "pairs": {"dialogues": "x.jsonl", "each": each, "raters": raters, "items": [PREFER]},
            "consent": "c", "instructions": "i", "contact": "x", "crisis": {"en": line},
        }
    )  # fmt: skip


def said(card: int, system: int) -> list[dict[str, str]]:
    return [{"role": "user", "content": f"I am sad {card}."}, {"role": "assistant", "content": f"<i>{system}"}]


def stored(folder: Path, systems: int, cards: int) -> None:
    """Write dialogues of systems with the same seekers; one of them failed."""
    lines: list[dict[str, Any]] = [
        {"id": f"d-{system}-{card}", "system": f"secret-{system}", "condition": "unseen", "card": f"c{card}",
         "language": "en", "ending": "limit", "messages": said(card, system)}
        for system in range(systems) for card in range(cards)
    ]  # fmt: skip
    lines.append(
        {
            **lines[0],
            "id": "failed",
            "card": "c0",
            "system": "secret-9",
            "ending": "failed",
            "fault": {"kind": "timeout", "detail": "late"},
        }
    )
    (folder / "stored.jsonl").write_text("\n".join(map(json.dumps, lines)) + "\n", encoding="utf-8")


def comparing(folder: Path, *, each: int = 2, raters: int = 2, **changes: Any) -> Path:
    stored(folder, 2, 2)
    pairs = {"dialogues": "stored.jsonl", "each": each, "raters": raters, "items": [PREFER]}
    return study_file(folder, **{"dialogues": 0, "forms": {}, "pairs": pairs, "distress": False, **changes})


@given(some.integers(1, 10), some.integers(1, 4), some.integers(1, 4), some.integers(0, 20))
@settings(max_examples=60)
def test_neither_place_favours_a_system(people: int, raters: int, stride: int, more: int) -> None:
    each = raters * stride
    pool = [f"p{number:02}" for number in range(each + more)]
    found = assign_pairs(study(people, each, raters), {"en": pool})
    sides = [side for own in found.values() for side in own]
    for pair, count in Counter(side.pair for side in sides).items():
        turned = sum(side.turned for side in sides if side.pair == pair)
        assert abs(2 * turned - count) <= 1  # to and fro over those who compare it
    first = found["P01"]
    assert abs(2 * sum(side.turned for side in first) - each) <= 1  # and over one person's pairs
    later = assign_pairs(study(people + 1, each, raters), {"en": pool})
    assert {code: later[code] for code in found} == found


def test_pairs_are_of_one_seeker_with_two_systems(tmp_path: Path) -> None:
    stored(tmp_path, 3, 2)
    design = Design.read(comparing(tmp_path))
    stored(tmp_path, 3, 2)
    design = Design.read(tmp_path / "study.yaml")
    assert len(design.compared) == 6  # three pairs of systems, two cards; the failed one is left out
    for pair in design.compared.values():
        assert pair.one.card == pair.other.card and pair.one.system < pair.other.system


def test_too_few_pairs_and_preferences_elsewhere_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="2 pairs in en, and each participant is to compare 4"):
        _ = Design.read(comparing(tmp_path, each=4)).pairs
    with pytest.raises(Refused, match="no multiple of raters"):
        Design.read(comparing(tmp_path, each=3))
    with pytest.raises(Refused, match="prefer is asked of `pairs` alone"):
        Design.read(study_file(tmp_path, forms={"end": [PREFER]}))


def test_people_compare_blinded_and_it_is_kept_as_preferences(tmp_path: Path) -> None:
    with serving(comparing(tmp_path)) as served:
        assert "Pairs to compare, by how many participants: 2 by 2; 0 by none." in plan_text(served.design)
        assert "stands first in 2 of 4 comparisons" in plan_text(served.design)
        for code in ("P01", "P02"):
            person = served.visitor(code).agree()
            for number in (1, 2):
                page = person.get("/")
                assert f"{number - 1} of 2 pairs compared" in page.text
                page = person.get(f"/form/pair/{number}")
                assert "secret" not in page.text and "unseen" not in page.text and "d-0" not in page.text
                places = [page.text.index(f"&lt;i&gt;{system}") for system in (0, 1)]
                # The first system always wins with P01, the other with P02, wherever it stands.
                wins = places[0] < places[1] if code == "P01" else places[1] < places[0]
                assert person.post(f"/form/pair/{number}", {"better": "both"}).status == 422
                person.post("/draft", {"place": f"pair:{number}", "better": "neither"})
                assert 'value="neither" checked' in person.get(f"/form/pair/{number}").text
                person.post(f"/form/pair/{number}", {"better": "first" if wins else "second"})
            assert person.get("/").heading == "That was all. Thank you."
        assert export(served.database, served.design, tmp_path / "run") == 4
    with Store(tmp_path / "run") as store:
        rows = store.preferences()
        assert sorted(row[6] or 0.0 for row in rows) == [0.0, 0.0, 1.0, 1.0]
        assert {row[4:6] for row in rows} == {("secret-0", "secret-1")} and {row[7] for row in rows} == {None}
        assert preference_table(store) is not None
    with (tmp_path / "run" / "preferences.csv").open(encoding="utf-8") as file:
        table = list(csv.DictReader(file))
    for row in table:
        chosen = row[row["preferred"]]
        assert chosen.startswith("d-0" if row["participant"] == "P01" else "d-1")


def test_without_neither_one_has_to_be_chosen(tmp_path: Path) -> None:
    stored(tmp_path, 2, 2)
    forced = {"dialogues": "stored.jsonl", "each": 2, "raters": 1, "items": [{**PREFER, "may_tie": False}]}
    with serving(study_file(tmp_path, dialogues=0, forms={}, pairs=forced, distress=False)) as served:
        person = served.visitor().agree()
        assert "Neither is better" not in person.get("/form/pair/1").text
        assert person.post("/form/pair/1", {"better": "neither"}).status == 422
