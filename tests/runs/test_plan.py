"""The plan: which dialogues there are, what they are called, in which order they stand."""

import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardseek.errors import Refused
from hardseek.runs import DialogueSpec, Experiment, Plan
from hardseek.seekers import BehaviourProfile, Condition
from hardseek.seekers.protocols.esc_eval import GREETING
from hardseek.seekers.spec import ChatSeeker, EmotionPlannerSeeker, EscEvalSeeker, ScriptedSeeker
from hardseek.supporters.spec import BuiltinSystem, CallableSystem, ChatSystem, ReplaySystem
from runs.run_cast import card, experiment, plan

CHAT = {"kind": "chat", "base_url": "http://localhost:1/v1", "model": "m"}


def specs(of: Plan) -> list[DialogueSpec]:
    """All dialogues, in the order of their numbers."""
    every = [spec for place in range(len(of.experiment.systems)) for spec in of.of_system(place)]
    return sorted(every, key=lambda spec: spec.number)


plans = st.builds(
    lambda systems, conditions, cards, replicates: plan(
        systems=[f"s{n}" for n in range(systems)],
        conditions=[Condition(name=f"k{n}") for n in range(conditions)],
        cards=cards,
        replicates=replicates,
    ),
    st.integers(1, 4),
    st.integers(1, 4),
    st.integers(1, 4),
    st.integers(1, 3),
)


@given(of=plans)
def test_every_combination_stands_once_under_a_number_and_an_id_of_its_own(of: Plan) -> None:
    every = specs(of)
    assert [spec.number for spec in every] == list(range(len(of)))
    assert len({spec.id for spec in every}) == len(of)
    combined = Counter((spec.system, spec.condition.name, spec.card.id, spec.replicate) for spec in every)
    wanted = of.experiment
    assert combined == Counter(
        (system.name, condition.name, card.id, replicate)
        for system in wanted.systems
        for condition in wanted.conditions
        for card in of.cards
        for replicate in range(wanted.replicates)
    )


@given(of=plans, share=st.floats(0, 1))
def test_any_beginning_is_balanced_over_systems_and_conditions(of: Plan, share: float) -> None:
    beginning = specs(of)[: round(share * len(of))]
    systems = Counter({system.name: 0 for system in of.experiment.systems})
    systems.update(spec.system for spec in beginning)
    assert max(systems.values()) - min(systems.values()) <= 1
    conditions = Counter({condition.name: 0 for condition in of.experiment.conditions})
    conditions.update(spec.condition.name for spec in beginning)
    # A condition has all systems of a card after each other.
    assert max(conditions.values()) - min(conditions.values()) <= len(of.experiment.systems)


def chat_system(**fields: object) -> ChatSystem:
    return ChatSystem.model_validate({**CHAT, "name": "chat", **fields})


def chat_seeker(**fields: object) -> ChatSeeker:
    return ChatSeeker.model_validate({**CHAT, **fields})


def ids(*, cards: int = 1, **fields: Any) -> list[str]:
    """Of a plan with one system and one condition, in which `fields` are changed."""
    plain = {"systems": [chat_system()], "conditions": [Condition(name="hard")], "seeker": chat_seeker()}
    return [spec.id for spec in specs(plan(cards=cards, **(plain | fields)))]


@pytest.mark.parametrize(
    "changed",
    [
        {"seed": 7},
        {"exchanges": 4},
        {"seeker": ScriptedSeeker()},
        {"seeker": chat_seeker(model="other")},
        {"seeker": chat_seeker(sampling={"temperature": 0.5})},
        {"seeker": chat_seeker(extra_body={"thinking": False})},
        {"seeker": chat_seeker(appraisal="together")},
        {"seeker": chat_seeker(appraiser={"base_url": "http://localhost:1/v1", "model": "m"})},
        {"systems": [chat_system(name="renamed")]},
        {"systems": [chat_system(model="other")]},
        {"systems": [chat_system(system_prompt="You listen.")]},
        {"systems": [chat_system(sampling={"max_tokens": 100})]},
        {"systems": [BuiltinSystem(kind="builtin", name="chat", control="cheerleader")]},
        {"conditions": [Condition(name="harder")]},
        {"conditions": [Condition(name="hard", profile=BehaviourProfile(resistance=0.1))]},
        {"conditions": [Condition(name="hard", profile=BehaviourProfile(pattern="easing"))]},
    ],
    ids=str,
)
def test_what_defines_a_dialogue_changes_its_id(changed: dict[str, Any]) -> None:
    assert ids(**changed) != ids()


