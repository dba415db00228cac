"""The protocol of ESC-Eval (Zhao et al., 2024, arXiv 2406.14952), as it was published.

The supporter greets with a fixed sentence; then seeker and supporter take five exchanges (`exchanges: 5` in the
experiment); a chat model (theirs is ESC-Role) plays the seeker with the card as its role prompt. There is no hidden
state, no behaviour profile and no leaving. Prompt and greeting are worded anew.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from hardseek.cards import RoleCard
from hardseek.chat import Message
from hardseek.language import Language
from hardseek.seekers.prompts import prompt
from hardseek.seekers.protocols.persona import persona
from hardseek.seekers.seeker import Part, Utterance
from hardseek.seekers.state import Trace

GREETING: Final[dict[Language, str]] = {
    "en": "Hi, I'm here to listen. What's been on your mind?",
    "zh": "你好，我在这儿听着。最近有什么烦心事吗？",
}
if TYPE_CHECKING:
    from hardseek.chat.client import ChatModel

_SEED_LIMIT: Final = 2**31


class CardPlayer:
    """A chat model that plays the card, and nothing more."""

    def __init__(self, model: "ChatModel") -> None:
        self._model = model

    async def speak(self, part: Part, transcript: Sequence[Message], last: Trace | None) -> Utterance:
        """Ask the model for the seeker's next words; raises FaultError when there are none."""
        messages = [Message("system", role_prompt(part.card))]
        messages += [Message("assistant" if said.role == "user" else "user", said.content) for said in transcript]
        seed = part.luck.integer(len(transcript), "seeker sampling") % _SEED_LIMIT
        completion = await self._model.complete(messages, seed=seed)
        return Utterance(completion.text, Trace(), completion.usage)

    async def close(self) -> None:
        """Release the model's connections."""
        await self._model.close()


@lru_cache(maxsize=4096)
def role_prompt(card: RoleCard) -> str:
    """Word a card as a role prompt, in its own language; what is unknown is left out."""
    words = prompt("hardseek.seekers.protocols", f"esc-eval.{card.language}.md")
    return words.block("role", {"persona": persona(card), "problem": card.summary})
