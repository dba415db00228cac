"""What stands for questions in a study file, put into questions: rubrics, what is asked again, distress."""

from pathlib import Path
from typing import Final

from hardseek.errors import Refused
from hardseek.judging.rubrics import Rubric, load_rubric
from hardseek.judging.rubrics.rubric import Said
from hardseek.language import LANGUAGES
from hardseek.mistakes import choices
from hardseek.study.items import (
    DISTRESS,
    CheckItem,
    DistressItem,
    Item,
    ItemSpec,
    LikertItem,
    RepeatItem,
    RubricItems,
    TextItem,
)

OWN_DISTRESS: Final = DISTRESS.model_copy(
    update={
        "text": Said(en="How distressed are you yourself, right now?", zh="你自己此刻有多难受？"),
        "better": "neither",
    }
)
"""The same of the participant; it says nothing about a system."""


def expand(specs: tuple[ItemSpec, ...], folder: Path) -> tuple[Item, ...]:
    """Put what stands for questions in their place: a rubric's dimensions, what is asked again, distress.

    Raises:
        Refused: there is no such rubric, dimension or question.
    """
    items: list[Item] = []
    for spec in specs:
        match spec:
            case RubricItems():
                items += _of_rubric(spec, folder)
            case RepeatItem():
                items.append(_again(spec, items))
            case DistressItem():
                items.append(OWN_DISTRESS.model_copy(update={"name": spec.name}))
            case CheckItem():
                items.append(spec.model_copy(update={"text": _instructed(spec)}))
            case _:
                items.append(spec)
    return tuple(items)


def _again(spec: RepeatItem, asked: list[Item]) -> Item:
    found = next((item for item in asked if item.name == spec.of and item.same_as is None), None)
    if found is None or isinstance(found, TextItem | CheckItem):
        raise Refused(f"repeat: {spec.of} is no question with a scale or choices before it in its form")
    return found.model_copy(update={"name": f"{spec.of}_again", "same_as": spec.of, "within": spec.within})


def _instructed(spec: CheckItem) -> Said:
    return Said.model_validate(
        {each: spec.text.in_language(each).replace("{expected}", str(spec.expected)) for each in LANGUAGES}
    )


def _of_rubric(spec: RubricItems, folder: Path) -> tuple[Item, ...]:
    rubric: Rubric = load_rubric(spec.rubric, folder)
    names = [dimension.name for dimension in rubric.dimensions]
    for wanted in spec.only or ():
        if wanted not in names:
            raise Refused(f"rubric {spec.rubric}: no dimension {wanted}; {choices(wanted, names, says='it has')}")
    return tuple(
        LikertItem(
            kind="likert",
            name=dimension.name,
            text=dimension.title,
            help=dimension.definition,
            low=rubric.low,
            high=rubric.high,
            levels=dimension.levels,
            may_not_apply=dimension.applies is not None,
            better=dimension.better,
        )
        for dimension in rubric.dimensions
        if spec.only is None or dimension.name in spec.only
    )
