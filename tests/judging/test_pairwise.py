"""The judge that compares: asked in both orders, believed only when it says the same."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

import pytest

from hardseek.chat import FaultError, Message
from hardseek.chat.client import ChatModel
from hardseek.dialogues import Transcript
from hardseek.judging.pairwise import Compared, ModelPairJudge, Preference
from hardseek.judging.spec import PairJudgeSpec
from judging.judged import rubric
from servers import Answer, Asked, Script, Server, always, completion, error

GOOD = Transcript("en", (Message("user", "I lost my job."), Message("assistant", "GOOD That sounds frightening.")))
POOR = Transcript("en", (Message("user", "I lost my job."), Message("assistant", "POOR Cheer up!")))


def _compared(
    script: Script, one: Transcript = GOOD, other: Transcript = POOR, *,
    authors: tuple[str | None, str | None] = (None, None), look: Callable[[Server], None] = lambda server: None,
    **settings: Any,
) -> Compared:  # fmt: skip
    with Server(script) as server:
        spec = PairJudgeSpec.model_validate(
            {"kind": "pairwise", "base_url": server.base_url, "model": "gpt-judge", "backoff": 0.001, "retries": 1,
             **settings}
        )  # fmt: skip

        async def compare() -> Compared:
            judge = ModelPairJudge(ChatModel(spec), spec, rubric())
            try:
                return await judge.compare(one, other, authors=authors)
            finally:
                await judge.close()

        found = asyncio.run(compare())
        look(server)
    return found


def _only(compared: Compared) -> Preference:
    (preference,) = compared.preferences
    return preference


def says(choose: Callable[[bool], str]) -> Script:
    """Answer by whether the good talk stands first."""

    def script(asked: Asked) -> Answer:
        text = asked.messages[-1]["content"]
        better = choose(text.index("GOOD") < text.index("POOR"))
        return completion(json.dumps({"empathy": {"reason": "so it seems", "better": better}}))

    return script


@pytest.mark.parametrize(
    ("choose", "score", "consistent"),
    [
        (lambda first: "1" if first else "2", 1.0, True),  # the good one, wherever it stands
        (lambda first: "2" if first else "1", 0.0, True),  # the poor one
        (lambda first: "1", 0.5, False),  # whatever stands first
        (lambda first: "2", 0.5, False),  # whatever stands last
        (lambda first: "neither", 0.5, True),
        (lambda first: "1" if first else "neither", 0.5, False),
    ],
)
def test_only_what_holds_in_both_orders_is_a_preference(
    choose: Callable[[bool], str], score: float, consistent: bool
) -> None:
    compared = _compared(says(choose))

    preference = _only(compared)
    assert (preference.dimension, preference.score) == ("worst-case-pairs/empathy", score)
    assert (preference.consistent, preference.unscored) == (consistent, None)
    assert compared.usages["worst-case-pairs"].attempts == 2


def test_an_answer_that_cannot_be_read_leaves_the_pair_unscored() -> None:
    preference = _only(_compared(always(completion("The first one, clearly."))))

    assert (preference.score, preference.consistent) == (None, None)
    assert preference.unscored is not None
    assert preference.unscored.startswith("malformed")


def test_a_server_that_is_down_is_no_tie() -> None:
    with pytest.raises(FaultError):
        _compared(always(error(500, "no")))


def test_a_judge_does_not_compare_its_own_family() -> None:
    counts: list[int] = []

    preference = _only(
        _compared(says(lambda first: "1"), authors=("gpt-4o", "qwen"), look=lambda server: counts.append(server.count))
    )

    assert preference.score is None
    assert preference.unscored == "the judge is of the same family as one of the systems"
    assert counts == [0]
