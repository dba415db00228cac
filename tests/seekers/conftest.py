"""Two people, supporters that help and supporters that do not, and a voice of one's own."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import pytest

from hardseek.cards import Fact, RoleCard
from hardseek.chat import Message
from hardseek.language import Language
from hardseek.luck import Luck
from hardseek.seekers import BehaviourProfile, Part
from hardseek.seekers.voice import Line, Wording

ANNA = RoleCard(
    id="en-anna",
    language="en",
    summary="Her flatmate ignores her since an argument about rent, and she hides that she was dismissed.",
    facts=(
        Fact(id="flatmate", depth="surface", text="My flatmate ignores me since we argued about the rent."),
        Fact(id="kitchen", depth="surface", text="She leaves the kitchen whenever I walk in."),
        Fact(id="dismissed", depth="personal", text="I was dismissed from the bakery in March and told nobody."),
        Fact(id="mother", depth="core", text="My mother always said I ruin everything, and I believe she was right."),
    ),
)
LIN = RoleCard(
    id="zh-lin",
    language="zh",
    summary="和室友因为房租吵架后被冷落，还瞒着被辞退的事。",
    facts=(
        Fact(id="flatmate", depth="surface", text="我跟室友因为房租吵了一架，她再也不理我了。"),
        Fact(id="kitchen", depth="surface", text="我一进厨房她就端着碗走开。"),
        Fact(id="dismissed", depth="personal", text="三月份面包店把我辞退了，我谁都没告诉。"),
        Fact(id="mother", depth="core", text="我妈从小就说我什么都会搞砸，我觉得她说得对。"),
    ),
)
CARDS: dict[Language, RoleCard] = {"en": ANNA, "zh": LIN}


@dataclass
class FactVoice:
    """Says the facts of the move, or else what stands in `says` (the last again and again)."""

    says: Sequence[str] = ()
    lines: list[Line] = field(default_factory=list)
    closed: bool = False

    async def word(self, line: Line) -> Wording:
        """Word the move."""
        self.lines.append(line)
        if self.says:
            return Wording(self.says[min(len(self.lines), len(self.says)) - 1])
        told = [fact.text for fact in line.part.card.facts if fact.id in line.move.facts]
        filler = {"en": f"whatever {line.turn}", "zh": f"随便吧{line.turn}"}[line.part.card.language]
        return Wording(" ".join(told) or filler)

    async def close(self) -> None:
        """Note that it was closed."""
        self.closed = True


@pytest.fixture
def voice() -> Callable[..., FactVoice]:
    return FactVoice


@pytest.fixture
def card() -> Callable[[Language], RoleCard]:
    return lambda language: CARDS[language]


@pytest.fixture
def part() -> Callable[..., Part]:
    """Make a part; `risk` and everything of a profile can be given."""

    def make(
        language: Language = "en", *, replicate: int = 0, risk: str = "none", exchanges: int = 12, **profile: object
    ) -> Part:
        played = CARDS[language].model_copy(update={"risk": risk})
        luck = Luck.of(seed=3, card=played.id, condition="test", replicate=replicate)
        return Part(played, BehaviourProfile.model_validate(profile), luck, exchanges)

    return make


@pytest.fixture
def talk() -> Callable[..., list[Message]]:
    """Make a transcript of turns that alternate, the seeker's first."""

    def make(*turns: str) -> list[Message]:
        return [Message("assistant" if place % 2 else "user", text) for place, text in enumerate(turns)]

    return make
