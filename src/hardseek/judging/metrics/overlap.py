"""How near a text is to references: BLEU, chrF, ROUGE-L and a METEOR without its dictionaries.

They say how alike words are, not how good a reply is: ESC-Eval (Zhao et al., 2024) finds that they hardly agree with
people. They are here to be held against people's ratings, by `hardseek validate judge`.
"""

from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import Any, Final

from hardseek.language import Language, tokens

_ALPHA, _BETA, _GAMMA = 0.9, 3.0, 0.5
_TOKENIZER: Final[dict[Language, str]] = {"en": "13a", "zh": "zh"}
_SHORTEST_STEM: Final = 4
_ENDINGS: Final = ("ing", "edly", "ied", "ies", "ed", "ly", "es", "s")


def bleu(text: str, references: Sequence[str], language: Language) -> float:
    """Return sentence BLEU, 0 to 100 (Papineni et al., 2002), as sacrebleu computes it with exponential smoothing."""
    return float(_bleu(language).sentence_score(text, list(references)).score)


def chrf(text: str, references: Sequence[str]) -> float:
    """Return chrF, 0 to 100 (Popovic, 2015), as sacrebleu computes it."""
    return float(_chrf().sentence_score(text, list(references)).score)


def rouge_l(text: str, reference: str) -> float:
    """Return the F measure of ROUGE-L, 0 to 1 (Lin, 2004), as rouge-score computes it; Chinese by characters."""
    return float(_rouge().score(reference, text)["rougeL"].fmeasure)


def meteor_like(text: str, reference: str) -> float:
    """Return METEOR by exact words and stems, without synonyms: 0 to 1 (Banerjee and Lavie, 2005; weights of Denkowski
    and Lavie, 2014).

        F = P R / (0.9 P + 0.1 R)        score = F (1 - 0.5 (chunks / matches)^3)

    Words are matched from left to right, exact ones first; chunks are runs of matches in the same order in both.
    """
    said, meant = tokens(text.lower()), tokens(reference.lower())
    pairs = _matched(said, meant)
    if not pairs:
        return 0.0
    precision, recall = len(pairs) / len(said), len(pairs) / len(meant)
    f = precision * recall / (_ALPHA * precision + (1 - _ALPHA) * recall)
    steps = ((later[0] - earlier[0], later[1] - earlier[1]) for earlier, later in pairwise(pairs))
    chunks = 1 + sum(step != (1, 1) for step in steps)
    scattered: float = (chunks / len(pairs)) ** _BETA
    return f * (1 - _GAMMA * scattered)


def _matched(said: Sequence[str], meant: Sequence[str]) -> list[tuple[int, int]]:
    taken: dict[int, int] = {}
    free = set(range(len(meant)))
    for same in (lambda word: word, _stem):
        for place, word in enumerate(said):
            if place not in taken:
                found = next((other for other in sorted(free) if same(meant[other]) == same(word)), None)
                if found is not None:
                    taken[place] = found
                    free.discard(found)
    return sorted(taken.items())


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM - 1:
            return word[: -len(ending)]
    return word


class _Tokens:
    """What rouge-score is given to take texts apart: its own drops all that is not Latin."""

    def tokenize(self, text: str) -> list[str]:
        return tokens(text.lower())


@cache
def _bleu(language: Language) -> Any:
    from sacrebleu.metrics.bleu import BLEU  # slow to import

    return BLEU(tokenize=_TOKENIZER[language], effective_order=True)


@cache
def _chrf() -> Any:
    from sacrebleu.metrics.chrf import CHRF

    return CHRF()


@cache
def _rouge() -> Any:
    from rouge_score.rouge_scorer import RougeScorer

    return RougeScorer(["rougeL"], tokenizer=_Tokens())
