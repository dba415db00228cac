"""Filters: replies that are not worth an answer of the seeker's."""

from collections.abc import Collection, Sequence

from hardseek.chat import Message
from hardseek.language import Language, detect, tokens
from hardseek.training.generating.generation import Filter


def left_out(
    text: str, others: Collection[str], transcript: Sequence[Message], language: Language, filters: Collection[Filter]
) -> str | None:
    """Say why a reply is left out; None when it is not.

    Args:
        text: the reply.
        others: the replies before it that are not left out.
        transcript: the talk that it answers.
        language: of the talk.
        filters: which are on.
    """
    if "language" in filters and detect(text) not in {None, language}:
        return "in another language"
    said = tokens(text.lower())
    if "same" in filters and any(tokens(other.lower()) == said for other in others):
        return "the same as another one"
    own = (message.content for message in transcript if message.role == "assistant")
    if "again" in filters and any(tokens(turn.lower()) == said for turn in own):
        return "says again an earlier turn"
    return None
