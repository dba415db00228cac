"""The reader of dialogues at scale: how large a report is, how long it takes to make, to open and to search.

Usage: python benchmarks/reader.py [--dialogues 20000] [--exchanges 10]

A run is made up: dialogues of so many exchanges with words drawn from the packaged role cards' own, a hidden state in
every turn of the seeker, five dimensions rated by a judge with quotes. The page is opened from the disk by a headless
Chromium (which it needs, with its driver), once carrying all dialogues and once with as many beside it as by default.
"""

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import polars as pl

sys.path.append(str(Path(__file__).parents[1] / "tests"))

from browsers import Browser, browser
from hardseek.analysis import DIALOGUES, MEASURES
from hardseek.cards import packaged_cards
from hardseek.dialogues import Dialogue, Turn
from hardseek.judging import Dimension, Grounds, Rating
from hardseek.luck import Luck
from hardseek.report import RunView, render_report
from hardseek.report.html import write_page
from hardseek.report.reader import ROOM, Shelf
from hardseek.seekers import Appraisal, Move, SeekerState, Trace

SYSTEMS: Final = ("alpha", "beta", "gamma", "delta")
CONDITIONS: Final = ("average", "worst")
DIMENSIONS: Final = tuple(
    Dimension(f"judge/{name}", {"en": name, "zh": name}, {"en": name, "zh": name}, "higher", 1, 5)
    for name in ("empathy", "understanding", "exploring", "autonomy", "safety")
)
NEEDLE: Final = "xylophone"


