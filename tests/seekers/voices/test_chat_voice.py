import asyncio
from collections.abc import Callable, Sequence
from typing import get_args

import pytest

from hardseek.cards import RoleCard
from hardseek.chat import Completion, FaultError, Message, Usage
from hardseek.language import LANGUAGES, Language
from hardseek.seekers import Act, BehaviourProfile
from hardseek.seekers.voice import Line
from hardseek.seekers.voices import ChatVoice
from hardseek.seekers.voices.chat import stripped

Make = Callable[..., Line]
ACTS: tuple[Act, ...] = get_args(Act)
TALK = (
    Message("user", "hi"),
    Message("assistant", "Hello, what is going on?"),
    Message("user", "not much"),
    Message("assistant", "Would you like to say more?"),
)
FACTS: dict[Language, tuple[str, str, str]] = {"en": ("sister", "shifts", "wine"), "zh": ("exam", "library", "loan")}


class Recorder:
    """A model that keeps what it is sent."""

    def __init__(self, answer: str = "fine i guess") -> None:
        self.answer = answer
        self.calls: list[tuple[list[Message], int | None]] = []
        self.closed = False

    async def complete(self, messages: Sequence[Message], *, seed: int | None) -> Completion:
        self.calls.append((list(messages), seed))
        return Completion(self.answer, Usage(model="fake", tokens_in=7))

    async def close(self) -> None:
        self.closed = True


