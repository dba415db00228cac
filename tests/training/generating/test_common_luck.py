"""Common random numbers: after every reply the same seeker, in the same state and with the same luck, moves next."""

import asyncio
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardseek.cards import RoleCard, packaged_cards
from hardseek.chat import Message
from hardseek.luck import Luck
from hardseek.seekers import Part, Trace
from hardseek.seekers.conditions import packaged_conditions
from hardseek.seekers.spec import ScriptedSeeker, build_seeker
from hardseek.training.generating.candidates import Candidate
from hardseek.training.generating.generation import CandidateChoice
from hardseek.training.generating.trying import State, Troupe, tried
from training.generating.players import saying

REPLIES: Final = (
    "It sounds like you are worn out, and it makes sense that you feel alone with it.",
    "You should talk to your boss.", "What has been the hardest part?", "Cheer up!", "I see.",
    "Other people have it worse than you.", "Why? When? Who said so? And then?",
)  # fmt: skip
CARDS: Final[dict[str, RoleCard]] = {card.id: card for card in packaged_cards() if card.language == "en"}
SEEKER: Final = build_seeker(ScriptedSeeker())


def state(card: str, condition: str, seed: int) -> State:
    """Let the seeker speak twice, so that there is a state to be changed."""
    luck = Luck.of(seed=seed, card=card, condition=condition, replicate=0)
    part = Part(CARDS[card], packaged_conditions()[condition].profile, luck, 8)
    said: list[Message] = []
    last: Trace | None = None
    for reply in ("What brings you here?", None):
        made = asyncio.run(SEEKER.speak(part, said, last))
        last = made.trace
        said += [Message("user", made.text), *([Message("assistant", reply)] if reply else [])]
    return State(part, tuple(said), last, "session")


def answers(of: State, *replies: str) -> dict[str, Candidate]:
    troupe = Troupe(SEEKER, [saying(reply) for reply in replies], replies, [], CandidateChoice(each=1, filters=()))
    return {each.text: each for each in asyncio.run(tried(troupe, of))}


@settings(max_examples=40)
@given(
    card=st.sampled_from(sorted(CARDS)), condition=st.sampled_from(["average", "worst"]), seed=st.integers(0, 2**31),
    replies=st.permutations(REPLIES), many=st.integers(2, len(REPLIES)),
)  # fmt: skip
def test_what_follows_a_reply_depends_on_no_other_reply_nor_on_their_order(
    card: str, condition: str, seed: int, replies: list[str], many: int
) -> None:
    of = state(card, condition, seed)
    together = answers(of, *replies[:many])
    for reply in replies[:many]:
        alone = answers(of, reply)[reply]
        assert (together[reply].answer, together[reply].trace) == (alone.answer, alone.trace)
        assert together[reply].value == alone.value


@pytest.mark.parametrize("condition", ["average", "worst"])
def test_replies_that_are_taken_in_alike_get_the_same_move_and_unlike_ones_do_not_all(condition: str) -> None:
    of = state(sorted(CARDS)[0], condition, 1)
    found = answers(of, REPLIES[1], f"{REPLIES[1]} ", REPLIES[0])
    assert found[REPLIES[1]].answer == found[f"{REPLIES[1]} "].answer
    assert len({each.value for each in found.values()}) > 1
