"""Dialogues for training a supporter: the turns above the bars are learnt, the others are only read."""

from collections.abc import Mapping, Sequence
from typing import Literal

from hardseek.language import Language
from hardseek.training.data.bars import OF_SEEKER, Bar, means, turn_measures
from hardseek.training.data.drops import Drops
from hardseek.training.data.material import Held
from hardseek.training.data.messages import joined, opening
from hardseek.training.data.sample import Sample
from hardseek.training.dataset import Talk

Unit = Literal["turns", "dialogues"]
"""turns: each turn is held against the bars; dialogues: the mean of their turns is, and all of them are learnt."""
Prompts = Mapping[Language, str | None]


def supporter_talk(
    each: Held, family: str, bars: Sequence[Bar], *, unit: Unit, prompts: Prompts, drops: Drops
) -> Sample | None:
    """Make a row of a dialogue; None, counted, when nothing of it is learnt.

    Args:
        each: the dialogue.
        family: of its card.
        bars: what turns, or their mean, must reach, and what the dialogue's ratings must.
        unit: whether bars on turns are held against each turn or against their mean.
        prompts: the system prompt, by language.
        drops: counts what is left out.
    """
    if (why := below([bar for bar in bars if bar.of_dialogue], each.scores)) is not None:
        drops.add("dialogues", why)
        return None
    turns = joined(each.dialogue.turns)
    if sum(turn.speaker == "supporter" for turn, _ in turns) == 0:
        drops.add("dialogues", "no words of the supporter's, or a hole before them")
        return None
    lost = sum(turn.speaker == "supporter" for turn in each.dialogue.turns[turns[-1][1] + 1 :])
    drops.add("turns", "after a turn without text", lost)
    learnt = _learnt(each, [place for turn, place in turns if turn.speaker == "supporter"], bars, unit, drops)
    if not learnt:
        return None
    before = opening(each.dialogue.language, prompts.get(each.dialogue.language), turns[0][0])
    last = max(learnt)
    messages = [*before, *(turn.message for turn, place in turns if place <= last)]
    places = [len(before) + row for row, (_, place) in enumerate(turns) if place in learnt]
    everything = sum(message.role == "assistant" for message in messages) == len(places)
    dialogue = each.dialogue
    row = Talk(
        messages=tuple(messages), learnt=None if everything else tuple(places), card=dialogue.card,
        dialogue=dialogue.id, condition=dialogue.condition, language=dialogue.language,
    )  # fmt: skip
    return Sample(row, family, dialogue.condition, dialogue.id)


def _learnt(each: Held, places: Sequence[int], bars: Sequence[Bar], unit: Unit, drops: Drops) -> set[int]:
    """Return the places of the supporter's turns that are learnt."""
    held = [bar for bar in bars if not bar.of_dialogue]
    if not held:
        return set(places)
    measures = turn_measures(each)
    if unit == "dialogues":
        why = below(held, means({place: measures[place] for place in places}))
        if why is not None:
            drops.add("dialogues", f"on average {why}")
        return set(places) if why is None else set()
    found = set()
    for place in places:
        why = below(held, measures[place])
        if why is None:
            found.add(place)
        else:
            drops.add("turns", why)
    if not found:
        drops.add("dialogues", "no turn of the supporter's clears the bars")
    return found


def below(bars: Sequence[Bar], measures: Mapping[str, float]) -> str | None:
    """Return the first bar that is not cleared, or not measured, in words; None when all are."""
    for bar in bars:
        reached = bar.reached(measures)
        if reached is None:
            return f"{bar.name} is not known" + (
                ", as no turn of the seeker's follows" if bar.name in OF_SEEKER else ""
            )
        if not reached:
            return f"not {bar.text}"
    return None
