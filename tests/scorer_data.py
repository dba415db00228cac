"""Made-up dialogues of known quality, and ratings of them."""

from collections.abc import Sequence

import numpy as np

from hardseek.chat import Message
from hardseek.dialogues import Transcript
from hardseek.luck import Luck

_TROUBLES = ("my exams", "my boss", "the move", "my sister", "the rent", "my back", "the noise", "our dog")
_POOR = ("Okay.", "Just relax.", "Everyone has that.", "You should exercise.")
_GOOD = (
    "It sounds like {0} weighs on you, and that makes sense. What is hardest about it?",
    "You have carried {0} alone for weeks. How has that been for you?",
    "I hear how tired {0} makes you. What would you want from it?",
)


def talk(quality: int, number: int, language: str = "en", exchanges: int = 3) -> Transcript:
    """Return a dialogue in which `quality` of four of the supporter's turns, as a share, are good ones."""
    luck = Luck.of(seed=1, card=str(number), condition="test", replicate=quality)
    trouble = _TROUBLES[number % len(_TROUBLES)]
    messages = [Message("user", f"I cannot sleep because of {trouble}, for {number} days now.")]
    for turn in range(exchanges):
        good = luck.chance(quality / 4, turn, "good")
        text = luck.pick(_GOOD if good else _POOR, turn, "text").format(trouble)
        messages.append(Message("assistant", text))
        messages.append(Message("user", luck.pick(("Yes, every night.", "I guess.", "Thank you."), turn, "seeker")))
    return Transcript("zh" if language == "zh" else "en", tuple(messages[:-1]))


Made = tuple[dict[str, Transcript], list[tuple[str, str, str, float, str]]]


def made_up() -> Made:
    """Make 160 dialogues of four systems, rated 1 to 5 by two people each: (item, rater, dimension, score, system)."""
    items: dict[str, Transcript] = {}
    rows: list[tuple[str, str, str, float, str]] = []
    noise = np.random.default_rng(7).normal(0, 0.4, size=320)
    for number in range(160):
        quality = (number * 7) % 5
        item = f"i{number}"
        items[item] = talk(quality, number)
        for place, rater in enumerate(("ann", "bob")):
            score = float(np.clip(round(1 + quality + noise[2 * number + place]), 1, 5))
            rows.append((item, rater, "warmth", score, f"system {number % 4}"))
    return items, rows


def csv(rows: Sequence[tuple[str, str, str, float, str]]) -> str:
    """Write ratings as a file has them."""
    return "item,rater,dimension,score,cluster\n" + "".join(f"{','.join(map(str, row))}\n" for row in rows)
