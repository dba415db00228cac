"""Whether a judge that is moved by what does not matter is found out, and one that is not is left in peace."""

import asyncio
from collections.abc import Callable

from hardseek.chat import FaultError
from hardseek.dialogues import Dialogue, Transcript, Turn
from hardseek.judging import Dimension, Judgement, Rating, Settings
from hardseek.language import Language, length
from hardseek.validity.judge import Scores, Shift, Variant, changed, language_shifts, score_variants, shifts

Rule = Callable[[Transcript], float | None]
DIMENSION = Dimension("j/care", {"en": "Care", "zh": "关心"}, {"en": "?", "zh": "？"}, "higher", 1, 5)


class Ruled:
    """A judge that goes by a rule."""

    name = "j"
    dimensions = (DIMENSION,)
    settings: Settings = ()

    def __init__(self, rule: Rule) -> None:
        self._rule = rule

    async def judge(self, transcript: Transcript, *, author: str | None = None) -> Judgement:
        """Go by it."""
        score = self._rule(transcript)
        return Judgement((Rating("j", "j/care", score, None if score is not None else "silent"),))

    async def close(self) -> None:
        """Hold nothing."""


def _dialogue(place: int, language: Language = "en", card: str | None = None) -> Dialogue:
    said = ("I can't sleep.", "That sounds hard.") if language == "en" else ("我睡不着。", "听着就难受。")
    turns = (Turn("seeker", said[0]), Turn("supporter", said[1] + " ." * (place % 3)), Turn("seeker", "…"))
    return Dialogue(f"{language}{place}", "s", "average", card or f"c{place}", language, 0, turns, "limit")


DIALOGUES = [_dialogue(place) for place in range(12)]


def _scored(rule: Rule, dialogues: list[Dialogue] = DIALOGUES) -> Scores:
    return asyncio.run(score_variants(lambda variant: Ruled(rule), dialogues, concurrency=4))


def _found(rule: Rule) -> dict[str, Shift]:
    return {made.name: made for made in shifts(_scored(rule), Ruled(rule), DIALOGUES)}


def _by_length(transcript: Transcript) -> float:
    return float(sum(length(said.content) for said in transcript.messages if said.role == "assistant") > 10) * 4 + 1


def test_a_judge_that_likes_length_is_found_out() -> None:
    found = _found(_by_length)

    assert (found["padding"].value, found["padding"].same, found["padding"].holds) == (4, 0, False)
    assert (found["again"].value, found["again"].same, found["again"].holds) == (0, 1, True)


def test_a_judge_that_likes_apologies_is_found_out() -> None:
    found = _found(lambda transcript: 5.0 if "sorry" in transcript.messages[1].content else 3.0)

    assert (found["apology"].value, found["apology"].holds) == (2, False)
    assert found["padding"].holds is True


def test_a_judge_that_goes_by_the_seeker_alone_is_unmoved() -> None:
    assert all(
        made.holds for made in _found(lambda transcript: float(len(transcript.messages[0].content) % 5)).values()
    )


def test_what_is_unscored_in_either_is_left_out() -> None:
    found = _found(lambda transcript: None if "sorry" in transcript.messages[1].content else 3.0)

    assert "apology" not in found
    assert found["padding"].items == 12


def test_what_could_not_be_asked_is_counted() -> None:
    def down(transcript: Transcript) -> float | None:
        raise FaultError("timeout", "slow")

    scores = asyncio.run(score_variants(lambda variant: Ruled(down), DIALOGUES, concurrency=4))

    assert scores.unasked == 12 * 5


def test_the_seekers_words_are_never_changed() -> None:
    for variant in ("padding", "apology"):
        for dialogue in (DIALOGUES[0], _dialogue(0, "zh")):
            before, after = dialogue.transcript, changed(dialogue.transcript, _variant(variant))
            assert [m for m in after.messages if m.role == "user"] == [m for m in before.messages if m.role == "user"]
            assert length(after.messages[1].content) > length(before.messages[1].content)


def test_parallel_cards_are_compared_across_languages() -> None:
    english = [_dialogue(place) for place in range(6)]
    chinese = [_dialogue(place, "zh", card=f"z{place}") for place in range(6)]
    parallel = {f"z{place}": f"c{place}" for place in range(5)}

    scores = _scored(lambda transcript: 4.0 if transcript.language == "zh" else 3.0, english + chinese)
    (found,) = language_shifts(scores, Ruled(lambda transcript: None), english + chinese, parallel)

    assert (found.name, found.language, found.value, found.items) == ("language", None, 1, 5)


def _variant(name: str) -> Variant:
    return "padding" if name == "padding" else "apology"
