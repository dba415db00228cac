"""What findings are made of: the dialogues of a study, who played and who rated them, on which scales."""

import csv
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import msgspec

from hardseek.dialogues import Dialogue
from hardseek.documents import read
from hardseek.errors import Refused
from hardseek.judging import Dimension
from hardseek.runs import Signature, Store
from hardseek.study.design import AFTER, BEFORE
from hardseek.study.export import PEOPLE, RELIEF
from hardseek.validity.judge import read_ratings

RATINGS: Final = "ratings.csv"
ANSWERS: Final = "answers.jsonl"
PARTICIPANTS: Final = "participants.csv"
NOT_OF_SYSTEMS: Final = frozenset({BEFORE.name})
"""Asked before a system has said anything: systems are not ranked by it."""


class Attention(msgspec.Struct, frozen=True):
    """A participant's attention checks."""

    participant: str
    checks: int
    failed: int
    flagged: bool
    """Whether more failed than the study allows."""


@dataclass(frozen=True, slots=True)
class Scored:
    """One score that one rater gave one dialogue."""

    dialogue: Dialogue
    rater: str
    dimension: str
    score: float


@dataclass(frozen=True)
class Material:
    """A study as its analysis sees it. Failed dialogues are counted, and in nothing else."""

    name: str
    dialogues: tuple[Dialogue, ...]
    failed: int
    players: Mapping[str, str]
    """Who played a dialogue, by its id; stored dialogues that were only read have nobody."""
    scores: tuple[Scored, ...]
    dimensions: Mapping[str, Dimension]
    """By the question's name; `relief` is distress before less after."""
    titles: Mapping[str, Mapping[str, str]]
    """Of the conditions, by name and language."""
    signature: str
    attention: tuple[Attention, ...] = ()
    """Of those who were checked."""

    @property
    def played(self) -> list[Dialogue]:
        """The dialogues in which the seeker was a participant."""
        return [dialogue for dialogue in self.dialogues if dialogue.id in self.players]

    @property
    def flagged(self) -> frozenset[str]:
        """Who failed more attention checks than the study allows."""
        return frozenset(one.participant for one in self.attention if one.flagged)

    def without(self, participants: Collection[str]) -> "Material":
        """Return what is left without what some participants played and rated."""
        played = {identity for identity, player in self.players.items() if player in participants}
        return replace(
            self,
            dialogues=tuple(one for one in self.dialogues if one.id not in played),
            players={identity: player for identity, player in self.players.items() if identity not in played},
            scores=tuple(one for one in self.scores if one.rater not in participants and one.dialogue.id not in played),
        )

    def of(self, dimension: str) -> list[Scored]:
        """Return the scores of one dimension."""
        return [one for one in self.scores if one.dimension == dimension]


def read_material(folder: Path) -> Material:
    """Read what `hardseek study export` made.

    Raises:
        Refused: the folder is no export of a study; the message says what is missing.
    """
    if not folder.is_dir():
        what = "is a file" if folder.is_file() else "there is no such folder"
        raise Refused(
            f"{folder}: {what}; findings are of the folder that `hardseek study export STUDY --out RUN` makes"
        )
    for name in (RATINGS, ANSWERS):
        if not (folder / name).is_file():
            raise Refused(f"{folder}: has no {name}; make it with `hardseek study export STUDY --out {folder}`")
    with Store(folder) as store:
        if (store.noted("signature") or {}).get("seeker") != "human":
            raise Refused(f"{folder}: its seekers are no people; findings are of what `hardseek study export` makes")
        held = [dialogue for _, dialogue in store.finished()]
        known = msgspec.convert(store.noted("judged dimensions") or {}, dict[str, list[Dimension]]).get(PEOPLE, [])
        name, titles = store.noted("name") or "", store.noted("titles") or {}
        signature = Signature(store.noted("signature")).line
    answers = [msgspec.json.decode(line) for line in read(folder / ANSWERS).split("\n") if line.strip()]
    # A study that asks for no number has an empty table, which is no mistake.
    empty = len(read(folder / RATINGS).splitlines()) < 2  # noqa: PLR2004  (its heading alone)
    given = () if empty else [(one.item, one.rater, one.dimension, one.score) for one in read_ratings(folder / RATINGS)]
    made = gathered(name, held=held, answers=answers, given=given, dimensions=known, titles=titles, signature=signature)
    return replace(made, attention=_attention(folder / PARTICIPANTS))


def gathered(
    name: str,
    *,
    held: Sequence[Dialogue],
    answers: Iterable[Mapping[str, Any]],
    given: Iterable[tuple[str, str, str, float | None]],
    dimensions: Iterable[Dimension],
    titles: Mapping[str, Mapping[str, str]],
    signature: str,
) -> Material:
    """Put the parts of a study together.

    Args:
        name: of the study.
        held: all dialogues.
        answers: as `export.answer_rows` has them.
        given: dialogue, rater, dimension, score.
        dimensions: of the scores, with `people: ` before their names as in runs.
        titles: of the conditions.
        signature: what it all depends on.
    """
    whole = {dialogue.id: dialogue for dialogue in held if dialogue.ending != "failed"}
    players = {row["dialogue"]: row["participant"] for row in answers if row["form"] in {"before", "dialogue"}}
    scores = [
        Scored(whole[item], by, of, score) for item, by, of, score in given if item in whole and score is not None
    ]
    return Material(
        name=name,
        dialogues=tuple(whole.values()),
        failed=len(held) - len(whole),
        players={identity: players[identity] for identity in whole if players.get(identity)},
        scores=(*_reliefs(scores), *scores),
        dimensions={one.name.removeprefix(f"{PEOPLE}: "): one for one in dimensions},
        titles=titles,
        signature=signature,
    )


def _attention(path: Path) -> tuple[Attention, ...]:
    """Read what came of attention checks; nothing in a study that has none."""
    if not path.is_file():
        return ()
    rows = csv.DictReader(read(path).splitlines())
    return tuple(
        Attention(row["participant"], int(row["checks"]), int(row["failed"]), row["flagged"] == "True")
        for row in rows
        if int(row["checks"])
    )


def _reliefs(scores: Sequence[Scored]) -> Iterator[Scored]:
    """Yield distress before less distress after, where one rater told both of one dialogue."""
    told = {(one.dialogue.id, one.rater, one.dimension): one.score for one in scores}
    for one in scores:
        after = told.get((one.dialogue.id, one.rater, AFTER.name))
        if one.dimension == BEFORE.name and after is not None:
            yield Scored(one.dialogue, one.rater, RELIEF.name.removeprefix(f"{PEOPLE}: "), one.score - after)
