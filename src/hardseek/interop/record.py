"""Dialogues as other tools read them: JSON Lines and Parquet with OpenAI-style messages."""

import tempfile
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, Final

import msgspec

from hardseek.dialogues import Dialogue
from hardseek.interop.replacing import replacing

_CHUNK: Final = 500
"""Dialogues that are held at a time while Parquet is written."""
_ENCODER: Final = msgspec.json.Encoder()


def record(dialogue: Dialogue, *, traces: bool = False, usage: bool = False) -> dict[str, Any]:
    """Return a dialogue as plain data, the same for the same dialogue however often its run was interrupted.

    Args:
        dialogue: any dialogue, failed ones too.
        traces: add `traces`, one a message: what stands behind a seeker's turn, None for supporters.
        usage: add `usage`, one a message: model, tokens, latency, attempts. These differ from run to run.

    Returns:
        `id`, `system`, `condition`, `card`, `language`, `replicate`, `messages` (`role` is user for the seeker and
        assistant for the supporter, `content`), `ending` (None where it is not known), `fault` (`kind` and `detail`
        of a failed dialogue, otherwise None). The importer `messages` makes the same dialogue of it.
    """
    plain: dict[str, Any] = {
        "id": dialogue.id,
        "system": dialogue.system,
        "condition": dialogue.condition,
        "card": dialogue.card,
        "language": dialogue.language,
        "replicate": dialogue.replicate,
        "messages": [msgspec.to_builtins(turn.message) for turn in dialogue.turns],
        "ending": dialogue.ending,
        "fault": msgspec.to_builtins(dialogue.fault),
    }
    if traces:
        plain["traces"] = [msgspec.to_builtins(turn.trace) for turn in dialogue.turns]
    if usage:
        plain["usage"] = [msgspec.to_builtins(turn.usage) for turn in dialogue.turns]
    return plain


def write_jsonl(dialogues: Iterable[Dialogue], stream: BinaryIO, *, traces: bool = False, usage: bool = False) -> int:
    """Write one record a line (UTF-8) and return how many; see `record`, and `replacing` for a file written whole."""
    written = 0
    for dialogue in dialogues:
        stream.write(_ENCODER.encode(record(dialogue, traces=traces, usage=usage)))
        stream.write(b"\n")
        written += 1
    return written


def write_parquet(dialogues: Iterable[Dialogue], path: Path, *, traces: bool = False, usage: bool = False) -> int:
    """Write one record a row and return how many; memory does not grow with their number.

    Columns are the fields of `record`: `messages` a list of structs, `fault` a struct, `traces` a list of JSON texts
    (null for supporters), `usage` a list of structs.

    Raises:
        Refused: `path` cannot be written; it is then as it was.
    """
    import polars as pl

    schema = _schema(traces=traces, usage=usage)
    written = 0
    with replacing(path) as whole, tempfile.TemporaryDirectory(dir=path.parent, prefix=f".{path.name}.") as folder:
        # Polars cannot append to a Parquet file, but it streams many files into one.
        parts: list[Path] = []
        for chunk in _chunks(dialogues):
            rows = [_row(record(dialogue, traces=traces, usage=usage)) for dialogue in chunk]
            parts.append(Path(folder) / f"{len(parts):06}.parquet")
            pl.DataFrame(rows, schema=schema).write_parquet(parts[-1])
            written += len(rows)
        if parts:
            pl.scan_parquet(parts).sink_parquet(whole, row_group_size=_CHUNK)
        else:
            pl.DataFrame(schema=schema).write_parquet(whole)
    return written


def _chunks(dialogues: Iterable[Dialogue]) -> Iterator[list[Dialogue]]:
    rest = iter(dialogues)
    while chunk := list(islice(rest, _CHUNK)):
        yield chunk


def _row(plain: dict[str, Any]) -> dict[str, Any]:
    """Word what has no fixed columns, a trace, as JSON."""
    if "traces" in plain:
        plain["traces"] = [trace if trace is None else _ENCODER.encode(trace).decode() for trace in plain["traces"]]
    return plain


def _schema(*, traces: bool, usage: bool) -> dict[str, Any]:
    import polars as pl

    text = pl.String
    schema: dict[str, Any] = {
        "id": text,
        "system": text,
        "condition": text,
        "card": text,
        "language": text,
        "replicate": pl.Int64,
        "messages": pl.List(pl.Struct({"role": text, "content": text})),
        "ending": text,
        "fault": pl.Struct({"kind": text, "detail": text}),
    }
    if traces:
        schema["traces"] = pl.List(text)
    if usage:
        counts = {"tokens_in": pl.Int64, "tokens_out": pl.Int64, "latency": pl.Float64, "attempts": pl.Int64}
        schema["usage"] = pl.List(pl.Struct({"model": text, "finish_reason": text, **counts}))
    return schema
