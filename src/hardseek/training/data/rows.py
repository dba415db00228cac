"""The rows of each kind of dataset, from clean dialogues."""

from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Final

from hardseek.errors import Refused
from hardseek.training.data.bars import refuse_unmeasured
from hardseek.training.data.decontamination import Evaluation, clean_talks
from hardseek.training.data.drops import Drops
from hardseek.training.data.edits import read_edits
from hardseek.training.data.evening import evened
from hardseek.training.data.material import Held
from hardseek.training.data.preferences import By, best_and_worst, pair_of, value_of
from hardseek.training.data.recipe import DataRecipe
from hardseek.training.data.sample import Sample
from hardseek.training.data.scores import score_samples
from hardseek.training.data.seeker_sft import general_samples, read_general, seeker_talk
from hardseek.training.data.supporter_sft import below, supporter_talk
from hardseek.training.dataset import Source
from hardseek.training.generating.candidates import Candidates

_VALUELESS: Final[dict[By, str]] = {
    "response": "--chosen-by response: no hidden state stands behind the seekers of these runs, which replies could "
    "have changed; generate with a scripted or chat seeker, or take --chosen-by judges",
    "judges": "--chosen-by judges: no judge rated the replies of these runs; name `judges` under `candidates` when "
    "generating, or take --chosen-by response",
}


@dataclass(frozen=True, slots=True)
class Chosen:
    """Clean dialogues, each with the family of its card."""

    held: tuple[Held, ...]
    families: tuple[str, ...]
    evaluation: Evaluation
    """What they are clean of."""


def samples_of(recipe: DataRecipe, chosen: Chosen, drops: Drops) -> tuple[list[Sample], list[Source]]:
    """Make the rows of a dataset's kind.

    Returns:
        The rows, and the sources that they come from beside the runs.

    Raises:
        Refused: the recipe goes by what is not there; see the makers of each kind.
    """
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


def _of_seekers(recipe: DataRecipe, chosen: Chosen, drops: Drops) -> tuple[list[Sample], list[Source]]:
    turned = []
    for each, family in zip(chosen.held, chosen.families, strict=True):
        why = below(recipe.bars, each.scores)
        if why is not None:
            drops.add("dialogues", why)
        elif (made := seeker_talk(each, family, drops)) is not None:
            turned.append(made)
    if recipe.general is None or not turned:
        return turned, []
    talks = clean_talks(read_general(recipe.general), chosen.evaluation, drops)
    drawn = general_samples(talks, round(recipe.general_ratio * len(turned)), seed=recipe.seed, drops=drops)
    return turned + drawn, [Source(str(recipe.general), _digest(recipe.general), len(talks))]


def _of_candidates(recipe: DataRecipe, chosen: Chosen, drops: Drops) -> tuple[list[Sample], list[Source]]:
    by_id = {each.dialogue.id: (each, family) for each, family in zip(chosen.held, chosen.families, strict=True)}
    found = []
    valued = False
    for run in recipe.runs:
        with Candidates(run) as candidates:
            for identity, position, some in candidates.states():
                each, family = by_id.get(identity, (None, ""))
                if each is None or each.run != run:
                    continue  # its dialogue is counted already
                said = each.dialogue.turns[:position]
                valued = valued or any(value_of(one, said, recipe.chosen_by) is not None for one in some)
                two = best_and_worst(some, said, by=recipe.chosen_by, margin=recipe.margin, drops=drops)
                if two is not None:
                    found.append(pair_of(each, family, position, chosen=two[0].text, rejected=two[1].text,
                                         prompts=recipe.prompts, drops=drops))  # fmt: skip
    if not valued:
        raise Refused(_VALUELESS[recipe.chosen_by])
    return [row for row in found if row is not None], []


def _of_edits(recipe: DataRecipe, chosen: Chosen, drops: Drops) -> tuple[list[Sample], list[Source]]:
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


def _digest(path: Path) -> str:
    return blake2b(path.read_bytes(), digest_size=8).hexdigest()
