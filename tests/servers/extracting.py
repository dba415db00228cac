"""A scripted model that reads dialogues into role cards: honestly, or with whatever a test has it make up."""

import json
import re
from collections.abc import Callable
from typing import Any

from servers.script import Answer, Asked, Script, completion

Extracted = dict[str, Any]
_TURN = re.compile(r"^(?:Seeker: |求助者：)(.+)$", re.MULTILINE)
_POST = re.compile(r"^<(?:post|帖子)>\n(.*)\n</", re.DOTALL)
_SELF = re.compile(r"\b(?:I|I'm|my|me)\b|我")
_LEAF = re.compile(r"^([a-z]+(?:-[a-z]+)+): ", re.MULTILINE)
_NOTHING: Extracted = {"quotes": [], "value": None}
_FACTS = 6


def is_extraction(asked: Asked) -> bool:
    """Tell whether a source is to be read; otherwise a category is asked for."""
    return "`quotes`" in asked.messages[0]["content"]


def turns_of(asked: Asked) -> list[str]:
    """Return the seeker's turns as the prompt has them."""
    content = asked.messages[1]["content"]
    post = _POST.search(content)
    return [post[1]] if post is not None else _TURN.findall(content)


def extraction(asked: Asked) -> Extracted:
    """Read a source honestly: a dozen of the seeker's own sentences as facts, each its own evidence."""
    said = [part.strip() for turn in turns_of(asked) for part in re.split(r"(?<=[.!?。！？])\s*", turn)]
    own = list(dict.fromkeys(part for part in said if _SELF.search(part) and 12 <= len(part) <= 160))
    chinese = re.search("[\u4e00-\u9fff]", "".join(own)) is not None
    depths = ("surface", "personal", "core")
    longest = max(own, key=len, default="")
    problem = (
        f"一个人来求助，他讲的是：{longest}" if chinese else f"Somebody looks for support and tells this: {longest}"
    )
    single = ("age", "gender", "occupation", "education", "relationship", "setting", "wants", "would_help")
    return {
        "problem": {"quotes": [longest], "value": problem} if longest else _NOTHING,
        "facts": [
            {"quotes": [part], "text": part, "depth": depths[place % 3], "feeling": "难过" if chinese else "sad"}
            for place, part in enumerate(own[:_FACTS])
        ],
        "feelings": [], "beliefs": [], "tried": [],
        **dict.fromkeys(single, _NOTHING),
    }  # fmt: skip


def extractor(
    change: Callable[[Asked, Extracted], Extracted | Answer] | None = None, *, leaf: str | None = "mood-low",
    confidence: float = 0.9, latency: float = 0.0,
) -> Script:  # fmt: skip
    """Script a model for both steps.

    Args:
        change: what becomes of an honest extraction; an answer of its own is sent as it is.
        leaf: the category it names, whatever it reads.
        confidence: how sure it is.
        latency: seconds before each answer.
    """

    def script(asked: Asked) -> Answer:
        if not is_extraction(asked):
            assert leaf is None or leaf in _LEAF.findall(asked.messages[0]["content"])
            return completion(json.dumps({"leaf": leaf, "confidence": confidence})).later(latency)
        found: Extracted | Answer = extraction(asked)
        if change is not None and isinstance(found, dict):
            found = change(asked, found)
        answer = completion(json.dumps(found, ensure_ascii=False)) if isinstance(found, dict) else found
        return answer.later(latency)

    return script
