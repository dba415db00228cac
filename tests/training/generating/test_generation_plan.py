"""What a generation comes to, and what decides it."""

from pathlib import Path

import pytest

from hardseek.errors import Refused
from hardseek.runs import sign
from hardseek.training.generating.forecast import forecast
from hardseek.training.generating.generation import GenerationPlan, plan_generation, read_generation
from hardseek.training.generating.spending import spending_of

SERVED = "{name: m, kind: chat, base_url: 'http://x/v1', model: m, price: {input: 1000000, output: 0}}"


def planned(tmp_path: Path, systems: str = "[balanced-helper, early-adviser]", *lines: str) -> GenerationPlan:
    path = tmp_path / "g.yaml"
    text = f"systems: {systems}\nconditions: [worst]\ncards: {{limit: 2}}\nlanguages: [en]\nexchanges: 4\n"
    path.write_text(text + "\n".join(lines), encoding="utf-8")
    return plan_generation(read_generation(path, {})[0], tmp_path)


def test_all_systems_are_one_panel(tmp_path: Path) -> None:
    found = planned(tmp_path, "[balanced-helper, early-adviser]", "candidates: {each: 3}")
    assert (len(found.plan), found.replies) == (2, 6)
    specs = list(found.plan.of_system(0))
    assert {spec.system for spec in specs} == {"best-of-6"}


def test_what_is_tried_decides_which_dialogues_these_are(tmp_path: Path) -> None:
    ids = [
        next(planned(tmp_path, systems, *lines).plan.of_system(0)).id
        for systems, *lines in (
            ["[balanced-helper]"],
            ["[early-adviser]"],
            ["[balanced-helper, early-adviser]"],
            ["[balanced-helper]", "candidates: {each: 5}"],
            ["[balanced-helper]", "candidates: {follow: luck}"],
            ["[balanced-helper]", "candidates: {filters: []}"],
            ["[balanced-helper]", "candidates: {by: judges, judges: [indicators]}"],
        )
    ]
    assert len(set(ids)) == len(ids)


def test_where_a_server_is_decides_nothing(tmp_path: Path) -> None:
    one, other = (planned(tmp_path, f"[{SERVED.replace('http://x', host)}]") for host in ("http://x", "http://y"))
    assert sign(one.plan) == sign(other.plan)


def test_a_forecast_counts_every_reply_and_the_move_after_it(tmp_path: Path) -> None:
    seeker = "seeker: {kind: chat, base_url: 'http://x/v1', model: s, appraisal: offline}"
    judge = "{kind: model, base_url: 'http://x/v1', model: j, rubric: worst-case}"
    of = f"candidates: {{each: 3, judges: [{judge}]}}"
    found = {each.speaker: each for each in forecast(planned(tmp_path, f"[{SERVED}]", seeker, of), tmp_path)}
    assert found["m"].calls == 2 * 4 * 3
    assert found["the seeker"].calls == 2 * 4 * 3
    assert found["judge worst-case"].calls % (2 * 4 * 3) == 0
    tokens = found["m"].tokens_in
    assert tokens is not None
    assert found["m"].cost == pytest.approx(tokens)


def test_nothing_is_asked_of_servers_offline(tmp_path: Path) -> None:
    assert forecast(planned(tmp_path), tmp_path) == []


@pytest.mark.parametrize(
    ("systems", "lines", "why"),
    [
        ("[{name: h, kind: http, url: 'http://x', remembers: true}]", [], "remembers the talk itself"),
        (
            "[balanced-helper]", ["seeker: {kind: esc-eval, base_url: 'http://x/v1', model: m}"],
            "the protocol esc-eval has no hidden state",
        ),
        ("[balanced-helper]", ["candidates: {by: judges}"], "needs somebody who judges"),
        ("[balanced-helper]", ["candidates: {foolow: best}"], "did you mean follow"),
        (
            "[balanced-helper]",
            ["candidates: {judges: [{kind: pairwise, base_url: 'http://x/v1', model: m}]}"], "pairwise judge",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_generated_is_refused(tmp_path: Path, systems: str, lines: list[str], why: str) -> None:
    with pytest.raises(Refused, match=why):
        planned(tmp_path, systems, *lines)


def test_a_budget_needs_prices(tmp_path: Path) -> None:
    generation = planned(tmp_path, f"[{SERVED}]").generation
    assert spending_of(generation, 5.0).priced
    unpriced = planned(tmp_path, f"[{SERVED.partition(', price')[0]}}}]").generation
    with pytest.raises(Refused, match="m has no `price`"):
        spending_of(unpriced, 5.0)
    assert not spending_of(unpriced, None).priced
