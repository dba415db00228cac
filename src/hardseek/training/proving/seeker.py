"""The proof of a trained seeker: what `hardseek validate seeker` shows of it, before and after, and its drift."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polars as pl

from hardseek.analysis import Cell, Change, Estimate
from hardseek.errors import Refused
from hardseek.runs import Store, read_experiment, sign
from hardseek.runs.folder import EXPERIMENT
from hardseek.supporters.builtin import BUILTIN_NAMES
from hardseek.training.proving.drift import changed_drift, drifts, mean_drift
from hardseek.validity import FAMILIES, Corpora, Family, Property, count, plan_validation
from hardseek.validity.sittings import sittings

_ANEW: Final = ("appraisals",)
"""Families that ask a model anew, and are not in a run."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What one validation shows."""

    run: Path
    families: tuple[Family, ...]
    properties: tuple[Property, ...]
    drifting: pl.DataFrame
    """The drift of each dialogue with a poor system."""

    @property
    def drift(self) -> dict[Cell, Estimate]:
        """Mean drift under each condition, and in each language."""
        return mean_drift(self.drifting)


@dataclass(frozen=True, slots=True)
class SeekerProof:
    """Before and after."""

    before: Shown
    after: Shown
    drift: dict[Cell, Change]

    @property
    def pairs(self) -> list[tuple[Property, Property]]:
        """The properties that both have, in order."""
        theirs = {_key(each): each for each in self.after.properties}
        return [(each, theirs[_key(each)]) for each in self.before.properties if _key(each) in theirs]


def shown(run: Path, corpora: Corpora | None = None) -> Shown:
    """Count what a stored validation shows.

    Args:
        run: a run folder of `hardseek validate seeker --run`.
        corpora: people's dialogues, to tell the seekers from.

    Raises:
        Refused: the run is no validation, or one of other cards or conditions than this version's.
    """
    with Store(run) as store:
        experiment, _ = read_experiment(run / EXPERIMENT)
        held = {condition.name for condition in experiment.conditions}
        wanted = [each for each in FAMILIES if each not in _ANEW and (corpora is not None or each != "told-apart")]
        families = [each for each in wanted if _needed(each, follows=experiment.seeker.follows_patterns) <= held]
        systems = {system.name for system in experiment.systems}
        if not families or systems != set(BUILTIN_NAMES):
            raise Refused(
                f"{run}: is no validation of a seeker, as `hardseek validate seeker --seeker FILE --run FOLDER` is"
            )
        plan = plan_validation(
            experiment.seeker, experiment.languages, families=families, cards=experiment.cards.limit,
            replicates=experiment.replicates, seed=experiment.seed,
        )  # fmt: skip
        noted = store.noted("signature") or {}
        if noted.get("cards") != sign(plan).parts["cards"]:
            raise Refused(f"{run}: was held with other cards than this version has; hold it again")
        return Shown(run, tuple(families), count(plan, store, corpora).validity.properties, drifts(store))


def prove_seeker(before: Shown, after: Shown) -> SeekerProof:
    """Hold two validations against each other; raises Refused when they have nothing in common."""
    proof = SeekerProof(before, after, changed_drift(before.drifting, after.drifting))
    if not proof.pairs:
        raise Refused(f"{after.run}: shows nothing that {before.run} shows too; validate both with the same --only")
    return proof


def _needed(family: Family, *, follows: bool) -> set[str]:
    return {each.name for each in sittings([family]) if follows or each.profile.pattern == "constant"}


def _key(made: Property) -> tuple[str, str, str | None]:
    return made.name, made.language, made.condition
