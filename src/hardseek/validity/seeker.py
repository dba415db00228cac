"""Everything that is shown of a seeker, counted from the dialogues of a validation's run."""

import asyncio
import tempfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from hardseek.language import LANGUAGES, Language
from hardseek.runs import Cast, Engine, Signature, Store, Tally, open_run, sign
from hardseek.runs.signature import code
from hardseek.seekers import BehaviourProfile
from hardseek.seekers.spec import AnySeeker, ChatSeeker, build_seeker
from hardseek.supporters import build_supporter
from hardseek.validity.controllable import controllable
from hardseek.validity.corpora import Corpora
from hardseek.validity.diverse import diverse
from hardseek.validity.integrity import integrity
from hardseek.validity.pictures import Pictures, draw
from hardseek.validity.plan import CARDS, ValidityPlan, plan_validation
from hardseek.validity.property import Property, Validity
from hardseek.validity.published import beside
from hardseek.validity.realistic import realistic
from hardseek.validity.repeatable import repeatable
from hardseek.validity.responsive import responsive
from hardseek.validity.sittings import FAMILIES, REPEATED, Family, doses, second
from hardseek.validity.talks import Talk
from hardseek.validity.told_apart import told_apart

_COUNTING: Final = ("judging/", "seekers/appraisal/", "seekers/data/", "validity/", "language.py")
"""What of the package decides how dialogues are counted; what is said in them is signed by their run."""
Sittings = Mapping[str, Sequence[Talk]]
"""Dialogues by the name of their sitting."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted, and what pictures are drawn from."""

    validity: Validity
    pictures: tuple[Pictures, ...]
    """One a language."""


def validate_seeker(
    seeker: AnySeeker | None = None,
    languages: Sequence[Language] = LANGUAGES,
    *,
    families: Sequence[Family] = FAMILIES,
    cards: int | None = CARDS,
    replicates: int = 1,
    seed: int = 1,
    corpora: Path | None = None,
) -> Validity:
    """Hold the dialogues and count, keeping none of them; see `plan_validation` for the arguments.

    Args:
        seeker: who is validated; the scripted seeker when None.
        languages: each is told for itself.
        families: what is to be shown.
        cards: packaged cards of each language at most.
        replicates: dialogues for each control, card and condition or intensity.
        seed: of all luck.
        corpora: a folder of dialogues of people, for the classifier; without it, its figures are left out.

    Raises:
        Refused: there is nothing to hold, or the seeker or the corpora cannot be had.
    """
    plan = plan_validation(seeker, languages, families=families, cards=cards, replicates=replicates, seed=seed)
    people = None if corpora is None else Corpora.read(corpora)
    with tempfile.TemporaryDirectory(prefix="hardseek-") as folder, open_run(Path(folder), plan, plan.text) as store:
        asyncio.run(_hold(plan, store))
        return count(plan, store, people, asyncio.run(appraisals(plan))).validity


def cast(plan: ValidityPlan) -> Cast:
    """Build who speaks; raises Refused when a variable that the seeker's endpoint names is not set."""
    experiment = plan.experiment
    return Cast(build_seeker(experiment.seeker), [build_supporter(spec, Path()) for spec in experiment.systems])


async def _hold(plan: ValidityPlan, store: Store) -> None:
    players = cast(plan)
    try:
        tally = Tally(planned=len(plan), system_prices=[None] * len(plan.experiment.systems))
        await Engine(plan, store, players, tally).run()
    finally:
        await players.close()


async def appraisals(plan: ValidityPlan) -> list[Property]:
    """Compare three ways of taking in the supporter's turns, for chat seekers; in dialogues of its own, kept nowhere.

    Raises:
        Refused: a variable that the seeker's endpoints name is not set.
    """
    experiment, found = plan.experiment, list[Property]()
    if "appraisals" in plan.families and isinstance(experiment.seeker, ChatSeeker):
        from hardseek.validity.appraisals import compare_appraisals  # it talks over the network: slow to import

        for language in experiment.languages:
            cards = [card for card in plan.cards if card.language == language]
            found += await compare_appraisals(experiment.seeker, cards, language, seed=experiment.seed)
    return found


