"""`hardseek gate`: whether a run keeps the rules that a release has to keep."""

from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import Annotated, Final

import msgspec
import typer
from rich.cells import cell_len
from rich.padding import Padding
from rich.text import Text

from hardseek.analysis.gate import Check, Gate, check, junit
from hardseek.cli.console import output
from hardseek.cli.exits import DONE, FAILED
from hardseek.cli.options import AsJson
from hardseek.cli.runs.results import view_of
from hardseek.documents import load, read
from hardseek.errors import Refused
from hardseek.interop import replacing
from hardseek.report.numbers import NOTHING, number
from hardseek.runs import Store

_FINISHED: Final = "dialogues that are not finished"
_INDENT: Final = 13
"""Where a reason begins: under the place."""
_STYLES: Final = {"kept": "green", "broken": "bold red", "not known": "bold yellow"}


def gate(
    run: Annotated[Path, typer.Argument(help="A run folder.")],
    rules: Annotated[Path, typer.Option(help="A YAML file of rules.")],
    junit_file: Annotated[Path | None, typer.Option("--junit", help="Also write the verdict as JUnit XML.")] = None,
    json: AsJson = False,
) -> None:
    """Check a run against rules, for continuous integration.

    Exit code 0: every rule is kept. 1: one is broken, or not known to be kept. 2: the rules do not fit the run.
    """
    wanted = load(read(rules), Gate, source=str(rules))
    with Store(run) as store:
        view = view_of(store)
        waiting, planned = _unfinished(store)
    try:
        checks = check(wanted, view.dialogues, view.measures, view.dimensions)
    except Refused as error:
        raise Refused(f"{rules}: {error}") from None
    if waiting > wanted.unscored_at_most * planned:
        why = f"{waiting:,} of {planned:,} dialogues are not finished; run the same command to go on"
        checks.append(Check(_FINISHED, view.name, "not known", float(waiting), None, None, "nearly all", why))
    if junit_file is not None:
        with replacing(junit_file) as part:
            part.write_bytes(junit(checks, view.name or run.name))
    if json:
        body = {"run": str(run), "signature": view.signature, "kept": _kept(checks), "checks": checks}
        typer.echo(msgspec.json.format(msgspec.json.encode(body), indent=2).decode())
    else:
        _printed(checks)
    raise typer.Exit(DONE if _kept(checks) else FAILED)


def _kept(checks: Sequence[Check]) -> bool:
    return all(each.verdict == "kept" for each in checks)


def _unfinished(store: Store) -> tuple[int, int]:
    """Count the dialogues that are not finished, and all that there are to be."""
    counts = store.counts()
    begun = sum(counts.values())
    planned = max(begun, store.noted("planned") or 0)
    return planned - begun + counts.get("open", 0), planned


def _printed(checks: Sequence[Check]) -> None:
    """Print the readable verdict: each rule with what it allows, and under it every place."""
    for (rule, limit), some in groupby(checks, key=lambda each: (each.rule, each.limit)):
        output.print(Text(f"{rule}: {limit}", "bold"))
        here = sorted(some, key=lambda each: each.verdict == "kept")  # what is broken first
        width = max(cell_len(each.place) for each in here)
        for each in here:
            place = each.place + " " * (width - cell_len(each.place))
            verdict = (f"  {each.verdict:<9}  ", _STYLES[each.verdict])
            output.print(Text.assemble(verdict, f"{place}  {_figure(each)}"), soft_wrap=True)
            if each.why:
                output.print(Padding(Text(each.why, "dim"), (0, 0, 0, _INDENT)))
    counts = Counter[str](each.verdict for each in checks)
    output.print(", ".join(f"{counts[verdict]:,} {verdict}" for verdict in _STYLES if counts[verdict]))


def _figure(check: Check) -> str:
    """Word what was found, with its interval."""
    found = NOTHING if check.found is None else number(check.found)
    if check.low is not None and check.high is not None:
        found += f" [{number(check.low)}, {number(check.high)}]"
    return found
