"""What a study leaves, as tables: one row an answer, a rating, a check, a preference, a participant; codes alone."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Final

from hardseek.dialogues import Dialogue
from hardseek.interop.record import record
from hardseek.study.answers import Given, all_answers
from hardseek.study.attention import checks, failed, flagged
from hardseek.study.database import Database
from hardseek.study.design import Design, FormName
from hardseek.study.items import PreferItem, rated
from hardseek.study.people import people
from hardseek.study.replying import identity
from hardseek.study.talks import StudyTalk, all_talks, turns

ANSWER_FIELDS: Final = (
    "participant", "form", "position", "turn", "dialogue", "system", "condition", "card", "language", "item", "value",
)  # fmt: skip
RATING_FIELDS: Final = ("item", "rater", "dimension", "score", "cluster", "language")
CHECK_FIELDS: Final = ("participant", "form", "position", "item", "kind", "expected", "given", "passed")
PEOPLE_FIELDS: Final = (
    "participant", "language", "consented", "stopped", "talks", "read", "compared", "checks", "failed", "flagged",
)  # fmt: skip
PREFERENCE_FIELDS: Final = ("participant", "pair", "first", "second", "item", "preferred")
EACH_TURN: Final = "turn_"
"""What the mean over a talk's turns begins with."""


def held(database: Database, design: Design) -> Iterator[tuple[StudyTalk, Dialogue]]:
    """Yield the talks that have ended, in the order of the plan; talks that are going on are in none of the exports."""
    replicates: Counter[tuple[str, str, str]] = Counter()
    for talk in all_talks(database):
        key = (talk.system, talk.condition, talk.card)
        replicates[key] += 1  # of those that are planned: it stays the same while others are still going on
        if talk.ended is None:
            continue
        said = tuple(turns(database, talk.number))
        fault = talk.fault if talk.ending == "failed" else None
        replicate = replicates[key] - 1
        dialogue = Dialogue(identity(design, talk), *key, talk.language, replicate, said, talk.ending, fault)
        yield talk, dialogue


def rating_rows(database: Database, design: Design) -> list[dict[str, Any]]:
    """Return the numeric answers on dialogues, as `hardseek validate judge` reads them; failed talks are left out.

    `item` is the dialogue's id, `rater` the participant's code, `cluster` the system; `score` is None where the
    participant said that a question does not apply.
    """
    played = {(talk.participant, talk.position): dialogue for talk, dialogue in held(database, design)}
    questions = _numeric(design)
    rows = []
    for given in all_answers(database):
        dialogue = _read(given, design) or played.get((given.participant, _position(given) or 0))
        if given.place.startswith(("turn:", "again:")):
            continue
        if dialogue is None or given.item not in questions or dialogue.ending == "failed":
            continue
        rows.append(
            {
                "item": dialogue.id, "rater": given.participant, "dimension": given.item, "score": _score(given),
                "cluster": dialogue.system, "language": dialogue.language,
            }
        )  # fmt: skip
    return [*rows, *_turn_means(database, design, played)]


def _turn_means(database: Database, design: Design, played: Mapping[tuple[str, int], Dialogue]) -> list[dict[str, Any]]:
    """Return what was asked after each turn as ratings of the talk: `turn_NAME`, the mean over its turns."""
    numeric = {item.name for item in design.forms["turn"] if rated(item) is not None}
    scores: dict[tuple[str, int, str], list[float]] = {}
    for given in all_answers(database):
        form, _, about = given.place.partition(":")
        if form == "turn" and given.item in numeric:
            key = (given.participant, int(about.partition(":")[0]), given.item)
            scores.setdefault(key, []).extend([given.value] if isinstance(given.value, float) else [])
    return [
        {
            "item": dialogue.id, "rater": who, "dimension": f"{EACH_TURN}{name}",
            "score": sum(found) / len(found) if found else None,
            "cluster": dialogue.system, "language": dialogue.language,
        }
        for (who, position, name), found in scores.items()
        if (dialogue := played.get((who, position))) is not None and dialogue.ending != "failed"
    ]  # fmt: skip


