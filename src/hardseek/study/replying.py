"""The systems' answers: asked for in the background, each once at a time, kept as they come."""

import asyncio
import logging
from collections.abc import Mapping
from typing import Final

from hardseek.chat import Fault, FaultError, Message
from hardseek.language import clean
from hardseek.luck import Luck
from hardseek.runs.digest import digest
from hardseek.study.database import Database
from hardseek.study.design import Design
from hardseek.study.talks import StudyTalk, answer, fail, talk_numbered, turns
from hardseek.supporters import Supporter, Talk, build_supporter

_SEED_LIMIT: Final = 2**31
_log = logging.getLogger(__name__)


class Replies:
    """Asks systems for answers. A talk's state is in the database; here is only what is under way."""

    def __init__(self, database: Database, design: Design) -> None:
        """Build the systems; raises Refused when one cannot be, as when its key is missing."""
        self._database, self._design = database, design
        self._supporters: Mapping[str, Supporter] = {
            system.name: build_supporter(system, design.folder) for system in design.systems
        }
        self._under_way: dict[int, asyncio.Task[None]] = {}

    async def close(self) -> None:
        """Let go of what is under way; it is asked for again when its participant looks at the talk."""
        under_way = list(self._under_way.values())
        for task in under_way:
            task.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)
        for supporter in self._supporters.values():
            await supporter.close()

    def see_to(self, number: int) -> bool:
        """Ask for the answer that a talk waits for, unless that is under way or has failed.

        Returns:
            Whether an answer is under way.
        """
        if number in self._under_way:
            return True
        talk = talk_numbered(self._database, number)
        if talk is None or talk.step != "talking" or talk.fault is not None:
            return False
        said = turns(self._database, number)
        if not said or said[-1].speaker != "seeker":
            return False
        task = asyncio.create_task(self._ask(talk, [turn.message for turn in said]))
        self._under_way[number] = task
        task.add_done_callback(lambda _: self._under_way.pop(number, None))
        return True

    async def _ask(self, talk: StudyTalk, said: list[Message]) -> None:
        try:
            reply = await self._supporters[talk.system].reply(self._told(talk, len(said)), said)
            text = clean(reply.text)
            if not text:
                raise FaultError("empty", f"{talk.system} answered without text", reply.usage)
        except FaultError as error:
            _log.warning("talk %d: %s did not answer: %s", talk.number, talk.system, error)
            fail(self._database, talk.number, error.fault)
        except Exception as error:  # noqa: BLE001  (one system's mistake must not leave its participant waiting for ever)
            _log.exception("talk %d: %s did not answer", talk.number, talk.system)
            fail(self._database, talk.number, Fault("internal", f"{type(error).__name__} while {talk.system} answered"))
        else:
            limit = self._design.exchanges(talk.position)
            answer(self._database, talk.number, len(said), text, reply.usage, limit=limit)

    def _told(self, talk: StudyTalk, position: int) -> Talk:
        """Say which talk an answer is for, as in a run: nothing of card, behaviour or participant is in it."""
        seed = self._design.study.seed
        luck = Luck.of(seed=seed, card=talk.card, condition=talk.condition, replicate=talk.number)
        sampling = luck.integer(position, "supporter sampling") % _SEED_LIMIT
        return Talk(session=identity(self._design, talk), language=talk.language, seed=sampling)


def identity(design: Design, talk: StudyTalk) -> str:
    """Return the id of a talk's dialogue: a hash of what defines it."""
    return digest(design.parts, talk.participant, talk.position, talk.system, talk.condition, talk.card)
