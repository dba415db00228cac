"""Hold a talk with a supporter, as the engine does."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

from hardseek.chat import Fault, FaultError, Message
from hardseek.language import Language
from hardseek.supporters import Reply, SystemSpec, Talk, build_supporter

SPEC: TypeAdapter[SystemSpec] = TypeAdapter(SystemSpec)
SEEKER = ("I can't sleep.", "Since March.", "No.", "Work, mostly.")


def talk(
    *,
    turns: int = 1,
    language: Language = "en",
    session: str = "d-1",
    seeker: Sequence[str] = SEEKER,
    supporter_begins: bool = False,
    beside: Path | None = None,
    **spec: Any,
) -> list[Reply]:
    """Build the supporter and return its replies."""

    async def go() -> list[Reply]:
        supporter = build_supporter(SPEC.validate_python({"name": "a", **spec}), beside)
        transcript: list[Message] = []
        replies: list[Reply] = []
        try:
            for turn in range(turns):
                if turn or not supporter_begins:
                    transcript.append(Message("user", seeker[turn - supporter_begins]))
                replies.append(await supporter.reply(Talk(session, language, seed=100 + turn), tuple(transcript)))
                transcript.append(Message("assistant", replies[-1].text))
        finally:
            await supporter.close()
        return replies

    return asyncio.run(go())


def fault(**spec: Any) -> Fault:
    """Return why there was no reply."""
    with pytest.raises(FaultError) as caught:
        talk(**spec)
    return caught.value.fault
