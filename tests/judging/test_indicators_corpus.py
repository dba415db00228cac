"""The indicators on the released dialogues of the worst-case framework: figures that can be counted otherwise."""

import json
from pathlib import Path
from statistics import mean

import pytest

from hardseek.chat import Message
from hardseek.dialogues import Transcript
from hardseek.judging import IndicatorJudge

DATA = Path(__file__).parents[3] / "shared" / "data" / "worst_case"
pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not DATA.is_dir(), reason=f"the reference corpora are not at {DATA.parent}"),
]


def scores(condition: str, system: str, indicator: str) -> list[float]:
    found: list[float] = []
    for line in (DATA / condition / f"{system}.jsonl").read_text(encoding="utf-8").split("\n"):
        if line:
            messages = tuple(
                Message("user" if turn["speaker"] == "seeker" else "assistant", turn["text"])
                for turn in json.loads(line)["dialogue"]
            )
            ratings = IndicatorJudge().rate(Transcript("zh", messages))
            found += [r.score for r in ratings if r.dimension == indicator and r.score is not None]
    return found


def test_supporter_turns_are_those_of_the_release() -> None:
    assert mean(scores("average", "gpt4o", "supporter_turns")) == pytest.approx(10.46)
    assert mean(scores("worst", "gpt4o", "supporter_turns")) == pytest.approx(4.88)


def test_difficult_seekers_write_less_and_reject_more() -> None:
    for system in ("gpt4o", "psychat"):
        assert mean(scores("worst", system, "seeker_length")) < 0.7 * mean(scores("average", system, "seeker_length"))
        assert mean(scores("worst", system, "seeker_rejection")) > mean(scores("average", system, "seeker_rejection"))
