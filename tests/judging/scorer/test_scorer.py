"""Training, the file, the judge, and what it leaves unscored."""

import asyncio
from pathlib import Path

import msgspec
import numpy as np
import pytest

from hardseek.chat import Message
from hardseek.dialogues import Transcript
from hardseek.errors import Refused
from hardseek.judging.bench import build_judge
from hardseek.judging.scorer import Scorer, ScorerJudge, load_scorer, write_scorer
from hardseek.runs import read_experiment
from hardseek.validity.judge import Given, material, train
from scorer_data import Made, talk


def given(made: Made) -> list[Given]:
    return [Given(item, rater, name, score, system) for item, rater, name, score, system in made[1]]


@pytest.fixture(scope="module")
def scorer(made: Made) -> Scorer:
    return train(material(given(made), made[0], data="made up", licence="none"), name="warm", draws=100)


def _figure(scorer: Scorer, scheme: str, by: str, measure: str) -> float:
    (found,) = (
        each.value
        for each in scorer.learnt[0].agreement
        if (each.scheme, each.by, each.measure) == (scheme, by, measure)
    )
    assert found is not None
    return found


def test_better_supporters_are_rated_higher(scorer: Scorer) -> None:
    judge = ScorerJudge("warm", scorer)
    rated = [[judge.rate(talk(quality, 1000 + n))[0].score for n in range(20)] for quality in range(5)]
    means = [np.mean([score for score in scores if score is not None]) for scores in rated]

    assert means == sorted(means)
    assert means[4] - means[0] > 1.5
    assert all(1 <= score <= 5 for scores in rated for score in scores if score is not None)


def test_held_out_agreement_is_above_the_baselines(scorer: Scorer) -> None:
    for scheme in ("unseen-system", "unseen-item"):
        assert _figure(scorer, scheme, "scorer", "spearman") > 0.55
        assert _figure(scorer, scheme, "scorer", "qwk") > _figure(scorer, scheme, "majority", "qwk") + 0.4
        assert _figure(scorer, scheme, "scorer", "mae") < _figure(scorer, scheme, "majority", "mae") - 0.3
        assert _figure(scorer, scheme, "scorer", "spearman-within") > 0.55


def test_nothing_is_learnt_from_ratings_that_mean_nothing(made: Made) -> None:
    luck = np.random.default_rng(1).permutation(len(made[1]))
    rows = given(made)
    mixed = [msgspec_replaced(row, rows[place].score) for row, place in zip(rows, luck, strict=True)]
    found = train(material(mixed, made[0], data="x"), name="x", draws=100)

    assert abs(_figure(found, "unseen-item", "scorer", "spearman")) < 0.25


def msgspec_replaced(row: Given, score: float | None) -> Given:
    return Given(row.item, row.rater, row.dimension, score, row.cluster, row.language)


def test_a_severe_rater_does_not_make_the_supporter_worse(made: Made) -> None:
    # Ann rates the first half only, two steps lower than Bob would: her half is not worse.
    rows = [
        Given(row.item, row.rater, row.dimension, max(1.0, (row.score or 0) - 2), row.cluster)
        if row.rater == "ann"
        else row
        for row in given(made)
        if (row.rater == "ann") == (int(row.item[1:]) < 80)
    ]
    judge = ScorerJudge("x", train(material(rows, made[0], data="x"), name="x", draws=100))
    first, second = (
        np.mean([judge.rate(made[0][f"i{n}"])[0].score or 0 for n in span]) for span in (range(80), range(80, 160))
    )

    assert abs(first - second) < 0.25


def test_the_same_data_give_the_same_file(made: Made, scorer: Scorer, tmp_path: Path) -> None:
    again = train(material(given(made), made[0], data="made up", licence="none"), name="warm", draws=100)
    write_scorer(again, tmp_path / "again.json")
    read = load_scorer("again.json", tmp_path)

    assert again.signature == scorer.signature == read.signature
    assert [rating.score for rating in ScorerJudge("a", read).rate(talk(2, 5))] == [
        rating.score for rating in ScorerJudge("a", scorer).rate(talk(2, 5))
    ]


def test_the_file_says_what_it_is_and_holds_no_text(made: Made, scorer: Scorer, tmp_path: Path) -> None:
    write_scorer(scorer, tmp_path / "warm.json")
    text = (tmp_path / "warm.json").read_text(encoding="utf-8")
    about = msgspec.json.decode(text)

    assert about["provenance"] | {"digest": "", "hardseek": ""} == {
        "data": "made up", "licence": "none", "items": 160, "ratings": 320, "raters": 2, "systems": 4, "digest": "",
        "hardseek": "",
    }  # fmt: skip
    assert about["learnt"][0]["steps"] == [1, 2, 3, 4, 5]
    for word in ("exams", "relax", "hardest", "weighs"):
        assert word not in text


