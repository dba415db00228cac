"""What of a turn is given back, how it is turned, and what kind of turn it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardseek.chat import Message
from hardseek.language import Language
from hardseek.supporters.builtin.clause import main_clause
from hardseek.supporters.builtin.cues import complains, cues
from hardseek.supporters.builtin.hearing import Hearing
from hardseek.supporters.builtin.mirror import mirrored
from hardseek.supporters.builtin.phrases import Phrase


@pytest.mark.parametrize(
    ("text", "turned"),
    [
        ("my boss keeps giving me the worst of it", "your boss keeps giving you the worst of it"),
        ("I am tired and I was alone", "you are tired and you were alone"),
        ("I really wasn't ready", "you really weren't ready"),
        ("I'm sure it was mine", "you're sure it was yours"),
        ("we lost our house, it broke us", "you lost your house, it broke you"),
        ("the mythical Imogen is at home", "the mythical Imogen is at home"),
    ],
)
def test_english_is_turned_to_you(text: str, turned: str) -> None:
    assert mirrored(text, "en") == turned


@pytest.mark.parametrize(
    ("text", "turned"),
    [
        ("我妈老说我不争气", "你妈老说你不争气"),
        ("我们分手了", "你们分手了"),
        ("总是自我怀疑", "总是自我怀疑"),
    ],
)
def test_chinese_is_turned_to_you(text: str, turned: str) -> None:
    assert mirrored(text, "zh") == turned


@pytest.mark.parametrize(
    ("text", "words", "turned"),
    [
        # the clause with most content, without what it begins with
        ("Hi. I guess my boss keeps shouting at everyone. Ok.", "my boss keeps shouting at everyone",
         "your boss keeps shouting at everyone"),
        # no subject: kept in their own words
        ("Just completely worn out", "completely worn out", None),
        # speaks of the supporter: turning it would twist it
        ("I want you to listen to my story", "I want you to listen to my story", None),
        # a question is not echoed
        ("Why does he hate me? He left the house yesterday.", "He left the house yesterday",
         "he left the house yesterday"),
    ],
)  # fmt: skip
def test_the_main_clause_of_english(text: str, words: str, turned: str | None) -> None:
    clause = main_clause(text, cues("en"))
    assert clause is not None
    assert (clause.words, clause.turned) == (words, turned)


def test_the_main_clause_of_chinese() -> None:
    clause = main_clause("唉，其实我妈老说我不争气。怎么办？", cues("zh"))
    assert clause is not None
    assert clause.turned == "你妈老说你不争气"


@pytest.mark.parametrize(
    ("text", "language"), [("You don't get it.", "en"), ("???", "en"), ("你根本没懂。", "zh"), ("", "zh")]
)
def test_there_is_no_clause_where_nothing_is_told(text: str, language: Language) -> None:
    assert main_clause(text, cues(language)) is None


def test_a_clause_without_joint_is_cut_off_and_quoted() -> None:
    clause = main_clause(" ".join(f"word{number}" for number in range(60)), cues("en"))
    assert clause is not None
    assert clause.turned is None
    assert clause.words.endswith("word17…")


@pytest.mark.parametrize(
    ("language", "turns", "kind"),
    [
        ("en", (), "silence"),
        ("en", ("My dad died.",), "telling"),
        ("en", ("no",), "brief"),
        ("en", ("tired",), "telling"),
        ("en", ("Why did he leave?",), "question"),
        ("en", ("What should I do?",), "advice-sought"),
        ("en", ("Are you a robot?",), "identity"),
        ("en", ("Thanks, but that doesn't help.",), "complaint"),
        ("en", ("Thank you.",), "thanks"),
        ("en", ("I don’t want to be here anymore",), "risk"),
        ("en", ("I don't want to be here anymore", "yes"), "risk"),
        ("en", ("I don't want to be here anymore", "Anyway, my sister called me yesterday."), "telling"),
        ("zh", ("我爸走了。",), "telling"),
        ("zh", ("没什么",), "brief"),
        ("zh", ("他为什么要走？",), "question"),
        ("zh", ("我该怎么办",), "advice-sought"),
        ("zh", ("你是真人吗",), "identity"),
        ("zh", ("说了也没用",), "complaint"),
        ("zh", ("谢谢你",), "thanks"),
        ("zh", ("我不想活了", "嗯"), "risk"),
    ],
)
def test_the_kind_of_a_turn(language: Language, turns: tuple[str, ...], kind: str) -> None:
    assert Hearing([Message("user", turn) for turn in turns], language).kind == kind


@pytest.mark.parametrize(
    ("text", "language", "feeling"),
    [
        ("I feel so lonely here", "en", "lonely"),
        ("I'm not angry, I'm tired", "en", "tired"),
        ("he left", "en", None),
        ("我特别委屈", "zh", "委屈"),
        ("我不生气", "zh", None),
    ],
)
def test_a_feeling_that_is_named_and_not_denied(text: str, language: Language, feeling: str | None) -> None:
    assert Hearing([Message("user", text)], language).blank("feeling") == feeling


def test_what_was_said_before_comes_back_unless_it_was_of_dying() -> None:
    told = [Message("user", "My sister moved to Leeds."), Message("assistant", "Oh."), Message("user", "idk")]
    assert Hearing(told, "en").blank("earlier") == "your sister moved to Leeds"
    dark = [Message("user", "I don't want to be here anymore."), Message("assistant", "Oh."), Message("user", "idk")]
    assert Hearing(dark, "en").blank("earlier") is None


def test_complaints_are_known_with_either_apostrophe() -> None:
    assert complains("You don’t get it", "en")
    assert not complains("My mother doesn't get a pension", "en")


def test_a_phrase_is_filled_and_begins_with_a_capital() -> None:
    phrase = Phrase.of("{said}: I hear that.")
    assert phrase.filled({"said": "you are tired"}.get) == "You are tired: I hear that."
    assert phrase.mark == ": I hear that."


def test_an_unknown_blank_is_refused() -> None:
    with pytest.raises(ValueError, match="no such blank: sad"):
        Phrase.of("So {sad}.")


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=300))
def test_a_clause_is_a_part_of_the_turn(text: str) -> None:
    for language in ("en", "zh"):
        clause = main_clause(text, cues(language))
        if clause is not None:
            for piece in clause.words.removesuffix("…").split("，"):
                assert piece in text
