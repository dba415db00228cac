"""What a generation would take: calls, tokens, money; an estimate made before anything is sent."""

from dataclasses import replace
from pathlib import Path

from hardseek.judging import load_rubric
from hardseek.runs import Estimate, estimate
from hardseek.runs.asking import asked, estimate_judging
from hardseek.training.generating.generation import GenerationPlan


def forecast(planned: GenerationPlan, folder: Path) -> list[Estimate]:
    """Estimate what everyone is asked for: calls at most, tokens about.

    A plan in which each system holds its own dialogues asks every system, and the seeker for every system, once a turn;
    here all of that happens as often as there are replies of each.

    Args:
        planned: the generation.
        folder: from which the paths of rubrics are seen.
    """
    choice = planned.generation.candidates
    found = [_times(each, choice.each) for each in estimate(planned.each_alone)]
    if choice.judges:
        rubrics = {spec.rubric: load_rubric(spec.rubric, folder) for _, spec in asked(choice.judges)}
        exchanges = planned.generation.exchanges
        replies = len(planned.plan) * exchanges * planned.replies
        # A reply is judged with the talk before it: half of the exchanges on average.
        found += estimate_judging(choice.judges, rubrics, dialogues=replies, exchanges=(exchanges + 1) // 2)
    return found


def _times(one: Estimate, many: int) -> Estimate:
    return replace(
        one,
        calls=one.calls * many,
        tokens_in=None if one.tokens_in is None else one.tokens_in * many,
        tokens_out=None if one.tokens_out is None else one.tokens_out * many,
        cost=None if one.cost is None else one.cost * many,
    )
