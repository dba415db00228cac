"""Building cards from dialogues and posts: filter, extraction with evidence, category, grade, and review by people.

The published pipeline (ESC-Eval, arXiv 2406.14952: filter, extraction by a model, sorting, grading by people) made
reproducible. `Builder` takes the items of a `BuildStore` to finished cards; `reviewing` is what people do with them.
"""

from hardseek.cards.building.building import Builder, seed_of
from hardseek.cards.building.filtering import Left, sift
from hardseek.cards.building.masking import masked, masked_source
from hardseek.cards.building.recipe import recipe_of, unlike
from hardseek.cards.building.reviewing import Verdict, chosen, decide, queue, verdicts
from hardseek.cards.building.source import Said, Source
from hardseek.cards.building.store import FILE, BuildStopped, BuildStore, Built, Item
from hardseek.cards.building.tally import BuildTally
from hardseek.cards.building.verifying import Field, verified

__all__ = [
    "FILE",
    "BuildStopped",
    "BuildStore",
    "BuildTally",
    "Builder",
    "Built",
    "Field",
    "Item",
    "Left",
    "Said",
    "Source",
    "Verdict",
    "chosen",
    "decide",
    "masked",
    "masked_source",
    "queue",
    "recipe_of",
    "seed_of",
    "sift",
    "unlike",
    "verdicts",
    "verified",
]
