"""A judge at a scripted server, for the tests of judging."""

import asyncio
import json
from collections.abc import Callable, Sequence
from typing import Any

from hardseek.chat import Message
from hardseek.chat.client import ChatModel
from hardseek.dialogues import Transcript
from hardseek.judging import Judgement, Rating, Rubric
from hardseek.judging.model import ModelJudge
from hardseek.judging.spec import ModelJudgeSpec
from servers import Script, Server

TALK = Transcript(
    "en",
    (
        Message("user", "I lost my job on Monday and I haven't told anyone."),
        Message("assistant", "Carrying that alone since Monday sounds exhausting."),
        Message("user", "yeah. it is."),
    ),
)
GESPRACH = Transcript(
    "zh", (Message("user", "我周一被裁了，谁也没说。"), Message("assistant", "从周一起一个人扛着，一定很累。"))
)


def verdict(score: object, quotes: Sequence[str] = ("lost my job",), reason: str = "because") -> dict[str, Any]:
    """Return what is said of one dimension."""
    return {"quotes": list(quotes), "reason": reason, "score": score}


def answer(score: object, dimension: str = "empathy", **more: Any) -> str:
    """Return an answer on one dimension, as the model would write it."""
    return json.dumps({dimension: verdict(score, **more)}, ensure_ascii=False)


def rubric(*names: str, applies: bool = False, low: int = 0, high: int = 4) -> Rubric:
    """Make a small rubric."""
    dimensions = [
        {
            "name": name,
            "title": name.title(),
            "definition": f"How much {name}.",
            "levels": {step: f"{name} {step}" for step in range(low, high + 1)},
            **({"applies": "Only where there is any."} if applies else {}),
        }
        for name in names or ("empathy",)
    ]
    return Rubric.model_validate(
        {"id": "small", "version": 1, "title": "Small", "source": "a test", "low": low, "high": high,
         "dimensions": dimensions}
    )  # fmt: skip


def judged(
    script: Script, given: Rubric | None = None, transcript: Transcript = TALK, *, author: str | None = None,
    look: Callable[[Server], None] = lambda server: None, **settings: Any,
) -> Judgement:  # fmt: skip
    """Let a model judge rate a transcript; `look` is shown the server afterwards."""
    with Server(script) as server:
        spec = ModelJudgeSpec.model_validate(
            {"kind": "model", "base_url": server.base_url, "model": "gpt-judge", "backoff": 0.001, "retries": 1,
             **settings}
        )  # fmt: skip

        async def rate() -> Judgement:
            judge = ModelJudge(ChatModel(spec.asking), spec, given or rubric())
            try:
                return await judge.judge(transcript, author=author)
            finally:
                await judge.close()

        found = asyncio.run(rate())
        look(server)
    return found


def only(judgement: Judgement) -> Rating:
    """Return the one rating."""
    (rating,) = judgement.ratings
    return rating
