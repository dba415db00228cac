"""How long does all that a report says take, and in how much memory? On a run that is drawn, not held.

    python -m benchmarks.findings                       # 100,000 dialogues, 2,000 draws
    python -m benchmarks.findings --dialogues 20000 --dimensions 25

Ten systems under five conditions with cards in two languages, two replicates; scores and hidden states are drawn. What
is timed: the summary, then each section of the report with its pictures and tables. Memory is the most that the process
ever held, before and after.
"""

import argparse
import resource
import time
from collections.abc import Callable, Iterator
from typing import Final

import numpy as np
import polars as pl

from hardseek.analysis import DIALOGUES, MEASURES
from hardseek.judging import Dimension
from hardseek.report import RunView
from hardseek.report.findings import Findings, every_section
from hardseek.report.findings.leaderboard import leaderboard
from hardseek.seekers.behaviour import BehaviourProfile

SYSTEMS: Final = 10
CONDITIONS: Final = {
    "average": BehaviourProfile(),
    "low-engagement": BehaviourProfile(low_engagement=0.9),
    "resistance": BehaviourProfile(resistance=0.9),
    "volatility": BehaviourProfile(emotional_volatility=0.9),
    "worst": BehaviourProfile(low_engagement=0.8, resistance=0.8, emotional_volatility=0.8),
}
REPLICATES: Final = 2
EXCHANGES: Final = 8
_AT_ONCE: Final = 5_000


def run(dialogues: int, dimensions: int) -> RunView:
    """Draw a run of about so many dialogues, with so many dimensions."""
    generator = np.random.Generator(np.random.PCG64(1))
    cards = max(2, dialogues // (SYSTEMS * len(CONDITIONS) * REPLICATES))
    heads = pl.DataFrame({"system": [f"system-{n}" for n in range(SYSTEMS)]})
    heads = heads.join(pl.DataFrame({"condition": list(CONDITIONS)}), how="cross")
    of_cards = pl.DataFrame({"card": [f"card-{n:05}" for n in range(cards)]}).with_columns(
        language=pl.when(pl.int_range(pl.len()) % 2 == 0).then(pl.lit("en")).otherwise(pl.lit("zh"))
    )
    heads = heads.join(of_cards, how="cross").join(pl.DataFrame({"replicate": list(range(REPLICATES))}), how="cross")
    n = heads.height
    endings = np.array(["resolved", "withdrew", "limit"])[generator.integers(0, 3, n)]
    heads = heads.with_columns(
        dialogue=pl.format("d{}", pl.int_range(pl.len())), ending=pl.Series(endings), fault=pl.lit(None, pl.String),
        exchanges=pl.Series(generator.integers(1, EXCHANGES + 1, n)),
    )  # fmt: skip
    table = heads.select(*DIALOGUES.names()).cast(dict(DIALOGUES))  # type: ignore[arg-type]  # a schema is a mapping
    names = ["relief", *(f"dimension-{number}" for number in range(1, dimensions))]
    measures = pl.concat(
        table.select(*MEASURES.names()[:6])
        .with_columns(
            dimension=pl.lit(name), score=pl.Series(generator.normal(0, 2, n)), unscored=pl.lit(None, pl.String)
        )
        .cast(
            {"system": pl.Categorical, "condition": pl.Categorical, "card": pl.Categorical, "dimension": pl.Categorical}
        )
        for name in names
    )
    return RunView(
        name="drawn", created="", signature="", parts={}, dialogues=table, measures=measures,
        dimensions=tuple(Dimension(name, {}, {}, "higher", -10, 10) for name in names), headline="relief",
        titles={name: {} for name in CONDITIONS}, fetch=lambda _: [], profiles=CONDITIONS,
        states=lambda: states(table),
    )  # fmt: skip


def states(table: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """Draw hidden states, some dialogues at a time, as a store yields them."""
    generator = np.random.Generator(np.random.PCG64(2))
    for start in range(0, table.height, _AT_ONCE):
        some = table.slice(start, _AT_ONCE)
        turns = some.with_columns(exchange=pl.int_ranges(1, pl.col("exchanges") + 1)).explode("exchange")
        yield turns.with_columns(
            distress=pl.Series(generator.uniform(0, 10, turns.height)),
            trust=pl.Series(generator.uniform(0, 1, turns.height)),
            disclosed=pl.Series(generator.integers(0, 6, turns.height)),
        )


def memory() -> float:
    """Return the most that this process ever held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def timed(what: str, work: Callable[[], object]) -> float:
    """Print what some work takes, and return the seconds."""
    begun, used = time.perf_counter(), time.process_time()
    work()
    wall, cpu = time.perf_counter() - begun, time.process_time() - used
    print(f"{what:<14}{wall:8.2f} s{cpu:8.2f} s of processor{memory():9.0f} MB at most")
    return wall


def main() -> None:
    """Time each part and print the sum."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--dialogues", type=int, default=100_000)
    asked.add_argument("--dimensions", type=int, default=10)
    options = asked.parse_args()
    view = run(options.dialogues, options.dimensions)
    print(f"{view.dialogues.height:,} dialogues, {view.measures.height:,} scores; {memory():.0f} MB before")
    findings: list[Findings] = []
    total = timed("summary", lambda: view.summary)
    findings.append(Findings(view))
    parts: dict[str, Callable[[], object]] = {
        "ranks": lambda: findings[0].ranking,
        "shares": lambda: findings[0].shares,
        "tails": lambda: leaderboard(findings[0]),
        "worst": lambda: (findings[0].worst_cells, findings[0].worst_cards, findings[0].worst_of),
        "survival": lambda: (findings[0].curves, findings[0].leaving),
        "trajectories": lambda: findings[0].trajectories,
        "variance": lambda: (findings[0].variance, findings[0].spreads),
        "bounds": lambda: findings[0].missing,
        "sections": lambda: every_section(findings[0]),
    }
    total += sum(timed(what, work) for what, work in parts.items())
    print(f"{'in all':<14}{total:8.2f} s")


if __name__ == "__main__":
    main()
