"""`hardseek status`, `show`, `report`: looking at a run."""

import webbrowser
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from hardseek.cli.console import output
from hardseek.cli.languages import language_of
from hardseek.cli.runs.agreeing import keep_agreement
from hardseek.cli.runs.papers import ForPaper, about, groups_of
from hardseek.cli.runs.results import present, view_of
from hardseek.dialogues import Dialogue, Turn
from hardseek.errors import Refused
from hardseek.judging import Rating
from hardseek.runs import REPORT, Signature, Store

Run = Annotated[Path, typer.Argument(help="A run folder.")]
_MOST_MATCHES = 10


def status(run: Run) -> None:
    """Say how far a run is, what failed and why."""
    with Store(run) as store:
        counts, totals, planned = store.counts(), store.totals(), store.noted("planned")
        table = Table(box=None, show_header=False, pad_edge=False)
        table.add_column()
        table.add_column(overflow="fold")
        table.add_row("run", f"{store.noted('name')} ({store.noted('kind')}), begun {store.noted('created')}")
        table.add_row("dialogues", _counted(counts, planned))
        table.add_row("turns", f"{totals.turns:,}")
        if totals.calls:
            table.add_row("calls", f"{totals.calls:,}")
            table.add_row("tokens", f"{totals.tokens_in or 0:,} in, {totals.tokens_out or 0:,} out")
        table.add_row("signature", Text(Signature(store.noted("signature") or {}).line))
        output.print(table)
        faults = store.faults()
    if faults:
        output.print("\nFailed, by system and reason (one example each):")
        failures = Table("System", "Reason", "Dialogues", box=None, pad_edge=False)
        failures.add_column("For example", overflow="fold")
        for system, kind, detail, count in faults:
            failures.add_row(Text(system), kind, f"{count:,}", Text(detail))
        output.print(failures)
    if planned is not None and sum(counts.values()) - counts.get("open", 0) < planned:
        output.print("\nNot all dialogues are finished: run the same command to go on.")


def show(
    run: Run,
    dialogue: Annotated[str, typer.Argument(help="Its id, or the beginning of it, or its number in the run.")],
    trace: Annotated[bool, typer.Option("--trace", help="With what stands behind the seeker's turns.")] = False,
    ratings: Annotated[bool, typer.Option("--ratings", help="With what judges said, and why.")] = False,
) -> None:
    """Print a dialogue."""
    with Store(run) as store:
        found = store.find(dialogue)
        said = store.ratings(found[0].id) if ratings and len(found) == 1 else []
    if not found:
        raise Refused(f"{run}: no dialogue {dialogue!r}; `hardseek export {run} --format jsonl --out -` lists them all")
    if len(found) > 1:
        ids = ", ".join(match.id for match in found[:_MOST_MATCHES])
        raise Refused(f"{run}: {dialogue!r} begins the ids of {len(found)} dialogues, such as {ids}; give more of it")
    _print_dialogue(found[0], trace=trace)
    if ratings:
        _print_ratings(said)


def report(
    run: Run,
    tables: Annotated[
        Path | None, typer.Option(help="Write the tables into this folder: Markdown, LaTeX, CSV.")
    ] = None,
    figures: Annotated[Path | None, typer.Option(help="Write the figures into this folder: SVG, PNG.")] = None,
    language: Annotated[str, typer.Option(help="Of tables and figures: en or zh.")] = "en",
    dimension: Annotated[str | None, typer.Option(help="What it is about, instead of the run's headline.")] = None,
    agreement: Annotated[
        Path | None, typer.Option(help="What `hardseek validate judge --json` printed; kept in the run's folder.")
    ] = None,
    group: Annotated[
        list[str] | None, typer.Option(help="Two groups of systems to compare: NAME=SYSTEM,SYSTEM. Give it twice.")
    ] = None,
    open_: Annotated[bool, typer.Option("--open", help="Open the report in the browser.")] = False,
) -> None:
    """Print the table of a run and write its report.html anew, with tables and figures for a paper on request."""
    words = language_of(language)
    for_paper = ForPaper(tables, figures, words)
    for_paper.refuse_what_is_no_folder()
    with Store(run) as store:
        if agreement is not None:
            keep_agreement(run, agreement)
        view = view_of(store)
        if group:
            view = replace(view, groups=groups_of(group, view.summary.systems))
        if dimension is not None:
            view = about(view, dimension)
        present(run, store, view)
        for_paper.write(view)
    if open_:
        webbrowser.open((run / REPORT).resolve().as_uri())


