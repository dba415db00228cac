"""Other people's cards, field by field: ESC-Eval however it is laid out, ESConv, PATIENT-Psi, and free records."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardseek.cards import RoleCard
from hardseek.cards.formats.esc_eval import split
from hardseek.cards.formats.labels import field_of
from hardseek.cards.importing import Brought, import_cards

FIELDS = {
    "age": "34",
    "gender": "Female",
    "occupation": "night nurse",
    "summary": "She is worn out: no sleep, no rest.",
}
LABELS = {
    "age": ("Age", "AGE", "年龄", "Age group"),
    "gender": ("Gender", "Sex", "性别"),
    "occupation": ("Occupation", "Job", "职业", "Profession"),
    "summary": ("Problem", "Issue", "问题", "Problem description", "主诉"),
}
PSI = {
    "name": "Tom", "id": "1-1", "type": ["plain", "upset", "verbose"],
    "history": "Tom lost his shop two years ago. He avoids old friends.",
    "helpless_belief": ["I am a failure."], "unlovable_belief": [], "worthless_belief_current": ["I am a burden."],
    "intermediate_belief": "Helpless: If I ask for help, people see through me.",
    "intermediate_belief_depression": "(1) If I try, I will fail. (2) It is better to hide.",
    "coping_strategies": "Stays at home and avoids calls.", "situation": "An old friend invited Tom to a birthday.",
    "auto_thought": "They will all ask what I do now.", "emotion": ["anxious, worried, tense", "sad, down"],
    "behavior": "Does not answer the message.",
}  # fmt: skip


def brought(folder: Path, *records: Any, **options: Any) -> Brought:
    path = folder / "theirs.jsonl"
    path.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), encoding="utf-8")
    return import_cards(path, **options)


def only(folder: Path, record: Any, **options: Any) -> RoleCard:
    found = brought(folder, record, **options)
    assert found.skipped == ()
    (card,) = found.cards
    return card


@given(
    order=st.permutations(list(FIELDS)),
    kept=st.sets(st.sampled_from(["age", "gender", "occupation"])),
    labels=st.fixed_dictionaries({field: st.sampled_from(names) for field, names in LABELS.items()}),
    colon=st.sampled_from([":", "：", " : ", "： "]),
    mark=st.sampled_from(["", "- ", "* ", "  ", "**"]),
    end=st.sampled_from(["\n", "\r\n", "\n\n", " \n"]),
)
def test_esc_eval_in_any_order_with_any_labels_and_any_field_missing(
    *, order: list[str], kept: set[str], labels: dict[str, str], colon: str, mark: str, end: str
) -> None:
    told = [field for field in order if field in kept or field == "summary"]
    bold = mark if mark == "**" else ""
    base = end.join(f"{mark}{labels[field]}{bold}{colon}{FIELDS[field]}" for field in told)
    assert split(base) == {field: FIELDS[field] for field in told}


@given(
    order=st.permutations(["age", "gender", "occupation"]), joint=st.sampled_from([", ", "; ", "；", "，", " | ", ". "])
)
def test_esc_eval_on_one_line_with_the_problem_last(order: list[str], joint: str) -> None:
    base = joint.join(f"{LABELS[field][0]}: {FIELDS[field]}" for field in [*order, "summary"])
    assert split(base) == FIELDS


@pytest.mark.parametrize(
    ("base", "fields"),
    [
        ("I cannot sleep any more.", {"summary": "I cannot sleep any more."}),
        ("Age: 20\nProblem: He says: job or me.\nMore of it, age: unclear.",
         {"age": "20", "summary": "He says: job or me. More of it, age: unclear."}),
        ("Problem: My husband told me this: go.\nNote: it was raining\nGender: Female",
         {"summary": "My husband told me this: go. Note: it was raining", "gender": "Female"}),
        ("年龄：20岁；性别：女；职业：学生；问题：求助者失眠，原因：压力大。",
         {"age": "20岁", "gender": "女", "occupation": "学生", "summary": "求助者失眠，原因：压力大。"}),
        ("1. Age: 20\n2. Sex: male\n3. Problem: lost", {"age": "20", "gender": "male", "summary": "lost"}),
        ("Age:\nGender: \nProblem: lost", {"summary": "lost"}),
        ("Age: 20", {"age": "20"}),
    ],
)  # fmt: skip
def test_esc_eval_texts_with_colons_of_their_own(base: str, fields: dict[str, str]) -> None:
    assert split(base) == fields


def test_esc_eval_says_what_is_inferred_and_how_good_the_card_is(tmp_path: Path) -> None:
    problem = "The seeker's wife left him. He is very sad about it. He drinks too much."
    base = f"Age: 31\nGender: Male\nOccupation: Not mentioned\nProblem: {problem}"
    card = only(tmp_path, {"base": base, "id": 7, "language": "english", "res": "工作学习"})
    assert (card.grade, card.category) == ("middle", "work-study")
    assert card.inferred == ("facts", "feelings", "risk")
    bare = only(tmp_path, {"base": "Problem: The seeker's wife left him.", "id": 7})
    assert bare.grade == "low"


def test_a_language_that_the_text_is_not_in_is_skipped(tmp_path: Path) -> None:
    found = brought(
        tmp_path,
        {"base": "Problem: 求助者失眠。", "id": 1, "language": "english"},
        {"base": "Problem: Je travaille la nuit depuis deux ans, je ne dors presque plus et je me sens vide.", "id": 2},
        {"base": "问题：仕事を失って、どうしたらいいのかわかりません。", "id": 3},
        {"base": "Problem: She lost her job.", "id": 4, "language": "en-GB"},
    )  # fmt: skip
    assert [card.id for card in found.cards] == ["esc-eval-4"]
    assert [skip.why for skip in found.skipped] == [
        "language: found 'english', and the problem is written in zh; mend one",
        "base: not in English, though in its letters; cards are in English or Chinese",
        "base: neither in English nor in Chinese; cards are in English or Chinese",
    ]


def test_esconv_situations_are_the_persons_own_words_and_of_the_lowest_grade(tmp_path: Path) -> None:
    record = {
        "experience_type": "Previous Experience", "emotion_type": "anxiety", "problem_type": "job crisis",
        "situation": "I may lose my job, and I haven't told my wife. I feel ashamed of that.", "dialog": [],
    }  # fmt: skip
    card = only(tmp_path, record)
    assert (card.id, card.category, card.grade, card.source) == ("esconv-theirs-1", "work-job-loss", "low", "ESConv")
    assert [fact.text for fact in card.facts] == [
        "I may lose my job, and I haven't told my wife.",
        "I feel ashamed of that.",
    ]
    assert [fact.depth for fact in card.facts] == ["surface", "core"]
    assert card.feelings == ("anxiety", "ashamed")
    assert card.summary.startswith("job crisis, anxiety, Previous Experience; in the person's own words: \"I may lose")
    assert card.inferred == ("depth", "risk")
    short = brought(tmp_path, record | {"situation": "Lost job"})
    assert short.skipped[0].why.startswith("situation: fewer than 3 words")


def test_patient_psi_as_the_trainer_keeps_it(tmp_path: Path) -> None:
    card = only(tmp_path, PSI)
    assert (card.id, card.gender, card.writing) == ("patient-psi-1-1", None, None)
    assert [(fact.depth, fact.text) for fact in card.facts] == [
        ("surface", "An old friend invited me to a birthday."),
        ("personal", "I don't answer the message."),
        ("core", "They will all ask what I do now."),
        ("surface", "I lost my shop two years ago."),
        ("surface", "I avoid old friends."),
    ]
    assert card.facts[2].feeling == "anxious"
    assert card.feelings == ("anxious", "sad")
    assert card.beliefs == (
        "I am a failure.", "I am a burden.", "If I ask for help, people see through me.", "If I try, I will fail.",
        "It is better to hide.",
    )  # fmt: skip
    assert card.tried == ("I stay at home and avoid calls.",)
    assert "Tom" not in " ".join(fact.text for fact in card.facts)
    assert card.summary.startswith("Tom lost his shop")  # what was stated stays as it was


def test_patient_psi_as_the_generator_and_as_people_write_it(tmp_path: Path) -> None:
    whole = {
        "life_history": "The patient moved abroad for her husband's work.", "core_beliefs": "Helpless belief",
        "core_belief_description": "I am trapped; I am needy", "intermediate_beliefs": "A good wife does not complain.",
        "intermediate_beliefs_during_depression": "", "coping_strategies": "Cleans the flat.",
        "cognitive_models": [
            {"situation": "Husband comes home late.", "automatic_thoughts": "He doesn't need me.",
             "emotion": "sad/down/lonely", "behavior": "Goes to bed without a word."},
            {"situation": "Call from former boss.", "automatic_thoughts": "I threw it away.", "emotion": "hurt",
             "behavior": "Lets it ring."},
        ],
    }  # fmt: skip
    card = only(tmp_path, whole)
    assert card.id == "patient-psi-theirs-1"
    assert [fact.text for fact in card.facts] == [
        "My husband comes home late.", "I go to bed without a word.", "He doesn't need me.", "Call from former boss.",
        "I let it ring.", "I threw it away.", "I moved abroad for my husband's work.",
    ]  # fmt: skip
    assert card.beliefs == ("I am trapped", "I am needy", "A good wife does not complain.")
    assert (card.feelings, card.tried) == (("sad", "hurt"), ("I clean the flat.",))
    by_hand = {"Relevant History": PSI["history"], "Core Beliefs": ["I am a failure."], "Behaviour": "Avoids mirrors."}
    spelled = only(tmp_path, by_hand | {"Coping Strategies": "Avoids calls."})
    assert spelled.source == "PATIENT-Psi"
    assert "I avoid mirrors." in [fact.text for fact in spelled.facts]


def test_chinese_patients(tmp_path: Path) -> None:
    record = {"name": "小林", "history": "小林两年前失去了店铺。他一直躲着老朋友。", "core_beliefs": ["我是个失败者。"],
              "coping_strategies": "待在家里。", "situation": "老朋友请小林去过生日。", "emotion": ["焦虑"],
              "auto_thought": "他们一定会问我现在做什么。", "behavior": "没有回信息。"}  # fmt: skip
    card = only(tmp_path, record)
    assert card.language == "zh"
    said = [fact.text for fact in card.facts]
    assert said[0] == "老朋友请我去过生日。"
    assert not any("小林" in text or "求助者" in text for text in said)


@pytest.mark.parametrize(
    ("label", "field"),
    [
        ("Age", "age"), ("AGE (years)", None), ("年龄", "age"), ("ｓｅｘ", "gender"), ("Mood", "feelings"),
        ("Marital Status", "relationship"),
        ("婚姻状况", "relationship"), ("Fact 2", "facts"), ("presenting_problem", "summary"), ("求助问题", "summary"),
        ("说话风格", "writing"), ("备注", None), ("x" * 50, None), ("", None),
    ],
)  # fmt: skip
def test_labels_in_any_case_width_and_language(label: str, field: str | None) -> None:
    assert field_of(label) == field


def test_a_free_record_keeps_all_that_is_stated(tmp_path: Path) -> None:
    card = only(tmp_path, {
        "No": "A 7", "Age": "30", "Sex": "female", "Job": "cook", "Education": "college", "Marital status": "single",
        "City": "a harbour town", "Topic": "睡眠", "Problem": "I wake at four. I can't switch off the kitchen.",
        "Feelings": "tired; worried", "Thoughts": ["If I stop, it all falls."], "Coping": "hot milk | a long walk",
        "Goal": "Sleep through one night.", "What would help": "somebody who asks about the kitchen",
        "Style": "short", "Risk": "none", "Source": "own interviews",
    })  # fmt: skip
    expected = {
        "id": "A-7", "age": 30, "gender": "female", "occupation": "cook", "education": "college",
        "relationship": "single", "setting": "a harbour town", "category": "health-sleep",
        "feelings": ("tired", "worried"),
        "beliefs": ("If I stop, it all falls.",), "tried": ("hot milk", "a long walk"),
        "wants": "Sleep through one night.",
        "would_help": "somebody who asks about the kitchen", "writing": "short",
        "risk": "none", "source": "own interviews", "summary": "I wake at four. I can't switch off the kitchen.",
    }  # fmt: skip
    assert {name: getattr(card, name) for name in expected} == expected
    assert [fact.text for fact in card.facts] == ["I wake at four.", "I can't switch off the kitchen."]
    assert card.inferred == ("facts",)


def test_facts_that_are_stated_stay_as_they_are(tmp_path: Path) -> None:
    listed = only(tmp_path, {"problem": "The client lost his licence.", "facts": ["I lost my licence.", "I hide it."]})
    assert [fact.text for fact in listed.facts] == ["I lost my licence.", "I hide it."]
    columns = only(tmp_path, {"问题": "求助者失业了。", "事实1": "我上个月被裁了。", "事实2": "我没敢跟老婆说。"})
    assert [fact.text for fact in columns.facts] == ["我上个月被裁了。", "我没敢跟老婆说。"]
    deep = only(tmp_path, {"problem": "The client lost his licence.", "details": [
        {"text": "I lost it.", "depth": "personal", "feeling": "ashamed"}, {"text": "I hide it."}]})  # fmt: skip
    assert (deep.facts[0].depth, deep.facts[0].feeling) == ("personal", "ashamed")


def test_what_is_unknown_stays_unknown(tmp_path: Path) -> None:
    card = only(
        tmp_path, {"age": "not mentioned", "职业": "未提及", "gender": None, "problem": "求助者失眠。", "wants": ""}
    )
    assert (card.age, card.occupation, card.gender, card.wants) == (None, None, None, None)


@given(
    st.dictionaries(
        st.sampled_from(["Age", "problem", "facts", "情绪", "base", "situation", "emotion_type", "history", "id"]),
        st.one_of(st.none(), st.text(max_size=30), st.integers(), st.lists(st.text(max_size=10), max_size=3),
                  st.dictionaries(st.text(max_size=5), st.text(max_size=5), max_size=2)),
        max_size=6,
    )
)  # fmt: skip
def test_no_record_breaks_an_import(record: dict[str, Any]) -> None:
    from hardseek.cards.formats.record import Record
    from hardseek.cards.importing import card_of

    made = card_of(Record("here", "file", record))
    assert isinstance(made, RoleCard | str)
