"""Options that several commands have: what of an experiment they change, and how they print."""

from pathlib import Path
from typing import Annotated

import typer

RunFolder = Annotated[Path | None, typer.Option(help="The run folder; runs/NAME if not given.")]
Conditions = Annotated[list[str] | None, typer.Option(help="Only this condition. Repeatable.")]
Languages = Annotated[list[str] | None, typer.Option(help="Only this language, en or zh. Repeatable.")]
MostCards = Annotated[int | None, typer.Option(help="At most so many cards in each language.")]
MostExchanges = Annotated[int | None, typer.Option(help="Exchanges in a dialogue at most.")]
Seed = Annotated[int | None, typer.Option(help="The seed of all luck.")]
Concurrency = Annotated[int | None, typer.Option(help="Dialogues in progress at once.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would run, and run nothing.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Draws = Annotated[int, typer.Option(min=100, help="Bootstrap draws.")]
PageLanguage = Annotated[str, typer.Option(help="What the page opens in: en or zh.")]
