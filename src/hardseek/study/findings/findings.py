"""All findings of a study, put together."""

from collections.abc import Callable, Collection, Sequence
from pathlib import Path

import msgspec

from hardseek.analysis import comparable
from hardseek.dialogues import Dialogue
from hardseek.errors import Refused
from hardseek.language import LANGUAGES, Language
from hardseek.runs import Signature, Store
from hardseek.study.coding import CodeAgreement, CodeCount, Coding, code_agreement, code_counts
from hardseek.study.findings.alike import Alike, alike
from hardseek.study.findings.distress import Distress, distress
from hardseek.study.findings.experts import Contrast, contrasts
from hardseek.study.findings.material import NOT_OF_SYSTEMS, Attention, Material
from hardseek.study.findings.raters import Standing, standings
from hardseek.study.findings.reliability import Agreement, agreement


class Findings(msgspec.Struct, frozen=True, kw_only=True):
    """What a study shows."""

    study: str
    signature: str
    dialogues: int
    failed: int
    """Dialogues in which a system could not answer; they are in nothing else."""
    participants: int
    """Who played or rated."""
    agreement: tuple[Agreement, ...]
    """Of participants with each other; empty where nobody rated what another one rated."""
    standings: tuple[Standing, ...]
    distress: tuple[Distress, ...]
    attention: tuple[Attention, ...]
    """Attention checks of those who were checked; nobody is left out for them unless that was asked for."""
    without: tuple[str, ...]
    """Who was left out."""
    codes: tuple[CodeCount, ...]
    """How often the codes of the study's coding hold."""
    code_agreement: tuple[CodeAgreement, ...]
    simulated: str | None
    """The signature of the simulated run; None without one."""
    experts: tuple[Contrast, ...]
    alike: tuple[Alike, ...]


def find(
    material: Material,
    *,
    simulated: Path | None = None,
    coding: Coding | None = None,
    without: Collection[str] = (),
    said: Callable[[str], None] = lambda _: None,
) -> Findings:
    """Find all that a study shows.

    Args:
        material: the study.
        simulated: a run folder with simulated seekers, to hold the people against.
        coding: what was coded of it.
        without: participants to leave out, with all that they played and rated.
        said: told what is being done.

    Raises:
        Refused: the simulated run cannot be read, is of people, or has no behaviour that was played.
    """
    checked = material.attention
    material = material.without(without) if without else material
    asked = [name for name in material.dimensions if material.of(name)]
    agreed, stood = [], []
    for name in asked:
        said(name)
        agreed += agreement(material.of(name), name) if name != "relief" else []
        if name not in NOT_OF_SYSTEMS:
            stood += _standings(material, name)
    experts: list[Contrast] = []
    same: list[Alike] = []
    signature = None
    if simulated is not None:
        said("experts against simulated seekers")
        with Store(simulated) as store:
            parts = store.noted("signature") or {}
            if parts.get("seeker") == "human":
                raise Refused(f"{simulated}: its seekers are people; name a run with simulated ones")
            signature = Signature(parts).line
            others = [dialogue for _, dialogue in store.finished()]
            experts = contrasts(material, others)
            if not experts:
                raise Refused(f"{simulated}: {_nothing_shared(material.played, others)}")
            same = alike(material, comparable(store.measure_frame(), store.dialogue_frame()))
    return Findings(
        study=material.name,
        signature=material.signature,
        dialogues=len(material.dialogues),
        failed=material.failed,
        participants=len({*material.players.values(), *(one.rater for one in material.scores)}),
        agreement=tuple(agreed),
        standings=tuple(stood),
        distress=tuple(distress(material)),
        attention=checked,
        without=tuple(sorted(without)),
        codes=tuple(code_counts(coding)) if coding is not None else (),
        code_agreement=tuple(code_agreement(coding)) if coding is not None else (),
        simulated=signature,
        experts=tuple(experts),
        alike=tuple(same),
    )


def _nothing_shared(played: Sequence[Dialogue], simulated: Sequence[Dialogue]) -> str:
    """Say why two sides cannot be held against each other."""
    ours, theirs = (
        ", ".join(sorted({f"{one.condition} ({one.language})" for one in side if one.ending != "failed"})) or "nothing"
        for side in (played, simulated)
    )
    return (
        "no behaviour was both played by people and simulated in the same language; conditions are matched by their "
        f"names. Played: {ours}. Simulated: {theirs}"
    )


def _standings(material: Material, name: str) -> list[Standing]:
    """Compare the systems in each language, and in both together where there are two."""
    scored = material.of(name)
    present = [language for language in LANGUAGES if any(one.dialogue.language == language for one in scored)]
    found = []
    wanted: list[Language | None] = [*present, *([None] if len(present) > 1 else [])]
    for language in wanted:
        mine = [one for one in scored if language in {None, one.dialogue.language}]
        found += standings(mine, material.dimensions[name], name, language)
    return found
