import re
from collections.abc import Callable
from itertools import pairwise
from statistics import median
from typing import get_args

import pytest

from hardseek.cards import RoleCard
from hardseek.chat import Message
from hardseek.language import LANGUAGES, Language, detect, length, sentences, tokens
from hardseek.seekers import Act, Appraisal
from hardseek.seekers.content import content
from hardseek.seekers.voice import Line
from hardseek.seekers.voices.memory import key

ACTS: tuple[Act, ...] = get_args(Act)
TONES = ("plain", "flat", "low", "tense", "sharp", "warm")
FIRST_FACT: dict[Language, str] = {"en": "sister", "zh": "exam"}
FIRST_CLAUSE: dict[Language, str] = {"en": "My sister hasn't spoken to me", "zh": "我考研又没过"}
# Words that stand in no phrase, and in one fact alone.
MARKS: dict[Language, dict[str, tuple[str, ...]]] = {
    "en": {"sister": ("sister", "mother"), "shifts": ("shifts", "hospital", "visit"), "wine": ("wine", "bottle")},
    "zh": {"exam": ("考研", "七分", "室友都"), "library": ("图书馆", "书包"), "loan": ("网贷", "催款", "报班")},
}
Make = Callable[..., Line]
Say = Callable[[Line], str]
Dialogue = Callable[..., list[Message]]

MOVES: list[tuple[Act, int, str]] = [
    ("open", 8, "plain"),
    ("tell", 16, "plain"),
    ("minimal", 2, "flat"),
    ("vent", 14, "low"),
    ("answer", 10, "plain"),
    ("argue", 20, "sharp"),
    ("argue", 18, "plain"),
    ("reject", 8, "plain"),
    ("minimal", 2, "flat"),
    ("doubt", 12, "plain"),
    ("elaborate", 14, "plain"),
    ("ask", 9, "tense"),
    ("deflect", 6, "flat"),
    ("minimal", 1, "flat"),
    ("doubt", 10, "sharp"),
    ("vent", 18, "tense"),
    ("answer", 5, "flat"),
    ("accept", 12, "warm"),
    ("thank", 6, "warm"),
    ("close", 12, "plain"),
]


