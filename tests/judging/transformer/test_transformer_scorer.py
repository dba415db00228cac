"""Training and using a transformer scorer, on random models of a few thousand weights made on the spot."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from hardseek.errors import Refused
from hardseek.judging.bench import build_judge
from hardseek.judging.spec import ScorerSpec
from hardseek.judging.transformer import TransformerJudge
from hardseek.validity.judge import Material, material, read_ratings
from scorer_data import csv, made_up, talk

# The libraries' own, about each other.
pytestmark = [pytest.mark.filterwarnings("ignore::FutureWarning"), pytest.mark.filterwarnings("ignore::UserWarning")]


def _libraries() -> tuple[Any, Any]:
    why = "the extra `train` is not installed"
    pytest.importorskip("torch", reason=why)
    pytest.importorskip("peft", reason=why)
    return pytest.importorskip("transformers", reason=why), pytest.importorskip("tokenizers", reason=why)


def _base(folder: Path, kind: str) -> str:
    """Make a random model: an encoder, or a causal one."""
    transformers, tokenizers = _libraries()
    items, _ = made_up()
    words = sorted({word for each in items.values() for said in each.messages for word in said.content.split()})
    vocabulary = {word: number for number, word in enumerate(["<unk>", "</s>", "Seeker:", "Supporter:", *words])}
    raw = tokenizers.Tokenizer(tokenizers.models.WordLevel(vocabulary, unk_token="<unk>"))
    raw.pre_tokenizer = tokenizers.pre_tokenizers.WhitespaceSplit()
    transformers.PreTrainedTokenizerFast(tokenizer_object=raw, unk_token="<unk>", eos_token="</s>").save_pretrained(
        folder
    )
    shape = {"vocab_size": len(vocabulary), "hidden_size": 32, "intermediate_size": 32, "num_hidden_layers": 1,
             "num_attention_heads": 2, "max_position_embeddings": 512}  # fmt: skip
    transformers.set_seed(5)
    model = (
        transformers.BertModel(transformers.BertConfig(**shape))
        if kind == "encoder"
        else transformers.LlamaForCausalLM(transformers.LlamaConfig(**shape))
    )
    model.save_pretrained(folder)
    return str(folder)


def _material(tmp_path: Path) -> Material:
    items, rows = made_up()
    (tmp_path / "ratings.csv").write_text(csv(rows), encoding="utf-8")
    return material(read_ratings(tmp_path / "ratings.csv"), items, data="made up")


@pytest.mark.parametrize("kind", ["encoder", "causal"])
def test_it_learns_is_measured_and_rates_as_when_it_was_saved(tmp_path: Path, kind: str) -> None:
    from hardseek.judging.transformer.train import Course
    from hardseek.validity.judge.transforming import train_on_base

    base = _base(tmp_path / "base", kind)
    made = train_on_base(_material(tmp_path), base, tmp_path / "warm", course=Course(epochs=6, tokens=128), draws=100)

    figures = {(each.scheme, each.by, each.measure): each.value for each in made.graded[0].agreement}
    for scheme in ("unseen-system", "unseen-item"):
        found = figures[scheme, "scorer", "spearman-points"]
        assert found is not None
        assert found > 0.4
    judge = build_judge(ScorerSpec(kind="scorer", path="warm"), tmp_path)
    assert isinstance(judge, TransformerJudge)
    scores = [asyncio.run(judge.judge(talk(quality, 2000 + n))).ratings[0] for quality in (0, 4) for n in range(8)]
    poor, good = ([each.score for each in half if each.score is not None] for half in (scores[:8], scores[8:]))
    assert sum(good) / len(good) > sum(poor) / len(poor) + 0.5
    assert all(1 <= score <= 5 for score in (*poor, *good))
    assert judge.settings == TransformerJudge("other", tmp_path / "warm").settings
    again = TransformerJudge("warm", tmp_path / "warm")
    assert asyncio.run(again.judge(talk(0, 2000))).ratings[0] == scores[0]


def test_what_it_does_not_know_is_unscored_before_a_model_is_loaded(tmp_path: Path) -> None:
    from hardseek.judging.scorer import domain
    from hardseek.judging.transformer import TransformerScorer, write_transformer
    from hardseek.judging.transformer.file import Graded

    of = _material(tmp_path)
    scorer = TransformerScorer(
        "x", "no such model", 64, of.provenance, domain(of.seen), (Graded(of.dimensions["warmth"], (1.0, 2.0)),)
    )
    (tmp_path / "x").mkdir()
    write_transformer(scorer, tmp_path / "x")
    judge = TransformerJudge("x", tmp_path / "x")

    (rating,) = asyncio.run(judge.judge(talk(3, 1, language="zh"))).ratings
    assert rating.score is None
    assert "this is zh" in (rating.unscored or "")
    assert [dimension.name for dimension in judge.dimensions] == ["x/warmth"]


def test_a_folder_that_holds_something_is_not_written_over(tmp_path: Path) -> None:
    from hardseek.judging.transformer.train import Course
    from hardseek.validity.judge.transforming import train_on_base

    (tmp_path / "warm").mkdir()
    (tmp_path / "warm" / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(Refused, match="there is something already"):
        train_on_base(_material(tmp_path), "any", tmp_path / "warm", course=Course(), draws=100)


def test_a_folder_that_is_no_scorer_is_refused(tmp_path: Path) -> None:
    (tmp_path / "scorer.json").write_text(json.dumps({"name": "x"}), encoding="utf-8")
    with pytest.raises(Refused, match="not a scorer as `hardseek judge train --base` writes it"):
        TransformerJudge("x", tmp_path)
