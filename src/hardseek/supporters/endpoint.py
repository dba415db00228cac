"""A chat model as supporter."""

from collections.abc import Sequence
from typing import Final

from hardseek.chat import Message
from hardseek.chat.client import ChatModel
from hardseek.language import Language
from hardseek.supporters.spec import ChatSystem
from hardseek.supporters.supporter import Reply, Talk

_GREETING: Final[dict[Language, Message]] = {"en": Message("user", "Hello"), "zh": Message("user", "你好")}


class EndpointSupporter:
    """Answers with a chat model, which is sent the system prompt and the whole talk each time."""

    remembers = False

    def __init__(self, spec: ChatSystem) -> None:
        """Prepare; raises Refused as `ChatModel` does."""
        self._model = ChatModel(spec)
        self._before: dict[Language, tuple[Message, ...]] = {}
        for language in _GREETING:
            prompt = spec.prompt(language)
            self._before[language] = (Message("system", prompt),) if prompt else ()

    async def reply(self, talk: Talk, transcript: Sequence[Message]) -> Reply:
        """Ask the model; raises FaultError when it gives no answer."""
        before = self._before[talk.language]
        if not transcript or transcript[0].role != "user":
            # The supporter began. Many chat templates want a user's message first, so a greeting stands there, now
            # and in all later turns of the talk.
            before = (*before, _GREETING[talk.language])
        completion = await self._model.complete([*before, *transcript], seed=talk.seed)
        return Reply(completion.text, completion.usage)

    async def close(self) -> None:
        """Let go of the connections."""
        await self._model.close()
