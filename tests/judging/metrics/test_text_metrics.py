"""Text metrics: counted by hand, against other people's implementations, and unscored where nothing can be compared."""

import asyncio
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sacrebleu import sentence_bleu, sentence_chrf

from hardseek.chat import Message
from hardseek.dialogues import Transcript
from hardseek.errors import Refused
from hardseek.judging.metrics import MetricsJudge, bleu, chrf, distinct, meteor_like, rouge_l, self_bleu
from hardseek.judging.metrics.references import read_references
from hardseek.language import Language

WORDS = st.lists(st.sampled_from(["the", "cat", "sat", "on", "a", "mat", "then", "slept"]), min_size=1, max_size=12)


def test_distinct_pairs_are_counted_by_hand() -> None:
    # the-cat, cat-sat | the-cat, cat-ran: three distinct of four; no pair goes over the border of two texts.
    assert distinct(["The cat sat", "the cat ran"], 2) == 0.75
    assert distinct(["the cat sat", "the cat ran"], 1) == pytest.approx(4 / 6)
    assert distinct(["我难受", "我难过"], 2) == 0.75
    assert distinct(["one"], 2) is None


def test_texts_that_are_alike_have_a_high_self_bleu() -> None:
    same = self_bleu(["I hear you, that is hard."] * 3, "en")
    other = self_bleu(["I hear you, that is hard.", "What happened next?", "Take a walk today."], "en")

    assert same == pytest.approx(100)
    assert other is not None
    assert other < 20
    assert self_bleu(["alone"], "en") is None


@given(WORDS, WORDS)
def test_bleu_and_chrf_are_those_of_sacrebleu(one: list[str], other: list[str]) -> None:
    text, reference = " ".join(one), " ".join(other)

    assert bleu(text, [reference], "en") == pytest.approx(sentence_bleu(text, [reference]).score, abs=1e-9)
    assert chrf(text, [reference]) == pytest.approx(sentence_chrf(text, [reference]).score, abs=1e-9)


def test_rouge_is_counted_by_hand_in_both_languages() -> None:
    # Longest common run of words in order: the cat slept (3 of 4 and 3 of 3).
    assert rouge_l("the cat then slept", "the cat slept") == pytest.approx(2 * 0.75 * 1 / 1.75)
    assert rouge_l("我很难受", "我难受") == pytest.approx(2 * 0.75 * 1 / 1.75)


def test_meteor_is_computed_by_hand() -> None:
    # Three of three words match three of four: P = 1, R = 0.75, F = 0.75 / (0.9 + 0.075); two chunks (the cat, slept).
    expected = 0.75 / (0.9 + 0.1 * 0.75) * (1 - 0.5 * (2 / 3) ** 3)

    assert meteor_like("the cat slept", "the cat then slept") == pytest.approx(expected)


def test_meteor_knows_endings_and_order() -> None:
    assert meteor_like("walking", "walked") > 0
    assert meteor_like("a b c d", "a b c d") > meteor_like("d c b a", "a b c d") > 0
    assert meteor_like("cat", "dog") == 0


@given(WORDS, WORDS)
def test_all_stay_on_their_scales(one: list[str], other: list[str]) -> None:
    text, reference = " ".join(one), " ".join(other)

    assert 0 <= meteor_like(text, reference) <= 1
    assert 0 <= rouge_l(text, reference) <= 1
    assert 0 <= bleu(text, [reference], "en") <= 100 + 1e-9


def _talk(*said: str, language: Language = "en") -> Transcript:
    roles = ("user", "assistant")
    return Transcript(language, tuple(Message(roles[place % 2], text) for place, text in enumerate(said)))  # type: ignore[arg-type]


def _rated(judge: MetricsJudge, transcript: Transcript) -> dict[str, tuple[float | None, str | None]]:
    judgement = asyncio.run(judge.judge(transcript))
    assert [rating.dimension for rating in judgement.ratings] == [dimension.name for dimension in judge.dimensions]
    return {rating.dimension: (rating.score, rating.unscored) for rating in judgement.ratings}


def test_a_reference_serves_the_dialogue_that_begins_like_it() -> None:
    judge = MetricsJudge([_talk("I lost  my job.", "That is frightening.", "yes", "What comes first?")])

    found = _rated(judge, _talk("i lost my job.", "That is frightening.", "hm", "Cheer up, my dear friend!"))
    other = _rated(judge, _talk("My cat died.", "That is frightening."))

    assert found["metrics/rouge_l"][0] == pytest.approx(0.5)  # the first turn is the same, the second shares nothing
    assert other["metrics/bleu"] == (None, "no reference begins with the same words of the seeker")


def test_without_turns_nothing_is_scored() -> None:
    found = _rated(MetricsJudge(), _talk("Hello?"))

    assert {score for score, _ in found.values()} == {None}


def test_references_are_read_and_refused_by_line(tmp_path: Path) -> None:
    path = tmp_path / "references.jsonl"
    path.write_text('{"messages": [{"role": "user", "content": "a"}], "language": "zh"}\n\n', encoding="utf-8")
    found, digest = read_references(path)
    assert (found[0].language, len(digest)) == ("zh", 16)

    path.write_text('{"messages": []}\n{"message": 1}\n', encoding="utf-8")
    with pytest.raises(Refused, match="line 2"):
        read_references(path)
