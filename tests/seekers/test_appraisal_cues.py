"""Cue lists: how they are written, and what they find in a seeker's turn."""

import json
from pathlib import Path

import pytest

from hardseek.documents import load
from hardseek.errors import Refused
from hardseek.language import LANGUAGES, Language
from hardseek.seekers.appraisal import read
from hardseek.seekers.appraisal.cues import CueFile, Cues

ROOT = Path(__file__).parents[2]
DATA = ROOT.parent / "shared" / "data"
ANSWERS = Path(__file__).parent / "data" / "esconv_answers_to_advice.jsonl"
RESISTING = ("rejecting", "arguing", "deflecting", "shutting_down", "doubting")
SAID: dict[str, dict[Language, tuple[str, ...]]] = {
    "rejecting": {
        "en": (
            "I already tried that.",
            "That won't work for me.",
            "No thanks.",
            "It's not helping.",
            "I can't do that.",
        ),
        "zh": ("这个我试过了，没用。", "我做不到。", "这根本不现实。", "我不想去看医生。"),
    },
    "arguing": {
        "en": (
            "Yeah, but he never listens.",
            "I could try but it's hard to.",
            "It isn't that simple.",
            "Okay but how?",
        ),
        "zh": ("可是我根本开不了口。", "道理我都懂，可做不到。", "哪有那么容易。", "就算说了也没用。"),
    },
    "deflecting": {
        "en": (
            "I'd rather not talk about it.",
            "Can we talk about something else?",
            "Never mind.",
            "It's hard to explain.",
        ),
        "zh": ("不想提这个。", "换个话题吧。", "说不清。", "没事，就那样。"),
    },
    "shutting_down": {
        "en": ("Whatever.", "I don't know.", "ok", "I'm done.", "fine"),
        "zh": ("算了，不说了。", "随便吧。", "嗯。", "就这样吧。"),
    },
    "doubting": {
        "en": (
            "Nothing helps.",
            "How is that supposed to help?",
            "What's the point of talking?",
            "You don't understand.",
        ),
        "zh": ("说了又有什么用。", "你根本没明白我在说什么。", "没人能懂我。", "你只会说这一句。"),
    },
}
PLAIN: dict[Language, tuple[str, ...]] = {
    "en": (
        "My sister moved out in May.",
        "I will call her tonight, thank you.",
        "She took the dog and the house is silent.",
        "That is a good idea.",
    ),
    "zh": ("我姐五月份搬走了。", "好，我今晚就给她打电话，谢谢。", "她把狗也带走了，家里很安静。", "这个主意不错。"),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("group", SAID)
def test_a_group_is_found_in_what_it_stands_for(group: str, language: Language) -> None:
    for said in SAID[group][language]:
        assert read(said, language).cues.get(group, 0) >= 1, said


@pytest.mark.parametrize("language", LANGUAGES)
def test_plain_talk_and_taking_advice_up_is_no_resistance(language: Language) -> None:
    for said in PLAIN[language]:
        assert not set(read(said, language).cues) & set(RESISTING), said


def test_both_languages_have_the_same_groups() -> None:
    found = {}
    for language in LANGUAGES:
        text = (ROOT / "src" / "hardseek" / "seekers" / "data" / "cues" / f"{language}.yaml").read_text("utf-8")
        found[language] = set(load(text, CueFile, source=language).groups)
    assert found["en"] == found["zh"]


def test_a_word_alone_shuts_down_and_the_same_word_in_a_sentence_does_not() -> None:
    assert "shutting_down" in read("Fine.", "en").cues
    assert "shutting_down" not in read("The weather was fine.", "en").cues
    assert "shutting_down" not in read("Fine. She called me and we had tea.", "en").cues


def test_what_is_typed_in_a_hurry_is_read_as_meant() -> None:
    assert read("i dont know", "en").cues == read("I don't know", "en").cues
    assert read("r u tired", "en").second_person == 1


def _cues(cue: str, **fields: dict[str, str]) -> Cues:
    file = CueFile(
        id="x",
        version=1,
        language="en",
        first_person="i",
        second_person="you",
        groups={"g": (cue,)},
        stop="a",
        **fields,
    )
    return Cues(file)


@pytest.mark.parametrize(
    ("cue", "finds", "misses"),
    [
        ("(i|we) (really|) tried", ["we", "tried"], ["i", "never", "tried"]),
        ("< no .", [".", "no", "."], [".", "no", "idea", "."]),
        ("ok . >", ["ok", ".", ">"], ["ok", ".", "then"]),
        ("it NOT (help|work)", ["it", "won't", "work"], ["it", "may", "work"]),
        ("(NOT really|hardly) ever", ["don't", "really", "ever"], ["really", "ever"]),
    ],
)
def test_how_a_cue_is_written(cue: str, finds: list[str], misses: list[str]) -> None:
    written = _cues(cue, words={"NOT": "not won't don't"})
    assert [group for group, _ in written.find(finds)] == ["g"]
    assert not written.find(misses)


def test_an_unknown_field_of_a_cue_file_is_refused() -> None:
    with pytest.raises(Refused, match="group"):
        load("{id: x, version: 1, language: en, first_person: i, second_person: you, group: {}, stop: a}", CueFile,
             source="x.yaml")  # fmt: skip


def test_labels_of_answers_name_groups() -> None:
    rows = [json.loads(line) for line in ANSWERS.read_text(encoding="utf-8").splitlines()]
    assert len({(row["corpus"], row["dialogue"], row["turn"]) for row in rows}) == len(rows) >= 120
    assert all(set(row) == {"corpus", "dialogue", "turn", "labels"} for row in rows)
    assert all(set(row["labels"]) <= set(RESISTING) for row in rows)


@pytest.mark.corpus
def test_resistance_is_found_in_what_people_say(monkeypatch: pytest.MonkeyPatch) -> None:
    if not DATA.exists():
        pytest.skip(f"the reference corpora are not here: {DATA}")
    monkeypatch.syspath_prepend(str(ROOT))
    from benchmarks import appraisal_answers as bench

    def against(text: str) -> bool:
        return any(read(text, "en").cues.get(group) for group in bench.AGAINST)

    labelled = bench.answers(DATA / "esconv")
    found = [(against(text), bool(labels)) for _, text, labels in labelled]
    hits = sum(told and resists for told, resists in found)
    assert hits / sum(told for told, _ in found) >= 0.7  # 0.80 was reached
    assert hits / sum(resists for _, resists in found) >= 0.5  # 0.60 was reached

    kept = [(against(text), kind) for _, text, kind, reported in bench.sustain(DATA / "annomi" / "utterances.jsonl")
            if reported]  # fmt: skip
    rate = {kind: [told for told, its in kept if its == kind] for kind in ("sustain", "neutral")}
    # 0.35 and 0.08 were reached.
    assert sum(rate["sustain"]) / len(rate["sustain"]) >= 3 * sum(rate["neutral"]) / len(rate["neutral"])
