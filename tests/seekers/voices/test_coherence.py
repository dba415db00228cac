"""What somebody says has to follow from what was said to them, and from how far the talk has come."""

import re
from collections.abc import Callable

import pytest

from hardseek.cards import Fact
from hardseek.chat import Message
from hardseek.language import LANGUAGES, Language
from hardseek.seekers import Appraisal, SeekerState
from hardseek.seekers.update import first_course
from hardseek.seekers.voice import Line
from hardseek.seekers.voices.answering import NOTHING_HEARD, context_of, heard, met
from hardseek.seekers.voices.bank import bank
from hardseek.seekers.voices.habits import hand
from hardseek.seekers.voices.hearing import hear
from hardseek.seekers.voices.memory import Memory, key
from hardseek.seekers.voices.phrase import OWN, Phrase
from hardseek.seekers.voices.retelling import clauses, left

Make = Callable[..., Line]
Say = Callable[[Line], str]

GOODBYE: dict[Language, str] = {
    "en": "Thank you for trusting me with it. If it gets heavy again, you're welcome here.",
    "zh": "谢谢你愿意跟我说。要是又觉得重了，这儿随时给你留着。",
}
UNDERSTANDING = Appraisal(understanding=0.8, validation=0.6)


def after(language: Language, said: str) -> list[Message]:
    opening = {"en": "I feel awful", "zh": "我好难受"}[language]
    return [Message("user", opening), Message("assistant", said)]


def with_state(line: Line, *, trust: float, lighter_by: float) -> Line:
    state = SeekerState(first_course(line.part) - lighter_by, trust, 0.5, 0.5)
    return Line(line.part, line.transcript, state, line.appraisal, line.move, line.turn)


@pytest.mark.parametrize(
    ("turn", "appraisal", "state", "there"),
    [
        (1, UNDERSTANDING, (0.8, 3.0), {"understanding"}),
        (3, Appraisal(), (0.4, 3.0), {"talk"}),
        (3, Appraisal(), (0.5, 0.9), {"talk"}),
        (3, Appraisal(), (0.5, 1.0), {"talk", "relief"}),
        (4, UNDERSTANDING, (0.4, 0.0), {"talk", "understanding"}),
        (4, UNDERSTANDING, (0.6, 0.0), {"talk", "understanding", "heard"}),
        (1, Appraisal(understanding=0.8, template=0.9), (0.6, 0.0), set()),
        (1, Appraisal(validation=0.29), (0.6, 0.0), set()),
    ],
)
def test_thanks_and_relief_are_staged(
    line: Make, turn: int, appraisal: Appraisal, state: tuple[float, float], there: set[str]
) -> None:
    plain = line("en", "thank", turn=turn, appraisal=appraisal)
    trust, lighter_by = state
    assert met(with_state(plain, trust=trust, lighter_by=lighter_by), NOTHING_HEARD) == there


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("act", ["thank", "accept"])
def test_nobody_is_relieved_after_one_sentence(line: Make, say: Say, language: Language, act: str) -> None:
    deep = [
        form.key
        for group in bank(language).groups("thank") + bank(language).groups("accept")
        if group.needs in {"talk", "heard", "relief"}
        for text in group.phrases
        for form in Phrase.of(text).every()
        if len(form.key.split()) > 3
    ]
    assert len(deep) > 50
    for replicate in range(40):
        early = line(language, act, length=20, tone="warm", turn=1, appraisal=UNDERSTANDING, replicate=replicate)
        said = key(say(early))
        assert not [phrase for phrase in deep if phrase in said], said


@pytest.mark.parametrize("language", LANGUAGES)
def test_agreement_needs_something_to_agree_with(line: Make, language: Language) -> None:
    groups = bank(language).groups("answer")
    by_rote = bank(language).shelf("answer", "first", "plain", "comfort", met=frozenset({"talk"})).phrases
    agreeing = {"en": {"yes exactly", "exactly", "true"}, "zh": {"是啊", "对啊", "是的"}}[language]
    assert agreeing <= {text for group in groups for text in group.phrases}
    assert agreeing.isdisjoint(phrase.text for phrase in by_rote)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("act", ["reject", "argue"])
def test_advice_is_turned_down_only_where_there_was_some(line: Make, language: Language, act: str) -> None:
    advised = {"en": ("advice", "tip", "plan", "list of things", "try that"), "zh": ("建议", "方法", "支招", "出主意")}
    for context in ("comfort", "open", "closed", "minimised"):
        for tone in ("plain", "sharp", "low", "tense"):
            shelf = bank(language).shelf(act, "any", tone, context)  # type: ignore[arg-type]
            assert len(shelf.phrases) >= 25, (context, tone)
            assert not [each.text for each in shelf.phrases if any(word in each.text for word in advised[language])]


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_asks_nothing_is_not_told_to_stop_asking(language: Language) -> None:
    asking = {"en": ("ask", "question", "is that on your list"), "zh": ("问", "查户口", "隐私")}[language]
    unasked = bank(language).shelf("deflect", "any", "sharp", "comfort").phrases
    assert not [phrase.text for phrase in unasked if any(word in phrase.text for word in asking)]