@pytest.mark.parametrize(
    "changed",
    [
        {"name": "other"},
        {"concurrency": 1},
        {"judges": []},
        {"conditions": [Condition(name="hard", title={"en": "Hard"}, description={"zh": "难"})]},
        *(
            {who: [made(**how)] if who == "systems" else made(**how)}
            for how in (
                {"base_url": "https://elsewhere.org/v1"},
                {"api_key_env": "SOME_KEY"},
                {"headers": {"X-Team": "one"}},
                {"timeout": 5.0, "retries": 0, "backoff": 2.0},
                {"concurrency": 2},
                {"price": {"input": 1.0, "output": 2.0}},
            )
            for who, made in (("systems", chat_system), ("seeker", chat_seeker))
        ),
        {"systems": [chat_system(group="general")]},
    ],
    ids=str,
)
def test_how_it_is_reached_and_shown_does_not(changed: dict[str, Any]) -> None:
    assert ids(**changed) == ids()


def test_how_a_second_model_is_reached_does_not_either_but_which_it_is_does() -> None:
    def with_appraiser(**how: object) -> list[str]:
        return ids(seeker=chat_seeker(appraiser={"base_url": "http://localhost:1/v1", "model": "m", **how}))

    assert with_appraiser() == with_appraiser(base_url="https://elsewhere.org/v1", timeout=5.0, concurrency=2)
    assert with_appraiser() != with_appraiser(model="other")
    assert with_appraiser() != with_appraiser(sampling={"temperature": 0})
    # What the user puts into the request is theirs, whatever it is called.
    assert with_appraiser(extra_body={"timeout": 1}) != with_appraiser(extra_body={"timeout": 2})


def test_a_changed_card_is_another_dialogue_and_leaves_the_others_what_they_are() -> None:
    wanted, one, two = experiment(), card("one"), card("two")
    before = {(s.system, s.condition.name, s.card.id): s.id for s in specs(Plan(wanted, (one, two)))}
    corrected = one.model_copy(update={"summary": "Moved away."})
    after = {(s.system, s.condition.name, s.card.id): s.id for s in specs(Plan(wanted, (corrected, two)))}
    assert {key[2] for key in before if before[key] != after[key]} == {"one"}
    assert all(before[key] != after[key] for key in before if key[2] == "one")


def test_more_of_everything_leaves_ids_what_they_are() -> None:
    few, many = plan(systems=["one"], cards=2), plan(systems=["two", "one"], cards=3, replicates=2)
    assert {spec.id for spec in specs(few)} < {spec.id for spec in specs(many)}


def test_the_luck_is_the_same_for_every_system_and_no_other_dialogue() -> None:
    of = plan(replicates=2)
    lucks: dict[bytes, set[tuple[str, str, int]]] = {}
    for spec in specs(of):
        lucks.setdefault(of.part(spec).luck.key, set()).add((spec.card.id, spec.condition.name, spec.replicate))
    assert all(len(shared) == 1 for shared in lucks.values())
    assert len(lucks) * len(of.experiment.systems) == len(of)


def test_the_part_is_what_the_experiment_says() -> None:
    of = plan(exchanges=5)
    spec = next(spec for spec in specs(of) if spec.condition.name == "hard")
    part = of.part(spec)
    assert (part.card, part.profile, part.exchanges) == (spec.card, BehaviourProfile(resistance=1), 5)


def test_only_the_esc_eval_protocol_greets() -> None:
    assert plan().greeting("en") is None
    greeting = plan(seeker=EscEvalSeeker.model_validate({**CHAT, "kind": "esc-eval"})).greeting
    assert (greeting("en"), greeting("zh")) == (GREETING["en"], GREETING["zh"])


