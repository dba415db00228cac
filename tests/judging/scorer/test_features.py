"""What a scorer sees: features worked out by hand, and buckets that hold no words."""

import math

import numpy as np
import pytest

from hardseek.chat import Message
from hardseek.dialogues import Transcript
from hardseek.judging.scorer import FEATURES, see
from hardseek.judging.scorer.features import BUCKETS


def _seen(*said: str, language: str = "en") -> dict[str, float]:
    messages = tuple(Message("assistant" if place % 2 else "user", text) for place, text in enumerate(said))
    values = see(Transcript("zh" if language == "zh" else "en", messages)).features
    return dict(zip(FEATURES, map(float, values), strict=True))


def test_likeness_and_variety_by_hand() -> None:
    found = _seen("I lost my job.", "what song is it", "Which one?", "what song is that", "No.")

    # {what, song, is} of {what, song, is, it, that}
    assert found["likeness"] == pytest.approx(3 / 5)
    # what, song, is, it, that: 5 different words of 8
    assert found["variety"] == pytest.approx(5 / 8**0.7)


def test_lengths_by_hand() -> None:
    found = _seen("I lost my job.", "one two three", "a b", "one", "a b c d e")

    assert found["supporter_words"] == pytest.approx((math.log(4) + math.log(2)) / 2)
    assert found["last_words"] == pytest.approx(math.log(2))
    assert found["seeker_growth"] == pytest.approx(math.log(6) - math.log(3))


def test_what_a_dialogue_does_not_have_is_not_a_number() -> None:
    found = _seen("I lost my job.", "I am sorry about your job.")

    assert math.isnan(found["likeness"])
    assert math.isnan(found["self_repetition"])
    assert math.isnan(found["seeker_growth"])
    assert not math.isnan(found["specificity"])


def test_an_empty_dialogue_is_seen_as_nothing() -> None:
    seen = see(Transcript("en", ()))

    assert (seen.turns, seen.words, seen.opening) == (0, 0.0, "")
    assert not seen.buckets.any()


def test_turns_words_and_opening() -> None:
    seen = see(
        Transcript(
            "en",
            (Message("user", " Help. "), Message("assistant", "one two"), Message("user", "ok"),
             Message("assistant", "one two three four")),
        )
    )  # fmt: skip

    assert (seen.turns, seen.words, seen.opening) == (2, 3.0, "Help.")


def test_buckets_are_of_the_supporters_words_alone_and_of_length_one() -> None:
    one = see(Transcript("en", (Message("user", "tulips"), Message("assistant", "I don't know"))))
    other = see(Transcript("en", (Message("user", "daffodils"), Message("assistant", "i don ' t know"))))

    assert one.buckets.shape == (BUCKETS,)
    assert np.linalg.norm(one.buckets) == pytest.approx(1.0)
    assert (one.buckets == other.buckets).all()
    assert (one.buckets > 0).sum() == 5  # three words, two pairs, no two of them in one bucket


def test_chinese_is_counted_by_characters() -> None:
    found = see(Transcript("zh", (Message("user", "我睡不着"), Message("assistant", "辛苦了"))))

    assert (found.buckets > 0).sum() == 5
    assert found.words == 3
