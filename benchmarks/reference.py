"""Counts, in corpora of people, the figures that validity holds simulated seekers against.

    python -m benchmarks.reference CORPORA

CORPORA is a folder with `esconv/` (ESConv and FailedESConv as JSON Lines). What is shipped
(validity/data/reference.yaml) was counted over all of ESConv; fewer dialogues give figures near it. What was
rejected after advice is not counted here: cue lists miss most of it in people's words. Prints figures only.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from statistics import fmean
from typing import Any, Final

from hardseek.chat import Message
from hardseek.validity.manners import SHARES, Dialogue, quartile

_RATED: Final = 3.0
"""The helper's mean rating from which on a failed dialogue is not the helper's doing."""


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path)
    folder = parser.parse_args().corpora / "esconv"
    ordinary = [_dialogue(record) for name in ("train", "valid") for record in _records(folder / f"{name}.jsonl")]
    failed = [_dialogue(record) for record in _records(folder / "failed.jsonl") if _rated(record) >= _RATED]
    for name, dialogues in {"ordinary": ordinary, "not helped": failed}.items():
        print(f"{name}: {len(dialogues)} dialogues")
        for title, value in _figures(dialogues).items():
            print(f"  {title}: {value}")


def _figures(dialogues: Sequence[Dialogue]) -> dict[str, object]:
    shares = {name: count(dialogues) for name, count in SHARES.items()}
    return {
        "length": [quartile(which)(dialogues) for which in (0.25, 0.5, 0.75)],
        **{name: None if share is None else round(share, 3) for name, share in shares.items()},
    }


def _records(path: Path) -> Iterator[dict[str, Any]]:
    return (json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line)


def _dialogue(record: dict[str, Any]) -> Dialogue:
    lines = [(line["speaker"] in {"usr", "speaker"}, line.get("text") or line["content"]) for line in record["dialog"]]
    merged = groupby(lines, key=lambda line: line[0])
    return "en", tuple(
        Message("user" if seeks else "assistant", " ".join(text.strip() for _, text in run)) for seeks, run in merged
    )


def _rated(record: dict[str, Any]) -> float:
    given = [line["annotation"]["feedback"] for line in record["dialog"] if line["annotation"].get("feedback")]
    return fmean(map(float, given)) if given else 0.0


if __name__ == "__main__":
    main()
