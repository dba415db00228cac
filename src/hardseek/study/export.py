"""What a study leaves: its talks as dialogues of a run, its answers as ratings and as tables, under codes alone."""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import msgspec

from hardseek.dialogues import Close, Dialogue
from hardseek.documents import packaged
from hardseek.errors import Refused
from hardseek.interop import replacing
from hardseek.interop.record import record
from hardseek.judging import Dimension, Grounds, Rating
from hardseek.runs import Store, new_import
from hardseek.runs.digest import digest
from hardseek.study.answers import Given, all_answers
from hardseek.study.database import Database
from hardseek.study.design import AFTER, BEFORE, Design, FormName
from hardseek.study.items import NOT_APPLICABLE, ChoiceItem, Item, TextItem, rated
from hardseek.study.people import people
from hardseek.study.plan import plan_text
from hardseek.study.replying import identity
from hardseek.study.talks import StudyTalk, all_talks, turns

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
ANSWER_FIELDS: Final = (
    "participant", "form", "position", "dialogue", "system", "condition", "card", "language", "item", "value",
)  # fmt: skip
RATING_FIELDS: Final = ("item", "rater", "dimension", "score", "cluster", "language")
_RATED: Final[tuple[FormName, ...]] = ("before", "dialogue", "reading")
"""Forms that are about a dialogue."""
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would take a text for that begins so."""


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
        if dialogue is None or given.item not in questions or dialogue.ending == "failed":
            continue
        rows.append(
            {
                "item": dialogue.id, "rater": given.participant, "dimension": given.item, "score": _score(given),
                "cluster": dialogue.system, "language": dialogue.language,
            }
        )  # fmt: skip
    return rows


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
                "participant": given.participant, "form": form, "position": position,
                "dialogue": identity(design, talk) if talk else dialogue.id if dialogue else None,
                "system": of.system if of else about or None,
                "condition": of.condition if of else None, "card": of.card if of else None,
                "language": languages.get(given.participant), "item": given.item, "value": given.value,
            }
        )  # fmt: skip
    return rows


def as_csv(rows: Iterable[Mapping[str, Any]], fields: Sequence[str]) -> str:
    """Write rows as CSV. A text that a spreadsheet would run as a formula gets an apostrophe before it."""
    out = io.StringIO()
    writer = csv.DictWriter(out, fields, lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: _safe(row[name]) for name in fields})
    return out.getvalue()


def as_json_lines(rows: Iterable[Mapping[str, Any]]) -> str:
    """Write rows as JSON Lines, texts exactly as they were given."""
    return "".join(msgspec.json.encode(row).decode() + "\n" for row in rows)


def dialogue_records(database: Database, design: Design) -> list[dict[str, Any]]:
    """Return the talks as `hardseek export` writes dialogues."""
    return [record(dialogue) for _, dialogue in held(database, design)]


def dictionary(design: Design) -> str:
    """Say what the exports hold, file by file and question by question, in Markdown."""
    lines = [packaged("hardseek.study", "dictionary.md"), "## Questions\n"]
    lines += ["| form | item | kind | answers | text (en) | text (zh) |", "|---|---|---|---|---|---|"]
    for form, items in design.forms.items():
        lines += [
            f"| {form} | `{item.name}` | {item.kind} | {_answers(item)} "
            f"| {_cell(item.text.en)} | {_cell(item.text.zh)} |"
            for item in items
        ]
    return "\n".join(lines) + "\n"


def export(database: Database, design: Design, folder: Path) -> int:
    """Make a run folder of a study: dialogues and ratings for reports and judges, answers and tables beside them.

    Returns:
        How many dialogues.

    Raises:
        Refused: the folder holds something, or no talk has ended.
    """
    rows = rating_rows(database, design)
    rated = {row["item"] for row in rows}
    everything = [dialogue for _, dialogue in held(database, design)]
    everything += [dialogue for identity, dialogue in design.stored.items() if identity in rated]
    if not everything:
        raise Refused("no talk of this study has ended, and none is rated; there is nothing to export yet")
    with new_import(folder, design.study.name) as store:
        _fill(store, everything, rows, design)
    answers = answer_rows(database, design)
    for name, text in {
        "ratings.csv": as_csv(rows, RATING_FIELDS),
        "answers.csv": as_csv(answers, ANSWER_FIELDS),
        "answers.jsonl": as_json_lines(answers),
        "plan.md": plan_text(design),
        "dictionary.md": dictionary(design),
    }.items():
        with replacing(folder / name) as part:
            part.write_text(text, encoding="utf-8")
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


def _rating(dimension: str, members: Mapping[str, float | None]) -> Rating:
    scored = [score for score in members.values() if score is not None]
    grounds = Grounds(members=dict(members))
    if not scored:
        return Rating(PEOPLE, dimension, None, "does not apply, as its raters said", grounds)
    return Rating(PEOPLE, dimension, sum(scored) / len(scored), None, grounds)


def _dimensions(design: Design) -> list[Dimension]:
    asked = [item for form in _RATED for item in design.forms[form]]
    found = {item.name: rated(item, f"{PEOPLE}: ") for item in asked}  # talks and readings may share questions
    relief = [RELIEF] if design.study.distress else []
    return relief + [dimension for dimension in found.values() if dimension is not None]


def _numeric(design: Design) -> set[str]:
    return {dimension.name.removeprefix(f"{PEOPLE}: ") for dimension in _dimensions(design)}


def _position(given: Given) -> int | None:
    form, _, about = given.place.partition(":")
    return int(about) if form in {"before", "dialogue"} else None


def _read(given: Given, design: Design) -> Dialogue | None:
    """Return the stored dialogue that an answer is about."""
    form, _, about = given.place.partition(":")
    return design.stored.get(about) if form == "reading" else None


def _score(given: Given) -> float | None:
    return given.value if isinstance(given.value, float) else None


def _safe(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _answers(item: Item) -> str:
    match item:
        case ChoiceItem():
            return ", ".join(item.options) + ("; several, parted by blanks" if item.several else "")
        case TextItem():
            return f"text of {item.most:,} characters at most"
        case _:
            extra = f", or `{NOT_APPLICABLE}`" if getattr(item, "may_not_apply", False) else ""
            return f"{item.low:g} to {item.high:g}{extra}"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
