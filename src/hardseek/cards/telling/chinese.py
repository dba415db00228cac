"""Chinese summaries in the person's own words: “求助者的母亲对其要求很严” is “我妈对我要求很严。”."""

import re
from functools import cache
from typing import Final, Literal

from hardseek.cards.telling.chinese_reference import ChineseReference
from hardseek.cards.telling.words import chinese_words

_SENTENCE = re.compile(r"[。！!；;\n]+|(?<=[？?])")
_COMMA = re.compile(r"[，,](?![^（(]*[）)])(?![^“]*”)")
_SEEKER_TOPIC = re.compile(
    "(?:虽然|因为|但|可是|最近|现在|以前|后来|在)?我(?![妈爸老男女丈妻父母家弟妹哥姐奶爷室同朋的婆公儿孩])"
)
_OTHERS_TOPIC = re.compile(
    "(?!担心|害怕|想|怀疑|不|怕)(?:但|可是|虽然|因为|而)?我?的?"
    "(?:[老前]|[男女]朋?友|[^，]{0,2}(?:妈|爸|公婆|婆婆|公公|父|母|哥|姐|弟|妹|奶|爷|孩子|儿子|女儿)"
    "|对方|家人|朋友|同事|领导|老师|同学|室友|舍友|邻居|亲戚|身边|周围|大家|别人|[他她])"
)
_OUTCOMES: Final = ("结果", "弄得")
_NOT_BARE: Final = ("对方", "还有")
_EXPLICIT = re.compile(r"我|对方|但|可是|虽然|结果|弄得|最近|现在|后来|所以")
_FULL: Final = 32
_ENOUGH: Final = 9


def first_person(summary: str, gender: Literal["female", "male"] | None) -> list[str]:
    """Say a summary as its person would: short sentences in the first person, in the order of the summary."""
    reference = ChineseReference(summary, gender)
    spoken: list[str] = []
    for sentence in _SENTENCE.split(summary):
        if sentence and sentence.strip(" ，,、"):
            spoken.extend(_clauses(_plain(reference.speak(sentence.strip(" ，,、")))))
    if len(spoken) == 1:
        spoken = _halved(spoken[0])
    return [clause if clause.endswith(("？", "?")) else clause.rstrip("，、,") + "。" for clause in spoken]


def _plain(sentence: str) -> str:
    for pattern, put in _plain_patterns():
        sentence = pattern.sub(put, sentence)
    return sentence


def _clauses(sentence: str) -> list[str]:
    """Cut at commas into pieces that can stand alone, each about as long as one chat message."""
    words = chinese_words()
    clauses: list[str] = []
    owners: list[bool] = []
    own = True
    for piece in (part.strip() for part in _COMMA.split(sentence) if part.strip()):
        own = _whose(piece, before=own)
        if not clauses:
            clauses.append(piece)
            owners.append(own)
            continue
        current = clauses[-1]
        unclear = piece.startswith(words.continuing) and _names_others(current)
        starts = _EXPLICIT.match(piece) is not None or (own and piece.startswith(words.breaks) and not unclear)
        room = _FULL if own and not unclear else 2 * _FULL
        full = len(current) + len(piece) > room
        attached = piece.startswith(words.attached) and len(current) + len(piece) <= 2 * _FULL
        if len(current) >= _ENOUGH and len(piece) > _ENOUGH // 2 and not attached and (starts or full):
            clauses.append(piece)
            owners.append(own and not unclear)
        else:
            clauses[-1] = f"{current}，{piece}"
        # What comes of it all is again about the person: 丈夫总出差，导致分居，感到孤单.
        own = own or piece.startswith(_OUTCOMES)
    return [_opened(clause, own=owner) for clause, owner in zip(clauses, owners, strict=True)]


def _whose(piece: str, *, before: bool) -> bool:
    """Tell whether a piece is about the person; one without a subject is about whom the piece before it was."""
    if _SEEKER_TOPIC.match(piece):
        return True
    return before and _OTHERS_TOPIC.match(piece) is None


def _names_others(clause: str) -> bool:
    words = chinese_words()
    return any(name in clause for name in (*words.women, *words.men, *words.several, "对方", "同事", "朋友"))


def _opened(clause: str, *, own: bool) -> str:
    """Give a clause a beginning: the person as its subject where it has none and speaks of them."""
    for pattern, put in _opening_patterns():
        clause = pattern.sub(put, clause)
    words = chinese_words()
    bare = clause.startswith((*words.subjectless, *words.continuing)) and not clause.startswith(_NOT_BARE)
    return f"我{clause}" if own and bare and "，我" not in clause else clause


def _halved(clause: str) -> list[str]:
    """Cut the only sentence of a summary at its first comma, where both halves can stand."""
    for cut in _COMMA.finditer(clause):
        head, tail = clause[: cut.start()], clause[cut.end() :]
        if min(len(head), len(tail)) >= _ENOUGH // 2:
            return [head, _opened(tail, own=True)]
    return [clause]


@cache
def _plain_patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(cue), put) for cue, put in chinese_words().plain.items())


@cache
def _opening_patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(cue), put) for cue, put in chinese_words().openings.items())
