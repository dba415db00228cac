"""The same dialogue, changed in what should not matter to a judge."""

from collections.abc import Callable, Iterable
from functools import cache
from typing import Final, Literal

from hardseek.chat import Message
from hardseek.dialogues import Transcript
from hardseek.documents import Document, load, packaged
from hardseek.language import Language

Variant = Literal["padding", "apology", "names", "again"]
"""padding: every supporter's turn is longer by a sentence that says nothing; apology: each begins with one; names: the
speakers are called otherwise; again: nothing is changed, the judge is asked anew with another seed."""
VARIANTS: Final[tuple[Variant, ...]] = ("padding", "apology", "names", "again")


class _Variants(Document):
    id: str
    version: int
    padding: dict[Language, tuple[str, ...]]
    apology: dict[Language, str]
    names: dict[Language, tuple[str, str]]


@cache
def _texts() -> _Variants:
    return load(packaged("hardseek.validity.judge", "data", "variants.yaml"), _Variants, source="variants.yaml")


def changed(transcript: Transcript, variant: Variant) -> Transcript:
    """Return the dialogue as a variant has it; `names` and `again` leave the words as they are."""
    if variant == "padding":
        filler = _texts().padding[transcript.language]
        return _each(transcript, lambda text, place: _joined((text, filler[place % len(filler)]), transcript.language))
    if variant == "apology":
        apology = _texts().apology[transcript.language]
        return _each(transcript, lambda text, _: _joined((apology, text), transcript.language))
    return transcript


def other_names(language: Language) -> tuple[str, str]:
    """Return how seeker and supporter are called in the variant `names`."""
    return _texts().names[language]


def _each(transcript: Transcript, change: Callable[[str, int], str]) -> Transcript:
    place = 0
    messages = []
    for said in transcript.messages:
        if said.role == "assistant":
            messages.append(Message(said.role, change(said.content, place)))
            place += 1
        else:
            messages.append(said)
    return Transcript(transcript.language, tuple(messages))


def _joined(parts: Iterable[str], language: Language) -> str:
    return (" " if language == "en" else "").join(parts)
