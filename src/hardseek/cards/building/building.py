"""From the filter to finished cards: a chat model extracts and sorts, and nothing is believed unverified."""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, TypeVar

import msgspec

from hardseek.cards.building.assembling import assembled
from hardseek.cards.building.extraction import CategoryAnswer, Extraction
from hardseek.cards.building.grading import grade_built
from hardseek.cards.building.prompting import Step, category_prompt, extraction_prompt, step_prompt
from hardseek.cards.building.source import Source
from hardseek.cards.building.store import Answered, BuildStore, Built
from hardseek.cards.building.tally import BuildTally
from hardseek.cards.building.verifying import verified
from hardseek.cards.card import RoleCard
from hardseek.chat import CONTENT_FAULTS, NOTHING_USED, FaultError, Message
from hardseek.language import Language
from hardseek.luck import Luck

if TYPE_CHECKING:
    from hardseek.chat.client import ChatModel
    from hardseek.chat.structured import Structured

T = TypeVar("T", bound=msgspec.Struct)
SURE: Final = 0.5
"""Confidence from which a category is kept: below it the model itself holds another one, or none, to be likelier."""
_SEED_LIMIT: Final = 2**31
_NAMES: Final[dict[Step, str]] = {"extract": "role-card", "category": "category"}
"""What the answers are called, in schemas and in faults."""
_HOPELESS: Final = 16
"""When the server could not be asked about so many items and nothing came of any, it is no use to go on."""


def seed_of(seed: int, source: Source, step: Step) -> int:
    """Return the sampling seed of a call: the same for the same item, whatever else is built, and in whatever order."""
    luck = Luck.of(seed=seed, card=source.id, condition="cards build", replicate=0)
    return luck.integer(0, step) % _SEED_LIMIT


class Builder:
    """Builds the cards of a store's items with one model; what is finished is kept at once."""

    def __init__(self, model: "ChatModel", store: BuildStore, *, seed: int, tally: BuildTally) -> None:
        self._model, self._store, self._seed, self._tally = model, store, seed, tally

    async def run(self, pausing: Callable[[], bool]) -> None:
        """Work through the items that wait, as many at once as the endpoint takes.

        Args:
            pausing: whether to begin no further call; those in progress are waited for.

        Raises:
            BuildStopped: the store cannot be written.
        """
        numbers = self._store.numbers("passed", "extracted")
        self._tally.planned = len(numbers)
        waiting = iter(numbers)

        def stopped() -> bool:
            return pausing() or (self._tally.faulted >= _HOPELESS and self._tally.faulted == self._tally.done)

        async def work() -> None:
            for number in waiting:
                if stopped():
                    return
                await self._item(number, stopped)

        workers = min(self._model.endpoint.concurrency, len(numbers))
        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(workers):
                    group.create_task(work())
        except ExceptionGroup as several:
            raise several.exceptions[0] from None

    async def _item(self, number: int, stopped: Callable[[], bool]) -> None:
        item = self._store.item(number)
        try:
            card = await self._extract(number, item.source) if item.stage == "passed" else self._store.card(number)
            if card is not None and not stopped():
                await self._sort(number, item.source, card)
        except FaultError as error:
            self._tally.faulted += 1
            self._tally.why = f"{error.fault.kind}: {error.fault.detail}"

    async def _extract(self, number: int, source: Source) -> RoleCard | None:
        """Have a source read; None when it makes no card. Raises FaultError when the server cannot be asked."""
        asked = self._answered("extract", source)
        try:
            found = await self._ask(number, asked, extraction_prompt(source), Extraction, source.language)
        except FaultError as error:
            if error.fault.kind not in CONTENT_FAULTS:
                raise
            self._store.failed(number, asked._replace(usage=error.usage), error.fault)
            self._tally.failed += 1
            return None
        fields = verified(found.value, source)
        made = assembled(source, fields, by=f"{self._model.endpoint.model}, {asked.prompt}")
        self._store.extracted(number, _with(asked, found), fields, made)
        if isinstance(made, RoleCard):
            return made
        self._tally.failed += 1
        return None

    async def _sort(self, number: int, source: Source, card: RoleCard) -> None:
        """Have a card's category named, grade it, and keep it; without an answer it has no category."""
        asked = self._answered("category", source)
        leaf: str | None = None
        confidence: float | None = None
        try:
            found = await self._ask(number, asked, category_prompt(card), CategoryAnswer, source.language)
            answer: Any = found.value
            leaf, confidence = answer.leaf, answer.confidence
            asked = _with(asked, found)
        except FaultError as error:
            if error.fault.kind not in CONTENT_FAULTS:
                raise
            asked = asked._replace(usage=error.usage)
        sure = leaf if confidence is not None and confidence >= SURE else None
        update = {"category": sure, "grade": grade_built(card, self._store.fields(number))}
        self._store.built(Built(number, card.model_copy(update=update), leaf, confidence), asked)
        self._tally.built += 1

    def _answered(self, step: Step, source: Source) -> Answered:
        head = step_prompt(step, source.language).head
        prompt = f"{head.id}.{head.language}@{head.version}"
        return Answered(step, prompt, seed_of(self._seed, source, step), NOTHING_USED)

    async def _ask(
        self, number: int, asked: Answered, messages: list[Message], shape: type[T], language: Language
    ) -> "Structured[T]":
        # Only here: what talks over the network is slow to import.
        from hardseek.chat.structured import ask

        try:
            found = await ask(self._model, messages, shape, name=_NAMES[asked.step], seed=asked.seed, language=language)
        except FaultError as error:
            self._tally.pay(error.usage)
            if error.fault.kind not in CONTENT_FAULTS:
                self._store.faulted(number, asked.step, error.fault, error.usage)
            raise
        self._tally.pay(found.usage)
        return found


def _with(asked: Answered, found: "Structured[Any]") -> Answered:
    return asked._replace(usage=found.usage, answer=found.value, repaired=found.repaired)
