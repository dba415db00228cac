"""`hardseek judge`: rate a finished run, or train a judge that can."""

from typing import Any, Final

import typer
from typer.core import TyperGroup

from hardseek.cli.judging import rate
from hardseek.cli.training_judge import train

_RATE: Final = "rate"


class _RatingUnlessNamed(TyperGroup):
    """Takes `judge RUN JUDGES` for `judge rate RUN JUDGES`: rating is what most come for."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        asks_for_help = bool(args) and args[0] in ctx.help_option_names
        if args and not asks_for_help and args[0] not in self.commands:
            args = [_RATE, *args]
        return super().parse_args(ctx, args)


judge = typer.Typer(
    cls=_RatingUnlessNamed,
    help="Rate the dialogues of a run (`judge RUN JUDGES` for short), or train a scorer on people's ratings.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
judge.command(name=_RATE)(rate)
judge.command()(train)


@judge.callback()
def _judge() -> None:
    """Rate the dialogues of a run (`judge RUN JUDGES` for short), or train a scorer on people's ratings."""
