"""The run that a validation is: an experiment over the built-in controls, with luck that sittings share."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

import yaml

from hardseek.cards import packaged_cards, select_cards
from hardseek.errors import Refused
from hardseek.language import LANGUAGES, Language
from hardseek.luck import Luck
from hardseek.runs import CardChoice, DialogueSpec, Experiment, Plan
from hardseek.runs.digest import digest
from hardseek.seekers import Condition, Part
from hardseek.seekers.spec import AnySeeker, ScriptedSeeker
from hardseek.supporters.builtin import BUILTIN_NAMES
from hardseek.supporters.spec import BuiltinSystem
from hardseek.validity.sittings import FAMILIES, Family, Sitting, sittings
from hardseek.validity.talks import EXCHANGES

CARDS: Final = 12
"""Cards of a language when nothing is said: what a model can be asked for in one sitting."""

_SHOWN: Final = 8


@dataclass(frozen=True)
class ValidityPlan(Plan):
    """A plan in which the doses of a behaviour share their luck, and repetition has the next seed."""

    families: tuple[Family, ...] = FAMILIES
    """What is to be counted."""
    held: tuple[Sitting, ...] = field(default=())
    """What has to be held for it."""

    def part(self, spec: DialogueSpec) -> Part:
        """Return the part that the seeker plays in a dialogue, with the luck of its sitting."""
        sitting = self._sittings[spec.condition.name]
        seed = self.experiment.seed + sitting.later
        luck = Luck.of(seed=seed, card=spec.card.id, condition=sitting.luck, replicate=spec.replicate)
        return Part(spec.card, sitting.profile, luck, self.experiment.exchanges)

    @cached_property
    def luck(self) -> str:
        """What luck sittings share: a validation's dialogues are not those of the same experiment run by itself."""
        return f"validation@{digest([(one.name, one.luck, one.later) for one in self.held])[:_SHOWN]}"

    @property
    def text(self) -> str:
        """The experiment as it is kept beside the dialogues."""
        return yaml.safe_dump(
            self.experiment.model_dump(mode="json", exclude_defaults=True), allow_unicode=True, sort_keys=False
        )

    @cached_property
    def _sittings(self) -> dict[str, Sitting]:
        return {sitting.name: sitting for sitting in self.held}


def plan_validation(
    seeker: AnySeeker | None = None,
    languages: Sequence[Language] = LANGUAGES,
    *,
    families: Sequence[Family] = FAMILIES,
    cards: int | None = CARDS,
    replicates: int = 1,
    seed: int = 1,
    concurrency: int = 32,
) -> ValidityPlan:
    """Plan the dialogues of a seeker with the built-in controls; what its protocol cannot play is left out.

    Args:
        seeker: who is validated; the scripted seeker when None.
        languages: each is told for itself.
        families: what is to be shown.
        cards: packaged cards of each language at most, spread over categories; all when None.
        replicates: dialogues for each control, card and condition or intensity.
        seed: of all luck; repeatability holds it against the next one.
        concurrency: dialogues in progress at once.

    Raises:
        Refused: there is nothing to hold.
    """
    if (cards is not None and cards < 1) or replicates < 1 or not languages or not families or concurrency < 1:
        raise Refused("validation needs at least one card, replicate, language and property, and one dialogue at once")
    seeker = seeker or ScriptedSeeker()
    families = tuple(one for one in FAMILIES if one in families and (one != "appraisals" or seeker.kind == "chat"))
    if not families:
        raise Refused("appraisals are compared for seekers of kind: chat; choose other properties or another seeker")
    held = tuple(one for one in sittings(families) if seeker.follows_patterns or one.profile.pattern == "constant")
    chosen = select_cards(packaged_cards(), languages, limit=cards)
    experiment = Experiment(
        name="validate-seeker",
        systems=tuple(BuiltinSystem(kind="builtin", name=name, control=name) for name in BUILTIN_NAMES),
        seeker=seeker,
        cards=CardChoice(limit=cards),
        conditions=tuple(Condition(name=sitting.name, profile=sitting.profile) for sitting in held),
        languages=tuple(languages),
        exchanges=min(EXCHANGES, seeker.most_exchanges or EXCHANGES),
        replicates=replicates,
        seed=seed,
        judges=(),
        concurrency=concurrency,
    )
    return ValidityPlan(experiment, chosen, families=families, held=held)
