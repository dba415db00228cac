"""Making datasets: gather, decontaminate, choose, split, match, and say what came of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from hardseek.cards import RoleCard
from hardseek.dialogues import Dialogue
from hardseek.errors import Refused
from hardseek.training.data.bars import refuse_unmeasured
from hardseek.training.data.decontamination import Evaluation, decontaminated, read_evaluation
from hardseek.training.data.drops import Drops
from hardseek.training.data.edits import read_edits
from hardseek.training.data.evening import evened
from hardseek.training.data.families import Families, family_of
from hardseek.training.data.folder import about_dataset, refuse_taken, write_datasets
from hardseek.training.data.material import Held, gather
from hardseek.training.data.mixing import Arm, common_size, mixed, refuse_unknown
from hardseek.training.data.preferences import best_and_worst, pair_of
from hardseek.training.data.recipe import DataRecipe
from hardseek.training.data.sample import Sample
from hardseek.training.data.scores import score_samples
from hardseek.training.data.seeker_sft import general_samples, read_general, seeker_talk
from hardseek.training.data.splits import assigned, split, strata_of
from hardseek.training.data.supporter_sft import below, supporter_talk
from hardseek.training.dataset import About, Source, Split
from hardseek.training.generating.candidates import Candidates

Splits = Mapping[Split, Sequence[Sample]]


@dataclass(frozen=True, slots=True)
class _Chosen:
    """Clean dialogues, each with the family of its card."""

    held: tuple[Held, ...]
    families: tuple[str, ...]


def make_datasets(recipe: DataRecipe, folder: Path) -> dict[str, About]:
    """Make a dataset, or one for each arm, and write it.

    Args:
        recipe: what is made.
        folder: where to; arms are folders in it.

    Returns:
        What each is, by the arm's name; "" without arms.

    Raises:
        Refused: nothing is left, or the recipe asks for what is not there; nothing is written.
    """
    refuse_taken(folder)
    drops = Drops()
    material = gather(
        recipe.runs, cards=recipe.cards, conditions=recipe.conditions, systems=recipe.systems,
        licence=recipe.licence, drops=drops,
    )  # fmt: skip
    chosen = _clean(material.held, read_evaluation(recipe.against), drops)
    if not chosen.held:
        raise Refused(f"no dialogue is left: {drops.told()}")
    samples, beside = _samples(recipe, chosen, drops)
    if not samples:
        raise Refused(f"nothing is left to learn: {drops.told()}")
    into = assigned(strata_of(samples), valid=recipe.valid, test=recipe.test, seed=recipe.seed)
    sources = [*material.sources, *beside]
    refuse_unknown(recipe.arms, samples)
    made: dict[str, tuple[About, Splits]] = {}
    for arm in recipe.arms or (None,):
        mine = Drops(drops.counts.copy())
        splits = _matched(split(samples, into), arm, recipe, mine)
        made[arm.name if arm is not None else ""] = about_dataset(recipe, splits, sources, mine, arm), splits
    write_datasets(folder, made, _rated(recipe, chosen, samples))
    return {name: about for name, (about, _) in made.items()}


def _clean(held: Sequence[Held], evaluation: Evaluation, drops: Drops) -> _Chosen:
    cards: list[RoleCard] = [*evaluation.cards, *(each.card for each in held if each.card is not None)]
    joined = Families(cards)
    named = {each.card.id: joined.of(each.card) for each in held if each.card is not None}
    families = [family_of(each.card, each.dialogue.card, joined, named) for each in held]
    places = decontaminated(held, families, evaluation, joined, drops)
    return _Chosen(tuple(held[place] for place in places), tuple(families[place] for place in places))


def _samples(recipe: DataRecipe, chosen: _Chosen, drops: Drops) -> tuple[list[Sample], list[Source]]:
    """Make the rows of a kind, with the sources that they come from beside the runs."""
    refuse_unmeasured(recipe.bars, chosen.held)
    pairs = list(zip(chosen.held, chosen.families, strict=True))
    if recipe.kind == "supporter-sft":
        rows = (
            supporter_talk(each, family, recipe.bars, unit=recipe.unit, prompts=recipe.prompts, drops=drops)
            for each, family in pairs
        )
        return [row for row in rows if row is not None], []
    if recipe.kind == "supporter-preference":
        found, beside = (_of_edits if recipe.edits else _of_candidates)(recipe, chosen, drops)
        return evened(found, seed=recipe.seed, drops=drops) if recipe.even_length else found, beside
    if recipe.kind == "scorer":
        return score_samples(chosen.held, chosen.families, recipe.judges, drops), []
    return _of_seekers(recipe, chosen, drops)


def _of_seekers(recipe: DataRecipe, chosen: _Chosen, drops: Drops) -> tuple[list[Sample], list[Source]]:
    turned = []
    for each, family in zip(chosen.held, chosen.families, strict=True):
        why = below(recipe.bars, each.scores)
        if why is not None:
            drops.add("dialogues", why)
        elif (made := seeker_talk(each, family, drops)) is not None:
            turned.append(made)
    if recipe.general is None or not turned:
        return turned, []
    talks = read_general(recipe.general)
    drawn = general_samples(talks, round(recipe.general_ratio * len(turned)), seed=recipe.seed, drops=drops)
    return turned + drawn, [Source(str(recipe.general), _digest(recipe.general), len(talks))]


def _of_candidates(recipe: DataRecipe, chosen: _Chosen, drops: Drops) -> tuple[list[Sample], list[Source]]:
    by_id = {each.dialogue.id: (each, family) for each, family in zip(chosen.held, chosen.families, strict=True)}
    found = []
    for run in recipe.runs:
        with Candidates(run) as candidates:
            for identity, position, some in candidates.states():
                if identity not in by_id:
                    continue  # its dialogue is counted already
                each, family = by_id[identity]
                said = each.dialogue.turns[:position]
                two = best_and_worst(some, said, by=recipe.chosen_by, margin=recipe.margin, drops=drops)
                if two is not None:
                    found.append(pair_of(each, family, position, chosen=two[0].text, rejected=two[1].text,
                                         prompts=recipe.prompts, drops=drops))  # fmt: skip
    return [row for row in found if row is not None], []


def _of_edits(recipe: DataRecipe, chosen: _Chosen, drops: Drops) -> tuple[list[Sample], list[Source]]:
    path = recipe.edits
    assert path is not None
    edits = read_edits(path)
    by_id = {each.dialogue.id: (each, family) for each, family in zip(chosen.held, chosen.families, strict=True)}
    found = []
    for edit in edits:
        if edit.dialogue not in by_id:
            drops.add("edits", "the dialogue is in none of the runs, or was left out")
            continue
        each, family = by_id[edit.dialogue]
        turns = each.dialogue.turns
        if edit.turn >= len(turns) or turns[edit.turn].speaker != "supporter":
            drops.add("edits", "the turn is none of the supporter's")
            continue
        found.append(pair_of(each, family, edit.turn, chosen=edit.text, rejected=turns[edit.turn].text,
                             prompts=recipe.prompts, drops=drops))  # fmt: skip
    return [row for row in found if row is not None], [Source(str(path), _digest(path), len(edits))]


def _matched(splits: dict[Split, list[Sample]], arm: Arm | None, recipe: DataRecipe, drops: Drops) -> Splits:
    """Match a split to the other arms, and to the most turns asked for; validation and test in proportion."""
    if arm is None and recipe.most_turns is None:
        return splits
    found: dict[Split, Sequence[Sample]] = {}
    for name, samples in splits.items():
        arms = recipe.arms or (_everything(samples),)
        size = common_size(arms, samples)
        if name == "train" and recipe.most_turns is not None:
            size = min(size, recipe.most_turns)
        kept = mixed(samples, arm or arms[0], size, seed=recipe.seed, drops=drops)
        if kept:
            found[name] = kept
    if "train" not in found:
        raise Refused(f"nothing is left to train on: {drops.told()}")
    return found


def _everything(samples: Sequence[Sample]) -> Arm:
    """Return the mixture that samples have by themselves."""
    turns: dict[str, int] = {}
    for sample in samples:
        turns[sample.condition] = turns.get(sample.condition, 0) + sample.supervised
    total = sum(turns.values())
    return Arm("all", {condition: many / total for condition, many in turns.items()})


def _rated(recipe: DataRecipe, chosen: _Chosen, samples: Sequence[Sample]) -> list[Dialogue]:
    """Return the dialogues that a scorer's rows are of."""
    if recipe.kind != "scorer":
        return []
    named = {row.item for sample in samples if hasattr(row := sample.row, "item")}
    return [each.dialogue for each in chosen.held if each.dialogue.id in named]


def _digest(path: Path) -> str:
    return blake2b(path.read_bytes(), digest_size=8).hexdigest()
