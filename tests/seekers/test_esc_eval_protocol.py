"""The protocol of ESC-Eval: a chat model plays the card, and the supporter greets."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import cast

import pytest

from hardseek.cards import RoleCard
from hardseek.chat import Completion, FaultError, Message, Usage
from hardseek.chat.client import ChatModel
from hardseek.language import LANGUAGES, Language, detect
from hardseek.seekers import Part, Trace, Utterance
from hardseek.seekers.protocols.esc_eval import GREETING, CardPlayer, role_prompt

MakePart = Callable[..., Part]
KNOWN: dict[Language, dict[str, object]] = {
    "en": {"age": 41, "gender": "woman", "occupation": "baker", "relationship": "divorced"},
    "zh": {"age": "青年", "gender": "女", "occupation": "面包师", "relationship": "离异"},
}


@dataclass
class RecordingModel:
    """Answers the same each time and keeps what it was sent."""

    answer: str = "not great, to be honest"
    fails: bool = False
    sent: list[tuple[list[Message], int | None]] = field(default_factory=list)
    closed: bool = False

    async def complete(self, messages: Sequence[Message], *, seed: int | None) -> Completion:
        self.sent.append((list(messages), seed))
        if self.fails:
            raise FaultError("empty", "nothing came")
        return Completion(self.answer, Usage(model="recorded", tokens_out=5))

    async def close(self) -> None:
        self.closed = True


def speak(model: RecordingModel, part: Part, *turns: str) -> Utterance:
    """Speak after turns that alternate, the supporter's greeting first."""
    talk = [Message("user" if place % 2 else "assistant", text) for place, text in enumerate(turns)]
    return asyncio.run(CardPlayer(cast(ChatModel, model)).speak(part, talk, None))


def person(part: MakePart, language: Language, **known: object) -> RoleCard:
    return part(language).card.model_copy(update=known)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_role_prompt_is_the_card_in_its_language(language: Language, part: MakePart) -> None:
    card = person(part, language, **KNOWN[language])
    prompt = role_prompt(card)
    assert detect(prompt) == language
    assert card.summary in prompt
    listed = [line for line in prompt.splitlines() if line.startswith("- ")]
    assert len(listed) == len(KNOWN[language])
    assert all(any(line.endswith(str(value)) for line in listed) for value in KNOWN[language].values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_unknown_is_left_out_of_the_prompt(language: Language, part: MakePart) -> None:
    prompt = role_prompt(person(part, language))
    assert "- " not in prompt
    assert "None" not in prompt
    assert "{" not in prompt


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_prompt_holds_no_fact_that_the_summary_does_not(language: Language, part: MakePart) -> None:
    card = person(part, language)
    assert not any(fact.text in role_prompt(card) for fact in card.facts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_supporter_greets_in_the_language_of_the_card(language: Language) -> None:
    assert detect(GREETING[language]) == language


def test_the_model_plays_the_seeker_so_that_roles_are_turned(part: MakePart) -> None:
    model, played = RecordingModel(), part()
    said = speak(model, played, GREETING["en"], "hi", "What happened?")
    ((sent, _),) = model.sent
    assert [message.role for message in sent] == ["system", "user", "assistant", "user"]
    assert [message.content for message in sent] == [role_prompt(played.card), GREETING["en"], "hi", "What happened?"]
    assert said.text == model.answer
    assert said.usage.model == "recorded"


def test_there_is_no_state_no_move_and_no_leaving(part: MakePart) -> None:
    assert speak(RecordingModel(), part(), GREETING["en"]).trace == Trace()


def test_seeds_come_from_luck_and_turn_alone(part: MakePart) -> None:
    model = RecordingModel()
    speak(model, part(), GREETING["en"])
    speak(model, part(), "another supporter's words")
    speak(model, part(), GREETING["en"], "hi", "What happened?")
    speak(model, part(replicate=1), GREETING["en"])
    seeds = [seed for _, seed in model.sent]
    assert seeds[0] == seeds[1]
    assert len(set(seeds)) == 3
    assert all(seed is not None and 0 <= seed < 2**31 for seed in seeds)


def test_a_fault_of_the_model_is_passed_on_and_closing_closes_it(part: MakePart) -> None:
    with pytest.raises(FaultError, match="nothing came"):
        speak(RecordingModel(fails=True), part(), GREETING["en"])
    model = RecordingModel()
    asyncio.run(CardPlayer(cast(ChatModel, model)).close())
    assert model.closed
