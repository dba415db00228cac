"""Loading cards: hardseek's own files, ESC-Eval's and the worst-case framework's, and what is refused."""

import json
from pathlib import Path
from typing import Any

import pytest

from hardseek.cards import load_cards, packaged_cards
from hardseek.errors import Refused

OWN = {
    "id": "mine-1",
    "language": "en",
    "summary": "Sleeps badly.",
    "facts": [{"id": "sleep", "depth": "surface", "text": "I can't sleep."}],
}
ESC = {
    "base": "Age: 31\nGender: Male\nOccupation: Not mentioned\nProblem: The seeker's wife left him last month. "
    "He feels lonely.",
    "res": "家庭生活",
    "source": "X",
    "language": "english",
    "id": 7,
}
WORST = {
    "profile": 3,
    "gender": "女性。",
    "age": 24,
    "education_level": "本科",
    "occupation": "未知",
    "relationship_status": "单身",
    "problem_summary": "求助者最近失眠，担心丢掉工作。求助者的母亲对其要求很严。",
    "engagement_level": "你对这段对话投入有限。",
    "utterance_style": "你说话偏直接简洁。",
}


def write(path: Path, *records: Any) -> Path:
    path.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), encoding="utf-8")
    return path


def esc(base: str, **others: Any) -> dict[str, Any]:
    return ESC | {"base": base} | others


def test_own_json_lines(tmp_path: Path) -> None:
    path = write(tmp_path / "cards.jsonl", OWN, OWN | {"id": "mine-2"})
    assert [card.id for card in load_cards(path)] == ["mine-1", "mine-2"]
    assert load_cards(path)[0].facts[0].text == "I can't sleep."


def test_own_yaml_of_one_card_and_of_a_list(tmp_path: Path) -> None:
    one = tmp_path / "one.yaml"
    one.write_text(
        "# a card\nid: a\nlanguage: zh\nsummary: 睡不好。\nfacts:\n  - {id: f, depth: core, text: 我睡不着。}\n",
        encoding="utf-8",
    )
    (card,) = load_cards(one)
    assert (card.id, card.facts[0].depth) == ("a", "core")
    several = tmp_path / "several.yml"
    several.write_text(
        "# cards\n\n" + "".join(f"- {json.dumps(OWN | {'id': name})}\n" for name in ("b", "c")), encoding="utf-8"
    )
    assert [card.id for card in load_cards(several)] == ["b", "c"]


def test_a_packaged_card_written_out_comes_back_the_same(tmp_path: Path) -> None:
    path = write(tmp_path / "cards.jsonl", *(card.model_dump(mode="json") for card in packaged_cards()))
    assert load_cards(path) == packaged_cards()


def test_esc_eval_fields(tmp_path: Path) -> None:
    (card,) = load_cards(write(tmp_path / "cards.jsonl", ESC))
    assert card.id == "esc-eval-7"
    assert (card.language, card.category, card.source) == ("en", "life", "ESC-Eval (X)")
    assert (card.age, card.gender, card.occupation) == (31, "Male", None)
    assert card.summary == "The seeker's wife left him last month. He feels lonely."
    assert [fact.text for fact in card.facts] == ["My wife left me last month.", "I feel lonely."]
    assert [fact.depth for fact in card.facts] == ["surface", "personal"]
    assert card.feelings == ("lonely",)


def test_esc_eval_with_full_width_colons_missing_fields_and_another_order(tmp_path: Path) -> None:
    base = "问题：求助者最近失眠，担心丢掉工作。\n性别: 女\n年龄：20岁"
    (card,) = load_cards(write(tmp_path / "cards.jsonl", esc(base, language="chinese", res="其他")))
    assert (card.language, card.age, card.gender, card.occupation, card.category) == ("zh", 20, "女", None, None)
    assert card.facts[0].text.startswith("我最近失眠")


def test_esc_eval_language_is_told_by_the_text_when_it_is_not_given(tmp_path: Path) -> None:
    record = {key: value for key, value in ESC.items() if key != "language"}
    assert load_cards(write(tmp_path / "cards.jsonl", record))[0].language == "en"


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Not mentioned", None),
        ("not mentioned", None),
        ("未提及", None),
        ("未提及具体职业，但有换工作的经历", "有换工作的经历"),
        ("未提及（但已就业并且近期换了部门）", "已就业并且近期换了部门"),
        ("未提及，但可推测为办公室职员", "办公室职员"),
        ("学生/未提及", "学生"),
        ("学生（推测）", "学生"),
        ("Implied to be working, specific occupation not mentioned", "working"),
        ("Unspecified (has not looked for a job in 20 years)", "has not looked for a job in 20 years"),
        ("wounded vet", "wounded vet"),
    ],
)
def test_what_is_unknown_is_null_and_what_is_known_beside_it_is_kept(
    tmp_path: Path, said: str, kept: str | None
) -> None:
    (card,) = load_cards(write(tmp_path / "cards.jsonl", esc(f"Occupation: {said}\nProblem: I lost my job.")))
    assert card.occupation == kept


@pytest.mark.parametrize(
    ("said", "age"), [("29", 29), ("20岁", 20), ("Old (90 years old)", 90), ("young", "young"), ("青年", "青年")]
)
def test_ages_are_numbers_where_they_can_be(tmp_path: Path, said: str, age: int | str) -> None:
    (card,) = load_cards(write(tmp_path / "cards.jsonl", esc(f"Age: {said}\nProblem: I lost my job.")))
    assert card.age == age


