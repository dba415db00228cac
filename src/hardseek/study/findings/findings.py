"""All findings of a study, put together."""

from collections.abc import Callable, Collection
from pathlib import Path

import msgspec

from hardseek.analysis import comparable
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
        Refused: the simulated run cannot be read.
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
            signature = Signature(store.noted("signature") or {}).line
            experts = contrasts(material, [dialogue for _, dialogue in store.finished()])
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
