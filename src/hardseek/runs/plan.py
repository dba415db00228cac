"""The plan: an experiment expanded into dialogues, one at a time, never all at once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from hardseek.cards import RoleCard, load_cards, packaged_cards, select_cards
from hardseek.errors import Refused
from hardseek.language import Language
from hardseek.luck import Luck
from hardseek.runs.digest import defining, digest
from hardseek.runs.experiment import Experiment
from hardseek.seekers import Condition, Part
from hardseek.supporters.content import content


@dataclass(frozen=True, slots=True)
class DialogueSpec:
    """One dialogue to be held."""

    number: int
    """Its place in the plan, from 0: the order of export."""
    id: str
    """A hash of all that defines the dialogue."""
    system: str
    condition: Condition
    card: RoleCard
    replicate: int


@dataclass(frozen=True)
class Plan:
    """All dialogues of an experiment, in an order in which any beginning is balanced over systems and conditions."""

    experiment: Experiment
    cards: tuple[RoleCard, ...]
    contents: Mapping[str, str] = field(default_factory=dict)
    """Digests of the files that decide what systems say (replayed, or called), by the name of the system."""

    @classmethod
    def of(cls, experiment: Experiment, *, folder: Path) -> "Plan":
        """Plan an experiment; its paths are seen from `folder`.

        Raises:
            Refused: its cards cannot be had, or its seeker cannot play what it asks for.
        """
        _refuse_what_cannot_be_played(experiment)
        choice = experiment.cards
        cards = packaged_cards() if choice.path is None else load_cards(folder / choice.path)
        chosen = select_cards(cards, experiment.languages, choice.ids, choice.limit)
        return cls(experiment, chosen, _contents(experiment, folder))

    def __len__(self) -> int:
        experiment = self.experiment
        return len(experiment.systems) * len(experiment.conditions) * len(self.cards) * experiment.replicates

    def of_system(self, place: int) -> Iterator[DialogueSpec]:
        """Yield the dialogues of the system at `place` in the experiment."""
        experiment = self.experiment
        system = experiment.systems[place]
        number = place
        for replicate in range(experiment.replicates):
            for card in self.cards:
                for condition in experiment.conditions:
                    parts = (self._cards[card.id], self._conditions[condition.name], replicate)
                    identity = digest(self._shared, self.system_digests[place], *parts)
                    yield DialogueSpec(number, identity, system.name, condition, card, replicate)
                    number += len(experiment.systems)

    def part(self, spec: DialogueSpec) -> Part:
        """Return the part that the seeker plays in a dialogue, with its luck."""
        seed = self.experiment.seed
        luck = Luck.of(seed=seed, card=spec.card.id, condition=spec.condition.name, replicate=spec.replicate)
        return Part(spec.card, spec.condition.profile, luck, self.experiment.exchanges)

    def greeting(self, language: Language) -> str | None:
        """Return what the supporter's side opens with, in protocols that say so."""
        return self.experiment.seeker.greeting(language)

    @property
    def luck(self) -> str | None:
        """What tells luck that dialogues share from the ordinary kind, which each has for itself; None for that."""
        return None

    @cached_property
    def _shared(self) -> str:
        experiment = self.experiment
        luck = () if self.luck is None else (self.luck,)
        return digest(experiment.seed, experiment.exchanges, defining(experiment.seeker), *luck)

    @cached_property
    def system_digests(self) -> list[str]:
        """What decides what each system says, hashed, in the experiment's order."""
        return [digest(defining(system), self.contents.get(system.name)) for system in self.experiment.systems]

    @cached_property
    def _cards(self) -> dict[str, str]:
        return {card.id: digest(card) for card in self.cards}

    @cached_property
    def _conditions(self) -> dict[str, str]:
        return {condition.name: digest(condition.name, condition.profile) for condition in self.experiment.conditions}


def _refuse_what_cannot_be_played(experiment: Experiment) -> None:
    seeker = experiment.seeker
    if seeker.most_exchanges is not None and experiment.exchanges > seeker.most_exchanges:
        raise Refused(
            f"exchanges: found {experiment.exchanges}; the protocol {seeker.kind} has {seeker.most_exchanges} at most"
        )
    changing = [condition.name for condition in experiment.conditions if condition.profile.pattern != "constant"]
    if changing and not seeker.follows_patterns:
        raise Refused(
            f"conditions: {', '.join(changing)}: behaviours change over the dialogue, and the protocol {seeker.kind} "
            "plays them on or off throughout; leave this out, or play it with another seeker"
        )


def _contents(experiment: Experiment, folder: Path) -> dict[str, str]:
    held = {system.name: content(system, folder) for system in experiment.systems}
    return {name: digest(found.hex()) for name, found in held.items() if found is not None}
