"""Arms that learn the same number of turns."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardseek.chat import Message
from hardseek.errors import Refused
from hardseek.training.data.drops import Drops
from hardseek.training.data.mixing import common_size, mixed, read_arm, refuse_unknown
from hardseek.training.data.sample import Sample
from hardseek.training.dataset import Talk


def sample(family: str, condition: str, turns: int, learnt: tuple[int, ...] | None = None) -> Sample:
    messages = tuple(Message("assistant" if n % 2 else "user", str(n)) for n in range(2 * turns))
    return Sample(Talk(messages=messages, learnt=learnt), family, condition, f"{family} {condition}")


def test_an_arm_is_a_condition_or_a_named_mixture() -> None:
    assert (read_arm("worst").name, read_arm("worst").shares) == ("worst", {"worst": 1.0})
    mixture = read_arm("mixed: average=1, worst=3")
    assert (mixture.name, mixture.shares) == ("mixed", {"average": 0.25, "worst": 0.75})
    assert read_arm("average=1,worst=1").name == "average-worst"


@pytest.mark.parametrize("wrong", ["", "a:", "a:b=0", "a:b=-1", "a:b=x", "m:b=1,b=2", "m:b=inf"])
def test_anything_else_is_refused(wrong: str) -> None:
    with pytest.raises(Refused, match="it should be a condition"):
        read_arm(wrong)


def test_a_name_that_would_leave_the_folder_is_refused() -> None:
    with pytest.raises(Refused, match="becomes a folder"):
        read_arm("../up:average=1")


def test_the_common_size_is_what_the_scarcest_condition_allows() -> None:
    samples = [sample("a", "average", 10), sample("a", "worst", 4)]
    arms = [read_arm("average"), read_arm("worst"), read_arm("mixed:average=1,worst=1")]
    assert common_size(arms[:1], samples) == 10
    assert common_size(arms, samples) == 4
    assert common_size([read_arm("m:average=1,worst=3")], samples) == 5  # 4 are three quarters of 5 and a third


@given(st.lists(st.tuples(st.integers(1, 9), st.integers(1, 9)), min_size=1, max_size=12), st.integers(0, 3))
def test_all_arms_learn_exactly_as_much_and_mixtures_keep_their_shares(
    rounds: list[tuple[int, int]], seed: int
) -> None:
    samples = [sample(str(n), "average", many) for n, (many, _) in enumerate(rounds)]
    samples += [sample(str(n), "worst", many) for n, (_, many) in enumerate(rounds)]
    arms = [read_arm("average"), read_arm("worst"), read_arm("mixed:average=1,worst=1")]
    size = common_size(arms, samples)
    for arm in arms:
        found = mixed(samples, arm, size, seed=seed, drops=Drops())
        assert sum(each.supervised for each in found) == size
        for condition, share in arm.shares.items():
            mine = sum(each.supervised for each in found if each.condition == condition)
            assert abs(mine - share * size) < 1


def test_arms_share_the_people_as_far_as_they_go() -> None:
    samples = [sample(str(n), condition, 2) for n in range(8) for condition in ("average", "worst")]
    average = {each.family for each in mixed(samples, read_arm("average"), 8, seed=3, drops=Drops())}
    worst = {each.family for each in mixed(samples, read_arm("worst"), 8, seed=3, drops=Drops())}
    assert average == worst
    assert len(average) == 4


def test_the_last_dialogue_is_cut_after_its_last_turn_that_is_learnt() -> None:
    whole = sample("a", "average", 5, learnt=(1, 5, 9))
    drops = Drops()
    (found,) = mixed([whole], read_arm("average"), 2, seed=1, drops=drops)
    assert isinstance(found.row, Talk)
    assert found.row.learnt == (1, 5)
    assert len(found.row.messages) == 6
    assert drops.counts == {"turns: of average, more than the arm average takes": 1}


def test_a_condition_that_is_not_there_is_refused_with_the_nearest() -> None:
    with pytest.raises(Refused, match=r"did you mean worst\?"):
        refuse_unknown([read_arm("wurst")], [sample("a", "worst", 1)])
