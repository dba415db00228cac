"""Dialogues turned around, for training a seeker."""

import json
from pathlib import Path

import pytest

from hardseek.errors import Refused
from hardseek.seekers.protocols.esc_eval import GREETING, role_prompt
from hardseek.training.data.drops import Drops
from hardseek.training.data.material import Held
from hardseek.training.data.seeker_sft import general_samples, read_general, seeker_talk
from hardseek.training.dataset import Talk
from training.stored import card, dialogue, seeker, supporter

CARD = card("c")


def roles(row: object) -> list[tuple[str, str]]:
    assert isinstance(row, Talk)
    return [(said.role, said.content) for said in row.messages]


def test_the_seeker_is_the_assistant_and_the_card_the_system_message() -> None:
    talk = dialogue("d", [seeker("I lost it."), supporter("Oh."), seeker("Yes."), supporter("I see.")])
    made = seeker_talk(Held(Path(), talk, CARD, ()), "f", Drops())
    assert made is not None
    assert roles(made.row) == [
        ("system", role_prompt(CARD)), ("user", GREETING["en"]), ("assistant", "I lost it."), ("user", "Oh."),
        ("assistant", "Yes."),
    ]  # fmt: skip
    assert made.supervised == 2


def test_where_the_supporter_begins_nothing_is_added() -> None:
    talk = dialogue("d", [supporter("Welcome."), seeker("Hi.")])
    made = seeker_talk(Held(Path(), talk, CARD, ()), "f", Drops())
    assert made is not None
    assert roles(made.row)[1:] == [("user", "Welcome."), ("assistant", "Hi.")]


def test_without_a_card_or_words_there_is_no_row_and_that_is_counted() -> None:
    drops = Drops()
    assert seeker_talk(Held(Path(), dialogue("d", [seeker("Hi.")]), None, ()), "f", drops) is None
    assert seeker_talk(Held(Path(), dialogue("d", [supporter("Hi.")]), CARD, ()), "f", drops) is None
    assert sum(drops.counts.values()) == 2
    assert any("--cards" in why for why in drops.counts)


def general(path: Path, many: int) -> Path:
    lines = [
        {"messages": [{"role": "user", "content": f"q{n}"}, {"role": "assistant", "content": f"a{n}"}]}
        for n in range(many)
    ]
    path.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    return path


def test_general_dialogues_are_drawn_once_each_the_same_for_the_same_seed(tmp_path: Path) -> None:
    talks = read_general(general(tmp_path / "g.jsonl", 10))
    drops = Drops()
    found = general_samples(talks, 4, seed=1, drops=drops)
    assert len({each.key for each in found}) == 4
    assert found == general_samples(talks, 4, seed=1, drops=Drops())
    assert found != general_samples(talks, 4, seed=2, drops=Drops())
    assert dict(drops.counts) == {"general dialogues: more than the ratio takes": 6}


def test_a_ratio_that_cannot_be_had_is_told(tmp_path: Path) -> None:
    drops = Drops()
    talks = read_general(general(tmp_path / "g.jsonl", 2))
    assert len(general_samples(talks, 5, seed=1, drops=drops)) == 2
    assert dict(drops.counts) == {"general dialogues: asked for by the ratio and not there": 3}


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ('{"messages": [{"role": "user", "content": "a"}]}', "nothing can be learnt"),
        ('{"messages": [{"role": "assistant", "content": " "}]}', "without text"),
        ('{"text": "a"}', "messages"),
        ("", "no dialogues"),
    ],
)
def test_general_data_that_does_not_fit_is_refused_with_its_line(tmp_path: Path, line: str, why: str) -> None:
    path = tmp_path / "g.jsonl"
    path.write_text(line, encoding="utf-8")
    with pytest.raises(Refused, match=why):
        read_general(path)
