"""The packaged scorer: what it says of itself, and that no text of its corpus is in it."""

import json
import re
from pathlib import Path

import pytest

from hardseek.chat import Message
from hardseek.dialogues import Transcript
from hardseek.documents import packaged
from hardseek.judging.scorer import ScorerJudge, domain, load_scorer, see

IEVAL = Path(__file__).parents[4] / "shared" / "data" / "ieval" / "tasks.jsonl"
OPENING = "My best friend moved away and I miss her every day."
CARING = (
    "I'm sorry, that sounds lonely. How long has she been gone?",
    "Two months is not long at all. What do you miss most about having her near?",
    "Those walks meant a lot to you. Have you two found a way to talk since she left?",
)
DEAF = ("What song is it?", "What song is it?", "That sounds like fun! What song is it?")


def _chat(answers: tuple[str, ...]) -> Transcript:
    later = ("About two months.", "Our walks after work.")
    said = [OPENING, answers[0], later[0], answers[1], later[1], answers[2]]
    return Transcript("en", tuple(Message("assistant" if n % 2 else "user", text) for n, text in enumerate(said)))


def _rated(transcript: Transcript) -> dict[str, float | None]:
    judge = ScorerJudge("ieval-en", load_scorer("ieval-en", Path()))
    return {rating.dimension.removeprefix("ieval-en/"): rating.score for rating in judge.rate(transcript)}


def test_it_says_whose_data_it_is_and_how_well_it_agrees() -> None:
    scorer = load_scorer("ieval-en", Path())

    assert scorer.provenance.licence == "CC BY 4.0"
    assert "Svikhnushina" in scorer.provenance.data
    assert (scorer.domain.languages, scorer.domain.turns, scorer.provenance.items) == (("en",), (3, 3), 1368)
    for each in scorer.learnt:
        assert {(made.scheme, made.by) for made in each.agreement} >= {
            ("unseen-system", "scorer"), ("unseen-system", "length"), ("unseen-item", "majority"),
        }  # fmt: skip
        assert "short English chats" in each.dimension.definition["en"]
        (points,) = (
            made.value
            for made in each.agreement
            if (made.scheme, made.by, made.measure) == ("unseen-system", "scorer", "spearman-points")
        )
        assert points is not None
        assert points >= 0.4


def test_an_attentive_chat_is_rated_above_a_deaf_one() -> None:
    caring, deaf = _rated(_chat(CARING)), _rated(_chat(DEAF))

    assert all(value is not None for value in (*caring.values(), *deaf.values()))
    for name in ("overall", "attention", "understanding", "sense"):
        assert (caring[name] or 0) > (deaf[name] or 0) + 0.3
    assert (deaf["repetitive"] or 0) > (caring["repetitive"] or 0) + 1


@pytest.mark.corpus
@pytest.mark.skipif(not IEVAL.is_file(), reason=f"iEval is not at {IEVAL}")
def test_no_text_of_the_corpus_is_in_the_file() -> None:
    kept = json.loads(packaged("hardseek.judging.scorer", "data", "ieval-en.json"))
    for each in kept["learnt"]:
        each.pop("buckets")  # numbers in base64
        each["dimension"] = {}  # our own words
    kept["provenance"].pop("data")
    ours = set(re.findall(r"[a-z]{5,}", json.dumps(kept)))
    said = set(re.findall(r"[a-z]{5,}", IEVAL.read_text(encoding="utf-8").lower()))

    # What is left of words is the names of fields and features.
    fields = set(re.findall(r"[a-z]{5,}", " ".join(kept["features"]))) | {
        "agreement", "buckets", "clusters", "deviations", "digest", "dimension", "distance", "domain", "features",
        "format", "hardseek", "items", "languages", "learnt", "length", "licence", "majority", "means", "measure",
        "points", "provenance", "raters", "ratings", "scheme", "scorer", "spearman", "steps", "system", "systems",
        "turns", "unseen", "value", "within", "words", "ieval",
    }  # fmt: skip
    assert (ours & said) - fields == set()


@pytest.mark.corpus
@pytest.mark.skipif(not IEVAL.is_file(), reason=f"iEval is not at {IEVAL}")
def test_it_was_trained_on_features_as_they_are_counted_now() -> None:
    """Where this fails, cues or indicators have changed since: `python -m benchmarks.ieval` trains it anew."""
    chats = [
        chat["chat_log"].split("\n")
        for line in IEVAL.read_text(encoding="utf-8").split("\n")
        if line
        for scenario in ("positive", "negative")
        for chat in json.loads(line)[scenario].values()
        if isinstance(chat, dict)
    ]
    talks = [
        Transcript(
            "en",
            tuple(Message("assistant" if n % 2 else "user", text.removeprefix("- ")) for n, text in enumerate(chat)),
        )
        for chat in chats
    ]
    now, then = domain([see(talk) for talk in talks]), load_scorer("ieval-en", Path()).domain

    assert now.means == pytest.approx(then.means, abs=1e-9)
    assert now.distance == pytest.approx(then.distance, abs=1e-9)
