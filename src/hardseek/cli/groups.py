"""The groups of commands: `hardseek cards`, `judge`, `validate`, `study`, `train`."""

from collections.abc import Mapping
from typing import Any, Final

import typer
from typer.core import TyperGroup

from hardseek.cli.loading import loading

_RATE: Final = "rate"


class _RatingUnlessNamed(TyperGroup):
    """Takes `judge RUN JUDGES` for `judge rate RUN JUDGES`: rating is what most come for."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        asks_for_help = bool(args) and args[0] in ctx.help_option_names
        if args and not asks_for_help and args[0] not in self.commands:
            args = [_RATE, *args]
        return super().parse_args(ctx, args)


def _group(says: str, places: Mapping[str, str], kind: type[TyperGroup] = TyperGroup) -> typer.Typer:
    """Make a group of commands that are loaded on demand."""
    group = typer.Typer(cls=loading(places, kind), help=says, no_args_is_help=True, rich_markup_mode=None)
    group.callback()(lambda: None)
    return group


cards = _group(
    "Role cards: the packaged library, and other people's.",
    {
        "list": "hardseek.cli.cards.library:list_",
        "show": "hardseek.cli.cards.library:show",
        "check": "hardseek.cli.cards.library:check",
        "import": "hardseek.cli.cards.library:import_",
        "build": "hardseek.cli.cards.building:build",
        "review": "hardseek.cli.cards.reviewing:review",
    },
)
judge = _group(
    "Rate the dialogues of a run (`judge RUN JUDGES` for short), or train a scorer on people's ratings.",
    {_RATE: "hardseek.cli.judge.rating:rate", "train": "hardseek.cli.judge.training:train"},
    _RatingUnlessNamed,
)
validate = _group(
    "Show what the instrument does: each property with its figure, interval and aim.",
    {
        "seeker": "hardseek.cli.validate.seeker:seeker",
        "judge": "hardseek.cli.validate.judge:judge",
        "measures": "hardseek.cli.validate.measures:measures",
        "sensitivity": "hardseek.cli.validate.sensitivity:sensitivity",
    },
)
study = _group(
    "Let people play seekers against blinded systems, rate them, and make a run of it.",
    {
        "init": "hardseek.cli.study.preparing:init",
        "plan": "hardseek.cli.study.preparing:plan",
        "serve": "hardseek.cli.study.serving:serve",
        "links": "hardseek.cli.study.linking:make_links",
        "export": "hardseek.cli.study.exporting:export",
        "codebook": "hardseek.cli.study.exporting:codebook",
        "findings": "hardseek.cli.study.findings:findings",
        "behaviours": "hardseek.cli.study.findings:behaviours",
        "erase": "hardseek.cli.study.keeping:erase",
        "backup": "hardseek.cli.study.keeping:backup",
        "restore": "hardseek.cli.study.keeping:restore",
    },
)
train = _group(
    "Make training data from dialogues, train small models on it, prove what changed. Scorers: hardseek judge train.",
    {
        "data": "hardseek.cli.train.data:data",
        "supporter": "hardseek.cli.train.fit:supporter",
        "seeker": "hardseek.cli.train.fit:seeker",
        "prove": "hardseek.cli.train.prove:prove_supporter",
        "prove-seeker": "hardseek.cli.train.prove_seeker:prove_trained_seeker",
    },
)
