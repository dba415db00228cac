"""`hardseek cards`: the packaged role cards and other people's: list, show, check, import."""

from pathlib import Path
from typing import Annotated

import msgspec
import typer

from hardseek.cards import RoleCard, load_cards, packaged_cards
from hardseek.cards.importing import IMPORT_FORMATS, Brought, import_cards, summarised
from hardseek.cli.cards.told import counts_table, one_card, table_of
from hardseek.cli.cards.wanted import chosen, named
from hardseek.cli.console import errors, output
from hardseek.cli.exits import DONE, FAILED
from hardseek.cli.languages import language_of
from hardseek.cli.options import AsJson
from hardseek.errors import Refused
from hardseek.interop import replacing
from hardseek.language import LANGUAGES

_Cards = Annotated[
    Path | None, typer.Option("--cards", help="A file or folder of cards; the packaged library if not given.")
]
_SHOWN = 60
_PLACES = 3


def list_(
    path: _Cards = None,
    language: Annotated[str | None, typer.Option(help="Only cards in this language: en or zh.")] = None,
    category: Annotated[str | None, typer.Option(help="Only this leaf, area or domain of the taxonomy.")] = None,
    risk: Annotated[
        str | None, typer.Option(help="Only none, passive-thoughts, past-self-harm, or any (one of the last two).")
    ] = None,
    teen: Annotated[bool | None, typer.Option("--teen/--no-teen", help="Only teenagers, or none.")] = None,
    grade: Annotated[str | None, typer.Option(help="Only cards of this grade: low, middle or high.")] = None,
    source: Annotated[str | None, typer.Option(help="Only cards whose source has this in it.")] = None,
    counts: Annotated[bool, typer.Option("--counts", help="Count by category and language instead.")] = False,
    as_json: AsJson = False,
) -> None:
    """List cards, all or those that are asked for, or count them by category and language."""
    spoken = language_of(language) if language is not None else None
    found = chosen(_read(path), language=spoken, category=category, risk=risk, teen=teen, grade=grade, source=source)
    if as_json:
        typer.echo(msgspec.json.format(msgspec.json.encode([card.model_dump(mode="json") for card in found])).decode())
        return
    if not found:
        errors.print("No card is like that; `hardseek cards list --counts` tells what there is.", markup=False)
        return
    output.print(counts_table(found, spoken or "en") if counts else table_of(found))
    errors.print(_total(found), markup=False)


def show(
    card: Annotated[str, typer.Argument(metavar="ID", help="Its id, or the beginning of it.")],
    path: _Cards = None,
    as_json: AsJson = False,
) -> None:
    """Print one card."""
    found = named(_read(path), card)
    if as_json:
        typer.echo(msgspec.json.format(msgspec.json.encode(found.model_dump(mode="json"))).decode())
        return
    for part in one_card(found):
        output.print(part)


def check(
    path: Annotated[
        Path | None, typer.Argument(metavar="[FILE]", help="A file or folder of cards; the packaged library without.")
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Hold them to what packaged cards must be: nothing missing.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Hold cards against the checks: complete, distinct, consistent, safe, and free of what identifies a person.

    Exit codes: 0 no errors, 1 errors were found, 2 refused.
    """
    from hardseek.cards.checking import check_cards, check_library
    from hardseek.cli.cards.found import findings_summary, findings_table

    read = _read(path)
    found = check_library() if path is None else check_cards(read, strict=strict)
    wrong = sum(finding.level == "error" for finding in found)
    if as_json:
        typer.echo(msgspec.json.format(msgspec.json.encode(found)).decode())
    elif found:
        many = len(found) > _SHOWN
        output.print(findings_summary(found) if many else findings_table(found))
        if many:
            errors.print("Summed up, with an example each; --json prints all.", markup=False)
    concerned = len({finding.card for finding in found})
    what = f"{_number(wrong, 'error')}, {_number(len(found) - wrong, 'warning')}, in {_number(concerned, 'card')}"
    errors.print(f"{_number(len(read), 'card')} checked: {what if found else 'nothing found'}", markup=False)
    raise typer.Exit(FAILED if wrong else DONE)


def import_(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="A file or folder: JSON, JSON Lines, YAML, CSV, TSV.")],
    out: Annotated[Path, typer.Option(help="The file of cards to write: JSON Lines.")],
    form: Annotated[
        str | None, typer.Option("--format", help=f"{', '.join(IMPORT_FORMATS)}; told by each record if not given.")
    ] = None,
    language: Annotated[str | None, typer.Option(help="Only cards in this language: en or zh.")] = None,
) -> None:
    """Make cards of other people's: what can be a card is kept, everything else is named with its reason.

    Exit codes: 0 done, also when some were skipped; 2 refused, and nothing was written.
    """
    if out.suffix.lower() != ".jsonl":
        raise Refused(f"--out: found {out}; cards are written as JSON Lines, so name it {out.with_suffix('.jsonl')}")
    brought = import_cards(path, form, language_of(language) if language is not None else None)
    if not brought.cards:
        raise Refused("\n".join([f"{path}: no cards in it; nothing was written", *_skips(brought)]))
    encoder = msgspec.json.Encoder()
    with replacing(out) as part, part.open("wb") as stream:
        for card in brought.cards:
            stream.write(encoder.encode(card.model_dump(mode="json")) + b"\n")
    formats = ", ".join(f"{count:,} {name}" for name, count in brought.formats)
    errors.print(f"{brought.read:,} read, {len(brought.cards):,} made into cards in {out} ({formats})", markup=False)
    if brought.unused:
        errors.print(f"Not used, as no field of a card is called so: {', '.join(brought.unused)}", markup=False)
    for line in _skips(brought):
        errors.print(line, markup=False, soft_wrap=True)
    errors.print(f"`hardseek cards check {out}` says what they lack.", markup=False)


def _read(path: Path | None) -> tuple[RoleCard, ...]:
    return packaged_cards() if path is None else load_cards(path)


def _skips(brought: Brought) -> list[str]:
    """Word what was skipped, one line a reason, with the first places."""
    lines = [f"{len(brought.skipped):,} skipped:"] if brought.skipped else []
    for why, places in summarised(brought.skipped):
        more = f" and {len(places) - _PLACES:,} more" if len(places) > _PLACES else ""
        lines.append(f"  {len(places):,} x {why} ({'; '.join(places[:_PLACES])}{more})")
    return lines


def _total(found: tuple[RoleCard, ...]) -> str:
    languages = [f"{sum(card.language == each for card in found):,} {each}" for each in LANGUAGES]
    return f"{_number(len(found), 'card')} ({', '.join(languages)})"


def _number(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"
