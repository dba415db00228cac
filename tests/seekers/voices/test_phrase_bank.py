import re
from collections import Counter
from typing import get_args

import pytest

from hardseek.cards.taxonomy import leaves
from hardseek.documents import load
from hardseek.errors import Refused
from hardseek.language import LANGUAGES, Language, detect, length, sentences
from hardseek.luck import Luck
from hardseek.seekers import Act
from hardseek.seekers.voices.bank import NEEDS, ActFile, Need, bank
from hardseek.seekers.voices.hearing import Context
from hardseek.seekers.voices.memory import key
from hardseek.seekers.voices.phrase import SLOTS, Phrase, manner

ACTS: tuple[Act, ...] = get_args(Act)
FREQUENT: tuple[Act, ...] = ("minimal", "reject", "argue", "vent", "doubt", "answer", "elaborate", "ask")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("act", ACTS)
def test_every_act_has_many_phrases(language: Language, act: Act) -> None:
    phrases = [phrase for group in bank(language).groups(act) for phrase in group.phrases]
    assert len(phrases) >= (80 if act in FREQUENT else 40)
    # What fits after two things may stand in both groups, but never twice in one place.
    kinds = [
        (group.place, group.tone, group.after, group.needs, text)
        for group in bank(language).groups(act)
        for text in group.phrases
    ]
    assert len(set(kinds)) == len(kinds)


@pytest.mark.parametrize("language", LANGUAGES)
def test_tell_has_many_lead_ins(language: Language) -> None:
    leads = [phrase for group in bank(language).groups("tell") if group.place == "lead" for phrase in group.phrases]
    assert len(leads) >= 50


