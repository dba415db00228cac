"""The table that `hardseek validate` prints."""

from collections.abc import Sequence
from itertools import groupby

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from hardseek.validity import Property

_NARROWEST = 12
"""Of what a figure is: names of conditions are not broken into less."""


def validity_table(properties: Sequence[Property]) -> Group:
    """Return a table for each family of properties and language, and below what gives simulated seekers away."""
    shown: list[RenderableType] = []
    for (language, family), some in groupby(properties, key=lambda made: (made.language, _family(made))):
        shown += [Text(f"\n{family} ({language})", "bold"), _table(list(some))]
    telling = [made for made in properties if made.details]
    if telling:
        shown.append(
            Text("\nWhat gives it away: log odds for one standard deviation more, + for the first kind", "bold")
        )
    for made in telling:
        told = ", ".join(f"{name} {weight:+.2f}" for name, weight in made.details.items())
        shown.append(Text(f"{_short(made)}, {made.condition or 'all'} ({made.language}; {made.note})"))
        shown.append(Padding(Text(told), (0, 0, 0, 2)))
    return Group(*shown)


def _table(properties: Sequence[Property]) -> Table:
    table = Table(box=None, pad_edge=False)
    for heading, whole in {"Of": False, "": True, "Value [95 %]": True, "Aim": False, "Holds": True}.items():
        table.add_column(heading, overflow="fold", no_wrap=whole, min_width=_NARROWEST if heading == "Of" else None)
    published = any(made.published is not None for made in properties)
    if published:
        table.add_column("Published", overflow="fold")
    last: str | None = None
    for made in properties:
        of = (made.condition or "all").replace("_", " ")
        told = "" if made.published is None else f"{made.published:.3g}"
        row = ("" if of == last else of, _short(made), _value(made), _aim(made), _holds(made))
        table.add_row(*map(Text, (*row, told) if published else row))
        last = of
    return table


def _family(made: Property) -> str:
    return made.name.partition("/")[0]


def _short(made: Property) -> str:
    return made.name.partition("/")[2]


def _value(made: Property) -> str:
    value = "-" if made.value is None else f"{made.value:.2f}"
    return value if made.interval is None else f"{value} [{made.interval[0]:.2f}, {made.interval[1]:.2f}]"


def _aim(made: Property) -> str:
    return (made.aim or "").replace("at least ", "≥ ").replace("at most ", "≤ ")


def _holds(made: Property) -> str:
    return "" if made.holds is None else "yes" if made.holds else "no"
