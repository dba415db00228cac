"""`hardseek study findings` and `behaviours`: what comes of a study."""

from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from rich.table import Table as Shown
from rich.text import Text

from hardseek.cli.console import errors, output
from hardseek.cli.options import AsJson
from hardseek.documents import read
from hardseek.errors import Refused
from hardseek.interop import replacing
from hardseek.study.coding import Coding, behaviour_file
from hardseek.study.coding.kept import from_json
from hardseek.study.findings import Findings, Material, Table, find, markdown, read_material, tables
from hardseek.study.formats import as_csv
from hardseek.study.team import CODING

_Run = Annotated[Path, typer.Argument(metavar="RUN", help="A run folder that `hardseek study export` made.")]


def findings(
    run: _Run,
    simulated: Annotated[
        Path | None, typer.Option(help="A run folder with simulated seekers, to hold the people against.")
    ] = None,
    without_flagged: Annotated[
        bool, typer.Option("--without-flagged", help="Leave out who failed more attention checks than allowed.")
    ] = False,
    out: Annotated[
        Path | None, typer.Option(help="Write findings.md, findings.json and a CSV for each table to this folder.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show what a study found: agreement, systems with raters taken out, distress, experts against simulated seekers.

    Exit codes: 0 done; 2 refused.
    """
    if out is not None and out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise Refused(f"{out}: is there already, and holds something; choose another name")
    material = read_material(run)
    coding = read_coding(run) if (run / CODING).is_file() else None
    with errors.status("Reading") as status:
        found = find(
            material,
            simulated=simulated,
            coding=coding,
            without=material.flagged if without_flagged else (),
            said=lambda what: status.update(f"Finding: {what}"),
        )
    if out is not None:
        _write(found, out)
    if as_json:
        typer.echo(msgspec.json.format(msgspec.json.encode(found)).decode())
    else:
        _print(found, material)
    if out is not None:
        errors.print(f"Wrote {out / 'findings.md'}, and each table as CSV beside it", markup=False)


def behaviours(
    run: _Run,
    out: Annotated[Path, typer.Option(help="The file to write (YAML).")],
) -> None:
    """Make a file of behaviours of what was coded; what counting cannot tell is marked, and refused until filled in.

    An experiment takes them as FILE.yaml#NAME. Exit codes: 0 done; 2 refused.
    """
    if out.exists():
        raise Refused(f"{out}: is there already; choose another name")
    material = read_material(run)
    if not (run / CODING).is_file():
        raise Refused(f"{run}: nothing was coded (there is no {CODING} in it); code on the study's pages, export again")
    text = behaviour_file(read_coding(run), study=material.name, signature=material.signature)
    with replacing(out) as part:
        part.write_text(text, encoding="utf-8")
    errors.print(f"Wrote {out}. Fill in what it marks, then look at it: hardseek behaviours --file {out}", markup=False)


def read_coding(run: Path) -> Coding:
    """Read the coding of an exported study; raises Refused."""
    try:
        return from_json(read(run / CODING))
    except msgspec.DecodeError as error:
        raise Refused(f"{run / CODING}: is no coding as `hardseek study export` writes it: {error}") from None


def _write(found: Findings, folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refused(f"{folder}: cannot be made: {error.strerror or error}") from None
    texts = {table.name + ".csv": _csv(table) for table in tables(found)}
    texts["findings.md"] = markdown(found)
    texts["findings.json"] = msgspec.json.format(msgspec.json.encode(found)).decode() + "\n"
    for name, text in texts.items():
        with replacing(folder / name) as part:
            part.write_text(text, encoding="utf-8")


def _csv(table: Table) -> str:
    return as_csv((dict(zip(table.header, row, strict=True)) for row in table.rows), table.header)


def _print(found: Findings, material: Material) -> None:
    shown = f"{found.study}: {found.dialogues:,} dialogues, {found.participants:,} participants"
    output.print(Text(shown + (f", {found.failed:,} failed dialogues left out" if found.failed else ""), "bold"))
    if found.without:
        output.print(Text(f"Left out: {', '.join(found.without)}"))
    for table in tables(found):
        output.print(Text(f"\n{table.title}", "bold"))
        output.print(Text(table.note, "dim"))
        for above, rows in groupby(table.told, key=itemgetter(slice(table.grouped))):
            if above:
                output.print(Text("\n" + ", ".join(filter(None, above)), "italic"))
            drawn = Shown(box=None, pad_edge=False, padding=(0, 1))
            for heading in table.headings[table.grouped :]:
                drawn.add_column(heading, overflow="fold")
            for row in rows:
                drawn.add_row(*map(Text, row[table.grouped :]))
            output.print(drawn)
    if not found.agreement:
        output.print(Text("\nHow far participants agree is unknown: no dialogue has two raters.", "dim"))
    errors.print(f"Signature: {material.signature}", markup=False)
