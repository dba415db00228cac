"""What the scripted seekers are shown to do: packaged cards, every condition, the built-in systems, both languages.

The figures are the aims of the method's document (docs/method/seeker.md), with room for chance: a cell holds few talks.
"""

import asyncio
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from statistics import fmean, median, quantiles

import pytest

from hardseek.cards import packaged_cards
from hardseek.dialogues import Casting, Ending, Turn, hold
from hardseek.language import A_WORD, BRIEF, LANGUAGES, Language, length
from hardseek.luck import Luck
from hardseek.seekers import Act, Part, Trace
from hardseek.seekers.conditions import packaged_conditions
from hardseek.seekers.policy_seeker import PolicySeeker
from hardseek.seekers.voice import Voice
from hardseek.seekers.voices import ScriptedVoice
from hardseek.seekers.weights import RESISTING
from hardseek.supporters.builtin import BUILTIN_NAMES, build_builtin
from seekers.plain_help import outcomes

GOOD, POOR = BUILTIN_NAMES[:2], BUILTIN_NAMES[2:]
CONDITIONS = tuple(packaged_conditions())
CARDS = 6
"""Of each language: enough for the figures below, in a few seconds."""
EXCHANGES = 8
NEGATION: dict[Language, re.Pattern[str]] = {
    "en": re.compile(r"\b(?:no|not|never|nothing|nobody|none|cannot|without|\w+n'?t)\b", re.IGNORECASE),
    "zh": re.compile("[不没别无]"),
}
both = pytest.mark.parametrize("language", LANGUAGES)
everywhere = pytest.mark.parametrize("condition", CONDITIONS)


@dataclass(frozen=True)
class Held:
    """One dialogue."""

    ending: Ending
    turns: tuple[Turn, ...]

    @property
    def said(self) -> list[tuple[Act, str]]:
        """What the seeker did and said, turn by turn."""
        return [(trace.move.act, text) for text, trace in self._traces if trace.move is not None]

    @property
    def relief(self) -> float:
        """Points by which distress fell."""
        distress = [trace.state.distress for _, trace in self._traces if trace.state is not None]
        return distress[0] - distress[-1]

    @property
    def eased(self) -> float:
        """Points by which distress fell, swings left out."""
        course = [trace.state.distress - trace.state.swing for _, trace in self._traces if trace.state is not None]
        return course[0] - course[-1]

    @property
    def reworded(self) -> int:
        """Wordings that were thrown away."""
        return sum(len(trace.reworded) for _, trace in self._traces)

    @property
    def _traces(self) -> list[tuple[str, Trace]]:
        return [(turn.text, turn.trace) for turn in self.turns if turn.trace is not None]


@cache
def held(language: Language, condition: str, system: str, cards: int = CARDS) -> tuple[Held, ...]:
    """Hold the dialogues of a system in a condition."""
    seeker, supporter = PolicySeeker(ScriptedVoice()), build_builtin(system)
    profile = packaged_conditions()[condition].profile

    async def run() -> list[Held]:
        found = []
        for card in packaged_cards(language)[-cards:]:
            luck = Luck.of(seed=1, card=card.id, condition=condition, replicate=0)
            casting = Casting(Part(card, profile, luck, EXCHANGES), seeker, supporter, card.id)
            turns: list[Turn] = []
            close = await hold(casting, said=(), keep=turns.append, pause=lambda: False)
            found.append(Held(close.ending or "failed", tuple(turns)))
        return found

    return tuple(asyncio.run(run()))


def talks(language: Language, condition: str, systems: Iterable[str] = BUILTIN_NAMES, cards: int = CARDS) -> list[Held]:
    return [talk for system in systems for talk in held(language, condition, system, cards)]


def varied(language: Language, condition: str) -> list[Held]:
    """Hold a good and a poor system's dialogues about more cards: how much is written depends on the person."""
    systems = ("balanced-helper", "early-adviser")
    return [talk for system in systems for talk in held(language, condition, system, 4 * CARDS)]


def share(talks: Iterable[Held], ending: Ending) -> float:
    return fmean(talk.ending == ending for talk in talks)


def few_words(language: Language, talks: Iterable[Held]) -> float:
    """Return the share of turns of three words or fewer, in Chinese of five characters."""
    return fmean(length(text) <= BRIEF[language] for talk in talks for _, text in talk.said)


def words(language: Language, talks: Iterable[Held], *acts: Act) -> list[float]:
    """Lengths of turns in words; Chinese characters are turned into words at the ratio that lengths are aimed with."""
    return [length(text) / A_WORD[language] for talk in talks for act, text in talk.said if not acts or act in acts]


def auc(good: Sequence[float], poor: Sequence[float]) -> float:
    """Return the probability that a good supporter's dialogue relieves more than a poor one's."""
    return fmean((one > other) + 0.5 * (one == other) for one in good for other in poor)


def explained(groups: Sequence[Sequence[float]]) -> float:
    """Return the share of the variance that lies between groups."""
    everyone = [value for group in groups for value in group]
    total = sum((value - fmean(everyone)) ** 2 for value in everyone)
    return sum(len(group) * (fmean(group) - fmean(everyone)) ** 2 for group in groups) / total


@both
@everywhere
def test_help_and_harm_are_told_apart_by_the_relief(language: Language, condition: str) -> None:
    good = [talk.relief for talk in talks(language, condition, GOOD)]
    poor = [talk.relief for talk in talks(language, condition, POOR)]
    assert auc(good, poor) >= (0.75 if condition == "worst" else 0.9)
    assert fmean(talk.eased for talk in talks(language, condition, GOOD)) > 0
    assert fmean(talk.eased for talk in talks(language, condition, POOR)) < 0


