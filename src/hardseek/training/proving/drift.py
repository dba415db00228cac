"""Affective drift: a seeker that warms to whoever it talks to, whatever help it gets, or sours so.

Language models that play somebody drift away from them within eight rounds (Li et al., 2024, arXiv 2402.10962). Of a
seeker it matters most that they drift warmer, as models are trained to be. Where help is poor, nothing should make them
warmer: so drift is counted in dialogues with the poor built-in systems alone, by what the offline judge counts of any
seeker, with a hidden state or without. The measure is ours:

    tone    share of turns with thanks, less the share that reject or doubt the help (-1 to 1)
    drift   tone of the later half of the seeker's turns, less that of the earlier half (-2 to 2)

Its cue lists miss warmth and coldness in other words; read it as a lower bound, and before against after.
"""

from dataclasses import replace
from typing import Final

import polars as pl

from hardseek.analysis import Cell, Change, Estimate, changes, means
from hardseek.dialogues import Dialogue, Transcript
from hardseek.judging import Dimension
from hardseek.judging.indicators.account import Account
from hardseek.judging.indicators.judge import measured
from hardseek.runs import Store
from hardseek.seekers.conditions import packaged_conditions
from hardseek.validity.talks import GOOD

ENOUGH: Final = 100
"""Dialogues from which drift is told without a warning."""
_LEAST: Final = 4
"""Turns of a seeker that have two halves worth the name."""
DRIFT: Final = Dimension(
    "drift", {"en": "Drift", "zh": "情绪漂移"},
    {"en": "Tone of the later half less that of the earlier half.", "zh": "后半段语气减前半段语气。"},
    "neither", -2, 2,
)  # fmt: skip
_COLUMNS: Final = {"dialogue": pl.String, "system": pl.String, "condition": pl.String, "language": pl.String,
                   "card": pl.String, "replicate": pl.Int64, "dimension": pl.String, "score": pl.Float64}  # fmt: skip


def drift(transcript: Transcript) -> float | None:
    """Return the drift of a dialogue; None of one with fewer than four turns of the seeker."""
    account = Account.of(transcript)
    half = len(account.seeker) // 2
    if len(account.seeker) < _LEAST:
        return None
    early, late = (replace(account, seeker=part) for part in (account.seeker[:half], account.seeker[-half:]))
    tones = [_tone(each) for each in (early, late)]
    return None if tones[0] is None or tones[1] is None else tones[1] - tones[0]


def drifts(store: Store) -> pl.DataFrame:
    """Measure the drift of every finished dialogue with a poor built-in system."""
    rows = []
    for _, dialogue in store.finished():
        score = drift(dialogue.transcript) if _counts(dialogue) else None
        if score is not None:
            rows.append(
                (dialogue.id, dialogue.system, dialogue.condition, dialogue.language, dialogue.card,
                 dialogue.replicate, DRIFT.name, score)
            )  # fmt: skip
    return pl.DataFrame(rows, schema=_COLUMNS, orient="row")


def mean_drift(measures: pl.DataFrame) -> dict[Cell, Estimate]:
    """Average drift under each condition, and in each language, cards drawn whole."""
    return means(measures, [DRIFT], ("language",))


def changed_drift(before: pl.DataFrame, after: pl.DataFrame) -> dict[Cell, Change]:
    """Hold the drift of two seekers against each other: with the same systems, cards and replicates."""
    return changes(before, after, [DRIFT], ("language",))


def _counts(dialogue: Dialogue) -> bool:
    """Take whole conditions alone: not the doses of a behaviour, and no second seed."""
    return dialogue.fault is None and dialogue.system not in GOOD and dialogue.condition in packaged_conditions()


def _tone(account: Account) -> float | None:
    warm, cold = (measured(name, account) for name in ("seeker_thanks", "seeker_rejection"))
    return None if warm is None or cold is None else warm - cold
