"""`hardseek cards build`: cards from dialogues and posts, by the published pipeline made reproducible."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Final

import msgspec
import typer

from hardseek.cards.building import (
    FILE,
    BuildStore,
    Left,
    Source,
    chosen,
    recipe_of,
    sift,
    unlike,
    verdicts,
)
from hardseek.cards.building.estimating import expected
from hardseek.cards.building.grading import GRADES
from hardseek.cards.building.provenance import provenance
from hardseek.cards.building.store import Built
from hardseek.cards.building.summary import summary
from hardseek.cards.card import Grade
from hardseek.chat import Endpoint, Price
from hardseek.cli.cards.building_run import build_shown
from hardseek.cli.cards.building_told import agreements, counts, details, removed, reviewers_table, stages_table
from hardseek.cli.cards.material import Material, dialogues_of, surveys_of
from hardseek.cli.cards.sources import SOURCE_FORMATS
from hardseek.cli.console import errors, output
from hardseek.cli.exits import DONE, FAILED, INTERRUPTED
from hardseek.cli.languages import language_of
from hardseek.cli.runs.results import print_estimates
from hardseek.documents import load, read
from hardseek.errors import Refused
from hardseek.interop import replacing
from hardseek.language import Language
from hardseek.mistakes import choices
from hardseek.runs import writing
from hardseek.runs.estimate import priced

_PLACES: Final = 3


def build(
    path: Annotated[
        Path,
        typer.Argument(metavar="DIALOGUES", help="Dialogues or posts; the build folder with --status or --export."),
    ],
    out: Annotated[Path | None, typer.Option(help="The build folder: every item, its stage, its card.")] = None,
    model: Annotated[
        Path | None, typer.Option(help="A YAML file with the fields of a chat endpoint: base_url, model, ...")
    ] = None,
    no_model: Annotated[
        bool, typer.Option("--no-model", help="Ask no model: cards of ESConv's own fields, by rule, of lower grade.")
    ] = False,
    form: Annotated[
        str | None,
        typer.Option("--format", help=f"{', '.join(SOURCE_FORMATS)}; told by the first record if not given."),
    ] = None,
    language: Annotated[str | None, typer.Option(help="Only dialogues in this language: en or zh.")] = None,
    seed: Annotated[int, typer.Option(help="The seed of all calls.")] = 0,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Filter, say what would be asked, keep nothing.")] = False,
    status: Annotated[
        bool, typer.Option("--status", help="Say how far a build is, and what its reviewers say.")
    ] = False,
    export: Annotated[Path | None, typer.Option(help="Write the cards of a build: JSON Lines.")] = None,
    grade: Annotated[str, typer.Option(help="The lowest grade to export: low, middle or high.")] = "low",
    accepted: Annotated[
        bool, typer.Option("--accepted", help="Export only cards that a reviewer accepted or edited.")
    ] = False,
    evidence: Annotated[
        Path | None, typer.Option(help="With --export: write each card's provenance and evidence here, JSON Lines.")
    ] = None,
) -> None:
    """Build role cards from dialogues or posts: filter, extraction with evidence, category, grade; then review.

    Identifiers are removed before anything is kept or sent. What is finished is kept at once: the same command goes on
    where it stopped, and asks again about items for which the server could not be asked.

    Exit codes: 0 done, also when no card could be made of some; 1 done but the server could not be asked about some;
    2 refused, 3 stopped (disk), 130 Ctrl-C.
    """
    if status or export is not None:
        with BuildStore(path) as store:
            if export is not None:
                _export(store, path, export, _grade(grade), evidence, accepted=accepted)
            if status:
                _print_status(store)
        return
    if (path / FILE).is_file():
        raise Refused(f"{path}: a build; add --status or --export, or go on with the command that began it")
    wanted = language_of(language) if language is not None else None
    if no_model == (model is not None):
        raise Refused("give the model that extracts (--model FILE), or --no-model for cards of ESConv's own fields")
    endpoint = load(read(model), Endpoint, source=str(model)) if model is not None else None
    if out is None and not dry_run:
        raise Refused("--out: name the folder in which the build is kept, such as --out builds/mine")
    material = surveys_of(path) if endpoint is None else dialogues_of(path, form)
    recipe = recipe_of(material.sources, endpoint, seed=seed, language=wanted)
    if dry_run or out is None:
        _print_plan(material, endpoint, wanted)
        return
    _refuse_other_files(out)
    with writing(out), BuildStore(out, new=True) as store:
        _begin(store, material, recipe, out)
        store.note("price", endpoint.price.model_dump() if endpoint is not None and endpoint.price else None)
        _filter(store, material, wanted)
        tally, finished = build_shown(store, endpoint, seed) if endpoint is not None else (None, True)
        if not finished:
            errors.print(f"Stopped; every answer so far is in {out}. Run the same command to go on.", markup=False)
            raise typer.Exit(INTERRUPTED)
        _print_status(store)
    waiting = tally.waiting if tally is not None else 0
    if waiting and tally is not None:
        errors.print(
            f"{waiting:,} items wait, as the server could not be asked, the last time because of {tally.why}. "
            "Run the same command to ask again.",
            markup=False,
        )
    else:
        errors.print(f"`hardseek cards review {out} --reviewer NAME` shows the cards one by one.", markup=False)
    raise typer.Exit(FAILED if waiting else DONE)


def _begin(store: BuildStore, material: Material, recipe: dict[str, str], out: Path) -> None:
    kept = store.noted("recipe")
    if kept is None:
        about = {"recipe": recipe, "format": material.form, "skipped": len(material.skipped)}
        store.begin(list(zip(material.sources, material.taken, strict=True)), about)
    elif differing := unlike(kept, recipe):
        raise Refused(
            f"{out}: holds another build, and hardseek does not mix them. What differs: {'; '.join(differing)}. Choose "
            "another --out, or go back to what it was."
        )
    _print_read(material)


def _filter(store: BuildStore, material: Material, language: Language | None) -> None:
    """Filter what was read; cards that need no model are kept in the same stride."""
    items = list(store.items("read"))
    found = list(_sifted([item.source for item in items], material, language))
    store.filtered([(item.number, left) for item, left in zip(items, found, strict=True)])
    for item in store.items("passed") if material.cards else ():
        made = material.cards[item.source.id]
        store.built(Built(item.number, made.card, made.card.category, None), fields=made.fields)


def _sifted(sources: list[Source], material: Material, language: Language | None) -> Iterator[Left | None]:
    return sift(sources, language=language, surveyed=bool(material.cards))


def _print_read(material: Material) -> None:
    """Say what was read and what was taken out of it, before anything is sent."""
    read_ = len(material.sources)
    errors.print(f"{read_:,} items read ({material.form})", markup=False)
    for skip in material.skipped[:_PLACES]:
        errors.print(f"  skipped {skip.where}: {skip.why}", markup=False, soft_wrap=True)
    if len(material.skipped) > _PLACES:
        errors.print(f"  and {len(material.skipped) - _PLACES:,} more skipped", markup=False)
    masked = sum(material.taken, Counter[str]())
    told = removed(dict(masked.most_common()), sum(map(bool, material.taken)), read_)
    errors.print(told, markup=False, soft_wrap=True)


def _print_plan(material: Material, endpoint: Endpoint | None, language: Language | None) -> None:
    """Say what would be left out, and what would be asked."""
    _print_read(material)
    found = list(_sifted(list(material.sources), material, language))
    reasons = Counter(left.reason for left in found if left is not None)
    passing = [source for source, left in zip(material.sources, found, strict=True) if left is None]
    why = f" ({counts(dict(reasons.most_common()))})" if reasons else ""
    output.print(f"{len(passing):,} pass the filter, {reasons.total():,} do not{why}", markup=False)
    if endpoint is None:
        print_estimates([])
        return
    rows = [priced(f"{endpoint.model}: {row.step}", *row[1:], endpoint.price) for row in expected(passing)]
    print_estimates(rows)


def _print_status(store: BuildStore) -> None:
    found = summary(store)
    price = store.noted("price")
    output.print(stages_table(found))
    recipe = store.noted("recipe") or {}
    made = (f"{part} {recipe[part]}" for part in ("model", "prompts", "taxonomy", "seed") if part in recipe)
    output.print("; ".join(made), markup=False, soft_wrap=True)
    for line in details(found, Price(**price) if price else None):
        output.print(line, markup=False, soft_wrap=True)
    said = verdicts(store)
    if said:
        output.print(reviewers_table(said))
        for line in agreements(said):
            output.print(line, markup=False, soft_wrap=True)


def _export(store: BuildStore, build_: Path, out: Path, grade: Grade, evidence: Path | None, *, accepted: bool) -> None:
    if out.suffix.lower() != ".jsonl":
        raise Refused(f"--export: found {out}; cards are written as JSON Lines, so name it {out.with_suffix('.jsonl')}")
    wanted = list(chosen(store, grade=grade, accepted=accepted))
    if not wanted:
        what = "accepted " if accepted else ""
        raise Refused(f"{build_}: no {what}cards of grade {grade} or better; `--status` says what there is")
    encode = msgspec.json.Encoder().encode
    with replacing(out) as part, part.open("wb") as stream:
        for _, card in wanted:
            stream.write(encode(card.model_dump(mode="json")) + b"\n")
    errors.print(f"{len(wanted):,} cards in {out}", markup=False)
    if evidence is not None:
        with replacing(evidence) as part, part.open("wb") as stream:
            for built, _ in wanted:
                stream.write(encode(provenance(store, built)) + b"\n")
        errors.print(f"What they rest on: {evidence}", markup=False)


def _grade(name: str) -> Grade:
    found = next((grade for grade in GRADES if grade == name), None)
    if found is None:
        raise Refused(f"--grade: found {name!r}; {choices(name, GRADES)}")
    return found


def _refuse_other_files(out: Path) -> None:
    if not (out / FILE).is_file() and out.is_dir() and any(entry.name != ".lock" for entry in out.iterdir()):
        raise Refused(f"{out}: holds files but no build; choose another --out, or empty it")