def played(dialogue: Dialogue, language: Language, replicate: int) -> list[str]:
    facts = iter(MARKS[language])
    moves = [(act, aim, (next(facts),) if act == "tell" else (), tone) for act, aim, tone in MOVES]
    return [message.content for message in dialogue(language, moves, replicate=replicate) if message.role == "user"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("aim", [2, 6, 16, 30])
def test_words_of_every_act_are_in_the_language_and_near_the_length(
    line: Make, say: Say, language: Language, act: Act, aim: int
) -> None:
    texts = [
        say(line(language, act, length=aim, replicate=replicate, tone=TONES[replicate % 6])) for replicate in range(30)
    ]
    for text in texts:
        assert text.strip() == text != ""
        assert detect(text) == language
        assert not re.search(r"[{}\n]|  |\.\.\.\.|，，|[,，]$", text), text
        assert not any(mark in text.lower() for marks in MARKS[language].values() for mark in marks)
    middle = median(map(length, texts))
    assert abs(middle - aim) <= max(2.0, 0.2 * aim), (middle, texts)
    assert max(map(length, texts)) <= 1.5 * aim + 5
    assert len(set(texts)) >= (9 if aim == 2 else 15)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("aim", [2, 6, 16, 30])
def test_an_allowed_fact_is_told_and_no_other(line: Make, say: Say, language: Language, act: Act, aim: int) -> None:
    first, *others = MARKS[language]
    for replicate in range(10):
        text = say(line(language, act, length=aim, facts=(first,), replicate=replicate))
        assert key(FIRST_CLAUSE[language]) in key(text), text
        assert not any(mark in text.lower() for other in others for mark in MARKS[language][other]), text


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_allowed_facts_are_both_told(line: Make, say: Say, language: Language) -> None:
    first, second, third = MARKS[language]
    text = say(line(language, "tell", length=70, facts=(first, second))).lower()
    assert MARKS[language][first][0] in text
    assert MARKS[language][second][0] in text
    assert not any(mark in text for mark in MARKS[language][third])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_long_fact_is_split_over_telling_and_elaborating(dialogue: Dialogue, language: Language) -> None:
    fact = FIRST_FACT[language]
    rest = {"en": "she says I dumped her there", "zh": "室友都已经签了工作"}[language]
    for replicate in range(8):
        moves = [("open", 4, (), "plain"), ("tell", 6, (fact,), "plain"), ("elaborate", 24, (), "plain")]
        told, more = (m.content for m in dialogue(language, moves, replicate=replicate)[2::2])
        assert key(FIRST_CLAUSE[language]) in key(told)
        assert key(rest) not in key(told)
        assert key(rest) in key(more)
        assert key(FIRST_CLAUSE[language]) not in key(more)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_line_gives_the_same_words_and_other_luck_others(line: Make, say: Say, language: Language) -> None:
    wordings = {say(line(language, "vent", replicate=replicate)) for replicate in range(30)}
    assert len(wordings) > 20
    assert say(line(language, "vent", replicate=3)) == say(line(language, "vent", replicate=3))
    assert say(line(language, "vent", turn=4)) != say(line(language, "vent", turn=5))
    assert say(line(language, "vent")) != say(line(language, "vent", rejected=("far too long",)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_comes_twice_in_a_dialogue(dialogue: Dialogue, language: Language) -> None:
    for replicate in range(15):
        said = [key(part) for text in played(dialogue, language, replicate) for part in sentences(text)]
        twice = {part for part in said if part and said.count(part) > 1}
        assert not twice, twice


@pytest.mark.parametrize("language", LANGUAGES)
def test_forty_short_answers_do_not_run_out(dialogue: Dialogue, language: Language) -> None:
    texts = [m.content for m in dialogue(language, [("minimal", 1, (), "flat")] * 40) if m.role == "user"]
    assert len({key(text) for text in texts}) == 40
    assert median(map(length, texts)) <= 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_are_found_even_when_everything_was_said(line: Make, say: Say, language: Language) -> None:
    from hardseek.seekers.voices.bank import bank

    said = [phrase for group in bank(language).groups("minimal") for phrase in group.phrases]
    talk = [Message("user", text) for text in said]
    assert say(line(language, "minimal", length=1, transcript=[*talk, Message("assistant", "…")]))


@pytest.mark.parametrize("language", LANGUAGES)
def test_wording_is_diverse(dialogue: Dialogue, language: Language) -> None:
    # Distinct-2 (Li et al., 2016): different pairs of neighbouring tokens over all pairs. It falls with the size of the
    # text; 500 turns is the size of the published simulator's figure of 0.119.
    pairs: list[tuple[str, str]] = []
    for replicate in range(25):
        for text in played(dialogue, language, replicate):
            found = [token.lower() for token in tokens(text)]
            pairs += pairwise(found)
    assert len(set(pairs)) / len(pairs) > 0.2


def test_arguing_reads_like_sustain_talk(line: Make, say: Say) -> None:
    # AnnoMI, client talk "sustain": median 18 words, a negation in 57 %, "yes, but" in 5 %.
    texts = [say(line("en", "argue", length=aim, replicate=r)).lower() for r in range(150) for aim in (14, 18, 24)]
    negation = re.compile(r"n't\b|\b(?:not|no|never|nothing|nobody|none|cannot|cant|dont|isnt|wont|doesnt|didnt)\b")
    yes_but = re.compile(r"\b(?:yes|yeah|sure|ok|okay|right),? but\b")
    assert 15 <= median(map(length, texts)) <= 21
    assert 0.45 <= sum(bool(negation.search(text)) for text in texts) / len(texts) <= 0.69
    assert 0.01 <= sum(bool(yes_but.search(text)) for text in texts) / len(texts) <= 0.10


def test_lead_ins_follow_what_the_supporter_did(line: Make, say: Say) -> None:
    talk = [Message("user", "hi"), Message("assistant", "I am listening.")]

    def leads(appraisal: Appraisal) -> str:
        return " ".join(
            say(
                line("en", "tell", length=24, facts=("shifts",), appraisal=appraisal, transcript=talk, replicate=r)
            ).lower()
            for r in range(60)
        )

    asked, unasked = leads(Appraisal(open_question=0.9)), leads(Appraisal(validation=0.9))
    assert "since you ask" in asked
    assert "since you ask" not in unasked
    more = ("can i tell you something", "i haven't said this yet", "okay one more thing", "there's something else")
    assert any(lead in unasked for lead in more)
    assert not any(lead in asked for lead in more)


@pytest.mark.parametrize("language", LANGUAGES)
def test_slots_never_give_a_hidden_fact_away(
    line: Make, say: Say, cards: dict[Language, RoleCard], language: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    from hardseek.seekers.voices.slots import gives_away

    hidden = [fact.text for fact in cards[language].facts]
    assert all(gives_away(text, [text], language) for text in hidden)
    assert not any(gives_away(belief, hidden, language) for belief in cards[language].beliefs)
    # A belief that says what a hidden fact says is not spoken.
    telling = {"en": "I drink a bottle of wine by myself after work", "zh": "我偷偷借网贷交报班的钱"}[language]
    card = cards[language].model_copy(update={"beliefs": (telling,)})
    for replicate in range(60):
        plain = line(language, "doubt", length=20, tone="low", replicate=replicate)
        part = type(plain.part)(card, plain.part.profile, plain.part.luck, plain.part.exchanges)
        text = say(Line(part, plain.transcript, plain.state, plain.appraisal, plain.move, plain.turn))
        assert len(content(telling, language) & content(text, language)) <= 1, text


def test_english_slots_are_grammatical(line: Make, say: Say) -> None:
    acts = ("argue", "doubt", "vent", "elaborate", "answer")
    lines = (
        line("en", act, length=aim, tone="low", told=("wine",), replicate=replicate)
        for act in acts
        for aim in (9, 14)
        for replicate in range(80)
    )
    texts = " | ".join(map(say, lines)).lower()
    assert "i'm a terrible daughter" in texts or "im a terrible daughter" in texts
    assert "daughter.," not in texts
    assert "if i sit down i will never get up again" in texts
    assert "feel shame" in texts