def _counted(counts: dict[str, int], planned: int | None) -> str:
    finished = sum(count for state, count in counts.items() if state != "open")
    of = f" of {planned:,}" if planned is not None else ""
    kinds = ", ".join(f"{count:,} {state}" for state, count in counts.items())
    return f"{finished:,}{of} finished" + (f" ({kinds})" if kinds else "")


def _print_dialogue(dialogue: Dialogue, *, trace: bool) -> None:
    d = dialogue
    where = f"{d.condition}, {d.language}, replicate {d.replicate}"
    output.print(Text(f"{d.id}  {d.system} with {d.card} ({where})", "bold"))
    for turn in d.turns:
        style = "cyan" if turn.speaker == "seeker" else "green"
        output.print(Text.assemble((f"\n{turn.speaker}: ", f"bold {style}"), turn.text))
        if trace and turn.trace is not None:
            output.print(Padding(Text(_behind(turn), "dim"), (0, 0, 0, 4)))
    ending = d.ending or "not known"
    output.print(Text(f"\nending: {ending}" + (f" ({d.fault.kind}: {d.fault.detail})" if d.fault else ""), "bold"))


def _print_ratings(ratings: Sequence[Rating]) -> None:
    table = Table("Judge", "Dimension", box=None, pad_edge=False)
    table.add_column("Score", justify="right")
    table.add_column("Why", overflow="fold")
    for rating in ratings:
        table.add_row(Text(rating.judge), Text(rating.dimension), _scored(rating.score), Text(_why(rating)))
    output.print()
    output.print(table if ratings else "No judge has rated it.")


def _scored(score: float | None) -> str:
    return "unscored" if score is None else f"{score:.3g}"


def _why(rating: Rating) -> str:
    """Word the grounds of a rating: reason, quotes, samples or members."""
    grounds = rating.grounds
    said = [rating.unscored] if rating.unscored else []
    if grounds is not None:
        said += [grounds.reason] if grounds.reason else []
        said += [f"“{quote}”" for quote in grounds.quotes]
        if grounds.unverified:
            said.append(f"({grounds.unverified} of these quotes were not said)")
        said += [
            f"{name}: {'unscored' if score is None else f'{score:.3g}'}" for name, score in grounds.members.items()
        ]
        if grounds.samples:
            said.append(f"answers: {', '.join('none' if score is None else f'{score:g}' for score in grounds.samples)}")
    return "\n".join(said)


def _behind(turn: Turn) -> str:
    """Word a seeker's trace in a few lines."""
    trace = turn.trace
    lines = []
    if trace is None:
        return ""
    if trace.appraisal is not None:
        taken = {name: getattr(trace.appraisal, name) for name in trace.appraisal.__struct_fields__}
        lines.append("took in: " + (", ".join(f"{name} {value:.2f}" for name, value in taken.items() if value) or "-"))
    if trace.state is not None:
        s = trace.state
        inner = f"trust {s.trust:.2f}, open {s.openness:.2f}, engaged {s.engagement:.2f}"
        lines.append(f"distress {s.distress:.1f}, {inner}")
    if trace.move is not None:
        told = f", tells {', '.join(trace.move.facts)}" if trace.move.facts else ""
        lines.append(f"move: {trace.move.act}{told}, about {trace.move.length} long, {trace.move.tone}")
    if trace.emotion is not None:
        forced = " (ordered to get worse)" if trace.emotion.forced else ""
        lines.append(f"emotion: {trace.emotion.label}{forced} {trace.emotion.description or ''}")
        if trace.emotion.reason:
            lines.append(f"why: {trace.emotion.reason}")
    lines.extend(f"reworded: {wrong}" for wrong in trace.reworded)
    return "\n".join(lines)