def planner(**fields: Any) -> Experiment:
    """An experiment with the emotion planner."""
    seeker = EmotionPlannerSeeker.model_validate({**CHAT, "kind": "emotion-planner"})
    return experiment(systems=[BuiltinSystem(kind="builtin", name="b", control="cheerleader")], seeker=seeker, **fields)


def test_a_protocol_has_no_more_exchanges_than_it_was_published_with(tmp_path: Path) -> None:
    assert Plan.of(planner(exchanges=20), folder=tmp_path).greeting("en") is None
    with pytest.raises(Refused, match="found 21; the protocol emotion-planner has 20 at most"):
        Plan.of(planner(exchanges=21), folder=tmp_path)


def test_a_protocol_without_a_course_of_behaviour_is_not_asked_for_one(tmp_path: Path) -> None:
    conditions = ["average", "rupture", "worst"]
    with pytest.raises(Refused, match=r"conditions: rupture: .* on or off throughout"):
        Plan.of(planner(conditions=conditions), folder=tmp_path)
    assert Plan.of(experiment(conditions=conditions), folder=tmp_path).cards


def test_cards_are_the_packaged_ones_or_seen_from_the_experiments_folder(tmp_path: Path) -> None:
    wanted = experiment(cards={"limit": 2}, languages=["zh"])
    assert [each.language for each in Plan.of(wanted, folder=tmp_path).cards] == ["zh", "zh"]
    lines = [card(name).model_dump_json(exclude_defaults=True) for name in ("a", "b")]
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "cards.jsonl").write_text("\n".join(lines), encoding="utf-8")
    own = experiment(cards={"path": "mine", "ids": ["b"]})
    assert Plan.of(own, folder=tmp_path).cards == (card("b"),)
    with pytest.raises(Refused, match="mine"):
        Plan.of(own, folder=tmp_path / "elsewhere")


def test_a_replayed_file_counts_by_what_it_holds_and_not_by_where_it_lies(tmp_path: Path) -> None:
    (tmp_path / "one.jsonl").write_text("a", encoding="utf-8")
    (tmp_path / "same.jsonl").write_text("a", encoding="utf-8")
    (tmp_path / "other.jsonl").write_text("b", encoding="utf-8")

    def digests(name: str) -> list[str]:
        wanted = experiment(systems=[ReplaySystem(kind="replay", name="earlier", path=name)])
        return Plan.of(wanted, folder=tmp_path).system_digests

    assert digests("one.jsonl") == digests("same.jsonl") != digests("other.jsonl")


def test_a_replayed_file_counts_in_the_current_folder_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = experiment(systems=[ReplaySystem(kind="replay", name="earlier", path="one.jsonl")])
    monkeypatch.chdir(tmp_path)
    missing = Plan.of(wanted, folder=tmp_path / "elsewhere").system_digests
    (tmp_path / "one.jsonl").write_text("a", encoding="utf-8")
    assert Plan.of(wanted, folder=tmp_path / "elsewhere").system_digests != missing


def test_a_function_is_another_system_once_its_module_is_another(tmp_path: Path) -> None:
    called = CallableSystem(kind="python", name="mine", target="bots_of_mine.kind:reply")
    package = tmp_path / "bots_of_mine"
    package.mkdir()

    def digests(source: str) -> list[str]:
        (package / "kind.py").write_text(source, encoding="utf-8")
        return Plan.of(experiment(systems=[called]), folder=tmp_path).system_digests

    source = "raise SystemExit\n"  # planning imports nothing
    assert digests(source) == digests(source) != digests(source + "# and more\n")
    assert "bots_of_mine" not in sys.modules


def test_a_module_without_a_source_counts_by_its_name(tmp_path: Path) -> None:
    systems = [
        CallableSystem(kind="python", name=f"s{n}", target=name) for n, name in enumerate(("math:sin", "no.a:b"))
    ]
    plan = Plan.of(experiment(systems=systems), folder=tmp_path)
    assert plan.contents == {} and len(set(plan.system_digests)) == 2
