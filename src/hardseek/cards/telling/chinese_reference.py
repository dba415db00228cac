"""Who is meant: the person of a Chinese summary becomes 我, people of their own get their household names.

The rules are those of the English converter (see `english_reference`), as far as Chinese marks what they need: a
pronoun of the person's gender is the person unless somebody of that gender has been named before it in the sentence;
as an object in that somebody's clause it is the person again; and 其 is the person in a clause with another subject.
"""

import re
from functools import cache
from typing import Final, Literal

from hardseek.cards.telling.words import chinese_words

_PRONOUN = re.compile(r"(?<![其吉])[他她](?!人)们?")
_THEIR = re.compile(r"(?<![尤极与])其(?![他她它实中余次别])")
_BOTH = re.compile("(?:他们)?(?:两人|二人|双方)")
_OBJECT_MARKS: Final = (
    *"让使令对给跟向把被与和骂打嫌爱",
    *("喜欢", "讨厌", "信任", "理解", "支持", "批评", "接受", "拒绝", "伤害", "联系", "尊重", "照顾", "关心", "指责"),
)
_OPINION = re.compile("(?:认为|觉得|发现|怀疑|希望|担心|意识到)$")
_EMBEDDED = re.compile("(?:担心|觉得|认为|发现|怀疑|害怕|希望|感觉)([^我]*)$")
_COUPLES: Final = ("父母", "爸妈", "夫妻", "公婆")
_COMPANY: Final = ("朋友", "对象", "伴侣", "对方", "同事")
_KIN_TOPIC = re.compile("我的?[妈爸父母男女姐妹哥弟奶爷婆公儿]")
_SHORT_POSSESSIVE = re.compile(
    "我的(?=男朋友|女朋友|老公|老婆|爸|妈|前|室友|舍友|朋友|弟|妹|哥|姐|奶|爷|姥|叔|姑|舅|公|婆|儿子|女儿)"
)


class ChineseReference:
    """Turns the sentences of one summary, in order."""

    def __init__(self, summary: str, gender: Literal["female", "male"] | None) -> None:
        words = chinese_words()
        self._gender = gender
        # Where a woman's husband is spoken of, the wife is herself: “妻子对此感到困惑”.
        self._wife_speaks = gender == "female" and re.search("丈夫|老公", summary) is not None
        self._person = re.compile("|".join(sorted(words.seeker, key=len, reverse=True)))
        self._same = {"female": words.women, "male": words.men, None: ()}[gender]
        self._people = (*words.women, *words.men, *words.several)
        self._several = words.several
        self._topic_is_other = False

    def speak(self, sentence: str) -> str:
        """Say a sentence about the person in the first person."""
        said = self._person.sub("我", sentence)
        if self._wife_speaks:
            said = re.sub(r"(?<!前)妻子(?!们)", "我", said)
        said = _PRONOUN.sub(self._pronoun, said)
        said = _THEIR.sub(self._their, said)
        said = _BOTH.sub(lambda found: found[0] if _any(_COUPLES, _before(found)) else "我们俩", said)
        self._topic_is_other = _KIN_TOPIC.match(said) is not None
        return _household(said)

    def _pronoun(self, found: re.Match[str]) -> str:
        before = _before(found)
        if found[0].endswith("们"):
            if _any(self._several, before):
                return found[0]
            alone = "我" if self._gender is None else found[0]
            return "我们" if _any((*self._people, *_COMPANY), before) else alone
        gender = "female" if found[0] == "她" else "male"
        if gender != self._gender or (not before and self._topic_is_other):
            return found[0]
        return "我" if not _any(self._same, before) or self._object_or_later(before) else found[0]

    def _object_or_later(self, before: str) -> bool:
        """Tell whether a pronoun is the object in another's clause (父亲对他), or opens the clause after a "when"."""
        clause = _clause(before)
        embedded = _EMBEDDED.search(clause)
        others = self._kin_first(clause) or not clause.startswith("我")
        in_others_clause = clause.startswith("我的") or (
            _any(self._same, embedded[1] if embedded else clause) and (others or embedded is not None)
        )
        after_time = re.search("[后时前]，$", before) is not None and not self._topic_is_other
        return (before.endswith(_OBJECT_MARKS) and in_others_clause) or after_time

    def _their(self, found: re.Match[str]) -> str:
        before = _before(found)
        clause = re.split("[，,、]", before)[-1]
        if clause.startswith(("对方", *self._people)):
            return "我"
        if _OPINION.search(clause) and "我" not in clause:
            return "对方" if _any((*self._people, *_COMPANY), before) else "这"
        speaks = clause.startswith("我") and not self._kin_first(clause) and not clause.startswith("我的")
        return "对方" if speaks and not _any(self._people, clause) else "我"

    def _kin_first(self, clause: str) -> bool:
        """Tell whether a clause begins with somebody of the person's own: 我父亲……."""
        return clause.removeprefix("我").removeprefix("的").startswith(self._people)


def _before(found: re.Match[str]) -> str:
    return found.string[: found.start()]


def _clause(before: str) -> str:
    return re.split("[，,]", before)[-1]


def _any(names: tuple[str, ...], text: str) -> bool:
    return any(name in text for name in names)


def _household(said: str) -> str:
    for pattern, put in _household_patterns():
        said = pattern.sub(put, said)
    return _SHORT_POSSESSIVE.sub("我", said)


@cache
def _household_patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    words = chinese_words()
    not_theirs = "".join(f"(?<!{name})" for name in words.possessors)
    patterns: list[tuple[re.Pattern[str], str]] = []
    for formal, short in words.own.items():
        mine = short if short.startswith("老") else f"我{short}"
        patterns.append((re.compile(f"我的?{formal}"), f"我{short}"))
        patterns.append((re.compile(f"(?<!我){not_theirs}{formal}"), mine))
    patterns += [(re.compile("(?<!前)男友"), "男朋友"), (re.compile("(?<!前)女友"), "女朋友")]
    return tuple(patterns)
