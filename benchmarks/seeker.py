"""What the scripted seeker does with good and with poor help, and how long a turn of it takes.

    python -m benchmarks.seeker [--cards N] [--replicates N] [--json]

Packaged cards of each language meet every built-in system under every packaged condition, eight exchanges each.
Good are the balanced helper and the reflective listener, poor the four others. The figures are those of
docs/method/seeker.md.
"""

import argparse
import asyncio
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean, median, quantiles
from time import perf_counter
from typing import Final

from hardseek.cards import packaged_cards, select_cards
from hardseek.chat import Message
from hardseek.dialogues import Casting, Turn, hold
from hardseek.language import BRIEF, LANGUAGES, Language, length
from hardseek.luck import Luck
from hardseek.seekers import Part, Trace, Utterance
from hardseek.seekers.conditions import packaged_conditions
from hardseek.seekers.policy_seeker import PolicySeeker
from hardseek.seekers.voices import ScriptedVoice
from hardseek.seekers.weights import RESISTING
from hardseek.supporters.builtin import BUILTIN_NAMES, build_builtin

GOOD: Final = frozenset(BUILTIN_NAMES[:2])
EXCHANGES: Final = 8
THANKS: Final = re.compile(
    r"\b(?:thanks?|thx|appreciate|good (?:idea|point)|that helps|helpful|makes sense)\b|谢|有道理|好主意|有帮助|说得对",
    re.IGNORECASE,
)
HEADINGS: Final = {
    "auc": "AUC", "variance": "system's share", "relief good": "relief good", "relief poor": "relief poor",
    "resolved balanced": "balanced: resolved", "withdrew good": "withdrew good", "withdrew poor": "withdrew poor",
    "length": "length", "short": "<=3", "questions": "questions", "thanks": "thanks", "again good": "again good",
    "again poor": "again poor", "reworded": "reworded",
}  # fmt: skip


class TimedSeeker(PolicySeeker):
    """The scripted seeker, with the seconds that each of its turns took."""

    def __init__(self) -> None:
        super().__init__(ScriptedVoice())
        self.seconds: list[float] = []

    async def speak(self, part: Part, transcript: Sequence[Message], last: Trace | None) -> Utterance:
        """Speak, and note the time."""
        began = perf_counter()
        said = await super().speak(part, transcript, last)
        self.seconds.append(perf_counter() - began)
        return said


@dataclass(frozen=True)
class Talk:
    """One dialogue as it is counted."""

    system: str
    ending: str
    relief: float
    """Points by which distress fell."""
    said: tuple[tuple[str, str], ...]
    """Acts and words."""
    reworded: int

    @property
    def good(self) -> bool:
        """Whether the system is one of the good ones."""
        return self.system in GOOD


async def talks(seeker: PolicySeeker, language: Language, condition: str, cards: int, replicates: int) -> list[Talk]:
    """Hold all dialogues of a condition."""
    profile, found = packaged_conditions()[condition].profile, []
    for system in BUILTIN_NAMES:
        supporter = build_builtin(system)
        for card in select_cards(packaged_cards(language), [language], limit=cards):
            for replicate in range(replicates):
                luck = Luck.of(seed=1, card=card.id, condition=condition, replicate=replicate)
                turns: list[Turn] = []
                casting = Casting(Part(card, profile, luck, EXCHANGES), seeker, supporter, card.id)
                close = await hold(casting, said=(), keep=turns.append, pause=lambda: False)
                traces = [(turn.text, turn.trace) for turn in turns if turn.trace is not None]
                distress = [trace.state.distress for _, trace in traces if trace.state is not None]
                said = tuple((trace.move.act, text) for text, trace in traces if trace.move is not None)
                reworded = sum(len(trace.reworded) for _, trace in traces)
                found.append(Talk(system, close.ending or "", distress[0] - distress[-1], said, reworded))
    return found


def figures(held: Sequence[Talk], language: Language) -> dict[str, str]:
    """Work out the row of a condition."""
    good, poor = ([talk for talk in held if talk.good == which] for which in (True, False))
    everyone = [talk.relief for talk in held]
    groups = [[talk.relief for talk in held if talk.system == system] for system in BUILTIN_NAMES]
    between = sum(len(group) * (fmean(group) - fmean(everyone)) ** 2 for group in groups)
    texts = [text for talk in held for _, text in talk.said]
    counts = [length(text) for text in texts]
    low, middle, high = quantiles(counts, n=4)
    wins = [(one.relief > other.relief) + 0.5 * (one.relief == other.relief) for one in good for other in poor]
    return {
        "auc": f"{fmean(wins):.2f}",
        "variance": f"{between / sum((relief - fmean(everyone)) ** 2 for relief in everyone):.2f}",
        "relief good": f"{fmean(talk.relief for talk in good):+.1f}",
        "relief poor": f"{fmean(talk.relief for talk in poor):+.1f}",
        "resolved balanced": _percent([talk.ending == "resolved" for talk in held if talk.system == BUILTIN_NAMES[0]]),
        "withdrew good": _percent([talk.ending == "withdrew" for talk in good]),
        "withdrew poor": _percent([talk.ending == "withdrew" for talk in poor]),
        "length": f"{middle:.0f} [{low:.0f}-{high:.0f}]",
        "short": _percent([count <= BRIEF[language] for count in counts]),
        "questions": _percent(["?" in text or "？" in text for text in texts]),
        "thanks": _percent([THANKS.search(text) is not None for text in texts]),
        "again good": _percent(_again(good)),
        "again poor": _percent(_again(poor)),
        "reworded": f"{sum(talk.reworded for talk in held)}/{len(texts)}",
    }


def _again(held: Sequence[Talk]) -> list[bool]:
    pairs = [pair for talk in held for pair in pairwise(act for act, _ in talk.said)]
    return [after in RESISTING for before, after in pairs if before in RESISTING]


def _percent(what: Sequence[bool]) -> str:
    return f"{100 * fmean(what):.0f} %" if what else "-"


def main() -> None:
    """Print the figures as Markdown tables, or as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cards", type=int, default=12, help="of each language, spread over the areas of the taxonomy")
    parser.add_argument("--replicates", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    rows: dict[Language, dict[str, dict[str, str]]] = {}
    times: dict[Language, float] = {}
    for language in LANGUAGES:
        seeker = TimedSeeker()
        rows[language] = {
            condition: figures(asyncio.run(talks(seeker, language, condition, asked.cards, asked.replicates)), language)
            for condition in packaged_conditions()
        }
        times[language] = 1000 * median(seeker.seconds)
    if asked.json:
        print(json.dumps({"figures": rows, "milliseconds a turn": times}, ensure_ascii=False, indent=1))
        return
    for language, table in rows.items():
        print(f"\n{language}: {times[language]:.2f} ms a turn (median)\n")
        print("| condition | " + " | ".join(HEADINGS.values()) + " |\n|---" + "|---" * len(HEADINGS) + "|")
        for condition, row in table.items():
            print(f"| {condition} | " + " | ".join(row[name] for name in HEADINGS) + " |")


if __name__ == "__main__":
    main()
