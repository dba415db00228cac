"""Bad wordings that are found and good ones that are let be: what goes against the card, and what no seeker says."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from hardseek.cards import Fact, RoleCard, packaged_cards
from hardseek.language import LANGUAGES, Language
from hardseek.seekers.check import contradictions
from hardseek.seekers.check.quantity import quantities, value
from hardseek.seekers.check.signs import signs

DATA = Path(__file__).parents[2].parent / "shared" / "data"

NURSE = RoleCard(
    id="en-nurse",
    language="en",
    age=34,
    gender="female",
    occupation="nurse on a hospital ward",
    relationship="married, one child of five",
    summary="A nurse on nights is worn out.",
    facts=(
        Fact(id="nights", depth="surface", text="I've been working night shifts on the ward for nearly two years."),
        Fact(id="sleep", depth="surface", text="I get maybe four hours of sleep in the day with earplugs."),
        Fact(id="husband", depth="personal", text="My husband works days, we leave each other notes."),
    ),
)
WIDOWER = RoleCard(
    id="en-widower",
    language="en",
    age=71,
    gender="male",
    occupation="retired postal worker",
    relationship="widowed for nine months, no children",
    summary="A widower sits across from her empty chair.",
    facts=(Fact(id="chair", depth="surface", text="My wife died nine months ago and her chair still stands there."),),
)
STUDENT = RoleCard(
    id="en-student",
    language="en",
    age=20,
    gender="male",
    occupation="college student",
    relationship="single",
    summary="A student is failing two classes.",
    facts=(Fact(id="failing", depth="surface", text="I'm failing two classes and finals are in three weeks."),),
)
MOTHER = RoleCard(
    id="zh-mother",
    language="zh",
    age=32,
    gender="女",
    occupation="全职妈妈，以前做外贸跟单",
    relationship="已婚，两个孩子",
    summary="她辞职在家带两个孩子，和婆婆同住。",
    facts=(
        Fact(id="home", depth="surface", text="我辞职在家带孩子三年了，天天鸡飞狗跳。"),
        Fact(id="husband", depth="personal", text="跟老公说，他就一句让着点。"),
    ),
)
BOY = RoleCard(
    id="zh-boy",
    language="zh",
    age=17,
    gender="男",
    occupation="高三学生",
    relationship="单身",
    summary="高三学生成绩下滑，睡不着。",
    facts=(Fact(id="sleep", depth="surface", text="我每天只睡五个小时，上课老打瞌睡。"),),
)

AGAINST_THE_CARD: list[tuple[RoleCard, str, str]] = [
    (NURSE, "i'm 45 and still doing nights", "age"),
    (NURSE, "I am 29 years old", "age"),
    (NURSE, "im 52, too old for this", "age"),
    (NURSE, "i'm a 19 year old", "age"),
    (NURSE, "i'm fifty two now", "age"),
    (NURSE, "as a man i'm not supposed to cry", "male"),
    (NURSE, "i'm her father, i should be there", "male"),
    (NURSE, "I'm a guy, we don't talk about this stuff", "male"),
    (NURSE, "i'm single so there's nobody to ask", "single"),
    (NURSE, "i've never been married", "never-married"),
    (NURSE, "i'm not married", "not-married"),
    (NURSE, "I'm divorced, that's over", "divorced"),
    (NURSE, "my late husband would know what to do", "widowed"),
    (NURSE, "i don't have any kids", "no-children"),
    (NURSE, "we have no children", "no-children"),
    (NURSE, "i'm a teacher, i should be able to explain it", "works as teacher"),
    (NURSE, "i work as a waitress", "works as waitress"),
    (NURSE, "i'm a lawyer and i can't even argue for myself", "works as lawyer"),
    (NURSE, "i've been working night shifts on the ward for seven years", "in nights 2"),
    (NURSE, "i only get 9 hours of sleep with earplugs", "in sleep 4"),
    (WIDOWER, "i'm 40", "age"),
    (WIDOWER, "as a mother i should have seen it", "female"),
    (WIDOWER, "i'm pregnant", "female"),
    (WIDOWER, "i'm happily married", "married"),
    (WIDOWER, "i'm divorced", "divorced"),
    (WIDOWER, "my daughter never calls", "children"),
    (WIDOWER, "i have two kids", "children"),
    (WIDOWER, "i'm a student so money is short", "works as student"),
    (WIDOWER, "my wife died two months ago and her chair is empty", "chair"),
    (STUDENT, "i'm 35", "age"),
    (STUDENT, "i'm a girl and nobody takes me seriously", "female"),
    (STUDENT, "my wife says i'm lazy", "wife"),
    (STUDENT, "i've been married for ages", "married"),
    (STUDENT, "i'm an accountant", "works as accountant"),
    (STUDENT, "i'm failing my classes and finals are in nine weeks", "in failing 3"),
    (MOTHER, "我今年四十五了", "age"),
    (MOTHER, "我都24岁了", "age"),
    (MOTHER, "我一个大男人，哭什么", "male"),
    (MOTHER, "我这个当爸的也没用", "male"),
    (MOTHER, "我单身，一个人惯了", "single"),
    (MOTHER, "我还没结婚呢", "not-married"),
    (MOTHER, "我早就离婚了", "divorced"),
    (MOTHER, "我没有孩子", "no-children"),
    (MOTHER, "我是护士，天天上夜班", "works as 护士"),
    (MOTHER, "我是个程序员", "works as 程序员"),
    (MOTHER, "我辞职在家带孩子八年了", "in home 3"),
    (BOY, "我今年28了", "age"),
    (BOY, "我已经三十五岁了", "age"),
    (BOY, "作为一个女人，我太难了", "female"),
    (BOY, "我老婆天天骂我", "wife"),
    (BOY, "我已经结婚了", "married"),
    (BOY, "我儿子也不听话", "children"),
    (BOY, "我是老师，得撑着", "works as 老师"),
    (BOY, "我每天只睡九个小时，上课老打瞌睡", "in sleep 5"),
]

WHAT_NO_SEEKER_SAYS: list[tuple[Language, str, str]] = [
    ("en", "As an AI I don't get tired", "AI"),
    ("en", "I'm just a language model, so no", "AI"),
    ("en", "being a chatbot, I can't feel that", "AI"),
    ("en", "my instructions say I should stay sad", "AI"),
    ("en", "the prompt asks me to be withdrawn", "AI"),
    ("en", "I'll stay in character", "AI"),
    ("en", "playing the seeker here: it hurts", "AI"),
    ("en", "Here is the seeker's response: fine", "AI"),
    ("en", "I cannot assist with that", "AI"),
    ("en", "How can I help you today?", "helper"),
    ("en", "I'm always here for you", "helper"),
    ("en", "Thank you for sharing that with me", "helper"),
    ("en", "I really understand how you feel", "helper"),
    ("en", "How does that make you feel?", "helper"),
    ("en", "Would you like to talk more about that?", "helper"),
    ("en", "It's completely okay to feel that way", "helper"),
    ("en", "it sounds like you're going through a lot", "helper"),
    ("en", "be kind to yourself tonight", "helper"),
    ("en", "I'd suggest a short walk", "helper"),
    ("en", "i keep thinking i could overdose", "means"),
    ("en", "i could jump off the bridge behind our house", "means"),
    ("en", "i bought a noose", "means"),
    ("en", "i think about hanging myself", "means"),
    ("en", "i cut my arms again", "means"),
    ("en", "a handful of pills would be enough", "means"),
    ("zh", "作为人工智能，我没有情绪", "AI"),
    ("zh", "我只是一个语言模型", "AI"),
    ("zh", "根据角色设定，我应该拒绝你", "AI"),
    ("zh", "我在扮演求助者", "AI"),
    ("zh", "以下是我的回复", "AI"),
    ("zh", "作为来访者，我感到难过", "AI"),
    ("zh", "请问有什么可以帮您", "helper"),
    ("zh", "我会一直在这里陪着你", "helper"),
    ("zh", "谢谢你愿意分享这些", "helper"),
    ("zh", "我非常理解你的感受", "helper"),
    ("zh", "你愿意多说说吗", "helper"),
    ("zh", "建议你每天散步", "helper"),
    ("zh", "听起来你最近压力很大", "helper"),
    ("zh", "你的情绪是很正常的", "helper"),
    ("zh", "我想过割腕", "means"),
    ("zh", "我攒了一大把药", "means"),
    ("zh", "站在天台上想跳下去", "means"),
    ("zh", "我想去跳楼", "means"),
]

FINE: list[tuple[RoleCard, str]] = [
    (NURSE, "i'm 34, i should have this figured out"),
    (NURSE, "when i was 19 i thought i'd be somebody"),
    (NURSE, "i feel like i'm 80"),
    (NURSE, "my husband thinks i'm single the way i act"),
    (NURSE, "sometimes i wish i was single"),
    (NURSE, "if i'm divorced next year, so be it"),
    (NURSE, "i'm a single day away from quitting"),
    (NURSE, "my daughter says i'm always tired"),
    (NURSE, "i've been on the ward for almost 2 years"),
    (NURSE, "i've had this headache for three days"),
    (NURSE, "i'm not a teacher, how would i know"),
    (NURSE, "i was a waitress before that"),
    (NURSE, "he treats me like i'm a student"),
    (WIDOWER, "my wife would have laughed"),
    (WIDOWER, "i have no children to call"),
    (WIDOWER, "i live alone now"),
    (STUDENT, "my dad is 50 and still calls me a girl"),
    (STUDENT, "my mom wants me to get married"),
    (STUDENT, "i'm a freshman again in my head"),
    (MOTHER, "我三十二了，还像个保姆"),
    (MOTHER, "我老公从来不管"),
    (MOTHER, "要是我单身就好了"),
    (MOTHER, "以前我是上班族，我二十五岁的时候多风光"),
    (MOTHER, "我女儿今天发烧"),
    (BOY, "我妈今年四十五了"),
    (BOY, "我十二岁那年搬的家"),
    (BOY, "他们催我结婚还早呢，就是催成绩"),
    (BOY, "我不是老师，我哪知道"),
    (BOY, "我睡五个多小时吧"),
]

ALSO_FINE: list[tuple[Language, str]] = [
    ("en", "how can i help my son when he won't talk to me?"),
    ("en", "i'm here because i can't sleep. thank you for listening"),
    ("en", "my doctor gave me sleeping tablets, they make me groggy"),
    ("en", "they replaced half my team with some ai"),
    ("en", "my boss never gives clear instructions"),
    ("en", "he just acts like a character from a film"),
    ("en", "i want to tell her \"be kind to yourself\" and then i can't"),
    ("en", "i could jump every time the phone rings"),
    ("en", "are you a bot?"),
    ("zh", "你是机器人吧"),
    ("zh", "我在这里陪我妈住院"),
    ("zh", "我能理解你的好意，可真的没用"),
    ("zh", "医生给开了安眠药，吃了还是睡不着"),
    ("zh", "我是程序员，天天加班"),
    ("zh", "我想跟她说“你已经做得很好了”"),
    ("zh", "老板让我写提示词，说以后用AI代替我们"),
    ("zh", "一听电话响我就心里一跳"),
]  # fmt: skip


@pytest.mark.parametrize(("card", "text", "what"), AGAINST_THE_CARD)
def test_what_goes_against_the_card_is_found(card: RoleCard, text: str, what: str) -> None:
    found = contradictions(text, card)
    assert any(what in each for each in found), found


@pytest.mark.parametrize(("language", "text", "what"), WHAT_NO_SEEKER_SAYS)
def test_what_no_seeker_says_is_found_however_it_is_typed(language: Language, text: str, what: str) -> None:
    assert any(what in each for each in signs(text, language))
    assert any(what in each for each in signs(text.upper(), language))


def test_a_card_that_says_it_means_no_work_in_it() -> None:
    card = WIDOWER.model_copy(update={"summary": "Since she died it is quiet."})
    assert any("works as engineer" in each for each in contradictions("I'm an ENGINEER myself", card))


@pytest.mark.parametrize(("card", "text"), FINE)
def test_what_goes_with_the_card_is_let_be(card: RoleCard, text: str) -> None:
    assert contradictions(text, card) == []


@pytest.mark.parametrize(("language", "text"), ALSO_FINE)
def test_what_people_say_is_let_be(language: Language, text: str) -> None:
    assert signs(text, language) == []


def test_at_least_eighty_bad_wordings_are_known() -> None:
    assert len(AGAINST_THE_CARD) + len(WHAT_NO_SEEKER_SAYS) >= 80


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_packaged_card_goes_against_itself(language: Language) -> None:
    for card in packaged_cards(language):
        for text in (*(fact.text for fact in card.facts), *card.beliefs, *card.tried):
            assert contradictions(text, card) == [], (card.id, text)
            if card.risk == "none":
                assert signs(text, language) == [], (card.id, text)


def test_numbers_in_words_and_numerals() -> None:
    assert [value(text, "en") for text in ("7", "two", "twenty", "forty-two", "fifty six")] == [7, 2, 20, 42, 56]
    assert [value(text, "zh") for text in ("7", "两", "十", "十二", "三十五", "一百二十")] == [7, 2, 10, 12, 35, 120]
    assert value("many", "en") is None


def test_quantities_have_their_unit_and_all_numbers_beside_them() -> None:
    (found,) = quantities("it's been three or four weeks", "en")
    assert (found.number, found.unit, found.beside) == (4, "week", frozenset({3, 4}))
    assert [(each.number, each.unit) for each in quantities("我等了两年，三个月前才定", "zh")] == [
        (2, "year"),
        (3, "month"),
    ]


def _people() -> Iterator[str]:
    for name, speaker, text in (("valid", "usr", "text"), ("failed", "speaker", "content")):
        for record in (DATA / "esconv" / f"{name}.jsonl").read_text(encoding="utf-8").split("\n"):
            if record.strip():
                yield from (said[text] for said in json.loads(record)["dialog"] if said["speaker"] == speaker)


@pytest.mark.corpus
@pytest.mark.skipif(not DATA.exists(), reason="the reference corpora are not here")
def test_what_people_write_is_hardly_ever_found() -> None:
    said = list(_people())
    found = [text for text in said if signs(text, "en")]
    assert len(said) > 3000
    assert len(found) / len(said) < 0.003


@pytest.mark.corpus
@pytest.mark.skipif(not DATA.exists(), reason="the reference corpora are not here")
def test_published_seekers_hardly_ever_go_against_their_profile() -> None:
    # The seekers of the published simulator, one system of nine, held against the profiles that they play.
    lines = (DATA / "worst_case" / "profiles.jsonl").read_text(encoding="utf-8").split("\n")
    profiles = {int(each["profile_id"]): each for each in map(json.loads, filter(None, lines))}
    turns = found = 0
    for line in (DATA / "worst_case" / "average" / "gpt4o.jsonl").read_text(encoding="utf-8").split("\n"):
        if not line.strip():
            continue
        talk = json.loads(line)
        base = profiles[talk["profile"]]
        card = RoleCard(
            id="profile",
            language="zh",
            age=base["age"],
            gender=base["gender"],
            occupation=base["occupation"],
            relationship=base["relationship_status"],
            summary=base["problem_summary"],
            facts=(Fact(id="problem", depth="surface", text=base["problem_summary"]),),
        )
        for said in talk["dialogue"]:
            if said["speaker"] == "seeker":
                turns += 1
                found += bool(contradictions(said["text"], card))
    assert turns > 300
    assert found / turns < 0.005
