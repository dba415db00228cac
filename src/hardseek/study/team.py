"""What the study team made of a study, as files: notes of interviews, marks, the codebook, all of a coding."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from hardseek.interop import replacing
from hardseek.study.coding import as_yaml
from hardseek.study.coding.kept import as_json, code_rows, codebook, coding
from hardseek.study.database import Database
from hardseek.study.design import Design
from hardseek.study.formats import as_csv, as_json_lines
from hardseek.study.interviews.notes import note_rows

CODE_FIELDS: Final = (
    "source", "dialogue", "participant", "system", "condition", "language", "turn", "speaker", "coder", "finished",
    "code", "title", "theme", "axis", "settled", "codebook", "made", "first", "last", "text",
)  # fmt: skip
NOTE_FIELDS: Final = (
    "note", "interview", "participant", "researcher", "interview_begun", "interview_ended", "question", "begun",
    "changed", "follow_up", "text",
)  # fmt: skip
CODING: Final = "coding.json"
CODEBOOK: Final = "codebook.yaml"
TEAM_FILES: Final[dict[str, tuple[str, Callable[[Database, Design], str]]]] = {
    "codes.csv": ("text/csv", lambda database, design: as_csv(code_rows(database, design), CODE_FIELDS)),
    "codes.jsonl": ("application/jsonl", lambda database, design: as_json_lines(code_rows(database, design))),
    CODEBOOK: ("text/yaml", lambda database, _: as_yaml(codebook(database)[1])),
    CODING: ("application/json", lambda database, design: as_json(coding(database, design))),
    "notes.csv": ("text/csv", lambda database, _: as_csv(note_rows(database), NOTE_FIELDS)),
    "notes.jsonl": ("application/jsonl", lambda database, _: as_json_lines(note_rows(database))),
}
"""By name: what kind of file it is, and what makes it."""


def export_team(database: Database, design: Design, folder: Path) -> None:
    """Put the team's files beside an export; `dictionary.md` says what they hold. Empty ones are left out."""
    coded, noted = bool(codebook(database)[1].codes), bool(note_rows(database))
    for name, (_, make) in TEAM_FILES.items():
        if noted if name.startswith("notes") else coded:
            with replacing(folder / name) as part:
                part.write_text(make(database, design), encoding="utf-8")
