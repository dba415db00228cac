"""What a model extracted is believed as far as the seeker's own words bear it out."""

from collections.abc import Callable

import pytest

from hardseek.cards.building import Said, Source, verified
from hardseek.cards.building.extraction import Age, Entry, Extraction, Stated, ToldFact
from hardseek.cards.building.verifying import first_person, numbers

Extracting = Callable[..., Extraction]


def rejections(extraction: Extraction, source: Source) -> dict[str, str | None]:
    return {field.name: field.rejected for field in verified(extraction, source)}


def test_an_honest_extraction_stands_whole(source: Source, extracting: Extracting) -> None:
    assert rejections(extracting(), source) == dict.fromkeys(
        ["problem", "age", "occupation", "relationship", "facts.1", "facts.2", "facts.3", "feelings.1", "tried.1",
         "wants"]
    )  # fmt: skip


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("gender", Stated([], "female"), "no evidence"),
        ("gender", Stated(["as a woman"], "female"), "evidence not said"),
        # The supporter said it, and that is no evidence; nor is a quote of which only a part was said.
        ("wants", Stated(["Do you feel guilty about it"], "I feel guilty about it."), "evidence not said"),
        ("wants", Stated(["I want to be heard by my boss"], "I want to be heard."), "evidence not said"),
        ("wants", Stated(["I want to be heard", "made up"], "I want to be heard."), "evidence not said"),
        ("wants", Stated(["I"], "I want to be heard."), "evidence too short"),
        ("wants", Stated(["I want to be heard"], "She wants to be heard."), "not first person"),
        ("wants", Stated(["I want to be heard"], "I, the seeker, want to be heard."), "not first person"),
        ("wants", Stated(["I want to be heard"], "我想有人听我说"), "another language"),
        ("wants", Stated(["I want to be heard"], "I want to be called at [phone number]."), "identifier"),
        ("age", Age(["I'm thirty-four"], 43), "number not said"),
        ("age", Age(["on night shifts for 2 years"], 34), "number not said"),
        ("age", Age(["thirty-four"], "34 years"), None),
        ("tried", [Entry(["I tried writing"], "I wrote."), Entry(["I tried writing"], "I wrote!")], "said twice"),
    ],
)
def test_what_is_not_borne_out_is_rejected_with_the_reason(
    source: Source, extracting: Extracting, field: str, value: object, reason: str | None
) -> None:
    found = rejections(extracting(**{field: value}), source)
    changed = [name for name in found if name.partition(".")[0] == field]
    assert found[changed[-1]] == reason
    assert all(found[name] is None for name in found if name != changed[-1])


def test_unknown_is_null_and_no_entry(source: Source, extracting: Extracting) -> None:
    unknown = extracting(
        gender=Stated([], "Not mentioned"), education=Stated([], "null"), setting=Stated([], "  "),
        wants=Stated(["x"], None), facts=[ToldFact([], "", "core", None)], feelings=[Entry([], "unknown")],
    )  # fmt: skip
    assert set(rejections(unknown, source)) == {"problem", "age", "occupation", "relationship", "tried.1"}


def test_chinese_is_held_to_the_same() -> None:
    source = Source(
        "zh", "x", "zh", (Said("seeker", "我今年二十三岁，上个月被裁员了，一直没敢跟爸妈说，天天装作去上班。"),)
    )
    nothing = Stated([], None)
    extraction = Extraction(
        problem=Stated(["上个月被裁员了"], "一名23岁的年轻人被裁员后不敢告诉父母。"),
        age=Age(["我今年二十三岁"], 23), gender=nothing, occupation=nothing, education=nothing, relationship=nothing,
        setting=nothing,
        facts=[
            ToldFact(["天天装作去上班"], "我天天装作去上班。", "personal", "羞愧"),
            ToldFact(["没敢跟爸妈说"], "求助者不敢跟爸妈说。", "core", None),
            ToldFact(["跟爸妈吵了一架"], "我跟爸妈吵了一架。", "core", None),
            ToldFact(["我今年"], "我今年很不顺。", "surface", None),
        ],
        feelings=[], beliefs=[], tried=[], wants=nothing, would_help=nothing,
    )  # fmt: skip
    assert rejections(extraction, source) == {
        "problem": "number not said", "age": None, "facts.1": None, "facts.2": "not first person",
        "facts.3": "evidence not said", "facts.4": "evidence too short",
    }  # fmt: skip


def test_numbers_are_read_in_digits_and_words() -> None:
    assert {2, 20, 3, 23, 2019} <= set(numbers("twenty three, 2 of them in 2019", "en"))
    assert {34} <= set(numbers("I am thirty-four", "en"))
    assert set(numbers("我二十三岁，有两个孩子", "zh")) == {23, 2}


def test_first_person_is_somebody_speaking_of_themselves() -> None:
    assert first_person("My boss shouts.", "en") and first_person("we split up", "en")
    assert not first_person("Feeling low.", "en") and not first_person("The client says I am late.", "en")
    assert first_person("咱家没钱", "zh") and not first_person("她很难过", "zh")
