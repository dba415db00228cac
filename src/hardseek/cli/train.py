"""`hardseek train`: data from dialogues, small models from data, and what they became better at."""

import typer

from hardseek.cli.train_data import data

train = typer.Typer(
    help="Make training data from dialogues, train small models on it, and prove what changed.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
train.command()(data)


@train.callback()
def _train() -> None:
    """Make training data from dialogues, train small models on it, and prove what changed."""