def test_esc_eval_as_an_array(tmp_path: Path) -> None:
    path = tmp_path / "test_en.json"
    path.write_text(json.dumps([ESC, ESC | {"id": 8}], indent=4), encoding="utf-8")
    assert [card.id for card in load_cards(path)] == ["esc-eval-7", "esc-eval-8"]
    path.write_text(json.dumps([ESC, 5]), encoding="utf-8")
    with pytest.raises(Refused, match=r"test_en\.json, record 2: found int; a card is an object"):
        load_cards(path)


def test_worst_case_fields(tmp_path: Path) -> None:
    (card,) = load_cards(write(tmp_path / "profiles.jsonl", WORST))
    assert (card.id, card.language, card.age, card.gender) == ("worst-case-3", "zh", 24, "女性")
    assert (card.occupation, card.education, card.relationship) == (None, "本科", "单身")
    assert card.writing == "说话偏直接简洁"
    assert [fact.text for fact in card.facts][-1] == "我妈对我要求很严。"


def test_a_folder_of_profiles_is_read_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    unnumbered = {key: value for key, value in WORST.items() if key != "profile"}
    for number in (10, 2, 1):
        (tmp_path / f"{number}.json").write_text(json.dumps(unnumbered, indent=1), encoding="utf-8")
    (tmp_path / "notes.txt").write_text("not a card", encoding="utf-8")
    assert [card.id for card in load_cards(tmp_path)] == ["worst-case-1", "worst-case-2", "worst-case-10"]


def test_the_format_can_be_given_by_name(tmp_path: Path) -> None:
    path = write(tmp_path / "cards.jsonl", ESC)
    assert load_cards(path, format="esc-eval") == load_cards(path)
    with pytest.raises(Refused, match=r"found 'esc_eval'; allowed: hardseek, esc-eval, worst-case.*did you mean esc-"):
        load_cards(path, format="esc_eval")
    with pytest.raises(Refused, match=r"cards\.jsonl, line 1: problem_summary: found None"):
        load_cards(path, format="worst-case")


def test_a_line_that_is_not_json_is_named(tmp_path: Path) -> None:
    path = write(tmp_path / "cards.jsonl", OWN)
    path.write_text(path.read_text(encoding="utf-8") + "{broken\n", encoding="utf-8")
    with pytest.raises(Refused, match=r"cards\.jsonl, line 2: not valid JSON"):
        load_cards(path)


def test_a_mistake_in_a_json_document_is_named_by_its_line(tmp_path: Path) -> None:
    path = tmp_path / "cards.json"
    path.write_text('[\n {"id": "a",\n  "language" "en"}\n]', encoding="utf-8")
    with pytest.raises(Refused, match=r"cards\.json, line 3: not valid JSON"):
        load_cards(path)


def test_a_mistake_in_a_card_is_named_by_line_and_field(tmp_path: Path) -> None:
    bad = OWN | {"id": "mine-2", "facts": [{"id": "a", "depth": "deep", "text": "I can't sleep."}]}
    with pytest.raises(Refused, match=r"line 2: .*depth: found 'deep'; allowed: surface, personal, core"):
        load_cards(write(tmp_path / "cards.jsonl", OWN, bad))


@pytest.mark.parametrize(
    ("records", "message"),
    [
        ([OWN, OWN], r"line 2: a card with the id mine-1 is already at .*line 1"),
        ([{"name": "x"}], r"line 1: not a card in a known format: found 'name'; known: hardseek \(has 'facts'\)"),
        ([[1, 2]], "line 1: found list; a card is an object"),
        ([3], "line 1: found int; a card is an object"),
        ([esc("Age: 3\nProblem: ")], "line 1: base: no text after 'Problem:'"),
        ([esc("Age: 3")], "line 1: base: no text after 'Problem:'"),
        ([esc("Problem: 123", language="")], "no words in English or Chinese"),
        ([{key: value for key, value in ESC.items() if key != "id"}], "line 1: id: found None; it should be text"),
        ([ESC | {"id": "a b"}], "line 1: id: found 'esc-eval-a b'"),
        ([WORST | {"problem_summary": "……"}], "problem_summary: no words in it"),
    ],
)
def test_what_cannot_be_a_card_is_refused(tmp_path: Path, records: list[Any], message: str) -> None:
    with pytest.raises(Refused, match=message):
        load_cards(write(tmp_path / "cards.jsonl", *records))


def test_what_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="no card files in this folder"):
        load_cards(tmp_path)
    write(tmp_path / "cards.jsonl", OWN)
    with pytest.raises(Refused, match=r"no such file; did you mean .*cards\.jsonl"):
        load_cards(tmp_path / "card.jsonl")
    (tmp_path / "empty.jsonl").write_text("\n", encoding="utf-8")
    with pytest.raises(Refused, match="the file is empty"):
        load_cards(tmp_path / "empty.jsonl")
    (tmp_path / "a.yaml").write_text("id: a\n", encoding="utf-8")
    with pytest.raises(Refused, match="cannot be in the format esc-eval"):
        load_cards(tmp_path / "a.yaml", format="esc-eval")
