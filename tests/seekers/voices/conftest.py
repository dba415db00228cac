"""Two people, one in each language, and lines that wait for words."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Protocol

import pytest

from hardseek.cards import Fact, RoleCard
from hardseek.chat import Message
from hardseek.language import Language
from hardseek.luck import Luck
from hardseek.seekers import Act, Appraisal, BehaviourProfile, Move, Part, SeekerState
from hardseek.seekers.voice import Line
from hardseek.seekers.voices import ScriptedVoice

ENGLISH = RoleCard(
    id="en-night-shifts",
    language="en",
    age=34,
    gender="woman",
    occupation="nurse",
    summary="She has fallen out with her sister over the care of their mother and drinks alone.",
    facts=(
        Fact(
            id="sister",
            depth="surface",
            text="My sister hasn't spoken to me since our mother moved into the home. She says I dumped her there.",
            feeling="guilty",
        ),
        Fact(
            id="shifts",
            depth="personal",
            text="I took extra night shifts at the hospital, partly so I have an excuse not to visit.",
            feeling="ashamed",
        ),
        Fact(
            id="wine",
            depth="core",
            text="I've started drinking a bottle of wine by myself after work. Nobody knows about the empty bottles.",
            feeling="shame",
        ),
    ),
    feelings=("guilty", "worn out"),
    beliefs=("I'm a terrible daughter.", "If I sit down I will never get up again"),
    tried=("I wrote her a long letter", "Going for runs in the morning"),
    wants="I want to stop feeling like the villain",
)
CHINESE = RoleCard(
    id="zh-kaoyan",
    language="zh",
    age="青年",
    gender="女",
    occupation="大四学生",
    summary="考研失败后不敢告诉父母，每天假装去图书馆。",
    facts=(
        Fact(
            id="exam",
            depth="surface",
            text="我考研又没过，差了七分。室友都已经签了工作，就我还在宿舍晃。",
            feeling="丢人",
        ),
        Fact(
            id="library",
            depth="personal",
            text="我还没跟爸妈讲实话，每天背着书包去图书馆坐着，其实一页都没看进去。",
            feeling="愧疚",
        ),
        Fact(
            id="loan",
            depth="core",
            text="报班的两万块是我偷偷借网贷交的。催款电话一响，我就躲到厕所里去接。",
            feeling="羞耻感",
        ),
    ),
    feelings=("焦虑", "无力感"),
    beliefs=("我就是不如别人", "爸妈知道了会对我彻底失望"),
    tried=("我试过早起背单词", "跟室友出去跑过步"),
    wants="我想有个人能听我说完",
)
CARDS: dict[Language, RoleCard] = {"en": ENGLISH, "zh": CHINESE}

# What supporters say, by what it is: the appraisal stands beside the words.
SUPPORT: dict[Language, tuple[tuple[str, Appraisal], ...]] = {
    "en": (
        ("That sounds really hard. What has it been like for you?", Appraisal(open_question=0.9, validation=0.7)),
        ("Have you talked to anyone about it?", Appraisal(closed_question=0.9)),
        ("Maybe you could try keeping a journal every evening.", Appraisal(advice=0.9, early_advice=0.8)),
        ("It makes sense that you feel this way after all that.", Appraisal(validation=0.9, understanding=0.5)),
    ),
    "zh": (
        ("听起来真的很不容易，这段时间你是怎么过来的？", Appraisal(open_question=0.9, validation=0.7)),
        ("你跟别人说过这件事吗？", Appraisal(closed_question=0.9)),
        ("要不你每天晚上写写日记吧。", Appraisal(advice=0.9, early_advice=0.8)),
        ("经历了这些，你会这样想很正常。", Appraisal(validation=0.9, understanding=0.5)),
    ),
}


class MakeLine(Protocol):
    """Builds a line; everything but language and act has a default."""

    def __call__(
        self,
        language: Language,
        act: Act,
        *,
        length: int = 12,
        facts: tuple[str, ...] = (),
        told: tuple[str, ...] = (),
        tone: str = "plain",
        replicate: int = 0,
        transcript: Sequence[Message] | None = None,
        appraisal: Appraisal | None = None,
        turn: int = 1,
        rejected: tuple[str, ...] = (),
        profile: BehaviourProfile | None = None,
    ) -> Line: ...


def make_line(
    language: Language,
    act: Act,
    *,
    length: int = 12,
    facts: tuple[str, ...] = (),
    told: tuple[str, ...] = (),
    tone: str = "plain",
    replicate: int = 0,
    transcript: Sequence[Message] | None = None,
    appraisal: Appraisal | None = None,
    turn: int = 1,
    rejected: tuple[str, ...] = (),
    profile: BehaviourProfile | None = None,
) -> Line:
    card = CARDS[language]
    opening = act == "open" and transcript is None
    if transcript is None:
        transcript = () if opening else (Message("user", "…"), Message("assistant", SUPPORT[language][0][0]))
    return Line(
        part=Part(
            card=card,
            profile=profile or BehaviourProfile(),
            luck=Luck.of(seed=7, card=card.id, condition="test", replicate=replicate),
            exchanges=20,
        ),
        transcript=transcript,
        state=SeekerState(distress=6.5, trust=0.4, openness=0.4, engagement=0.5, disclosed=told),
        appraisal=None if opening else appraisal or SUPPORT[language][0][1],
        move=Move(act=act, facts=facts, length=length, tone=tone),
        turn=0 if opening else turn,
        rejected=rejected,
    )


def word(line: Line) -> str:
    return asyncio.run(ScriptedVoice().word(line)).text


def play(
    language: Language, moves: Sequence[tuple[Act, int, tuple[str, ...], str]], *, replicate: int = 0
) -> list[Message]:
    """Play moves (act, length, facts, tone) against canned support; returns the whole talk."""

    async def run() -> list[Message]:
        voice, talk, told = ScriptedVoice(), list[Message](), list[str]()
        for turn, (act, length, facts, tone) in enumerate(moves):
            text, appraisal = SUPPORT[language][turn % len(SUPPORT[language])]
            if turn:
                talk.append(Message("assistant", text))
            line = make_line(
                language,
                act,
                length=length,
                facts=facts,
                told=tuple(told),
                tone=tone,
                replicate=replicate,
                transcript=tuple(talk),
                appraisal=appraisal if turn else None,
                turn=turn,
            )
            talk.append(Message("user", (await voice.word(line)).text))
            told += [fact for fact in facts if fact not in told]
        return talk

    return asyncio.run(run())


@pytest.fixture
def line() -> MakeLine:
    return make_line


@pytest.fixture
def say() -> Callable[[Line], str]:
    return word


@pytest.fixture
def cards() -> dict[Language, RoleCard]:
    return CARDS


@pytest.fixture
def dialogue() -> Callable[..., list[Message]]:
    return play
