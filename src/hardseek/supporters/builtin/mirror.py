"""Turning what the seeker said to the person it is said to: "my boss keeps..." becomes "your boss keeps..."."""

import re
from typing import Final

from hardseek.language import Language

# Pairs are turned before single words, so that the verb agrees: "I am" is "you are", not "you am".
_ENGLISH: Final = {
    "i am": "you are",
    "i was": "you were",
    "i wasn't": "you weren't",
    "i wasnt": "you weren't",
    "am i": "are you",
    "was i": "were you",
    "i'm": "you're",
    "im": "you're",
    "i've": "you've",
    "ive": "you've",
    "i'd": "you'd",
    "i'll": "you'll",
    "i": "you",
    "me": "you",
    "my": "your",
    "mine": "yours",
    "myself": "yourself",
    "we": "you",
    "we're": "you're",
    "we've": "you've",
    "we'd": "you'd",
    "we'll": "you'll",
    "us": "you",
    "our": "your",
    "ours": "yours",
    "ourselves": "yourselves",
    "am": "are",
}
_ENGLISH_WORDS = re.compile(
    r"(?<![\w'])(?:" + "|".join(sorted(map(re.escape, _ENGLISH), key=len, reverse=True)) + r")(?![\w'])",
    re.IGNORECASE,
)
_ENGLISH_ADVERB = re.compile(r"(?<![\w'])i ((?:\w+ly|just|still|never|always|also) )was(n't)?(?![\w'])", re.IGNORECASE)
_CHINESE: Final = {"我们": "你们", "咱们": "你们", "我": "你", "俺": "你", "咱": "你们"}
# 自我 (self, as in 自我怀疑) is not a pronoun.
_CHINESE_WORDS = re.compile("我们|咱们|(?<!自)我|俺|咱")


def mirrored(text: str, language: Language) -> str:
    """Turn the first person to the second; everything else stays as it is."""
    if language == "zh":
        return _CHINESE_WORDS.sub(lambda found: _CHINESE[found[0]], text)
    text = _ENGLISH_ADVERB.sub(lambda found: f"you {found[1]}were{found[2] or ''}", text)
    return _ENGLISH_WORDS.sub(lambda found: _ENGLISH[found[0].lower()], text)
