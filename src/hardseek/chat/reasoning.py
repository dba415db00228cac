"""Leaving out what a model thinks before it speaks: the dialogue holds only what it says."""

import re
from typing import Final

_MARKS: Final = (
    ("<think>", "</think>"),  # DeepSeek-R1, Qwen3, GLM and most others
    ("<thinking>", "</thinking>"),
    ("<reasoning>", "</reasoning>"),
    ("<seed:think>", "</seed:think>"),  # Seed-OSS
    ("[THINK]", "[/THINK]"),  # Magistral
    ("◁think▷", "◁/think▷"),  # Kimi
)
_FLAGS = re.IGNORECASE | re.DOTALL
_BLOCK = re.compile("|".join(f"{re.escape(begin)}.*?{re.escape(end)}" for begin, end in _MARKS), _FLAGS)
# A chat template may put the opening mark into the prompt: then the answer holds the closing one alone.
_UP_TO_LAST_END = re.compile(f".*(?:{'|'.join(re.escape(end) for _, end in _MARKS)})", _FLAGS)
# The answer was cut off while the model was still thinking.
_NEVER_ENDED = re.compile(rf"\s*(?:{'|'.join(re.escape(begin) for begin, _ in _MARKS)}).*", _FLAGS)


def without_reasoning(text: str) -> str:
    """Return the text without reasoning: whole blocks, all before a closing mark alone, all of an unclosed start.

    A mark that opens in the middle of the text and never closes is left: it is something the model says.
    """
    if "<" not in text and "[" not in text and "◁" not in text:
        return text
    text = _BLOCK.sub("", text)
    ended = _UP_TO_LAST_END.match(text)  # from the beginning only: looked for everywhere it takes quadratic time
    text = text[ended.end() :] if ended is not None else text
    return "" if _NEVER_ENDED.fullmatch(text) else text
