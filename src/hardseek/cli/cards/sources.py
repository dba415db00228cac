"""Reading what cards are built from: dialogues through the importers, and posts."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

from hardseek.cards.building import Said, Source
from hardseek.cards.formats.reading import TABLE_ENDINGS, YAML_ENDINGS, records
from hardseek.cards.formats.record import Record, Unreadable
from hardseek.dialogues import Turn
from hardseek.documents import missing
from hardseek.errors import Refused
from hardseek.interop import IMPORTERS, Skipped
from hardseek.interop.reading import identifier, natural
from hardseek.language import LANGUAGES, Language, clean, detect
from hardseek.mistakes import choices

POSTS: Final = "posts"
SOURCE_FORMATS: Final = (*IMPORTERS, POSTS)
_TEXT: Final = ("text", "post", "content", "body", "selftext", "正文", "内容", "文本")
_TITLE: Final = ("title", "标题")
_MARKS: Final = {"dialog": "esconv", "messages": "messages", "dialogue": "worst-case"}
"""The field by which a record of a format is known."""
_POST_ENDINGS: Final = (".jsonl", ".ndjson", ".json", *YAML_ENDINGS, *TABLE_ENDINGS)
_LONGEST_ID: Final = 100


class NoSource(NamedTuple):
    """A place that holds nothing to build from, and why."""

    where: str
    why: str


class SourcesRead(NamedTuple):
    """What a file or folder holds."""

    form: str
    sources: tuple[Source, ...]
    skipped: tuple[NoSource, ...]


def read_sources(path: Path, form: str | None) -> SourcesRead:
    """Read dialogues or posts, in the order of their files.

    Args:
        path: a file, or a folder of the format.
        form: one of `SOURCE_FORMATS`; told by the first record of a file when None.

    Raises:
        Refused: there is nothing there, the format is unknown or cannot be told, a file of dialogues is not in its
            format (posts that cannot be read are skipped), or nothing can be built from what is there.
    """
    if not path.exists():
        raise missing(path, "file or folder")
    form = _told(path) if form is None else form
    if form not in SOURCE_FORMATS:
        raise Refused(f"--format: found {form!r}; {choices(form, SOURCE_FORMATS)}")
    found = list(_posts(path) if form == POSTS else _dialogues(path, form))
    sources = [item for item in found if isinstance(item, Source)]
    skipped = tuple(item for item in found if isinstance(item, NoSource))
    if not sources:
        first = f" ({skipped[0].where}: {skipped[0].why})" if skipped else ""
        raise Refused(f"{path}: nothing to build cards from, read as {form}{first}; another --format may fit")
    return SourcesRead(form, tuple(_distinct(sources)), skipped)


def _told(path: Path) -> str:
    """Tell the format by the first record of a file."""
    if path.is_dir():
        raise Refused(f"{path}: a folder; say with --format what is in it: {', '.join(SOURCE_FORMATS)}")
    if path.suffix.lower() == ".txt":
        return "vera-mh"
    first = next((item for item in records(path) if isinstance(item, Record)), None)
    data = first.data if first is not None else {}
    for mark, form in _MARKS.items():
        if isinstance(data.get(mark), list):
            return form
    if _named(data, _TEXT) is not None:
        return POSTS
    if data and all(isinstance(value, list) for value in data.values()):
        return "esc-eval"
    found = ", ".join(map(repr, list(data)[:8])) or "nothing that can be read"
    raise Refused(
        f"{path}: not told by its first record, which has {found}; say with --format what it is: "
        f"{', '.join(SOURCE_FORMATS)} (a post has its words in `text`)"
    )


def _dialogues(path: Path, form: str) -> Iterator[Source | NoSource]:
    for found in IMPORTERS[form].find(path):
        if isinstance(found, Skipped):
            yield NoSource(found.where, found.why)
        else:
            yield _source(found.card, found.where, found.language, found.turns)


def _source(identity: str, where: str, language: Language | None, turns: Sequence[Turn]) -> Source | NoSource:
    said = [Said(turn.speaker, text) for turn in turns if (text := clean(turn.text))]
    told = language or detect("\n".join(turn.text for turn in said if turn.who == "seeker"))
    if told is None:
        return NoSource(where, "no words of a seeker")
    return Source(identifier(identity)[:_LONGEST_ID] or "source", where, told, tuple(said))


def _posts(path: Path) -> Iterator[Source | NoSource]:
    files = [path]
    if path.is_dir():
        files = [file for file in natural(path.iterdir()) if file.suffix.lower() in _POST_ENDINGS]
    for file in files:
        for record in records(file):
            yield NoSource(record.where, record.why) if isinstance(record, Unreadable) else _post(record)


def _post(record: Record) -> Source | NoSource:
    text = _named(record.data, _TEXT)
    if text is None:
        return NoSource(record.where, f"no text; a post has its words in one of {', '.join(_TEXT)}")
    title = _named(record.data, _TITLE)
    said = record.data.get("language")
    language = next((each for each in LANGUAGES if each == said), None)
    given = record.data.get("id")
    identity = str(given) if isinstance(given, str | int) and given != "" else f"{record.stem}-{record.number}"
    return _source(identity, record.where, language, [Turn("seeker", f"{title}\n{text}" if title else text)])


def _named(data: Mapping[str, Any], names: Sequence[str]) -> str | None:
    return next((data[name] for name in names if isinstance(data.get(name), str) and data[name].strip()), None)


def _distinct(sources: Sequence[Source]) -> Iterator[Source]:
    """Number the later ones of sources that are called the same, as dialogues of one card with several systems are."""
    taken: set[str] = set()
    for source in sources:
        identity, number = source.id, 1
        while identity in taken:
            number += 1
            identity = f"{source.id}.{number}"
        taken.add(identity)
        yield Source(identity, source.where, source.language, source.turns)
