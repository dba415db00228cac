"""Good and poor help in words that no built-in system says, for the card that the tests of seekers share."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from hardseek.chat import Message
from hardseek.language import Language
from hardseek.seekers import Part
from hardseek.seekers.conditions import packaged_conditions
from hardseek.seekers.policy_seeker import PolicySeeker
from hardseek.seekers.voice import Voice

SEEDS = 25
# A good supporter takes up a fact that was told, in new words each time, and asks on.
OPENINGS: dict[Language, tuple[str, ...]] = {
    "en": (
        "It sounds like",
        "So what I hear is that",
        "No wonder you feel low when",
        "It makes sense that it hurts when",
        "I can imagine how heavy it is when",
        "You told me that",
    ),
    "zh": ("听起来", "难怪你会难受，", "换了谁都会委屈，", "这真的很不容易，", "我能感受到你的难过，", "你刚才说"),
}
TOPICS: dict[Language, dict[str, tuple[str, str]]] = {
    "en": {
        "flatmate": ("your flatmate ignores you since you argued", "the rent came between you and the flatmate"),
        "kitchen": ("she leaves the kitchen when you walk in", "even the kitchen is no place for you two"),
        "dismissed": ("you were dismissed from the bakery and told nobody", "March and the bakery stay your secret"),
        "mother": (
            "your mother said you ruin everything",
            "you believe your mother, that everything is ruined by you",
        ),
    },
    "zh": {
        "flatmate": ("因为房租吵架以后室友不理你", "你和室友为房租闹成这样"),
        "kitchen": ("你一进厨房她就端着碗走开", "连厨房都待不住，她端着碗就走"),
        "dismissed": ("被面包店辞退还谁都没告诉", "三月份面包店的事你一直瞒着"),
        "mother": ("你妈说你什么都会搞砸", "从小就听妈妈讲你会搞砸"),
    },
}
QUESTIONS: dict[Language, tuple[str, ...]] = {
    "en": (
        "What is that like?",
        "How do you get through the evening?",
        "When is it worst?",
        "What goes through your head then?",
        "What do you wish somebody understood?",
    ),
    "zh": (
        "那一刻你是什么感觉？",
        "晚上你是怎么过的？",
        "什么时候最难熬？",
        "当时脑子里在想什么？",
        "你最希望谁能懂你？",
    ),
}
POOR: dict[Language, tuple[str, ...]] = {
    "en": (
        "I'm so sorry to hear that. I understand how you feel. Everything will be okay.",
        "You should try to exercise, and maybe you could talk to a counselor.",
        "Don't worry, it's not a big deal. Others have it worse.",
        "You should try to exercise, and maybe you could talk to a counselor.",
    ),
    "zh": (
        "我非常理解你的感受，一切都会好起来的，加油。",
        "你可以试着多运动，或者找个心理咨询师聊聊。",
        "别难过了，这没什么大不了的，你想太多了。",
        "你可以试着多运动，或者找个心理咨询师聊聊。",
    ),
}


@dataclass(frozen=True)
class Outcome:
    """How one dialogue ended."""

    change: float
    """Of distress; negative is relief."""
    withdrew: bool


Support = Callable[[Language, tuple[str, ...], int], str]


def good_support(language: Language, told: tuple[str, ...], turn: int) -> str:
    opening = OPENINGS[language][turn % len(OPENINGS[language])]
    topic = TOPICS[language][told[turn % len(told)]][turn // len(told) % 2] if told else ""
    question = QUESTIONS[language][turn % len(QUESTIONS[language])]
    return f"{opening} {topic}. {question}" if language == "en" else f"{opening}{topic}。{question}"


def poor_support(language: Language, _told: tuple[str, ...], turn: int) -> str:
    return POOR[language][turn % len(POOR[language])]


async def play(part: Part, voice: Voice, support: Support) -> Outcome:
    seeker, talk, states, last = PolicySeeker(voice), list[Message](), list[float](), None
    for turn in range(part.exchanges):
        said = await seeker.speak(part, tuple(talk), last)
        last = said.trace
        assert last.state is not None
        assert last.move is not None
        states.append(last.state.distress)
        if last.move.ending:
            break
        reply = support(part.card.language, last.state.disclosed, turn)
        talk += [Message("user", said.text), Message("assistant", reply)]
    return Outcome(
        states[-1] - states[0], last is not None and last.move is not None and last.move.ending == "withdrew"
    )


def outcomes(
    language: Language, condition: str, part: Callable[..., Part], voice: Callable[..., Voice]
) -> tuple[list[Outcome], list[Outcome]]:
    """Play as many dialogues with good help, and as many with poor."""
    profile = packaged_conditions()[condition].profile.model_dump()

    async def run(support: Support) -> list[Outcome]:
        return [await play(part(language, replicate=seed, **profile), voice(), support) for seed in range(SEEDS)]

    return asyncio.run(run(good_support)), asyncio.run(run(poor_support))
