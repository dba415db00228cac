"""The dialogues that a dataset is made from."""

from pathlib import Path

import pytest

from hardseek.chat import Fault
from hardseek.errors import Refused
from hardseek.training.data.drops import Drops
from hardseek.training.data.material import gather
from training.stored import card, dialogue, seeker, stored, talk


def test_a_runs_own_card_goes_before_one_that_is_given(tmp_path: Path) -> None:
    own, other = card("c", "Lost a job."), card("c", "Cannot sleep.")
    path = tmp_path / "cards.jsonl"
    path.write_text(other.model_dump_json(exclude_defaults=True), encoding="utf-8")
    keeps = stored(tmp_path / "keeps", [talk("1", card="c")], cards=[own])
    none = stored(tmp_path / "none", [talk("2", card="c")])
    found = gather([keeps, none], cards=[path], drops=Drops())
    assert [each.card for each in found.held] == [own, other]


def test_an_id_that_stands_for_two_people_is_refused(tmp_path: Path) -> None:
    for name, summary in (("one", "Lost a job."), ("two", "Cannot sleep.")):
        (tmp_path / f"{name}.jsonl").write_text(
            card("7", summary).model_dump_json(exclude_defaults=True), encoding="utf-8"
        )
    run = stored(tmp_path / "run", [talk("1", card="7")])
    with pytest.raises(Refused, match="7 is another card in a file before it"):
        gather([run], cards=[tmp_path / "one.jsonl", tmp_path / "two.jsonl"], drops=Drops())


def test_failed_dialogues_are_left_out_and_counted(tmp_path: Path) -> None:
    failed = dialogue("f", [seeker("hi")], ending="failed", fault=Fault("timeout", "no answer"))
    drops = Drops()
    found = gather([stored(tmp_path / "run", [failed, talk("1")])], drops=drops)
    assert [each.dialogue.id for each in found.held] == ["1"]
    assert dict(drops.counts) == {"dialogues: failed": 1}
    assert found.sources[0].dialogues == 1
    with pytest.raises(Refused, match=r"no finished dialogues in it \(left out: dialogues: failed \(1\)\)"):
        gather([stored(tmp_path / "all", [failed])], drops=Drops())
