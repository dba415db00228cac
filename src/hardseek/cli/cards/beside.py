"""A built card beside its source, each entry with the words that it rests on."""

from collections.abc import Sequence
from typing import Final

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from hardseek.cards.building import Field, Source
from hardseek.cards.building.quoting import places
from hardseek.cards.building.store import Built
from hardseek.cards.taxonomy import leaves
from hardseek.cli.cards.told import folding

_WHO: Final = {"seeker": "Seeker", "supporter": "Supporter"}
_OPEN, _CLOSE = "«", "»"
"""Around evidence: it has to be seen without colours too."""


def beside(built: Built, source: Source, fields: Sequence[Field]) -> RenderableType:
    """Lay out source and card, entries numbered as their evidence is in the source; rejected ones come last."""
    stand = [field for field in fields if field.rejected is None]
    table = Table.grid(padding=(0, 2), expand=True)
    table.add_column(ratio=1, overflow="fold")
    table.add_column(ratio=1, overflow="fold")
    table.add_row(Text("What was said", "bold"), Text("The card", "bold"))
    table.add_row(marked(source, stand), _card(built, stand, [field for field in fields if field.rejected is not None]))
    return table


def marked(source: Source, stand: Sequence[Field]) -> Text:
    """Return the source with the evidence of each entry between marks, its number after them."""
    own = [place for place, turn in enumerate(source.turns) if turn.who == "seeker"]
    marks: dict[int, list[tuple[int, bool, int]]] = {}
    for number, field in enumerate(stand, start=1):
        for quote in field.quotes:
            for found in places(quote, source.own) or ():
                here = marks.setdefault(own[found.turn], [])
                here += [(found.start, False, number), (found.end, True, number)]
    text = Text()
    for place, turn in enumerate(source.turns):
        if not source.is_post:
            text.append(f"{_WHO[turn.who]}: ", "bold" if turn.who == "seeker" else "dim")
        _append(text, turn.text, marks.get(place, []), "" if turn.who == "seeker" else "dim")
        text.append("\n")
    return text


def _append(text: Text, said: str, marks: list[tuple[int, bool, int]], style: str) -> None:
    at, inside = 0, 0
    # Where one piece ends and another begins, the end comes first.
    for place, ends, number in sorted(set(marks), key=lambda mark: (mark[0], not mark[1], mark[2])):
        text.append(said[at:place], "green" if inside else style)
        text.append(f"{_CLOSE}{number}" if ends else _OPEN, "green")
        inside += -1 if ends else 1
        at = place
    text.append(said[at:], style)


def _card(built: Built, stand: Sequence[Field], rejected: Sequence[Field]) -> RenderableType:
    card = built.card
    table = folding("", "", "")
    table.show_header = False
    table.columns[0].no_wrap = True
    table.columns[1].justify = "right"
    table.add_row("category", "", _category(built))
    table.add_row("grade", "", f"{card.grade}; risk {card.risk}")
    for number, field in enumerate(stand, start=1):
        more = " / ".join(each for each in (field.depth, field.feeling) if each)
        value = Text(field.value)
        value.append(f"  ({more})" if more else "", "dim")
        table.add_row(Text(field.of.replace("_", " "), "dim"), Text(str(number), "green"), value)
    for field in rejected:
        value = Text(field.value, "dim")
        table.add_row(
            Text(field.of.replace("_", " "), "dim"), Text("-", "red"), value.append(f"  [{field.rejected}]", "red")
        )
    return table


def _category(built: Built) -> str:
    sure = f" ({built.confidence:.2f})" if built.confidence is not None else ""
    if built.card.category is None:
        return f"none; {built.category}{sure} was not sure enough" if built.category else f"none{sure}"
    leaf = leaves().get(built.card.category)
    return f"{built.card.category}{sure}" + (f": {leaf.name.of(built.card.language)}" if leaf is not None else "")
