"""A file that names judges."""

from pathlib import Path

from pydantic import ConfigDict, Field

from hardseek.documents import Document, load, read
from hardseek.judging import JudgeSpecs


class JudgeFile(Document):
    """Judges as an experiment names them; of an experiment file, all else is passed over."""

    model_config = ConfigDict(extra="ignore")
    judges: JudgeSpecs = Field(min_length=1)
    """Who judges."""
    concurrency: int = Field(default=32, ge=1)
    """Dialogues judged at once."""


def read_judges(path: Path) -> JudgeFile:
    """Read the judges of a file; raises Refused when it cannot be read or does not fit."""
    return load(read(path), JudgeFile, source=str(path))
