"""Which cards tell of the same person."""

from hardseek.training.data.families import Families, identity
from training.stored import card


def test_parallels_are_one_family() -> None:
    en, zh = card("a", parallel="b"), card("b", "丢了工作。", "zh", parallel="a")
    joined = Families([en, zh, card("c")])
    assert joined.of(en) == joined.of(zh)
    assert joined.of(en) != joined.of(card("c"))


def test_the_same_problem_word_for_word_is_one_family_whatever_the_id() -> None:
    one, other = card("a", "Lost a job, in May!"), card("b", "lost a job in may")
    joined = Families([one, other])
    assert joined.of(one) == joined.of(other)


def test_the_same_number_is_no_family_when_it_stands_for_two_people() -> None:
    one, other = card("7", "Lost a job."), card("7", "Cannot sleep.")
    joined = Families([one, other])
    assert identity(one) != identity(other)
    assert joined.of(one) != joined.of(other)


def test_the_order_of_cards_does_not_matter() -> None:
    cards = [card("a", parallel="b"), card("b", "Alone."), card("c", "Alone."), card("d")]
    there, back = Families(cards), Families(cards[::-1])
    assert [there.of(each) for each in cards] == [back.of(each) for each in cards]
    assert len({there.of(each) for each in cards}) == 2
