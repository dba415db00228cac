"""The dialogues that a dataset is made from: finished ones of runs, with their cards and what judges said of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from hardseek.cards import RoleCard, load_cards
from hardseek.dialogues import Dialogue
from hardseek.errors import Refused
from hardseek.judging import Rating
from hardseek.judging.outcomes import SEEKER
from hardseek.mistakes import choices
from hardseek.runs import CARDS, Signature, Store
from hardseek.training.data.drops import Drops
from hardseek.training.dataset import Source


@dataclass(frozen=True)
class Held:
    """A finished dialogue, with all that is known of it."""

    run: Path
    dialogue: Dialogue
    card: RoleCard | None
    """None where it is not known, as in most imported runs."""
    ratings: tuple[Rating, ...]

    @cached_property
    def scores(self) -> dict[str, float]:
        """What judges, people and the seeker's hidden state gave it, by dimension; unscored ones are left out."""
        return {rating.dimension: rating.score for rating in self.ratings if rating.score is not None}

    @property
    def simulated(self) -> bool:
        """Whether a hidden state stands behind the seeker's turns."""
        return any(turn.trace is not None and turn.trace.state is not None for turn in self.dialogue.turns)

    @property
    def text(self) -> str:
        """All that is said, a turn a line."""
        return "\n".join(turn.text for turn in self.dialogue.turns)


@dataclass(frozen=True, slots=True)
class Material:
    """What there is to choose from."""

    held: tuple[Held, ...]
    sources: tuple[Source, ...]


def gather(
    runs: Sequence[Path],
    *,
    cards: Sequence[Path] = (),
    conditions: Sequence[str] = (),
    systems: Sequence[str] = (),
    licence: str | None = None,
    drops: Drops,
) -> Material:
    """Read the finished dialogues of runs.

    Args:
        runs: run folders.
        cards: files or folders of role cards, for runs that keep none.
        conditions: only these; empty for all.
        systems: only those of these systems; empty for all.
        licence: under which the dialogues may be used, where known.
        drops: counts what is left out.

    Raises:
        Refused: a folder holds no run, a condition or system is in none of them, or there are no dialogues.
    """
    given = _given(cards)
    held: list[Held] = []
    sources: list[Source] = []
    for run in runs:
        with Store(run) as store:
            found = list(_finished(run, store, given | _cards_of(run), drops))
            signature = Signature(store.noted("signature") or {}).line or "unsigned"
        sources.append(Source(str(run), signature, len(found), licence))
        held += found
    if not held:
        raise Refused(f"{_named(runs)}: no finished dialogues in it" + _because(drops))
    _refuse_unknown("condition", conditions, {each.dialogue.condition for each in held})
    _refuse_unknown("system", systems, {each.dialogue.system for each in held})
    kept = []
    seen: set[str] = set()
    for each in held:
        if each.dialogue.id in seen:
            drops.add("dialogues", "the same one is in an earlier run, or was given twice")
        elif conditions and each.dialogue.condition not in conditions:
            drops.add("dialogues", f"of the condition {each.dialogue.condition}, which was not asked for")
        elif systems and each.dialogue.system not in systems:
            drops.add("dialogues", f"of the system {each.dialogue.system}, which was not asked for")
        else:
            kept.append(each)
        seen.add(each.dialogue.id)
    if not kept:
        raise Refused("no dialogue is of both a condition and a system that were asked for" + _because(drops))
    return Material(tuple(kept), tuple(sources))


def _finished(run: Path, store: Store, cards: Mapping[str, RoleCard], drops: Drops) -> Iterable[Held]:
    for _, dialogue in store.finished():
        if dialogue.ending == "failed":
            drops.add("dialogues", "failed")
            continue
        card = cards.get(dialogue.card)
        ratings = store.ratings(dialogue.id)
        yield Held(run, dialogue, card, tuple(ratings))


def _given(paths: Sequence[Path]) -> dict[str, RoleCard]:
    """Read cards for runs that keep none; raises Refused where an id would stand for two people."""
    found: dict[str, RoleCard] = {}
    for path in paths:
        for card in load_cards(path):
            if found.setdefault(card.id, card) != card:
                raise Refused(
                    f"--cards {path}: {card.id} is another card in a file before it; make data of each run by itself"
                )
    return found


def _cards_of(run: Path) -> dict[str, RoleCard]:
    path = run / CARDS
    return {card.id: card for card in load_cards(path)} if path.is_file() else {}


def _refuse_unknown(what: str, wanted: Sequence[str], there: set[str]) -> None:
    for name in wanted:
        if name not in there:
            raise Refused(f"--{what} {name}: no dialogue of it; {choices(name, sorted(there), says='there are')}")


def _named(runs: Sequence[Path]) -> str:
    return ", ".join(map(str, runs))


def _because(drops: Drops) -> str:
    return f" (left out: {drops.told()})" if drops.counts else ""


def rating_judges(held: Iterable[Held]) -> list[str]:
    """Return who rated the dialogues, the seeker's own outcomes left out, sorted."""
    return sorted({rating.judge for each in held for rating in each.ratings if rating.judge != SEEKER})