def test_a_goodbye_is_no_advice_and_small_talk_of_trouble_is_neither(line: Make) -> None:
    for language in LANGUAGES:
        kind = line(language, "reject", transcript=after(language, GOODBYE[language]), appraisal=Appraisal(advice=0.6))
        assert context_of(kind, heard(kind)) == "comfort"
        small = line(
            language, "reject", transcript=after(language, GOODBYE[language]), appraisal=Appraisal(minimising=0.8)
        )
        assert context_of(small, heard(small)) == "minimised"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("act", ["tell", "elaborate", "answer"])
def test_a_turn_has_one_filler_and_says_one_thing_of_a_kind(line: Make, say: Say, language: Language, act: str) -> None:
    fillers = [{form.key for form in Phrase.of(text).every()} for text in bank(language).fillers if len(text) > 6]
    assert len(fillers) > 15
    card_says = line(language, "tell").part.card
    for replicate in range(60):
        text = say(line(language, act, length=45, replicate=replicate, told=("sister", "exam")))
        said = f" {key(text)} "
        assert sum(any(f" {form} " in said for form in forms) for forms in fillers) <= 1, text
        assert sum(key(belief) in said for belief in card_says.beliefs) <= 1, text
        assert sum(key(tried) in said for tried in card_says.tried) <= 1, text
    assert OWN == ("belief", "tried", "want")


def test_what_is_left_of_a_broken_off_sentence_is_let_go() -> None:
    fact = Fact(id="f", depth="surface", text="种了些香菇，搬菌袋都是婆娘搬，我坐旁边给她数数。夜里睡不着。")
    memory = Memory([Message("user", "种了些香菇，搬菌袋都是婆娘搬")])
    assert left(fact, "zh", memory, key) == ("夜里睡不着。",)
    # "Some mushrooms" alone says too little to break off after it.
    assert len(left(fact, "zh", Memory([]), key)) == len(clauses(fact.text, "zh")) == 3


@pytest.mark.parametrize(
    ("language", "text"),
    [("zh", "食堂里我一坐下，那桌人就讲吃好了。"), ("zh", "刚结婚的时候，他不是这样的。"),
     ("en", "My boss says, you are not the only one.")],
)  # fmt: skip
def test_a_half_sentence_is_not_told_without_its_other_half(language: Language, text: str) -> None:
    assert clauses(text, language) == (text,)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_refusal_comes_before_its_reasons(line: Make, say: Say, language: Language) -> None:
    own = {
        form.key
        for group in bank(language).groups("reject")
        for text in group.phrases
        for form in Phrase.of(text).every()
        if not form.slots
    }
    question = {"en": "What matters most to you in all of this?", "zh": "对你来说，这里面最要紧的是什么？"}[language]
    for replicate in range(40):
        asked = line(
            language, "reject", length=40, replicate=replicate, transcript=after(language, question),
            appraisal=Appraisal(open_question=0.9),
        )  # fmt: skip
        if hand(asked.part.luck, language, asked.part.card.writing).words:
            continue  # what is spelled in one's own way is not found by its words
        text = say(asked)
        assert any(f" {phrase} " in f" {key(text)} " for phrase in own), text


def test_what_is_said_back_in_quotes_is_no_advice() -> None:
    assert hear("你提到“过年我三姨当面跟她说，你得好好调理调理”，我还在想这句。", "zh").advice == ()
    assert hear("你得好好调理调理。", "zh").advice == ("好好调理调理",)
    assert hear('You said "you should write to him". That stays with me.', "en").advice == ()
    assert hear("You should write to him.", "en").advice == ("writing to him",)


def test_a_feeling_that_is_denied_is_not_named() -> None:
    assert hear("请记住你并不孤单。", "zh").feelings == ()
    assert hear("听起来你很孤单。", "zh").feelings == ("孤单",)
    assert hear("You are not alone in this.", "en").feelings == ()
    assert hear("You must feel alone in this.", "en").feelings == ("alone",)


@pytest.mark.parametrize(
    ("language", "said", "there"),
    [
        ("en", "Are you eating? How old are you? Does anyone know?", True),
        ("en", "Are you eating? How old are you?", False),
        ("zh", "睡得着吗？饭吃得下吗？你多大了？", True),
    ],
)
def test_several_questions_at_once_are_noticed(line: Make, language: Language, said: str, there: bool) -> None:
    asked = line(language, "answer", transcript=after(language, said))
    assert ("several" in met(asked, heard(asked))) == there


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_takes_leave_thanks_once(line: Make, say: Say, language: Language) -> None:
    thanks = {"en": r"\b(?:thank\w*|ty|thx|appreciate)\b", "zh": "谢"}[language]
    for replicate in range(60):
        leaving = line(language, "close", length=24, turn=5, appraisal=UNDERSTANDING, replicate=replicate)
        text = say(leaving).lower()
        thanking = [sentence for sentence in re.split(r"[.!?。！？…]+\s*", text) if re.search(thanks, sentence)]
        assert len(thanking) <= 1, text


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_runs_on_is_followed_without_a_stop(line: Make, say: Say, language: Language) -> None:
    question = {"en": "Does she know?", "zh": "她知道吗？"}[language]
    ends = {"en": r"\b(?:no|really|of|so|yes) (?:but|and)(\W)", "zh": "(?:，不过|，主要是)(.)"}[language]
    found = set()
    for replicate in range(300):
        asked = line(language, "tell", length=24, facts=("shifts",), transcript=after(language, question),
                     appraisal=Appraisal(closed_question=0.9), replicate=replicate)  # fmt: skip
        found |= set(re.findall(ends, say(asked).lower()))
    assert found
    assert not found & set(".,，。!")