class Made:
    """A run whose dialogues are made anew each time they are asked for: it holds none of them."""

    def __init__(self, dialogues: int, exchanges: int) -> None:
        self.exchanges = exchanges
        self.batch: dict[str, Dialogue] = {}
        """Those asked for last: what judges say of them is asked for next."""
        self.words = sorted({word for card in packaged_cards() for fact in card.facts for word in fact.text.split()})
        seekers = dialogues // (len(SYSTEMS) * len(CONDITIONS))
        self.keys = [
            (system, condition, f"card-{seeker % 500:03}", seeker // 500)
            for seeker in range(seekers)
            for condition in CONDITIONS
            for system in SYSTEMS
        ]

    def text(self, luck: Luck, turn: int, length: int) -> str:
        """Draw words."""
        picks = (int(luck.unit(turn, f"word {place}") * len(self.words)) for place in range(length))
        return " ".join(self.words[pick] for pick in picks)

    def fetch(self, ids: Sequence[str]) -> list[Dialogue]:
        """Make these dialogues."""
        self.batch = {name: self.made(int(name, 16)) for name in ids}
        return list(self.batch.values())

    def made(self, number: int) -> Dialogue:
        """Make one dialogue."""
        system, condition, card, replicate = self.keys[number]
        luck = Luck.of(seed=1, card=f"{card} {system}", condition=condition, replicate=replicate)
        turns = list(self.turns(luck))
        if number % 1000 == 0:
            turns[1] = Turn("supporter", f"{turns[1].text} {NEEDLE}")
        return Dialogue(f"{number:016x}", system, condition, card, "en", replicate, tuple(turns), "limit")

    def turns(self, luck: Luck) -> Iterator[Turn]:
        """Yield its turns."""
        for exchange in range(self.exchanges):
            trust, openness, engagement = (luck.unit(exchange, part) for part in "toe")
            state = SeekerState(10 * luck.unit(exchange, "d"), trust, openness, engagement)
            heard = Appraisal(luck.unit(exchange, "u"), luck.unit(exchange, "v"), luck.unit(exchange, "q"))
            yield Turn("seeker", self.text(luck, 2 * exchange, 20), Trace(state, heard, Move("tell")))
            yield Turn("supporter", self.text(luck, 2 * exchange + 1, 55))

    def ratings(self, name: str) -> list[Rating]:
        """Rate a dialogue of those fetched last."""
        quote = " ".join(self.batch[name].turns[3].text.split()[4:12])
        grounds = Grounds("It takes up what was said and stays with it.", (quote,))
        return [Rating("judge", each.name, 1 + int(name, 16) % 5, None, grounds) for each in DIMENSIONS]

    def view(self) -> RunView:
        """Return what a report is made from."""
        rows = [
            {"dialogue": f"{number:016x}", "system": system, "condition": condition, "language": "en", "card": card,
             "replicate": replicate, "ending": "limit", "fault": None, "exchanges": self.exchanges}
            for number, (system, condition, card, replicate) in enumerate(self.keys)
        ]  # fmt: skip
        dialogues = pl.DataFrame(rows, schema=DIALOGUES)
        scores = pl.Series(1 + 4 * (dialogues["dialogue"].cast(pl.String).hash(1) % 1000) / 1000)
        keys = ("dialogue", "system", "condition", "language", "card", "replicate")
        measures = pl.concat(
            dialogues.select(
                *keys, pl.lit(each.name).alias("dimension"), scores.alias("score"), pl.lit(None).alias("unscored")
            ).cast(MEASURES)
            for each in DIMENSIONS
        )
        return RunView(
            name="made up", created="", signature="", parts={}, dialogues=dialogues, measures=measures,
            dimensions=DIMENSIONS, headline=DIMENSIONS[0].name, titles={}, fetch=self.fetch, ratings=self.ratings,
        )  # fmt: skip


def measured(window: Browser, page: Path) -> dict[str, float]:
    """Open a page and search it as a person would; seconds, and megabytes of JavaScript's heap."""
    begun = time.perf_counter()
    window.open(page.as_uri())
    window.until("document.querySelectorAll('.turn').length", 120)
    found = {"open": time.perf_counter() - begun}
    for name, term in (("search a rare word", NEEDLE), ("search a word of all", "the")):
        window.run("document.getElementById('reader-search').value = ''")
        begun = time.perf_counter()
        window.write("#reader-search", f"{term}\ue007")
        window.until("document.getElementById('reader-count').innerText.includes('turns')", 300)
        found[name] = time.perf_counter() - begun
        told = window.run("return document.getElementById('reader-count').innerText")
        print(f"  {term}: {told}", file=sys.stderr)
        window.run("document.getElementById('reader-count').replaceChildren()")
    begun = time.perf_counter()
    window.run("document.querySelectorAll('#reader-items a')[40].click()")
    window.until("location.hash.startsWith('#dialogue/') && document.querySelectorAll('.turn').length", 60)
    found["open a dialogue"] = time.perf_counter() - begun
    window.run("window.gc && gc(); return 1")
    found["heap, MB"] = window.run("return performance.memory.usedJSHeapSize") / 1e6
    return found


def resident(folder: Path) -> float:
    """Return the megabytes that the browser's page process holds (proportional share), where the system tells."""
    listed = subprocess.run(["pgrep", "-f", f"type=renderer.*{folder}"], capture_output=True, text=True, check=False)
    sizes = []
    for process in listed.stdout.split():
        try:
            rollup = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
        except OSError:
            continue
        sizes += [int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:")]
    return max(sizes, default=0) / 1000


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--dialogues", type=int, default=20_000)
    options.add_argument("--exchanges", type=int, default=10)
    asked = options.parse_args()
    made = Made(asked.dialogues, asked.exchanges)
    view = made.view()
    _ = view.summary
    print(json.dumps({"dialogues": len(made.keys), "exchanges": made.exchanges}))
    for title, room in (("all in the page", None), (f"{ROOM / 1e6:g} MB in the page", ROOM)):
        with TemporaryDirectory() as name:
            folder = Path(name)
            page = folder / "report.html"
            begun = time.perf_counter()
            write_page(page, render_report(view, Shelf(page, room) if room is not None else None))
            row = {"make": time.perf_counter() - begun, "page, MB": page.stat().st_size / 1e6}
            beside = folder / "report.data"
            row["beside, MB"] = sum(file.stat().st_size for file in beside.iterdir()) / 1e6 if beside.is_dir() else 0.0
            with browser(folder) as window:
                row |= measured(window, page)
                row["page's process, MB"] = resident(folder)
            print(json.dumps({"what": title} | {key: round(value, 2) for key, value in row.items()}))


if __name__ == "__main__":
    main()
