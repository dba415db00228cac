"""How strong a behaviour is at an exchange, by pattern."""

from hardseek.luck import Luck
from hardseek.seekers import AXES, BehaviourProfile, SeekerState
from hardseek.seekers.course import intensities

LUCK = Luck.of(seed=1, card="c", condition="x", replicate=0)


def state(*, trust: float = 0.4, strain: float = 0.0) -> SeekerState:
    return SeekerState(distress=6.0, trust=trust, openness=0.4, engagement=0.6, strain=strain)


def resistance(profile: BehaviourProfile, exchange: int, now: SeekerState | None = None) -> float:
    return intensities(profile, exchange, now, LUCK).resistance


def test_constant_is_the_profile_at_every_exchange() -> None:
    profile = BehaviourProfile.model_validate({axis: 0.1 * place for place, axis in enumerate(AXES, 1)})
    for exchange in (1, 7):
        now = intensities(profile, exchange, None, LUCK)
        assert [getattr(now, axis) for axis in AXES] == [0.1 * place for place in range(1, 6)]


def test_from_sets_in_at_its_exchange() -> None:
    profile = BehaviourProfile(resistance=0.8, pattern="from", start=4)
    assert [resistance(profile, exchange) for exchange in range(1, 6)] == [0, 0, 0, 0.8, 0.8]


def test_escalating_grows_evenly_up_to_its_exchange() -> None:
    profile = BehaviourProfile(resistance=0.8, pattern="escalating", start=4)
    assert [round(resistance(profile, exchange), 3) for exchange in range(1, 7)] == [0.2, 0.4, 0.6, 0.8, 0.8, 0.8]


def test_easing_gives_way_to_trust() -> None:
    profile = BehaviourProfile(resistance=0.8, pattern="easing")
    strengths = [resistance(profile, 3, state(trust=trust)) for trust in (0.1, 0.5, 0.9)]
    assert strengths == sorted(strengths, reverse=True)
    assert strengths[-1] < 0.1


def test_fluctuating_is_now_strong_and_now_weak_and_the_same_for_every_supporter() -> None:
    profile = BehaviourProfile(resistance=0.8, pattern="fluctuating")
    course = [resistance(profile, exchange) for exchange in range(1, 40)]
    assert set(course) == {0.8, 0.2}
    assert course == [resistance(profile, exchange, state(trust=0.9)) for exchange in range(1, 40)]


def test_rupture_needs_a_mistake_and_ends_when_it_is_mended() -> None:
    profile = BehaviourProfile(resistance=0.8, pattern="rupture")
    assert resistance(profile, 1) == resistance(profile, 5, state()) == 0
    assert resistance(profile, 5, state(strain=0.9)) == 0.8
    assert 0 < resistance(profile, 5, state(strain=0.2)) < 0.8


def test_the_two_forms_of_resistance_exclude_each_other() -> None:
    arguing = intensities(BehaviourProfile(resistance=0.6, resistance_form="arguing"), 1, None, LUCK)
    withdrawing = intensities(BehaviourProfile(resistance=0.6), 1, None, LUCK)
    assert (arguing.arguing, arguing.withdrawing) == (0.6, 0.0)
    assert (withdrawing.arguing, withdrawing.withdrawing) == (0.0, 0.6)