def sent(line: Line) -> list[Message]:
    model = Recorder()
    asyncio.run(ChatVoice(model).word(line))
    return model.calls[0][0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_seeker_is_the_assistant_and_roles_alternate(line: Make, language: Language) -> None:
    messages = sent(line(language, "vent", transcript=TALK))
    assert [message.role for message in messages] == ["system", "user", "assistant", "user", "assistant", "user"]
    assert [m.content for m in messages if m.role == "assistant"] == ["hi", "not much"]
    assert messages[3].content == TALK[1].content
    assert messages[5].content.startswith(TALK[3].content)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_opening_and_a_supporter_who_greets(line: Make, language: Language) -> None:
    assert [m.role for m in sent(line(language, "open"))] == ["system", "user"]
    greeted = sent(line(language, "open", transcript=(Message("assistant", "Welcome!"),)))
    assert [m.role for m in greeted] == ["system", "user"]
    assert greeted[1].content.startswith("Welcome!")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_sent_begins_the_same_on_the_next_turn(line: Make, language: Language) -> None:
    now = sent(line(language, "vent", transcript=TALK[:2], turn=1))
    later = sent(line(language, "argue", transcript=TALK, turn=2, facts=(FACTS[language][0],)))
    assert later[: len(now) - 1] == now[:-1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_hidden_facts_are_nowhere_and_allowed_ones_in_the_direction(
    line: Make, cards: dict[Language, RoleCard], language: Language
) -> None:
    told, allowed, hidden = FACTS[language]
    texts = {fact.id: fact.text for fact in cards[language].facts}
    messages = sent(line(language, "tell", transcript=TALK, told=(told,), facts=(allowed,)))
    everything = "\n".join(message.content for message in messages)
    assert texts[allowed] in messages[-1].content
    assert texts[told] in messages[-1].content
    assert texts[hidden] not in everything
    assert {"en": "wine", "zh": "网贷"}[language] not in everything
    assert cards[language].summary not in everything


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_belief_that_tells_a_fact_is_left_out_of_the_persona(
    line: Make, cards: dict[Language, RoleCard], language: Language
) -> None:
    plain = line(language, "vent", transcript=TALK)
    telling = cards[language].facts[2].text
    card = cards[language].model_copy(update={"beliefs": (*cards[language].beliefs, telling), "wants": telling})
    part = type(plain.part)(card, plain.part.profile, plain.part.luck, plain.part.exchanges)
    line_ = Line(part, plain.transcript, plain.state, plain.appraisal, plain.move, plain.turn)
    everything = "\n".join(message.content for message in sent(line_))
    assert telling not in everything
    assert cards[language].beliefs[0] in everything


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("act", ACTS)
def test_every_act_is_put_in_words(line: Make, language: Language, act: Act) -> None:
    direction = sent(line(language, act, transcript=TALK, length=17))[-1].content
    other = sent(line(language, "vent" if act != "vent" else "ask", transcript=TALK, length=17))[-1].content
    assert direction != other
    assert "17" in direction
    assert "{" not in direction


def test_behaviours_are_put_in_words_by_intensity(line: Make) -> None:
    def persona(**intensities: float | str) -> str:
        profile = BehaviourProfile.model_validate(intensities)
        return sent(line("en", "vent", transcript=TALK, profile=profile))[0].content

    ordinary, mild, severe = persona(), persona(low_engagement=0.2), persona(low_engagement=0.9)
    assert "You are open to talking" in ordinary
    assert "You keep it rather short" in mild
    assert "You barely answer" in severe
    assert "You argue against" in persona(resistance=1, resistance_form="arguing")
    assert "You shut down" in persona(resistance=1)
    assert "0.9" not in severe


def test_tone_leaving_and_rejected_wordings_are_told(line: Make) -> None:
    plain = line("en", "withdraw", transcript=TALK, tone="sharp", rejected=("is far too long", "echoes the supporter"))
    move = type(plain.move)(act="withdraw", length=6, tone="sharp", ending="withdrew")
    line_ = Line(plain.part, plain.transcript, plain.state, plain.appraisal, move, plain.turn, plain.rejected)
    direction = sent(line_)[-1].content
    for told in ("irritated", "not helped", "is far too long", "echoes the supporter"):
        assert told in direction


def test_the_seed_is_the_lucks_own_for_each_turn_and_attempt(line: Make) -> None:
    model = Recorder()
    voice = ChatVoice(model)
    for turn, rejected in ((1, ()), (1, ()), (2, ()), (1, ("too long",))):
        asyncio.run(voice.word(line("en", "vent", transcript=TALK, turn=turn, rejected=rejected)))
    seeds = [seed for _, seed in model.calls]
    assert all(seed is not None and 0 <= seed < 2**31 for seed in seeds)
    assert seeds[0] == seeds[1]
    assert len(set(seeds)) == 3


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        ('"i don\'t know"', "i don't know"),
        ("“我不知道”", "我不知道"),
        ("Seeker: not really", "not really"),
        ("**Seeker:** not really", "not really"),
        ("来访者：“就那样吧。”", "就那样吧。"),
        ('he said "no" and left', 'he said "no" and left'),
        ('"no" is all he said, "no"', '"no" is all he said, "no"'),
        ("me: tired", "tired"),
        ("meh", "meh"),
    ],
)
def test_labels_and_quotes_are_taken_away(answer: str, text: str) -> None:
    assert stripped(answer) == text


def test_usage_is_passed_on_and_the_model_closed(line: Make) -> None:
    model = Recorder("Seeker: ok")
    voice = ChatVoice(model)
    wording = asyncio.run(voice.word(line("en", "minimal", transcript=TALK)))
    assert (wording.text, wording.usage.tokens_in) == ("ok", 7)
    asyncio.run(voice.close())
    assert model.closed


def test_an_answer_without_words_is_a_fault(line: Make) -> None:
    with pytest.raises(FaultError) as caught:
        asyncio.run(ChatVoice(Recorder('""')).word(line("en", "minimal", transcript=TALK)))
    assert caught.value.fault.kind == "empty"


def test_with_risk_the_rule_about_means_is_there(line: Make, cards: dict[Language, RoleCard]) -> None:
    for language, rule in (("en", "Never of how"), ("zh", "绝不讲方法")):
        plain = line(language, "vent", transcript=TALK)
        card = cards[plain.part.card.language].model_copy(update={"risk": "passive-thoughts"})
        part = type(plain.part)(card, plain.part.profile, plain.part.luck, plain.part.exchanges)
        line_ = Line(part, plain.transcript, plain.state, plain.appraisal, plain.move, plain.turn)
        assert rule in sent(line_)[0].content
        assert rule not in sent(plain)[0].content
