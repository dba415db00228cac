"""`hardseek`: its commands, and how mistakes are shown."""

import sys
from typing import Annotated, Final

import typer

import hardseek
from hardseek.cli.console import errors
from hardseek.cli.exits import INTERRUPTED, REFUSED, STOPPED
from hardseek.cli.loading import loading
from hardseek.errors import HardseekError, Refused

_COMMANDS: Final = {
    "run": "hardseek.cli.runs.running:run",
    "init": "hardseek.cli.runs.starting:init",
    "systems": "hardseek.cli.runs.starting:systems",
    "behaviours": "hardseek.cli.runs.behaviours:behaviours",
    "status": "hardseek.cli.runs.looking:status",
    "show": "hardseek.cli.runs.looking:show",
    "report": "hardseek.cli.runs.looking:report",
    "view": "hardseek.cli.runs.viewing:view",
    "compare": "hardseek.cli.runs.comparing:compare",
    "gate": "hardseek.cli.runs.gating:gate",
    "leaderboard": "hardseek.cli.runs.leaderboard:leaderboard",
    "generate": "hardseek.cli.train.generating:generate",
    "export": "hardseek.cli.runs.exchange:export",
    "import": "hardseek.cli.runs.exchange:import_",
    "judge": "hardseek.cli.groups:judge",
    "cards": "hardseek.cli.groups:cards",
    "validate": "hardseek.cli.groups:validate",
    "study": "hardseek.cli.groups:study",
    "train": "hardseek.cli.groups:train",
}

app = typer.Typer(
    name="hardseek",
    cls=loading(_COMMANDS),
    help="Measure how emotional support dialogue systems behave with seekers who are hard to help.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"hardseek {hardseek.__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and leave.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """Measure how emotional support dialogue systems behave with seekers who are hard to help."""


def main() -> None:
    """Run the command line; mistakes the user can mend are told in words, without a traceback."""
    try:
        app()
    except HardseekError as error:
        errors.print(f"hardseek: {error}", markup=False, highlight=False, soft_wrap=True)
        sys.exit(REFUSED if isinstance(error, Refused) else STOPPED)
    except KeyboardInterrupt:
        errors.print("hardseek: interrupted", markup=False)
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        # Whoever read our output (`head`, `less`) has gone; that is no mistake.
        sys.stderr.close()
        sys.exit(0)
