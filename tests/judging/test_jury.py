"""A jury: pooled scores, disagreement kept, no pool of one."""

import asyncio
from collections.abc import Sequence

import pytest
from pydantic import TypeAdapter, ValidationError

from hardseek.chat import Usage
from hardseek.dialogues import Transcript
from hardseek.judging import DOES_NOT_APPLY, Judgement, Rating
from hardseek.judging.jury import Jury, Pool
from hardseek.judging.rating import Settings
from hardseek.judging.spec import JudgeSpec, JurySpec
from judging.judged import TALK, rubric


class Member:
    """A judge that always says the same."""

    def __init__(self, name: str, score: float | None, why: str = "silent") -> None:
        self.name, self._score, self._why = name, score, why
        self.dimensions = rubric().rated(name)
        self.settings: Settings = ()

    async def judge(self, transcript: Transcript, *, author: str | None = None) -> Judgement:
        """Say it."""
        why = None if self._score is not None else self._why
        return Judgement(
            (Rating(self.name, f"{self.name}/empathy", self._score, why),), {self.name: Usage(tokens_in=5)}
        )

    async def close(self) -> None:
        """Hold nothing."""


def _pooled(scores: Sequence[float | None], pool: Pool = "median") -> Judgement:
    members = [Member(f"member {place}", score) for place, score in enumerate(scores)]
    return asyncio.run(Jury("jury", members, rubric().rated("jury"), pool).judge(TALK))


@pytest.mark.parametrize(
    ("scores", "pool", "expected"),
    [([1, 2, 4], "median", 2), ([1, 2, 4], "mean", 7 / 3), ([1, 2], "median", 1.5), ([None, 2, 4], "median", 3)],
)
def test_scores_are_pooled(scores: list[float | None], pool: Pool, expected: float) -> None:
    (rating,) = _pooled(scores, pool).ratings

    assert (rating.judge, rating.dimension) == ("jury", "jury/empathy")
    assert rating.score == pytest.approx(expected)
    assert rating.grounds is not None
    assert list(rating.grounds.members.values()) == scores


def test_one_member_is_no_jury() -> None:
    (rating,) = _pooled([3, None]).ratings

    assert rating.score is None
    assert rating.unscored == "fewer than 2 members scored (member 1: silent)"


def test_what_applies_to_no_member_is_not_missing() -> None:
    members = [Member(name, None, DOES_NOT_APPLY) for name in ("one", "two")]
    (rating,) = asyncio.run(Jury("jury", members, rubric().rated("jury"), "median").judge(TALK)).ratings

    assert rating.unscored == DOES_NOT_APPLY


def test_what_each_member_took_is_told_apart() -> None:
    assert set(_pooled([1, 2]).usages) == {"member 0", "member 1"}


def _spec(**changes: object) -> JurySpec:
    member = {"base_url": "http://localhost:1/v1"}
    members = [{**member, "model": "qwen"}, {**member, "model": "llama"}]
    spec = TypeAdapter(JudgeSpec).validate_python({"kind": "jury", "rubric": "safety", "members": members, **changes})
    assert isinstance(spec, JurySpec)
    return spec


def test_members_take_the_jurys_rubric_and_their_models_names() -> None:
    assert [(member.rubric, member.signs) for member in _spec().members] == [("safety", "qwen"), ("safety", "llama")]


def test_members_that_cannot_be_told_apart_or_differ_in_rubric_are_refused() -> None:
    same = {"base_url": "http://localhost:1/v1", "model": "qwen"}
    with pytest.raises(ValidationError, match="members with the same name: qwen"):
        _spec(members=[same, same])
    with pytest.raises(ValidationError, match="a member has the rubric outcome"):
        _spec(members=[same, {**same, "name": "other", "rubric": "outcome"}])
