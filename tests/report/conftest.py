"""Runs made up for the report's tests: figures and words are drawn, the structure is that of real runs."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import product
from typing import cast

import polars as pl
import pytest

from hardseek.analysis import DIALOGUES, MEASURES
from hardseek.chat import Fault
from hardseek.dialogues import Dialogue, Ending, Turn
from hardseek.judging import Dimension
from hardseek.language import Language
from hardseek.luck import Luck
from hardseek.report import RunView
from hardseek.seekers import Act, Appraisal, Emotion, Move, SeekerState, Trace
from hardseek.seekers.behaviour import BehaviourProfile

RELIEF = Dimension(
    "relief",
    {"en": "Relief", "zh": "痛苦的缓解"},
    {
        "en": "How far the seeker's distress falls from the first turn to the last.",
        "zh": "求助者的痛苦从第一轮到最后一轮下降了多少。",
    },
    "higher",
    -10,
    10,
    "points",
)
TURNS = Dimension(
    "supporter_turns",
    {"en": "Supporter turns", "zh": "支持者轮数"},
    {"en": "Turns of the supporter.", "zh": "支持者说了几轮。"},
    "higher",
    0,
    None,
    "turns",
)
EARLY = Dimension(
    "early_advice",
    {"en": "Advice before understanding", "zh": "没听懂就给建议"},
    {"en": "Share of turns that advise before anything was understood.", "zh": "还没理解就给建议的比例。"},
    "lower",
    0,
    1,
)
LENGTH = Dimension(
    "reply_length",
    {"en": "Length of replies", "zh": "回复长度"},
    {"en": "Words or characters in a reply.", "zh": "每次回复的字数。"},
    "neither",
    0,
    None,
    "words",
)
SYSTEMS = {
    "reflective-listener": 3.4,
    "balanced-helper": 2.9,
    "cheerleader": 1.3,
    "early-adviser": 0.9,
    "template-repeater": 0.2,
}
TITLES = {
    "average": {"en": "Average", "zh": "普通"},
    "low-engagement": {"en": "Low engagement", "zh": "投入度低"},
    "resistance": {"en": "Resistance", "zh": "阻抗"},
    "limited-disclosure": {"en": "Limited disclosure", "zh": "不愿吐露"},
    "volatility": {"en": "Emotional volatility", "zh": "情绪起伏"},
    "negative-reading": {"en": "Negative interpretation", "zh": "消极解读"},
    "worst": {"en": "Worst", "zh": "最难"},
}
PROFILES = {
    "average": BehaviourProfile(),
    "low-engagement": BehaviourProfile(low_engagement=0.9),
    "resistance": BehaviourProfile(resistance=0.9),
    "limited-disclosure": BehaviourProfile(limited_disclosure=0.9),
    "volatility": BehaviourProfile(emotional_volatility=0.9),
    "negative-reading": BehaviourProfile(negative_interpretation=0.9),
    "worst": BehaviourProfile(
        low_engagement=0.8,
        resistance=0.8,
        limited_disclosure=0.8,
        emotional_volatility=0.8,
        negative_interpretation=0.8,
    ),
}
COST = dict(zip(TITLES, (0.0, 0.8, 1.1, 0.7, 0.4, 0.9, 1.9), strict=True))
LINES: dict[Language, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "en": (
        (
            "I haven't been sleeping since the move. Everything feels like too much.",
            "ok",
            "You don't know what it's like to be the only one who stays late.",
            "Maybe. I haven't told anyone about this.",
            "It's fine. Forget it.",
        ),
        (
            "It sounds like the move left you carrying everything alone. What has the evening been like?",
            "Have you tried making a list? Going for a walk also helps many people.",
            "That would wear anyone out. What did you wish your manager had seen?",
        ),
    ),
    "zh": (
        (
            "搬家以后就一直睡不好，什么都觉得撑不住。",
            "嗯。",
            "你又没一个人加过班，你怎么会懂。",
            "也许吧，这事我谁都没说过。",
            "算了，没事。",
        ),
        (
            "听起来搬家之后，所有的事都压在你一个人身上了。晚上通常是怎么过的？",
            "你可以试试列个清单，出去走走也挺好的。",
            "换谁都会累。你希望主管看到的是什么？",
        ),
    ),
}


class MadeRun:
    """A run in memory."""

    def __init__(self, dialogues: Sequence[Dialogue], scores: dict[str, dict[str, float | None]]) -> None:
        self.dialogues = {dialogue.id: dialogue for dialogue in dialogues}
        self.scores = scores

    def fetch(self, ids: Sequence[str]) -> list[Dialogue]:
        return [self.dialogues[name] for name in ids]

    def states(self) -> Iterator[pl.DataFrame]:
        """Yield what `Store.trajectory_frames` would."""
        rows = [
            {
                "dialogue": d.id, "system": d.system, "condition": d.condition, "language": d.language, "card": d.card,
                "replicate": d.replicate, "exchange": exchange, "distress": turn.trace.state.distress,
                "trust": turn.trace.state.trust, "disclosed": len(turn.trace.state.disclosed),
            }
            for d in self.dialogues.values() if d.ending != "failed"
            for exchange, turn in enumerate((turn for turn in d.turns if turn.speaker == "seeker"), 1)
            if turn.trace is not None and turn.trace.state is not None
        ]  # fmt: skip
        if rows:
            yield pl.DataFrame(rows)

    def view(self, **changes: object) -> RunView:
        rows, measures = [], []
        for dialogue in self.dialogues.values():
            key = {
                "dialogue": dialogue.id,
                "system": dialogue.system,
                "condition": dialogue.condition,
                "language": dialogue.language,
                "card": dialogue.card,
                "replicate": dialogue.replicate,
            }
            fault = dialogue.fault.kind if dialogue.fault else None
            exchanges = sum(turn.speaker == "supporter" for turn in dialogue.turns)
            rows.append({**key, "ending": dialogue.ending, "fault": fault, "exchanges": exchanges})
            for dimension, score in self.scores.get(dialogue.id, {}).items():
                reason = "too few turns" if score is None else None
                measures.append({**key, "dimension": dimension, "score": score, "unscored": reason})
        plain = RunView(
            name="demo",
            created="2026-02-03 14:05",
            signature="3f1c9ab2d4e0",
            parts={"cards": "7a01c2", "seed": "1", "code": "0.1.0"},
            dialogues=pl.DataFrame(rows, schema=DIALOGUES),
            measures=pl.DataFrame(measures, schema=MEASURES),
            dimensions=(RELIEF, TURNS, EARLY, LENGTH),
            headline="relief",
            titles=TITLES,
            fetch=self.fetch,
            states=self.states,
            profiles=PROFILES,
            planned=len(rows),
            tokens_in=1_204_000,
            tokens_out=310_400,
            cost=1.92,
        )
        return replace(plain, **changes)  # type: ignore[arg-type]  # each test names fields of RunView


Make = Callable[..., MadeRun]


def make_dialogue(
    system: str, condition: str, card: str, language: Language, replicate: int
) -> tuple[Dialogue, dict[str, float | None]]:
    """Draw one dialogue and its scores; the systems differ and the conditions cost something."""
    luck = Luck.of(seed=7, card=card, condition=condition, replicate=replicate)
    relief = (
        SYSTEMS.get(system, 2.0)
        - COST.get(condition, 1.0) * (0.6 + 0.8 * luck.unit(0, system))
        + luck.normal(0, "card")
    )
    exchanges = 3 + int(4 * luck.unit(0, f"{system} exchanges"))
    seeker, supporter = LINES[language]
    turns: list[Turn] = []
    for place in range(exchanges):
        level = 7.0 - relief * place / max(exchanges - 1, 1)
        acts: tuple[Act, ...] = ("open", "minimal", "argue", "tell", "vent")
        state = SeekerState(
            min(max(level, 0.0), 10.0), 0.3 + 0.05 * place, 0.4, 0.6, disclosed=tuple(f"f{n}" for n in range(place))
        )
        heard = None if place == 0 else Appraisal(understanding=0.62, open_question=0.8, early_advice=0.1)
        trace = Trace(state, heard, Move(acts[place % 5]))
        turns.append(Turn("seeker", seeker[place % 5], trace))
        turns.append(Turn("supporter", supporter[place % 3]))
    ending: Ending = "resolved" if relief > 2.2 else "withdrew" if relief < 0.6 else "limit"
    name = f"{system}-{condition}-{card}-{replicate}"
    scores: dict[str, float | None] = {
        "relief": relief,
        "supporter_turns": float(exchanges),
        "early_advice": min(max(0.5 - relief / 10, 0.0), 1.0),
        "reply_length": 20.0 + 10 * luck.unit(1, system),
    }
    return Dialogue(name, system, condition, card, language, replicate, tuple(turns), ending), scores


@pytest.fixture(scope="session")
def make() -> Make:
    """Make a run of the systems, conditions, languages and number of cards that are named."""

    def made(
        systems: Sequence[str] = tuple(SYSTEMS),
        conditions: Sequence[str] = tuple(TITLES),
        languages: Sequence[str] = ("en", "zh"),
        cards: int = 12,
        failures: bool = True,
    ) -> MadeRun:
        dialogues, scores = [], {}
        for system, condition, language, card in product(systems, conditions, languages, range(cards)):
            made_one, rated = make_dialogue(system, condition, f"{language}-{card:02}", cast(Language, language), 0)
            luck = Luck.of(seed=9, card=made_one.card, condition=condition, replicate=0)
            if failures and luck.chance(0.02, 0, system):
                fault = Fault("timeout", "no answer within 120 s; raise `timeout` or look at the server")
                made_one = Dialogue(*_identity(made_one), made_one.turns[:3], "failed", fault)
                rated = {}
            elif failures and luck.chance(0.02, 1, system):
                rated["early_advice"] = None
                rated["relief"] = None
            dialogues.append(made_one)
            scores[made_one.id] = rated
        return MadeRun(dialogues, scores)

    return made


def _identity(dialogue: Dialogue) -> tuple[str, str, str, str, Language, int]:
    return dialogue.id, dialogue.system, dialogue.condition, dialogue.card, dialogue.language, dialogue.replicate


@pytest.fixture(scope="session")
def imported(make: Make) -> MadeRun:
    """Imported dialogues: no hidden state but planned emotions in one of them, and endings that are not known."""
    run = make(systems=("gpt", "qwen"), conditions=("average", "worst"), languages=("zh",), cards=10, failures=False)
    plain = []
    for place, dialogue in enumerate(run.dialogues.values()):
        trace = Trace(emotion=Emotion("烦恼", "心里很乱")) if place == 0 else None
        turns = tuple(
            Turn(turn.speaker, turn.text, trace if turn.speaker == "seeker" else None) for turn in dialogue.turns
        )
        plain.append(Dialogue(*_identity(dialogue), turns, None))
    scores: dict[str, dict[str, float | None]] = {
        name: {"supporter_turns": rated["supporter_turns"]} for name, rated in run.scores.items()
    }
    return MadeRun(plain, scores)
