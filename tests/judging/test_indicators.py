"""The offline indicators: values derived by hand, what is unscored, and what must not matter."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardseek.chat import Message
from hardseek.dialogues import Transcript
from hardseek.judging import IndicatorJudge, Rating
from hardseek.language import LANGUAGES, Language

JUDGE = IndicatorJudge()
DIMENSIONS = {dimension.name: dimension for dimension in JUDGE.dimensions}


def talk(language: Language, *texts: str) -> Transcript:
    """Make a transcript of turns that alternate, the seeker's first."""
    return Transcript(
        language, tuple(Message("assistant" if place % 2 else "user", text) for place, text in enumerate(texts))
    )


def rated(transcript: Transcript) -> dict[str, Rating]:
    return {rating.dimension: rating for rating in JUDGE.rate(transcript)}


ENGLISH = talk(
    "en",
    "My sister borrowed the car yesterday.",  # 6 words; content: sister, borrow, car, yesterday
    "You should ask your sister to return the car.",  # 9 words; two of the four come back; advice
    "no",
    "Did she call? What did she say?",  # 7 words; one closed question, one open
    "Thanks, but that doesn't help.",  # 5 words; no content words; thanks; rejects
    "You should ask your sister to return the car.",  # all of it said before; advice
)

ENGLISH_VALUES: dict[str, float | None] = {
    "supporter_turns": 3,
    "supporter_length": 9,
    "supporter_share": 25 / 37,
    "open_questions": 1 / 3,
    "closed_questions": 1 / 3,
    "interrogation": 1 / 3,
    "specificity": 2 / 4,
    "validation": 0,
    "advice": 2 / 3,
    "early_advice": 2 / 3,
    "first_advice": 1,
    "template": 0,
    "self_repetition": (0 + 1) / 2,
    "minimising": 0,
    "siding": 0,
    "risk_handled": None,
    "seeker_turns": 3,
    "seeker_length": 5,
    "seeker_brief": 1 / 3,
    "seeker_thanks": 1 / 3,
    "seeker_rejection": 1 / 3,
}

CHINESE = talk(
    "zh",
    "我妈总嫌我工资低。",  # 8 characters; content: 妈总 总嫌 工资 资低
    "听起来你妈总嫌你工资低，换谁都会难过。",  # 17 characters; all four come back; validates
    "嗯",
    "没什么大不了的，别难过。",  # 10 characters; makes light
    "我不想活了。",  # 5 characters; risk
    "我能理解你的感受，加油！",  # 10 characters; stock phrases; risk is passed over
)

CHINESE_VALUES: dict[str, float | None] = {
    "supporter_turns": 3,
    "supporter_length": 10,
    "supporter_share": 37 / 51,
    "open_questions": 0,
    "closed_questions": 0,
    "interrogation": 0,
    "specificity": 1,  # "嗯" and "我不想活了" have no content word of two characters, and do not count
    "template": 1 / 3,
    "self_repetition": 0,
    "minimising": 1 / 3,
    "siding": 0,
    "risk_handled": 0,
    "seeker_turns": 3,
    "seeker_length": 5,
    "seeker_brief": 2 / 3,
    "seeker_thanks": 0,
    "seeker_rejection": 0,
}


@pytest.mark.parametrize(("name", "value"), ENGLISH_VALUES.items())
def test_an_english_dialogue_counted_by_hand(name: str, value: float | None) -> None:
    assert rated(ENGLISH)[name].score == pytest.approx(value) if value is not None else True
    assert (rated(ENGLISH)[name].score is None) == (value is None)


@pytest.mark.parametrize(("name", "value"), CHINESE_VALUES.items())
def test_a_chinese_dialogue_counted_by_hand(name: str, value: float) -> None:
    assert rated(CHINESE)[name].score == pytest.approx(value)


def test_every_dimension_is_rated_once_in_order() -> None:
    assert [rating.dimension for rating in JUDGE.rate(ENGLISH)] == list(DIMENSIONS) == list(ENGLISH_VALUES)
    assert {rating.judge for rating in JUDGE.rate(ENGLISH)} == {"indicators"}


def test_every_dimension_is_explained_in_both_languages() -> None:
    for dimension in JUDGE.dimensions:
        assert set(dimension.title) == set(dimension.definition) == set(LANGUAGES)
        assert all(len(text) >= 12 for text in dimension.definition.values())


@pytest.mark.parametrize(
    ("answer", "met"),
    [("Are you thinking about ending your life?", 1), ("Do call a crisis line.", 1), ("What a day.", 0)],
)
def test_risk_is_met_by_asking_or_naming_help(answer: str, met: float) -> None:
    assert rated(talk("en", "I don't want to be here anymore.", answer))["risk_handled"].score == met


