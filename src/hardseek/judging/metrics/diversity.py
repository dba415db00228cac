"""How varied a supporter's turns are: distinct-n and self-BLEU."""

from collections.abc import Sequence
from statistics import fmean

from hardseek.judging.metrics.overlap import bleu
from hardseek.language import Language, tokens


def distinct(texts: Sequence[str], n: int) -> float | None:
    """Return distinct runs of n neighbours over all such runs (Li et al., 2016, NAACL), pooled over the texts.

    It falls as texts get longer: only equal amounts of text compare.

    Args:
        texts: in any language; English counts words, Chinese characters.
        n: 1 or more.

    Returns:
        From 0 to 1; None where no text has n tokens.
    """
    runs: list[tuple[str, ...]] = []
    for text in texts:
        words = tokens(text.lower())
        runs += zip(*(words[start:] for start in range(n)), strict=False)
    return len(set(runs)) / len(runs) if runs else None


def self_bleu(texts: Sequence[str], language: Language) -> float | None:
    """Return the mean BLEU of each text against all others (Zhu et al., 2018, Texygen): 0 to 100, higher is more alike.

    None with fewer than two texts.
    """
    if len(texts) < 2:  # noqa: PLR2004  (nothing to be like)
        return None
    return fmean(bleu(text, [*texts[:place], *texts[place + 1 :]], language) for place, text in enumerate(texts))