def check_rows(database: Database, design: Design) -> list[dict[str, Any]]:
    """Return what came of attention checks, one row a check."""
    return [
        {
            "participant": check.participant, "form": check.place.partition(":")[0],
            "position": check.place.partition(":")[2] or None, "item": check.item, "kind": check.kind,
            "expected": check.expected, "given": check.given, "passed": check.passed,
        }
        for check in checks(design, all_answers(database))
    ]  # fmt: skip


def people_rows(database: Database, design: Design) -> list[dict[str, Any]]:
    """Return the participants: how far they came, and what came of their attention checks."""
    given = all_answers(database)
    found = checks(design, given)
    asked, misses, doubtful = Counter(check.participant for check in found), failed(found), flagged(design, found)
    places = {(one.participant, one.place) for one in given}
    forms = Counter((who, place.partition(":")[0]) for who, place in places)
    talks = Counter(talk.participant for talk in all_talks(database) if talk.step == "done")
    return [
        {
            "participant": one.code, "language": one.language, "consented": one.consented, "stopped": one.stopped,
            "talks": talks[one.code], "read": forms[one.code, "reading"], "compared": forms[one.code, "pair"],
            "checks": asked[one.code], "failed": misses[one.code], "flagged": one.code in doubtful,
        }
        for one in people(database)
        if not one.deleted
    ]  # fmt: skip


def preference_rows(database: Database, design: Design) -> list[dict[str, Any]]:
    """Return what was preferred, one row a question, with the two dialogues in the order in which they were shown."""
    rows = []
    for given, one, other in compared(database, design):
        rows.append(
            {
                "participant": given.participant, "pair": given.place.partition(":")[2], "first": one.id,
                "second": other.id, "item": given.item, "preferred": given.value,
            }
        )  # fmt: skip
    return rows


def compared(database: Database, design: Design) -> Iterator[tuple[Given, Dialogue, Dialogue]]:
    """Yield answers of which of two dialogues is better, with the two in the order in which they were shown."""
    asked = {item.name for item in design.forms["pair"] if isinstance(item, PreferItem)}
    for given in all_answers(database):
        form, _, number = given.place.partition(":")
        if form != "pair" or given.item not in asked:
            continue
        side = design.pairs[given.participant][int(number) - 1]
        pair = design.compared[side.pair]
        yield (given, pair.other, pair.one) if side.turned else (given, pair.one, pair.other)


def answer_rows(database: Database, design: Design) -> list[dict[str, Any]]:
    """Return all answers, one row a question; what a form is not about is empty."""
    talks = {(talk.participant, talk.position): talk for talk in all_talks(database)}
    languages = {person.code: person.language for person in people(database)}
    rows = []
    for given in all_answers(database):
        form, _, about = given.place.partition(":")
        position = _position(given)
        talk = talks.get((given.participant, position)) if position is not None else None
        dialogue = _read(given, design)
        of = talk or dialogue
        rows.append(
            {
                "participant": given.participant, "form": form, "position": position, "turn": _turn(given),
                "dialogue": identity(design, talk) if talk else dialogue.id if dialogue else None,
                "system": of.system if of else about if form == "system" else None,
                "condition": of.condition if of else None, "card": of.card if of else None,
                "language": languages.get(given.participant), "item": given.item, "value": given.value,
            }
        )  # fmt: skip
    return rows


def dialogue_records(database: Database, design: Design) -> list[dict[str, Any]]:
    """Return the talks as `hardseek export` writes dialogues."""
    return [record(dialogue) for _, dialogue in held(database, design)]


def _numeric(design: Design) -> set[str]:
    """Return the names of the questions on whole dialogues whose answers are numbers."""
    forms: tuple[FormName, ...] = ("before", "dialogue", "reading")
    return {item.name for form in forms for item in design.forms[form] if rated(item) is not None}


def _position(given: Given) -> int | None:
    form, _, about = given.place.partition(":")
    return int(about.partition(":")[0]) if form in {"before", "turn", "dialogue"} else None


def _turn(given: Given) -> int | None:
    """Return which turn of a talk an answer is about, from 0."""
    form, _, about = given.place.partition(":")
    return int(about.partition(":")[2]) if form == "turn" else None


def _read(given: Given, design: Design) -> Dialogue | None:
    """Return the stored dialogue that an answer is about."""
    form, _, about = given.place.partition(":")
    return design.stored.get(about) if form in {"reading", "again"} else None


def _score(given: Given) -> float | None:
    return given.value if isinstance(given.value, float) else None
