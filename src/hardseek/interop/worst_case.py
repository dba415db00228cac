"""The dialogues released with the worst-case framework (arXiv 2605.28228), in any of the layouts they come in."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Final, Literal

import msgspec

from hardseek.dialogues import Speaker, Turn
from hardseek.errors import Refused
from hardseek.interop.importing import Found, Importer, Skipped
from hardseek.interop.reading import natural, placed, records, whole
from hardseek.seekers import Emotion, Trace

_CONDITION: Final = re.compile(r"(?<![a-z])(average|ave|worst)(?![a-z])")
_EXPECTED: Final = (
    "expected average/SYSTEM.jsonl and worst/SYSTEM.jsonl, or SYSTEM/NUMBER.json in a folder whose name tells the "
    "condition (average or worst), or one of these files or folders"
)
Number = Annotated[int, msgspec.Meta(ge=0)] | Annotated[str, msgspec.Meta(pattern=r"^\s*[0-9]+\s*$")]


class _Turn(msgspec.Struct, frozen=True):
    speaker: Speaker
    text: str | None
    """Null where a system gave no answer: a turn without text."""
    emotion_label: str | None = None
    emotion_description: str | None = None
    emotion_transition_reason: str | None = None

    @property
    def ours(self) -> Turn:
        trace = None
        if self.speaker == "seeker" and self.emotion_label:
            emotion = Emotion(self.emotion_label, self.emotion_description, self.emotion_transition_reason)
            trace = Trace(emotion=emotion)
        return Turn(self.speaker, self.text or "", trace)


class _Talk(msgspec.Struct, frozen=True):
    """A file of the release's own layout."""

    dialogue: list[_Turn]


class _Record(_Talk, frozen=True):
    """A line of a system's file, or of the training dialogues, which tell no system and no condition."""

    profile: Number
    system: str | None = None
    condition: str | None = None


def _find(path: Path) -> Iterator[Found | Skipped]:
    if path.is_file():
        yield from _system_file(path) if path.suffix == ".jsonl" else _dialogue_file(path)
    elif _dialogue_files(path):
        yield from _system_folder(path)
    elif folders := _folders(path):
        for folder in folders:
            yield from _find(folder)
    elif files := _record_files(path):
        for file in files:
            yield from _system_file(file)
    else:
        raise Refused(f"{path}: no worst-case dialogues here; {_EXPECTED}")


def _folders(path: Path) -> list[Path]:
    """List the folders of dialogues below, in the order to read them: a condition's systems, or the conditions."""
    below = natural(folder for folder in path.iterdir() if folder.is_dir())
    systems = [folder for folder in below if _dialogue_files(folder)]
    if systems:
        return systems
    # A folder of systems whose name tells no condition is taken, so that it is refused unless the option tells it.
    return [
        folder
        for folder in below
        if (_told_by(folder.name) and _record_files(folder))
        or any(_dialogue_files(system) for system in folder.iterdir() if system.is_dir())
    ]


def _record_files(folder: Path) -> list[Path]:
    """List the JSON Lines files of a folder that hold dialogues: those of profiles hold cards."""
    return natural(file for file in folder.glob("*.jsonl") if not file.name.startswith("profiles"))


def _dialogue_files(folder: Path) -> list[Path]:
    return [file for file in natural(folder.glob("*.json")) if file.stem.isdecimal()]


def _system_file(path: Path) -> Iterator[Found]:
    # The training dialogues tell their condition in the file's name, other files their system.
    by_name = _told_by(path.stem)
    for where, _, record in records(path, _Record):
        yield Found(
            where=where,
            system=record.system or ("training" if by_name else path.stem),
            condition=record.condition or by_name or _told_by(placed(path).parent.name),
            card=_card(record.profile),
            turns=[turn.ours for turn in record.dialogue],
        )


def _system_folder(folder: Path) -> Iterator[Found | Skipped]:
    for file in natural(folder.glob("*.json")):
        if file.stem.isdecimal():
            yield from _dialogue_file(file)
        else:
            yield Skipped(str(file), "its name is no profile's number")


def _dialogue_file(path: Path) -> Iterator[Found]:
    if path.suffix != ".json" or not path.stem.isdecimal():
        raise Refused(f"{path}: not a file of worst-case dialogues; {_EXPECTED}")
    system = placed(path).parent
    yield Found(
        where=str(path),
        system=system.name,
        condition=_told_by(system.parent.name),
        card=_card(path.stem),
        turns=[turn.ours for turn in whole(path, _Talk).dialogue],
    )


def _told_by(name: str) -> Literal["average", "worst"] | None:
    """Return the condition that a name tells: in `dialogue_ave_worst` the last word decides."""
    words = _CONDITION.findall(name.lower())
    if not words:
        return None
    return "worst" if words[-1] == "worst" else "average"


def _card(profile: int | str) -> str:
    return f"worst-case-{int(profile)}"


WORST_CASE: Final = Importer(
    "worst-case", "dialogues of the worst-case framework's release, one file a system or one a dialogue", _find
)
