"""What a scorer sees of a dialogue: named features, and n-grams of the supporter's turns in numbered buckets."""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType
from typing import Final
from zlib import crc32

import numpy as np
import numpy.typing as npt

from hardseek.dialogues import Transcript
from hardseek.judging.indicators.account import Account
from hardseek.judging.indicators.judge import measured
from hardseek.language import Language, tokens

Array = npt.NDArray[np.float64]

BUCKETS: Final = 2048
"""N-grams are counted in so many buckets, by a hash: no word of the training data is kept."""
_INDICATORS: Final = (
    "supporter_share", "open_questions", "closed_questions", "interrogation", "specificity", "validation", "advice",
    "early_advice", "template", "self_repetition", "minimising", "siding", "seeker_brief", "seeker_thanks",
    "seeker_rejection",
)  # fmt: skip
"""Shares and rates: they mean the same in a short talk and in a long one."""
_APPRAISED: Final = (
    "understanding", "validation", "open_question", "template", "minimising", "interrogation", "answered",
)  # fmt: skip
"""Of the appraisal of each turn, 0 to 1, averaged: finer than the share of turns that have it at all."""
_GROWTH: Final = 0.7
"""Different words grow slower than words: by about this power in texts as short as chats (Heaps' law)."""
_APART: Final = re.compile(r"\s*['’]\s*")


@dataclass(frozen=True, slots=True)
class Seen:
    """A dialogue as scorers see it."""

    language: Language
    features: Array
    """In the order of FEATURES; NaN for what the dialogue does not have."""
    buckets: Array
    """N-grams of the supporter's turns: BUCKETS numbers, 1 + log of each count, scaled to length 1."""
    turns: int
    """Of the supporter."""
    words: float
    """In one of them, on average; in Chinese characters."""
    opening: str
    """The seeker's first turn: dialogues that begin alike are about one card or one scenario."""


def see(transcript: Transcript) -> Seen:
    """Read a dialogue: indicators that do not depend on how long a talk is, appraisals averaged over the supporter's
    turns, what is in `_OWN`, and n-grams."""
    account = Account.of(transcript)
    appraised = [answer.appraisal for answer in account.answers]
    found: dict[str, float | None] = {name: measured(name, account) for name in _INDICATORS}
    found |= {f"appraised_{name}": _mean(getattr(each, name) for each in appraised) for name in _APPRAISED}
    found |= {name: of(account) for name, of in _OWN.items()}
    values = np.array([np.nan if (value := found[name]) is None else value for name in FEATURES])
    lengths = [answer.said.length for answer in account.answers]
    return Seen(
        language=transcript.language,
        features=values,
        buckets=_bucketed(account),
        turns=len(lengths),
        words=sum(lengths) / len(lengths) if lengths else 0.0,
        opening=account.seeker[0].text.strip() if account.seeker else "",
    )


def _bucketed(account: Account) -> Array:
    """Count the supporter's words (Chinese: characters) and pairs of neighbouring ones."""
    counts: Counter[int] = Counter()
    for answer in account.answers:
        # Some systems write "don ' t"; that is their tokenizer, and no way of supporting.
        said = [word.lower() for word in tokens(_APART.sub("'", answer.said.text))]
        counts.update(crc32(word.encode(errors="replace")) % BUCKETS for word in said)
        counts.update(crc32(f"{one} {two}".encode(errors="replace")) % BUCKETS for one, two in pairwise(said))
    found = np.zeros(BUCKETS)
    for bucket, count in counts.items():
        found[bucket] = 1 + math.log(count)
    size = float(np.linalg.norm(found))
    return found / size if size else found


def _supporter_words(account: Account) -> float | None:
    return _mean(math.log1p(answer.said.length) for answer in account.answers)


def _last_words(account: Account) -> float | None:
    return math.log1p(account.answers[-1].said.length) if account.answers else None


def _variety(account: Account) -> float | None:
    words = [word.lower() for answer in account.answers for word in tokens(answer.said.text)]
    return len(set(words)) / len(words) ** _GROWTH if words else None


def _likeness(account: Account) -> float | None:
    """Return how many words a turn shares with the most alike earlier one (Jaccard), on average."""
    words = [{word.lower() for word in tokens(answer.said.text)} for answer in account.answers]
    shares = [
        max(len(one & before) / len(one | before) for before in words[:place])
        for place, one in enumerate(words)
        if place and one
    ]
    return _mean(shares)


def _kept_to(account: Account) -> float | None:
    """Return the share of the content words of the supporter's turn that the seeker has said just before."""
    shares = [
        len(said.reading.terms & to.reading.terms) / len(said.reading.terms)
        for to, said in account.answered
        if said.reading.terms
    ]
    return _mean(shares)


def _seeker_words(account: Account) -> float | None:
    return _mean(math.log1p(said.length) for said in account.seeker[1:])


def _seeker_growth(account: Account) -> float | None:
    """Return how the seeker's answers grow, from their second turn to their last, in logarithms of words."""
    later = account.seeker[1:]
    return math.log1p(later[-1].length) - math.log1p(later[0].length) if len(later) > 1 else None


def _seeker_asking(account: Account) -> float | None:
    """Return the share of the seeker's turns after the first that ask something back."""
    return _mean(float(said.reading.asking > 0) for said in account.seeker[1:])


_OWN: Final = MappingProxyType[str, Callable[[Account], float | None]](
    {
        "supporter_words": _supporter_words,
        "last_words": _last_words,
        "variety": _variety,
        "likeness": _likeness,
        "kept_to": _kept_to,
        "seeker_words": _seeker_words,
        "seeker_growth": _seeker_growth,
        "seeker_asking": _seeker_asking,
    }
)
FEATURES: Final = (*_INDICATORS, *(f"appraised_{name}" for name in _APPRAISED), *_OWN)
"""The names, in the order of columns."""


def _mean(values: Iterable[float]) -> float | None:
    found = list(values)
    return math.fsum(found) / len(found) if found else None
