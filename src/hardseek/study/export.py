"""What a study leaves, as a run: its talks as dialogues, its answers as ratings, and its tables beside them."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from hardseek.dialogues import Close, Dialogue
from hardseek.errors import Refused
from hardseek.interop import replacing
from hardseek.judging import DOES_NOT_APPLY, Dimension, Grounds, Rating
from hardseek.judging.pairwise import Preference
from hardseek.runs import Store, new_import
from hardseek.runs.digest import digest
from hardseek.study.answers import Given
from hardseek.study.database import Database
from hardseek.study.design import AFTER, BEFORE, Design, FormName
from hardseek.study.files import STUDY_FILES
from hardseek.study.items import rated
from hardseek.study.tables import EACH_TURN, compared, held, rating_rows

PEOPLE: Final = "people"
"""Who ratings are signed by in a run, as those of imported dialogues are; each rater stands in the grounds."""
RELIEF: Final = Dimension(
    "people: relief",
    {"en": "Relief (told by the participant)", "zh": "难受减轻（参与者报告）"},
    {
        "en": "Distress before the talk less distress after it, 0 to 10, of the person who was played.",
        "zh": "扮演的人物对话前的难受程度减去对话后的（0 到 10）。",
    },
    "higher",
    -10.0,
    10.0,
)
_RATED: Final[tuple[FormName, ...]] = ("before", "turn", "dialogue", "reading")
"""Forms that are about a dialogue; what is read once more checks attention, and is no second rating."""


def export(database: Database, design: Design, folder: Path) -> int:
    """Make a run folder of a study: dialogues and ratings for reports and judges, answers and tables beside them.

    Returns:
        How many dialogues.

    Raises:
        Refused: the folder holds something, or no talk has ended.
    """
    rows = rating_rows(database, design)
    rated_ones = {row["item"] for row in rows}
    everything = [dialogue for _, dialogue in held(database, design)]
    everything += [dialogue for identity, dialogue in design.stored.items() if identity in rated_ones]
    known = {dialogue.id for dialogue in everything}
    sides = {one.id: one for _, *both in compared(database, design) for one in both}
    everything += [dialogue for identity, dialogue in sides.items() if identity not in known]
    if not everything:
        raise Refused("no talk of this study has ended, and none is rated; there is nothing to export yet")
    with new_import(folder, design.study.name) as store:
        _fill(store, everything, rows, design)
        _prefer(store, everything, list(compared(database, design)))
    for name, (_, make) in STUDY_FILES.items():
        with replacing(folder / name) as part:
            part.write_text(make(database, design), encoding="utf-8")
    return len(everything)


def _fill(store: Store, everything: Sequence[Dialogue], rows: Sequence[Mapping[str, Any]], design: Design) -> None:
    """Enter dialogues and ratings; a dialogue's score is the mean of its raters."""
    given: dict[tuple[str, str], dict[str, float | None]] = {}
    for row in rows:
        given.setdefault((row["item"], row["dimension"]), {})[row["rater"]] = row["score"]
    dimensions = _dimensions(design)
    for number, dialogue in enumerate(everything):
        store.begin(number, dialogue)
        for place, turn in enumerate(dialogue.turns):
            store.keep(number, place, turn)
        store.finish(number, Close(dialogue.ending, dialogue.fault))
        scores = {d.name: given.get((dialogue.id, d.name.removeprefix(f"{PEOPLE}: ")), {}) for d in dimensions}
        before, after = (given.get((dialogue.id, item.name), {}) for item in (BEFORE, AFTER))
        scores[RELIEF.name] = {
            rater: start - end
            for rater, start in before.items()
            if start is not None and (end := after.get(rater)) is not None
        }
        ratings = [_rating(name, members) for name, members in scores.items() if members]
        if ratings:
            store.rate(number, ratings)
    store.note("signature", {**design.parts, "seeker": "human"})
    store.note("titles", {condition.name: condition.title for condition in design.study.conditions})
    store.note("judged by", {PEOPLE: f"{PEOPLE}@{digest(design.parts['forms'])[:8]}"})
    store.note("judged dimensions", {PEOPLE: dimensions})
    if design.study.distress and design.study.talks:
        store.note("headline", RELIEF.name)


def _prefer(store: Store, everything: Sequence[Dialogue], given: Sequence[tuple[Given, Dialogue, Dialogue]]) -> None:
    """Enter preferences as those of judges who compare; each participant is one, who saw one order."""
    numbers = {dialogue.id: number for number, dialogue in enumerate(everything)}
    points = {"first": 1.0, "second": 0.0, "neither": 0.5}
    for answer, first, second in given:
        score = points.get(str(answer.value))
        # Kept as for every judge: the system whose name comes first is the one.
        one, other = (first, second) if first.system < second.system else (second, first)
        if score is not None and one is not first:
            score = 1.0 - score
        reason = None if score is not None else "not answered"
        name = f"{PEOPLE}/{answer.participant}"
        preference = Preference(name, f"{PEOPLE}: {answer.item}", score, None, reason)
        store.prefer(numbers[one.id], numbers[other.id], [preference], {})


def _rating(dimension: str, members: Mapping[str, float | None]) -> Rating:
    scored = [score for score in members.values() if score is not None]
    grounds = Grounds(members=dict(members))
    if not scored:
        return Rating(PEOPLE, dimension, None, DOES_NOT_APPLY, grounds)
    return Rating(PEOPLE, dimension, sum(scored) / len(scored), None, grounds)


def _dimensions(design: Design) -> list[Dimension]:
    asked = [(item, EACH_TURN if form == "turn" else "") for form in _RATED for item in design.forms[form]]
    # Talks and readings may share questions.
    found = {f"{head}{item.name}": rated(item, f"{PEOPLE}: {head}") for item, head in asked}
    relief = [RELIEF] if design.study.distress else []
    return relief + [dimension for dimension in found.values() if dimension is not None]
