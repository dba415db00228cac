"""Making datasets: gather, decontaminate, choose, split, match, and say what came of it."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from hardseek.cards import RoleCard
from hardseek.dialogues import Dialogue
from hardseek.errors import Refused
from hardseek.training.data.decontamination import Evaluation, decontaminated, read_evaluation
from hardseek.training.data.drops import Drops
from hardseek.training.data.families import Families, family_of
from hardseek.training.data.folder import about_dataset, refuse_taken, write_datasets
from hardseek.training.data.material import Held, gather
from hardseek.training.data.mixing import Arm, common_size, mixed, refuse_unknown
from hardseek.training.data.recipe import DataRecipe
from hardseek.training.data.rows import Chosen, samples_of
from hardseek.training.data.sample import Sample
from hardseek.training.data.splits import assigned, split, strata_of
from hardseek.training.dataset import About, Split

Splits = Mapping[Split, Sequence[Sample]]


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
        other = ". Give dialogues with other cards than those to be measured with" if recipe.against else ""
        raise Refused(f"no dialogue is left: {drops.told()}{other}")
    samples, beside = samples_of(recipe, chosen, drops)
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


def _clean(held: Sequence[Held], evaluation: Evaluation, drops: Drops) -> Chosen:
    cards: list[RoleCard] = [*evaluation.cards, *(each.card for each in held if each.card is not None)]
    joined = Families(cards)
    named = {each.card.id: joined.of(each.card) for each in held if each.card is not None}
    families = [family_of(each.card, each.dialogue.card, joined, named) for each in held]
    places = decontaminated(held, families, evaluation, joined, drops)
    return Chosen(tuple(held[place] for place in places), tuple(families[place] for place in places), evaluation)


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


def _rated(recipe: DataRecipe, chosen: Chosen, samples: Sequence[Sample]) -> list[Dialogue]:
    """Return the dialogues that a scorer's rows are of."""
    if recipe.kind != "scorer":
        return []
    named = {row.item for sample in samples if hasattr(row := sample.row, "item")}
    return [each.dialogue for each in chosen.held if each.dialogue.id in named]
