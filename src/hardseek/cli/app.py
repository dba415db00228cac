"""`hardseek`: its commands, and how mistakes are shown."""

import sys
from typing import Annotated

import typer

import hardseek
from hardseek.cli import exchange, looking, running, starting
from hardseek.cli.behaviours import behaviours
from hardseek.cli.cards import cards
from hardseek.cli.cards_building import build as build_cards
from hardseek.cli.cards_reviewing import review as review_cards
from hardseek.cli.comparing import compare
from hardseek.cli.console import errors
from hardseek.cli.exits import INTERRUPTED, REFUSED, STOPPED
from hardseek.cli.gating import gate
from hardseek.cli.generating import generate
from hardseek.cli.judge import judge
from hardseek.cli.leaderboard import leaderboard
from hardseek.cli.studying import study
from hardseek.cli.train import train
from hardseek.cli.train_fit import seeker as train_seeker
from hardseek.cli.train_fit import supporter as train_supporter
from hardseek.cli.train_prove import prove_supporter
from hardseek.cli.validating import validate
from hardseek.cli.validating_judge import judge as validate_judge
from hardseek.cli.validating_measures import measures
from hardseek.cli.validating_sensitivity import sensitivity
from hardseek.cli.viewing import view
from hardseek.errors import HardseekError, Refused

app = typer.Typer(
    name="hardseek",
    help="Measure how emotional support dialogue systems behave with seekers who are hard to help.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(running.run)
app.command()(starting.init)
app.command()(starting.systems)
app.command()(behaviours)
app.command()(looking.status)
app.command()(looking.show)
app.command()(looking.report)
app.command()(view)
app.command()(compare)
app.command()(gate)
app.command()(leaderboard)
app.command()(generate)
app.command()(exchange.export)
app.command(name="import")(exchange.import_)
app.add_typer(judge, name="judge")
cards.command(name="build")(build_cards)
cards.command(name="review")(review_cards)
app.add_typer(cards, name="cards")
validate.command(name="judge")(validate_judge)
validate.command()(measures)
validate.command()(sensitivity)
app.add_typer(validate, name="validate")
app.add_typer(study, name="study")
train.command(name="supporter")(train_supporter)
train.command(name="seeker")(train_seeker)
train.command(name="prove")(prove_supporter)
app.add_typer(train, name="train")


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
