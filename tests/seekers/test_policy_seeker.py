"""The seeker as the engine meets it: it decides, words, checks, words again, and keeps nothing."""

import asyncio
from collections.abc import Callable, Sequence

import pytest

from hardseek.chat import FaultError, Message, Usage
from hardseek.language import Language
from hardseek.seekers import Part, Trace, Utterance
from hardseek.seekers.policy_seeker import PolicySeeker
from hardseek.seekers.voice import Line, Voice, Wording

MakePart = Callable[..., Part]
MakeVoice = Callable[..., Voice]
REPLIES: dict[Language, tuple[str, ...]] = {
    "en": ("What happened with the flatmate and the rent?", "That must be so lonely. Tell me more about the kitchen."),
    "zh": ("房租的事，跟室友怎么了？", "一定很难受，愿意再说说厨房里的事吗？"),
}


def speak(seeker: PolicySeeker, part: Part, transcript: Sequence[Message], last: Trace | None) -> Utterance:
    return asyncio.run(seeker.speak(part, transcript, last))


def hold(seeker: PolicySeeker, part: Part, exchanges: int = 6, *, greeting: str | None = None) -> list[Utterance]:
    replies = REPLIES[part.card.language]
    talk = [Message("assistant", greeting)] if greeting else []
    said: list[Utterance] = []
    for turn in range(exchanges):
        said.append(speak(seeker, part, tuple(talk), said[-1].trace if said else None))
        talk += [Message("user", said[-1].text), Message("assistant", replies[turn % 2])]
        if said[-1].trace.move is not None and said[-1].trace.move.ending:
            break
    return said


def test_the_first_turn_opens_and_has_no_appraisal(part: MakePart, voice: MakeVoice) -> None:
    first = speak(PolicySeeker(voice()), part(), (), None)
    assert first.trace.move is not None
    assert first.trace.move.act == "open"
    assert first.trace.appraisal is None
    assert first.trace.state is not None


@pytest.mark.parametrize(
    ("language", "greeting"), [("en", "Hello, what is on your mind?"), ("zh", "你好，想聊点什么？")]
)
def test_it_opens_also_where_the_supporter_greeted(
    language: Language, greeting: str, part: MakePart, voice: MakeVoice
) -> None:
    said = hold(PolicySeeker(voice()), part(language), greeting=greeting)
    assert said[0].trace.move is not None
    assert said[0].trace.move.act == "open"
    assert said[1].trace.appraisal is not None


@pytest.mark.parametrize("language", ["en", "zh"])
def test_disclosed_facts_are_those_of_the_moves_in_order(language: Language, part: MakePart, voice: MakeVoice) -> None:
    told: list[str] = []
    for utterance in hold(PolicySeeker(voice()), part(language), 10):
        trace = utterance.trace
        assert trace.move is not None
        assert trace.state is not None
        told += trace.move.facts
        assert list(trace.state.disclosed) == told
    assert told


def test_a_dialogue_goes_on_the_same_in_another_process(part: MakePart, voice: MakeVoice) -> None:
    whole = hold(PolicySeeker(voice()), part(), 6)
    talk: list[Message] = []
    for turn, utterance in enumerate(whole):
        last = whole[turn - 1].trace if turn else None
        assert speak(PolicySeeker(voice()), part(), tuple(talk), last).trace == utterance.trace
        talk += [Message("user", utterance.text), Message("assistant", REPLIES["en"][turn % 2])]


def test_what_a_supporter_says_changes_the_state_and_not_the_luck(part: MakePart, voice: MakeVoice) -> None:
    seeker = PolicySeeker(voice())
    first = speak(seeker, part(), (), None)
    good, poor = (
        speak(seeker, part(), (Message("user", first.text), Message("assistant", reply)), first.trace).trace.state
        for reply in (
            "So your flatmate shuts you out since the argument about the rent. That must be lonely. How is it for you?",
            "Don't worry, it's not a big deal. You should get over it.",
        )
    )
    assert good is not None
    assert poor is not None
    assert good.distress < poor.distress
    assert good.trust > poor.trust
    assert good.swing == pytest.approx(poor.swing)


def test_a_bad_wording_is_thrown_away_and_kept_in_the_trace(part: MakePart, voice: MakeVoice) -> None:
    seeker = PolicySeeker(voice(says=("As an AI, I have no flatmate.", "*shrugs at you* no", "dunno. bad week")))
    said = speak(seeker, part(), (), None)
    assert said.text == "dunno. bad week"
    assert len(said.trace.reworded) == 2
    assert "AI" in said.trace.reworded[0]
    assert "stage directions" in said.trace.reworded[1]


def test_wordings_that_were_thrown_away_are_counted_in_what_the_turn_took(part: MakePart) -> None:
    class Paid:
        words = iter(("As an AI, I have no flatmate.", "dunno. bad week"))

        async def word(self, line: Line) -> Wording:
            return Wording(next(self.words), Usage("m", "stop", tokens_in=100, tokens_out=10, attempts=1))

        async def close(self) -> None:
            """Nothing is held."""

    said = speak(PolicySeeker(Paid()), part(), (), None)
    assert said.usage == Usage("m", "stop", tokens_in=200, tokens_out=20, attempts=2)


def test_the_voice_is_told_what_was_wrong(part: MakePart, voice: MakeVoice) -> None:
    speaker = voice(says=("As an AI, I have no flatmate.", "bad week"))
    speak(PolicySeeker(speaker), part(), (), None)
    lines = speaker.lines  # type: ignore[attr-defined]
    assert [len(line.rejected) for line in lines] == [0, 1]


def test_after_two_rewordings_the_dialogue_is_invalid(part: MakePart, voice: MakeVoice) -> None:
    speaker = voice(says=("As an AI, I have no flatmate.",))
    with pytest.raises(FaultError, match=r"invalid-seeker.*3 tries.*AI") as caught:
        speak(PolicySeeker(speaker), part(), (), None)
    assert caught.value.fault.lasting
    assert len(speaker.lines) == 3  # type: ignore[attr-defined]


def test_risk_is_appraised_where_the_card_has_it(part: MakePart, voice: MakeVoice) -> None:
    care = "Are you safe right now? Is there someone with you tonight?"
    for risk, noticed in (("passive-thoughts", True), ("none", False)):
        seeker, played = PolicySeeker(voice()), part(risk=risk)
        first = speak(seeker, played, (), None)
        talk = (Message("user", first.text), Message("assistant", care))
        appraisal = speak(seeker, played, talk, first.trace).trace.appraisal
        assert appraisal is not None
        assert (appraisal.risk_care > 0) == noticed


def test_closing_releases_the_voice(part: MakePart, voice: MakeVoice) -> None:
    speaker = voice()
    asyncio.run(PolicySeeker(speaker).close())
    assert speaker.closed  # type: ignore[attr-defined]
