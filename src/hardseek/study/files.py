"""The tables of a study, as files: for downloads while it goes on, and beside the run that an export makes."""

from collections.abc import Callable
from typing import Final

from hardseek.study.database import Database
from hardseek.study.design import Design
from hardseek.study.dictionary import dictionary
from hardseek.study.formats import as_csv, as_json_lines
from hardseek.study.plan import plan_text
from hardseek.study.tables import (
    ANSWER_FIELDS,
    CHECK_FIELDS,
    PEOPLE_FIELDS,
    PREFERENCE_FIELDS,
    RATING_FIELDS,
    answer_rows,
    check_rows,
    people_rows,
    preference_rows,
    rating_rows,
)

STUDY_FILES: Final[dict[str, tuple[str, Callable[[Database, Design], str]]]] = {
    "ratings.csv": ("text/csv", lambda database, design: as_csv(rating_rows(database, design), RATING_FIELDS)),
    "answers.csv": ("text/csv", lambda database, design: as_csv(answer_rows(database, design), ANSWER_FIELDS)),
    "answers.jsonl": ("application/jsonl", lambda database, design: as_json_lines(answer_rows(database, design))),
    "participants.csv": ("text/csv", lambda database, design: as_csv(people_rows(database, design), PEOPLE_FIELDS)),
    "checks.csv": ("text/csv", lambda database, design: as_csv(check_rows(database, design), CHECK_FIELDS)),
    "preferences.csv": (
        "text/csv",
        lambda database, design: as_csv(preference_rows(database, design), PREFERENCE_FIELDS),
    ),
    "plan.md": ("text/markdown", lambda _, design: plan_text(design)),
    "dictionary.md": ("text/markdown", lambda _, design: dictionary(design)),
}
"""By name: what kind of file it is, and what makes it. Those of the team's work are in `hardseek.study.team`."""
