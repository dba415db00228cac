"""`hardseek validate`: what the instrument is shown to do."""

from typing import Annotated

import msgspec
import typer
from rich.table import Table
from rich.text import Text

from hardseek.cli.console import errors, output
from hardseek.errors import Refused
from hardseek.language import LANGUAGES
from hardseek.validity import Property, validate_seeker

validate = typer.Typer(
    help="Show what the instrument does: each property with its figure, interval and aim.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@validate.callback()
def _validate() -> None:
    """Show what the instrument does: each property with its figure, interval and aim."""


@validate.command()
def seeker(
    language: Annotated[list[str] | None, typer.Option(help="Only this language, en or zh. Repeatable.")] = None,
    cards: Annotated[int | None, typer.Option(help="At most so many packaged cards in each language.")] = None,
    replicates: Annotated[int, typer.Option(help="Dialogues for each system, card and condition.")] = 1,
    seed: Annotated[int, typer.Option(help="The seed of all luck.")] = 1,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Show what the scripted seeker does with the built-in systems: offline, all packaged cards and conditions.

    Exit codes: 0 done, whether or not the aims are reached; 2 refused.
    """
    for name in language or ():
        if name not in LANGUAGES:
            raise Refused(f"--language: found {name!r}; allowed: en, zh")
    chosen = [known for known in LANGUAGES if not language or known in language]
    found = validate_seeker(chosen, cards=cards, replicates=replicates, seed=seed)
    if as_json:
        typer.echo(msgspec.json.format(msgspec.json.encode(found)).decode())
        return
    table = Table(box=None, pad_edge=False)
    for heading in ("Property", "", "Of", "Value [95 %]", "Aim", "Holds", "Published"):
        table.add_column(heading, overflow="fold")
    for made in found.properties:
        table.add_row(*map(Text, _row(made)))
    output.print(table)
    held = [made.holds for made in found.properties if made.holds is not None]
    output.print(f"\n{sum(held)} of {len(held)} aims reached")
    errors.print(f"Signature: {found.signature}", markup=False)


def _row(made: Property) -> tuple[str, ...]:
    value = "-" if made.value is None else f"{made.value:.2f}"
    if made.interval is not None:
        value += f" [{made.interval[0]:.2f}, {made.interval[1]:.2f}]"
    holds = "" if made.holds is None else "yes" if made.holds else "no"
    published = "" if made.published is None else f"{made.published:g}"
    return made.name, made.language, made.condition or "all", value, made.aim or "", holds, published
