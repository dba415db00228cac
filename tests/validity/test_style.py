"""Style as numbers, by hand."""

import pytest

from hardseek.language import LANGUAGES, Language
from hardseek.validity.style import closed_classes, function_words, style


def test_english_style_by_hand() -> None:
    found = style(["I dont know...", "ok", "Thanks, why me?"], "en")
    assert found["brief turns"] == 1.0  # three words or fewer, all of them
    assert found["turns with a question"] == pytest.approx(1 / 3)
    assert found["turns with thanks"] == pytest.approx(1 / 3)
    assert found["turns without a full stop at the end"] == pytest.approx(1 / 3)
    assert found["turns that begin with a capital"] == pytest.approx(2 / 3)
    # Seven words: I and me are the first person, dont has lost its apostrophe.
    assert found["first person"] == pytest.approx(100 * 2 / 7)
    assert found["slips"] == pytest.approx(100 / 7)
    assert found["dots"] == found["commas"] == pytest.approx(100 / 7)
    assert found["different words"] == 1.0
    assert found["length of words"] == pytest.approx(
        sum(map(len, ("I", "dont", "know", "ok", "Thanks", "why", "me"))) / 7
    )


def test_chinese_style_by_hand() -> None:
    found = style(["我不知道啊", "你说呢？"], "zh")
    assert found["first person"] == found["second person"] == pytest.approx(100 / 8)
    assert found["particles"] == pytest.approx(200 / 8)
    assert found["turns with a question"] == 0.5
    assert "turns that begin with a capital" not in found


def test_closed_classes_are_rates_of_all_words() -> None:
    found = closed_classes(["it’s me and you", "me too"], "en")
    assert found["me"] == pytest.approx(200 / 6)
    assert found["it's"] == pytest.approx(100 / 6)
    assert found["because"] == 0.0


@pytest.mark.parametrize("language", LANGUAGES)
def test_function_words_have_no_topic(language: Language) -> None:
    words = function_words(language)
    assert len(words) == len(set(words)) > 80
    assert not {"job", "mother", "sleep", "sad", "工", "妈", "睡"} & set(words)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_dialogue_has_the_same_features(language: Language) -> None:
    assert list(style(["?"], language)) == list(style(["我 am here, now. " * 40], language))
