"""`hardseek export`, `hardseek import`: dialogues out to other tools, and in from them."""

import asyncio
import sys
from hashlib import blake2b
from pathlib import Path
from typing import Annotated, Literal

import typer

from hardseek.cli.console import errors
from hardseek.cli.runs.results import present
from hardseek.dialogues import Close, Dialogue
from hardseek.errors import Refused
from hardseek.interop import PEOPLE, Imported, Skipped, importer, replacing, write_jsonl, write_parquet
from hardseek.judging import Bench, IndicatorJudge, Rating
from hardseek.runs import Store, add_to, measure, new_import, sign_import

_PEOPLE = "people"
_SHOWN = 5


def export(
    run: Annotated[Path, typer.Argument(help="A run folder.")],
    form: Annotated[Literal["jsonl", "parquet"], typer.Option("--format", help="jsonl or parquet.")] = "jsonl",
    out: Annotated[Path, typer.Option(help="The file to write; - for standard output (jsonl).")] = Path("-"),
    traces: Annotated[bool, typer.Option("--traces", help="With what stands behind the seeker's turns.")] = False,
    usage: Annotated[bool, typer.Option("--usage", help="With model, tokens and latency of each turn.")] = False,
) -> None:
    """Write the finished dialogues of a run, one record a dialogue, seeker as `user` and supporter as `assistant`."""
    with Store(run) as store:
        dialogues = (dialogue for _, dialogue in store.finished())
        if form == "parquet":
            if str(out) == "-":
                raise Refused("--out: Parquet needs a file to be written to")
            written = write_parquet(dialogues, out, traces=traces, usage=usage)
        elif str(out) == "-":
            written = write_jsonl(dialogues, sys.stdout.buffer, traces=traces, usage=usage)
        else:
            with replacing(out) as part, part.open("wb") as stream:
                written = write_jsonl(dialogues, stream, traces=traces, usage=usage)
    errors.print(f"{written:,} dialogues" + ("" if str(out) == "-" else f" in {out}"), markup=False)


def import_(
    form: Annotated[
        str, typer.Argument(metavar="FORMAT", help="worst-case, esc-eval, esconv, vera-mh, or messages (JSON Lines).")
    ],
    path: Annotated[Path, typer.Argument(help="The file or folder to read.")],
    out: Annotated[Path, typer.Option(help="The run folder to make.")],
    condition: Annotated[str | None, typer.Option(help="What the condition is called, whatever the files say.")] = None,
    system: Annotated[str | None, typer.Option(help="What the system is called, whatever the files say.")] = None,
) -> None:
    """Bring finished dialogues of other projects into a run, and measure them like our own."""
    found = importer(form).read(path, condition=condition, system=system)
    content = blake2b(digest_size=16)
    skipped: list[Skipped] = []
    with new_import(out, path.name) as store:
        count = 0
        for item in found:
            if isinstance(item, Skipped):
                skipped.append(item)
                continue
            _keep(store, count, item)
            content.update(item.dialogue.id.encode() + b"".join(t.text.encode() for t in item.dialogue.turns))
            count += 1
        if not count:
            raise Refused(f"{path}: no dialogues of the format {form} in it" + _told(skipped))
        store.note("signature", sign_import(form, content.hexdigest()).parts)
    with add_to(out) as store:
        asyncio.run(measure(store, Bench((IndicatorJudge(),))))
        present(out, store)
    errors.print(f"{count:,} dialogues imported" + _told(skipped), markup=False)


def _keep(store: Store, number: int, item: Imported) -> None:
    dialogue: Dialogue = item.dialogue
    store.begin(number, dialogue)
    for position, turn in enumerate(dialogue.turns):
        store.keep(number, position, turn)
    store.finish(number, Close(dialogue.ending, dialogue.fault))
    known = {dimension.name for dimension in PEOPLE}
    said = [Rating(_PEOPLE, name, value) for name, value in item.measures.items() if name in known]
    if said:
        store.rate(number, said)


def _told(skipped: list[Skipped]) -> str:
    if not skipped:
        return ""
    shown = "; ".join(f"{item.where}: {item.why}" for item in skipped[:_SHOWN])
    return f"; {len(skipped):,} skipped ({shown}{'; ...' if len(skipped) > _SHOWN else ''})"
