"""The filter and the removal of identifiers: what is never sent."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardseek.cards.building import Said, Source, masked, masked_source, sift
from hardseek.cards.building.masking import masks
from hardseek.cards.identifiers import Identifiers, identifiers
from hardseek.documents import load, packaged
from hardseek.interop import IMPORTERS, Skipped
from hardseek.language import Language

LONG = (
    "I lost my job in March and I have not told my wife yet. Every morning I put on a shirt and drive to the library, "
    "and I sit there until five because I am so ashamed of myself. The money will be gone by the end of the summer."
)
ZH = (
    "我上个月被裁员了，一直没敢跟爸妈说，每天还是早上八点出门，在图书馆坐到晚上再回家。"
    "房贷还要还，存款只够撑三个月，我越想越睡不着，觉得自己特别没用。"
)


def one(text: str, language: Language = "en", number: int = 1) -> Source:
    return Source(f"s{number}", f"x, line {number}", language, (Said("seeker", text),))


def reason(text: str, language: Language = "en", *, only: Language | None = None, surveyed: bool = False) -> str | None:
    (left,) = sift([one(text, language)], language=only, surveyed=surveyed)
    return None if left is None else left.reason


@pytest.mark.parametrize(
    ("text", "language", "why"),
    [
        (LONG, "en", None),
        (ZH, "zh", None),
        ("I lost my job.", "en", "too short"),
        ("我失业了。", "zh", "too short"),
        (LONG * 250, "en", "too long"),
        (LONG, "zh", "wrong language"),
        (
            "Je ne sais pas quoi faire avec ma femme et mes enfants, je suis très triste et je ne dors plus du tout la "
            "nuit. " * 3,
            "en",
            "wrong language",
        ),
        (f"{LONG} Write to me at tired@example.org", "en", "identifiers left"),
        (
            "We went to the lake on Sunday and then the four of us had a picnic with two kinds of cake. The sun was "
            "out and the dog swam. After that we drove home with the windows open and sang along to the radio.",
            "en",
            "no problem",
        ),
    ],
)
def test_the_first_reason_is_told(text: str, language: Language, why: str | None) -> None:
    assert reason(text, language) == why


def test_only_a_language_and_what_a_survey_tells() -> None:
    assert reason(LONG, only="zh") == "wrong language"
    assert reason(ZH, "zh", only="zh") is None
    assert reason("A picnic.", surveyed=True) is None


def test_what_the_supporter_says_does_not_count() -> None:
    source = Source("s", "x", "en", (Said("seeker", "I lost my job."), Said("supporter", LONG)))
    (left,) = sift([source])
    assert left is not None
    assert left == ("too short", "4 words of the seeker's; a card needs 33")


def test_of_two_that_are_alike_the_later_is_left_out() -> None:
    other = "My father has had a stroke and I am the only one who looks after him. " * 3
    cut = LONG[: len(LONG) * 3 // 4]
    found = list(sift([one(LONG), one(other, number=2), one(f"Hello. {cut}", number=3), one(other, number=4)]))
    assert [left and left.reason for left in found] == [None, None, "duplicate", "duplicate"]
    assert found[3] is not None and found[3].detail == "100% of it is in s2"


def test_identifiers_are_replaced_by_what_they_were() -> None:
    text, taken = masked("Mail ann.lee@example.org or call +44 20 7946 0958, @ann_lee_99", "en")
    assert text == "Mail [e-mail address] or call [phone number], [handle]"
    assert taken == {"e-mail address": 1, "phone number": 1, "handle": 1}
    text, taken = masked("我叫王小明，电话13812345678", "zh")
    assert text == "我叫[姓名]，电话[电话号码]"
    assert taken.total() == 2
    source, taken = masked_source(
        Source("s", "x", "en", (Said("supporter", "See www.example.org"), Said("seeker", "ok")))
    )
    assert [turn.text for turn in source.turns] == ["See [web address]", "ok"]
    assert taken == Counter({"web address": 1})


def test_every_kind_of_identifier_has_a_chinese_mask() -> None:
    known = load(packaged("hardseek.cards", "data", "identifiers.yaml"), Identifiers, source="identifiers.yaml")
    assert set(masks().zh) == {pattern.kind for pattern in known.patterns}


@given(st.text(alphabet="ab @.+-0123456789一我叫王", max_size=60))
def test_what_masking_leaves_the_filter_keeps_out(text: str) -> None:
    found, _ = masked(text, "en")
    (left,) = sift([Source("s", "x", "en", (Said("seeker", LONG), Said("supporter", found)))])
    assert (left is not None) == bool(identifiers(found))


@pytest.mark.corpus
@pytest.mark.parametrize(
    ("path", "form", "count", "kept"),
    [
        ("esconv/valid.jsonl", "esconv", 195, {None: 195}),
        ("esconv/failed.jsonl", "esconv", 98, {None: 86, "too short": 12}),
        ("worst_case/average/claude.jsonl", "worst-case", 50, {None: 50}),
    ],
)
def test_dialogues_of_people_in_need_pass(
    corpora: Path, path: str, form: str, count: int, kept: dict[str | None, int]
) -> None:
    sources = [
        Source(
            f"{found.card}-{place}", found.where, found.language or "zh",
            tuple(Said(turn.speaker, turn.text) for turn in found.turns),
        )
        for place, found in enumerate(IMPORTERS[form].find(corpora / path))
        if not isinstance(found, Skipped)
    ]  # fmt: skip
    assert len(sources) == count
    sifted = sift([masked_source(source)[0] for source in sources])
    assert Counter(left and left.reason for left in sifted) == kept