@both
def test_which_system_talks_explains_the_change_in_distress(language: Language) -> None:
    groups = [[talk.relief for talk in held(language, "average", system)] for system in BUILTIN_NAMES]
    assert explained(groups) >= 0.3  # the published simulator: 0.016


@both
def test_so_it_is_with_help_in_words_that_no_built_in_system_says(
    language: Language, part: Callable[..., Part], voice: Callable[..., Voice]
) -> None:
    gained = {}
    for condition in ("average", "low-engagement", "resistance-arguing", "volatility", "worst"):
        good, poor = outcomes(language, condition, part, voice)
        relief = [[-one.change for one in some] for some in (good, poor)]
        gained[condition] = fmean(relief[0])
        assert auc(*relief) >= (0.75 if condition == "worst" else 0.9), condition
        assert gained[condition] > 0, condition
        assert sum(one.withdrew for one in poor) > sum(one.withdrew for one in good), condition
        assert condition != "average" or explained(relief) >= 0.3
    assert gained["worst"] < gained["average"]


@both
@everywhere
def test_poor_help_drives_away_and_good_help_does_not(language: Language, condition: str) -> None:
    good, poor = talks(language, condition, GOOD), talks(language, condition, POOR)
    assert share(poor, "withdrew") > share(good, "withdrew")
    assert share(poor, "resolved") == 0
    assert share(good, "withdrew") <= (0.6 if condition == "worst" else 0.1)


@both
def test_endings_differ_by_condition(language: Language) -> None:
    assert 0.25 <= share(talks(language, "average", ("balanced-helper",)), "resolved") <= 0.75
    assert share(talks(language, "worst", GOOD), "resolved") <= 0.1
    average, worst = (share(talks(language, name, POOR), "withdrew") for name in ("average", "worst"))
    assert 0.2 <= average <= 0.85
    assert worst > average


@both
def test_hard_seekers_gain_less_from_the_same_help(language: Language) -> None:
    gained = {name: fmean(talk.eased for talk in talks(language, name, GOOD)) for name in CONDITIONS}
    assert 0 < gained["worst"] < 0.6 * gained["average"]
    assert all(gained["average"] + 0.2 > gained[name] for name in CONDITIONS)


@both
@pytest.mark.parametrize("condition", ["low-engagement", "resistance-withdrawing"])
def test_those_who_withdraw_are_brief(condition: str, language: Language) -> None:
    counts = words(language, talks(language, condition))
    low, middle, high = quantiles(counts, n=4)
    # Seekers whom nothing helped (FailedESConv): 7 [2-17] words, 31 % of turns of three words or fewer.
    # A dozen cards are a dozen people, some of whom write more than others.
    assert middle == pytest.approx(7, abs=3.5)
    assert low <= 4
    assert 8 <= high <= 23
    assert few_words(language, talks(language, condition)) == pytest.approx(0.31, abs=0.1)


@both
def test_ordinary_seekers_write_as_much_as_people_do(language: Language) -> None:
    counts = words(language, varied(language, "average"))
    low, middle, high = quantiles(counts, n=4)
    # ESConv: 16 [8-26] words, 8.4 % of turns of three words or fewer.
    assert low == pytest.approx(8, abs=3)
    assert middle == pytest.approx(16, abs=5)
    assert high == pytest.approx(26, abs=5)
    assert few_words(language, varied(language, "average")) == pytest.approx(0.084, abs=0.06)


@both
def test_those_who_argue_give_reasons_against(language: Language) -> None:
    arguing = varied(language, "resistance-arguing")
    said = [text for talk in arguing for act, text in talk.said if act == "argue"]
    # Sustain talk (AnnoMI): median 18 words, 57 % with a negation.
    assert median(words(language, arguing, "argue")) == pytest.approx(18, abs=4)
    assert fmean(NEGATION[language].search(text.replace("’", "'")) is not None for text in said) == pytest.approx(
        0.57, abs=0.12
    )


@both
def test_those_who_argue_do_so_with_poor_helpers_above_all(language: Language) -> None:
    acts = {
        name: [act for talk in talks(language, "resistance-arguing", systems, 4 * CARDS) for act, _ in talk.said]
        for name, systems in (("good", GOOD), ("poor", POOR))
    }
    argued = {name: fmean(act == "argue" for act in done) for name, done in acts.items()}
    assert argued["poor"] > 2.5 * argued["good"] > 0


@both
def test_resistance_stays_with_poor_helpers(language: Language) -> None:
    def again(systems: Iterable[str]) -> float:
        said = [talk.said for talk in talks(language, "resistance-arguing", systems)]
        after = [later in RESISTING for turns in said for (act, _), (later, _) in pairwise(turns) if act in RESISTING]
        return fmean(after)

    assert again(GOOD) < again(POOR)
    assert again(POOR) == pytest.approx(0.49, abs=0.2)  # AnnoMI: 0.49 with poor helpers, 0.40 with good ones


@both
def test_thanks_are_given_about_as_often_as_by_people(language: Language) -> None:
    thanked = {
        name: fmean(act in {"thank", "close"} for talk in talks(language, name) for act, _ in talk.said)
        for name in ("average", "resistance-withdrawing", "worst")
    }
    assert thanked["average"] == pytest.approx(0.187, abs=0.08)  # ESConv 18.7 %, not helped 10.4 %
    assert thanked["worst"] < thanked["resistance-withdrawing"] < thanked["average"]


@both
def test_the_scripted_voice_keeps_to_its_moves(language: Language) -> None:
    every = [talk for condition in CONDITIONS for talk in talks(language, condition)]
    assert all(talk.ending != "failed" for talk in every)
    assert sum(talk.reworded for talk in every) <= 0.01 * sum(len(talk.said) for talk in every)