def count(plan: ValidityPlan, store: Store, corpora: Corpora | None = None, more: Sequence[Property] = ()) -> Counted:
    """Count what the finished dialogues of a validation show; failed ones are told of in `integrity` alone.

    Args:
        plan: what was held.
        store: where it is kept.
        corpora: people's dialogues; without them nothing is told apart.
        more: figures that were counted elsewhere, to stand with their language's.
    """
    store.flush()
    found: list[Property] = []
    pictures: list[Pictures] = []
    for language in plan.experiment.languages:
        everything = _talks(plan, store, language)
        kept = {name: [talk for talk in talks if talk.fault is None] for name, talks in everything.items()}
        found += _of(plan.families, everything, kept, language, corpora)
        found += [made for made in more if made.language == language]
        inside = _with_inside(_conditions(kept)) if "responsive" in plan.families else {}
        pictures.append(draw(language, dosed=_dosed(plan.families, kept), conditions=inside))
    return Counted(Validity(tuple(beside(found)), _signature(plan, corpora).line), tuple(pictures))


def _of(
    families: Sequence[Family], everything: Sittings, kept: Sittings, language: Language, corpora: Corpora | None
) -> list[Property]:
    found: list[Property] = []
    if "responsive" in families:
        found += responsive(_with_inside(_conditions(kept)), language)
    if "controllable" in families:
        found += controllable(_dosed(families, kept), language)
    if "realistic" in families:
        found += realistic(kept, language)
    if "told-apart" in families and corpora is not None:
        found += told_apart(kept, language, corpora)
    if "repeatable" in families:
        inside = _with_inside(kept)
        for name in REPEATED:
            found += repeatable(inside[name], inside[second(name)], language, name)
    if "diverse" in families:
        for name in REPEATED:
            found += diverse(kept[name], language, name)
    if "integrity" in families:
        found += integrity(everything, language)
    return found


def _talks(plan: ValidityPlan, store: Store, language: Language) -> dict[str, list[Talk]]:
    cards = {card.id: card for card in plan.cards}
    found: dict[str, list[Talk]] = defaultdict(list)
    found.update({sitting.name: [] for sitting in plan.held})
    for _, dialogue in store.finished():
        if dialogue.language == language:
            fault = dialogue.fault.kind if dialogue.fault is not None else None
            card = cards[dialogue.card]
            found[dialogue.condition].append(Talk(card, dialogue.system, dialogue.replicate, dialogue.turns, fault))
    return found


def _conditions(kept: Sittings) -> dict[str, Sequence[Talk]]:
    """Keep what stands for itself: not doses, and not repetition."""
    apart = {second(name) for name in REPEATED}
    return {name: talks for name, talks in kept.items() if name not in apart and not name.startswith("dose-")}


def _with_inside(kept: Sittings) -> dict[str, Sequence[Talk]]:
    """Keep the dialogues of which the seeker's state is known: of others no relief can be told."""
    return {name: [talk for talk in talks if talk.states] for name, talks in kept.items()}


def _dosed(families: Sequence[Family], kept: Sittings) -> dict[BehaviourProfile, Sequence[Talk]]:
    """Put the dialogues of doses by their profiles."""
    return {sitting.profile: kept[sitting.name] for sitting in doses()} if "controllable" in families else {}


def _signature(plan: ValidityPlan, corpora: Corpora | None) -> Signature:
    parts = dict(sign(plan).parts)
    parts["counted by"] = code(*_COUNTING)
    parts["properties"] = "+".join(plan.families)
    parts["corpora"] = "none" if corpora is None else corpora.digest
    return Signature(parts)