@pytest.mark.parametrize("language", LANGUAGES)
def test_phrases_are_in_their_language_and_use_known_slots_only(language: Language) -> None:
    for act in ACTS:
        for group in bank(language).groups(act):
            for text in group.phrases:
                bare = text
                for slot in SLOTS:
                    bare = bare.replace(f"{{{slot}}}", "")
                assert "{" not in bare, text
                assert "}" not in bare, text
                assert all(len(form.slots) <= 1 for form in Phrase.of(text).every()), text
                assert not re.search(r"[()?]\)|\((?![^()]*\|)", text), text
                assert detect(bare) in {language, None}, text


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_long_sentence_stands_in_two_phrases(language: Language) -> None:
    found = Counter(
        key(sentence)
        for act in ACTS
        for group in bank(language).groups(act)
        if group.place == "any"
        for phrase in group.phrases
        for sentence in {part for form in Phrase.of(phrase).every() for part in sentences(form.text)}
        if length(sentence) >= 6
    )
    assert [sentence for sentence, times in found.items() if times > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_group_of_doubt_names_its_distortion(language: Language) -> None:
    groups = bank(language).groups("doubt")
    assert all(group.distortion for group in groups)
    assert {group.distortion for group in groups} >= {
        "mind-reading",
        "discounting-the-positive",
        "overgeneralisation",
        "catastrophising",
        "all-or-nothing",
        "personalisation",
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_asking_asks(language: Language) -> None:
    for act in ACTS:
        texts = [text for group in bank(language).groups(act) if group.place == "any" for text in group.phrases]
        asking = sum(text.endswith(("?", "？", "?|)")) for text in texts) / len(texts)
        assert asking == 1 if act == "ask" else asking < 0.1, (act, asking)


def test_only_thanking_acts_thank() -> None:
    thanking = re.compile(r"\bthank|\bthx\b|\bty\b|appreciate|谢")
    for language in LANGUAGES:
        for act in set(ACTS) - {"thank", "close", "withdraw"}:
            texts = [text for group in bank(language).groups(act) for text in group.phrases]
            assert not [text for text in texts if thanking.search(text)]


@pytest.mark.parametrize("tone", ["plain", "flat", "low", "tense", "sharp", "warm"])
def test_a_tone_adds_its_phrases_to_the_plain_ones(tone: str) -> None:
    plain = {phrase.text for phrase in bank("en").shelf("vent", "any", "plain", "comfort").phrases}
    toned = {phrase.text for phrase in bank("en").shelf("vent", "any", tone, "comfort").phrases}
    assert plain <= toned


def test_an_unknown_tone_is_plain() -> None:
    shelf = bank("en").shelf("vent", "any", "plain", "comfort")
    assert bank("en").shelf("vent", "any", "purple", "comfort").phrases == shelf.phrases


def test_context_keeps_phrases_where_they_fit() -> None:
    after_advice = {phrase.text for phrase in bank("en").shelf("reject", "any", "plain", "advice").phrases}
    after_question = {phrase.text for phrase in bank("en").shelf("reject", "any", "plain", "question").phrases}
    assert "i've done that already" in after_advice - after_question
    assert "i'd rather not answer that one" in after_question - after_advice


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_question_has_answers_of_its_own(language: Language) -> None:
    kinds: tuple[Context, ...] = ("closed", "known-yes", "known-no", "when", "often", "who", "where", "scale", "age",
                                  "safe", "why", "want", "think", "feeling", "part", "cope")  # fmt: skip
    shelves = {kind: {each.text for each in bank(language).shelf("answer", "first", "plain", kind).phrases}
               for kind in kinds}  # fmt: skip
    assert all(len(found) >= 5 for found in shelves.values())
    assert all("{age}" in text for text in shelves["age"])
    assert shelves["when"].isdisjoint(shelves["closed"] | shelves["why"] | shelves["who"])
    assert shelves["known-yes"].isdisjoint(shelves["known-no"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_leaf_of_the_taxonomy_has_words_of_its_own(language: Language) -> None:
    assert min(len(bank(language).situation(leaf).phrases) for leaf in leaves()) >= 8
    assert bank(language).situation(None).phrases == bank(language).situation("no-such-leaf").phrases == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_needs_something_is_not_said_without_it(language: Language) -> None:
    def shelf(context: Context, *met: Need) -> set[str]:
        found = bank(language).shelf("thank", "any", "plain", context, met=frozenset(met)).phrases
        return {phrase.text for phrase in found}

    light = shelf("comfort")
    assert len(light) >= 15
    for need in NEEDS - {"several"}:
        assert light < shelf("comfort", need) < shelf("comfort", *NEEDS)
    # Several questions at once are questions.
    assert shelf("comfort", "several") == light
    assert shelf("closed") < shelf("closed", "several")


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_takes_advice_up_or_turns_it_down_names_it(language: Language) -> None:
    for act in ("accept", "reject", "argue", "ask", "thank"):
        naming = bank(language).shelf(act, "naming", "plain", "advice").phrases
        assert len(naming) >= 5
        assert all("{advice}" in each.text for each in naming)


def test_a_person_says_a_thing_their_own_way_all_through() -> None:
    phrase = Phrase.of("(i keep|i'm always) (thinking|brooding|) about it")
    assert phrase.forms == 6
    assert {form.text for form in phrase.every()} == {
        f"{who} {what}about it" for who in ("i keep", "i'm always") for what in ("thinking ", "brooding ", "")
    }
    people = [Luck.of(seed=1, card=str(number), condition="c", replicate=0) for number in range(60)]
    assert len({phrase.form(manner(luck)).text for luck in people}) == 6
    assert all(phrase.form(manner(luck)) == phrase.form(manner(luck)) for luck in people)


def test_find_looks_through_a_whole_range_once() -> None:
    shelf = bank("en").shelf("minimal", "any", "flat", "comfort")
    for mark in (0.0, 0.37, 0.999):
        seen: list[str] = []

        def refuse(phrase: Phrase, seen: list[str] = seen) -> bool:
            seen.append(phrase.text)
            return False

        assert shelf.find(2, 4, mark, refuse) is None
        assert sorted(seen) == sorted(phrase.text for phrase in shelf.phrases if 2 <= phrase.length <= 4)


def test_a_file_with_an_unknown_act_is_refused_by_line() -> None:
    with pytest.raises(Refused, match=r"bad\.yaml, line 4: act: found 'vend'.*did you mean vent"):
        load("id: x\nversion: 1\nlanguage: en\nact: vend\ngroups: []", ActFile, source="bad.yaml")
