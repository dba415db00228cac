"""Counts, in corpora of people and of published simulators, the figures that validity holds ours against.

    python -m benchmarks.reference CORPORA

CORPORA is a folder with `esconv/` (ESConv and FailedESConv), `worst_case/` (the dialogues released with arXiv
2605.28228) and `vera_mh/`, as JSON Lines; what is missing is left out. What is shipped of people
(validity/data/reference.yaml) was counted over all of ESConv; fewer dialogues give figures near it. What was rejected
after advice is not counted here: cue lists miss most of it in people's words. What is shipped of the published
simulator (validity/data/published.yaml) is what this prints. Prints figures only.
"""

import argparse
import math
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from hardseek.language import Language
from hardseek.validity.classifier import FEATURES, Sample, tell_apart
from hardseek.validity.corpora import Corpora, Spoken, by_group
from hardseek.validity.diverse import LONG_ENOUGH, distinct_2, said_elsewhere
from hardseek.validity.manners import SHARES, Dialogue, quartile
from hardseek.validity.statistics import pearson

_QUARTILES: Final = {"length-q1": 0.25, "length-median": 0.5, "length-q3": 0.75}
_HARD: Final = "low-engagement, resistance-withdrawing"
"""The conditions that the published simulator's one hard setting stands beside, where people are the measure."""
_TWICE: Final = ("psychat", "psychat_comfirm")
"""The one system of the release that was run twice."""


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path)
    corpora = Corpora.read(parser.parse_args().corpora)
    for name, some in {"ordinary": corpora.ordinary, "not helped": corpora.not_helped}.items():
        print(f"{name}: {len(some)} dialogues of people")
        for title, value in _manners(some, "en").items():
            print(f"  {title}: {value:.3f}")
    print("\nvalidity/data/published.yaml, figures:")
    for spoken, conditions, diverse in (
        (corpora.published_average, "average", "average"),
        (corpora.published_worst, _HARD, "worst"),
    ):
        once = [one for one in spoken if one.system != _TWICE[1]]
        for title, value in _manners(once, "zh").items():
            _entry(f"realistic/{title}", "zh", conditions, value)
        for title, counted in _diversity(once, "zh").items():
            _entry(f"diverse/{title}", "zh", diverse, counted)
    print(f"# repeatable/turns, {' and '.join(_TWICE)}: {_repeated(corpora.published_worst):.3f}")
    for features in FEATURES:
        verdict = tell_apart(_samples(corpora.played), _samples(corpora.ordinary), "en", features)
        print(f"# models that play seekers (VERA-MH) against people, by {features}: {verdict.auc} {verdict.interval}")


def _entry(name: str, language: Language, conditions: str, value: float | None) -> None:
    if value is not None:
        print(f"  - {{name: {name}, language: {language}, conditions: [{conditions}], value: {value:.3f}}}")


def _manners(spoken: Sequence[Spoken], language: Language) -> dict[str, float]:
    dialogues: list[Dialogue] = [(language, tuple(turn.message for turn in one.turns)) for one in spoken]
    counts = {name: quartile(which) for name, which in _QUARTILES.items()} | SHARES
    found = {name.replace("_", "-"): count(dialogues) for name, count in counts.items()}
    return {name: value for name, value in found.items() if value is not None}


def _diversity(spoken: Sequence[Spoken], language: Language) -> dict[str, float | None]:
    said = [
        [turn.text for one in group for turn in one.turns if turn.speaker == "seeker"]
        for group in by_group(spoken).values()
    ]
    return {
        "distinct-2": distinct_2([text for texts in said for text in texts]),
        "said-about-other-cards": said_elsewhere(said, LONG_ENOUGH[language]),
    }


def _repeated(spoken: Sequence[Spoken]) -> float:
    """Correlate over profiles the turns of the system that was run twice; not a number where it is not there."""
    turns = [Counter({one.group: len(one.turns) for one in spoken if one.system == name}) for name in _TWICE]
    both = [profile for profile in turns[0] if profile in turns[1]]
    r = pearson(*([float(each[profile]) for profile in both] for each in turns))
    return math.nan if r is None else r


def _samples(spoken: Sequence[Spoken]) -> list[Sample]:
    return [Sample(one.group, tuple(turn.text for turn in one.turns if turn.speaker == "seeker")) for one in spoken]


if __name__ == "__main__":
    main()
