"""What a build would ask of a model, told before anything is sent."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from hardseek.cards.building.prompting import category_prompt, extraction_prompt
from hardseek.cards.building.source import Source
from hardseek.cards.card import Fact, RoleCard
from hardseek.chat import Message
from hardseek.language import Language, length

_TOKENS: Final[dict[Language, float]] = {"en": 4 / 3, "zh": 1.0}
"""Of an English word (100 tokens to 75 words, as OpenAI's documentation has it); of a Chinese character, at most."""
_SHAPE: Final = 400
"""Tokens of the form of the answer in words, and of the frame of a chat message."""
_EXTRACTION: Final = 1_000
"""Tokens of an answer with a dozen facts and their quotes, about."""
_CATEGORY: Final = 25


class Expected(NamedTuple):
    """Calls and tokens of a step, if every item gets so far and no answer has to be mended."""

    step: str
    calls: int
    tokens_in: int
    tokens_out: int


def expected(sources: Sequence[Source]) -> list[Expected]:
    """Estimate both steps for the sources that pass the filter; tokens are rough."""
    read = sum(_tokens(extraction_prompt(source), source.language) for source in sources)
    sorted_ = sum(_tokens(category_prompt(_like_a_card(source)), source.language) for source in sources)
    count = len(sources)
    return [
        Expected("extraction", count, read, count * _EXTRACTION),
        Expected("category", count, sorted_, count * _CATEGORY),
    ]


def _tokens(messages: Sequence[Message], language: Language) -> int:
    return round(sum(length(message.content) for message in messages) * _TOKENS[language]) + _SHAPE


def _like_a_card(source: Source) -> RoleCard:
    """Return a card that tells as much as the source: it is told more shortly."""
    own = source.own_text or "-"
    fact = Fact(id="f1", depth="surface", text=own)
    return RoleCard(id=source.id, language=source.language, summary=own[:200], facts=(fact,))