def test_the_judge_signs_and_names_its_dimensions(scorer: Scorer) -> None:
    judge = ScorerJudge("mine", scorer)
    judgement = asyncio.run(judge.judge(talk(3, 7), author="anybody"))

    assert [rating.dimension for rating in judgement.ratings] == ["mine/warmth"]
    assert judgement.ratings[0].judge == "mine"
    assert judge.settings == (scorer.signature,)
    assert (judge.dimensions[0].low, judge.dimensions[0].high, judge.dimensions[0].better) == (1.0, 5.0, "higher")


@pytest.mark.parametrize(
    ("transcript", "said"),
    [
        (talk(3, 1, language="zh"), "this is zh"),
        (talk(3, 1, exchanges=20), "has 20 turns; it was trained on 3 to 3"),
        (talk(3, 1, exchanges=1), "has 1 turns"),
        (Transcript("en", (Message("user", "I cannot sleep."),)), "says nothing"),
        (
            Transcript(
                "en",
                tuple(
                    Message("assistant" if place % 2 else "user", "I see. " * 200 if place % 2 else "And then?")
                    for place in range(6)
                ),
            ),
            "have 400 words on average",
        ),
        (
            Transcript(
                "en",
                tuple(
                    Message("assistant" if place % 2 else "user", "Why? When? Who? Where? What? How come?")
                    for place in range(6)
                ),
            ),
            "unlike what it was trained on",
        ),
    ],
)  # fmt: skip
def test_what_it_does_not_know_is_unscored_with_the_reason(scorer: Scorer, transcript: Transcript, said: str) -> None:
    (rating,) = ScorerJudge("warm", scorer).rate(transcript)

    assert rating.score is None
    assert said in (rating.unscored or "")


def test_most_of_what_it_was_trained_on_is_scored(made: Made, scorer: Scorer) -> None:
    judge = ScorerJudge("warm", scorer)
    unscored = sum(judge.rate(transcript)[0].score is None for transcript in made[0].values())

    assert 0 < unscored <= 0.02 * len(made[0])


def test_too_little_to_learn_from_is_refused(made: Made) -> None:
    few = [row for row in given(made) if int(row.item[1:]) < 20]
    with pytest.raises(Refused, match="20 of the dialogues are rated"):
        train(material(few, made[0], data="x"), name="x", draws=100)
    same = [msgspec_replaced(row, 3.0) for row in given(made)]
    with pytest.raises(Refused, match="warmth: 1 different scores"):
        train(material(same, made[0], data="x"), name="x", draws=100)


def test_one_system_says_nothing_of_others(made: Made) -> None:
    rows = [Given(row.item, row.rater, row.dimension, row.score) for row in given(made)]
    found = train(material(rows, made[0], data="x"), name="x", draws=100)

    assert {each.scheme for each in found.learnt[0].agreement} == {"unseen-item"}
    assert found.provenance.systems == 0


def test_files_that_are_no_scorers_are_refused(scorer: Scorer, tmp_path: Path) -> None:
    (tmp_path / "empty.json").write_text("{}", encoding="utf-8")
    with pytest.raises(Refused, match=r"empty\.json: not a scorer"):
        load_scorer("empty.json", tmp_path)
    write_scorer(msgspec.structs.replace(scorer, features=scorer.features[:-1]), tmp_path / "old.json")
    with pytest.raises(Refused, match="other features; train it anew"):
        load_scorer("old.json", tmp_path)
    cut = msgspec.structs.replace(scorer.learnt[0], buckets="AAAA")
    write_scorer(msgspec.structs.replace(scorer, learnt=(cut,)), tmp_path / "cut.json")
    with pytest.raises(Refused, match=r"cut\.json: damaged: warmth"):
        load_scorer("cut.json", tmp_path)
    with pytest.raises(Refused, match="did you mean ieval-en"):
        load_scorer("ieval", tmp_path)
    with pytest.raises(Refused, match="there is no such file"):
        load_scorer("none.json", tmp_path)


def test_an_experiment_names_it(scorer: Scorer, tmp_path: Path) -> None:
    write_scorer(scorer, tmp_path / "warm.json")
    path = tmp_path / "experiment.yaml"
    path.write_text(
        "systems: [cheerleader]\nconditions: [average]\n"
        "judges: [{kind: scorer, path: warm.json}, {kind: scorer, path: ieval-en, name: people}]\n",
        encoding="utf-8",
    )
    experiment, _ = read_experiment(path)
    first, second = (build_judge(spec, tmp_path) for spec in experiment.judges)  # type: ignore[arg-type]

    assert [dimension.name for dimension in first.dimensions] == ["warm/warmth"]
    assert "people/overall" in [dimension.name for dimension in second.dimensions]
