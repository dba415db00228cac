"""Integrity: how often the voice had to be asked again, and how many dialogues are no dialogues."""

from collections import Counter
from collections.abc import Mapping, Sequence

from hardseek.language import Language
from hardseek.validity.property import Property, figure
from hardseek.validity.talks import Talk


def integrity(held: Mapping[str, Sequence[Talk]], language: Language) -> list[Property]:
    """Count over all conditions: turns worded again, dialogues that failed, and these by the kind of fault."""
    talks = [talk for some in held.values() for talk in some]
    said = [turn for talk in talks for turn in talk.said]
    faults = Counter(talk.fault for talk in talks if talk.fault is not None)
    reworded = sum(bool(turn.trace and turn.trace.reworded) for turn in said)
    return [
        figure("integrity/turns-reworded", language, reworded / len(said) if said else None),
        figure("integrity/dialogues-invalid", language, faults.total() / len(talks) if talks else None),
        *(figure(f"integrity/invalid-{kind}", language, count / len(talks)) for kind, count in sorted(faults.items())),
    ]
