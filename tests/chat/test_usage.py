"""What several calls of one turn took together."""

from hardseek.chat import NOTHING_USED, Usage


def test_counts_are_summed_and_the_later_answer_names_itself() -> None:
    first = Usage("m", "length", tokens_in=10, tokens_out=3, latency=0.5, attempts=2)
    second = Usage("m", "stop", tokens_in=12, tokens_out=4, latency=0.25, attempts=1)
    assert first.and_then(second) == Usage("m", "stop", tokens_in=22, tokens_out=7, latency=0.75, attempts=3)


def test_what_is_not_told_is_not_made_up() -> None:
    told = Usage("m", "stop", tokens_in=10, attempts=1)
    assert NOTHING_USED.and_then(told) == told
    assert told.and_then(Usage("m", "stop", attempts=1)) == Usage("m", "stop", tokens_in=10, attempts=2)
    assert NOTHING_USED.and_then(NOTHING_USED) == NOTHING_USED