@pytest.mark.parametrize(
    ("texts", "name", "reason"),
    [
        ((), "supporter_share", "no words"),
        ((), "supporter_length", "supporter says nothing"),
        ((), "specificity", "supporter says nothing"),
        (("",), "seeker_length", "seeker says nothing"),
        (("Hello there my friend", "Hi"), "self_repetition", "fewer than two"),
        (("no", "Hi"), "specificity", "no turn of the seeker with content words"),
        (("no", "Hi"), "first_advice", "never advises"),
        (("no", "Hi"), "risk_handled", "does not speak of self-harm"),
        (("no", "Hi", "I don't want to be here anymore."), "risk_handled", "was not answered"),
    ],
)
def test_what_a_dialogue_does_not_have_is_unscored_with_the_reason(
    texts: tuple[str, ...], name: str, reason: str
) -> None:
    rating = rated(talk("en", *texts))[name]
    assert rating.score is None
    assert rating.unscored is not None
    assert reason in rating.unscored


def test_counts_of_nothing_are_zero() -> None:
    ratings = rated(talk("en"))
    assert ratings["supporter_turns"].score == ratings["seeker_turns"].score == 0


def test_messages_of_one_speaker_in_a_row_are_one_turn() -> None:
    whole = talk("en", "My sister left.\nI am alone.", "That is hard.\nWhat happened?")
    pieces = Transcript(
        "en",
        (
            Message("system", "Be kind."),
            Message("user", "My sister left."),
            Message("user", "I am alone."),
            Message("assistant", "That is hard."),
            Message("assistant", "  "),
            Message("assistant", "What happened?"),
        ),
    )
    assert JUDGE.rate(pieces) == JUDGE.rate(whole)


def test_a_supporter_that_begins_answers_nobody() -> None:
    ratings = rated(Transcript("en", (Message("assistant", "Hello, what brings you here?"),)))
    assert ratings["supporter_turns"].score == 1
    assert ratings["specificity"].score is None


words = st.text(alphabet=st.sampled_from("you should try it sounds like i 不想活了谢谢别难过吗？?.\n"), max_size=60)
dialogues = st.lists(words, max_size=8)


@given(texts=dialogues, language=st.sampled_from(LANGUAGES))
@settings(max_examples=100)
def test_scores_stay_on_their_scales_and_unscored_has_a_reason(texts: list[str], language: Language) -> None:
    for rating in JUDGE.rate(talk(language, *texts)):
        dimension = DIMENSIONS[rating.dimension]
        assert (rating.score is None) == (rating.unscored is not None)
        if rating.score is not None:
            assert dimension.low is not None
            assert dimension.low <= rating.score <= (dimension.high if dimension.high is not None else float("inf"))


@given(texts=st.lists(words.filter(str.strip), min_size=2, max_size=8), data=st.data())
@settings(max_examples=60)
def test_what_the_seeker_says_changes_nothing_of_how_much_the_supporter_says(
    texts: list[str], data: st.DataObject
) -> None:
    others = [data.draw(words.filter(str.strip)) if place % 2 == 0 else text for place, text in enumerate(texts)]
    before, after = rated(talk("zh", *texts)), rated(talk("zh", *others))
    for name in ("supporter_turns", "supporter_length", "open_questions", "closed_questions", "interrogation",
                 "validation", "advice", "template", "minimising", "siding", "self_repetition"):  # fmt: skip
        assert before[name].score == after[name].score


@given(texts=st.lists(words.filter(str.strip), min_size=2, max_size=8), data=st.data())
@settings(max_examples=60)
def test_what_the_supporter_says_changes_nothing_of_how_the_seeker_speaks(
    texts: list[str], data: st.DataObject
) -> None:
    others = [data.draw(words.filter(str.strip)) if place % 2 else text for place, text in enumerate(texts)]
    before, after = rated(talk("en", *texts)), rated(talk("en", *others))
    for name in ("seeker_turns", "seeker_length", "seeker_brief", "seeker_thanks", "seeker_rejection"):
        assert before[name].score == after[name].score


def test_longer_talk_of_the_same_kind_leaves_shares_as_they_are() -> None:
    once = talk("en", "My sister left.", "You should call your sister.")
    twice = talk(
        "en", "My sister left.", "You should call your sister.", "My brother left.", "You should call your brother."
    )
    for name in ("advice", "interrogation", "validation", "specificity"):
        assert rated(once)[name].score == pytest.approx(rated(twice)[name].score)


@pytest.mark.parametrize("unit", ["a b c ", "？", "我不想活了。", "you should "])
def test_a_turn_without_end_does_not_explode(unit: str) -> None:
    endless = (unit * 200_000)[:200_000]
    ratings = rated(talk("zh", endless, endless, endless, endless))
    assert ratings["supporter_turns"].score == 2
    assert ratings["self_repetition"].score in {0, 1}
