"""Embedding scores with a random encoder made on the spot; what it thinks alike is not meant to be sensible."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from hardseek.chat import Message
from hardseek.dialogues import Transcript
from hardseek.errors import Refused
from hardseek.judging.bench import build_judge
from hardseek.judging.metrics.embedding import Embedder
from hardseek.judging.spec import MetricsSpec

# The libraries' own, about each other.
pytestmark = [pytest.mark.filterwarnings("ignore::FutureWarning"), pytest.mark.filterwarnings("ignore::UserWarning")]
WORDS = ["that", "sounds", "hard", "what", "happened", "next", "you", "are", "not", "alone"]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Make a random encoder that knows a dozen words."""
    why = "the extra `train` is not installed"
    pytest.importorskip("torch", reason=why)
    transformers: Any = pytest.importorskip("transformers", reason=why)
    tokenizers: Any = pytest.importorskip("tokenizers", reason=why)
    folder = tmp_path_factory.mktemp("embeddings") / "model"
    raw = tokenizers.Tokenizer(
        tokenizers.models.WordLevel({word: at for at, word in enumerate(["<unk>", "[CLS]", *WORDS])}, unk_token="<unk>")
    )
    raw.pre_tokenizer = tokenizers.pre_tokenizers.WhitespaceSplit()
    raw.post_processor = tokenizers.processors.TemplateProcessing(single="[CLS] $A", special_tokens=[("[CLS]", 1)])
    transformers.PreTrainedTokenizerFast(
        tokenizer_object=raw, unk_token="<unk>", cls_token="[CLS]", pad_token="<unk>"
    ).save_pretrained(folder)
    transformers.set_seed(3)
    shape = {"vocab_size": len(WORDS) + 2, "hidden_size": 16, "intermediate_size": 16, "num_hidden_layers": 1,
             "num_attention_heads": 2, "max_position_embeddings": 32}  # fmt: skip
    transformers.BertModel(transformers.BertConfig(**shape)).save_pretrained(folder)
    return str(folder)


def test_the_same_words_are_as_near_as_can_be_and_others_less(model: str) -> None:
    embedder = Embedder(model)

    same, other = embedder.nearness("that sounds hard", "that sounds hard"), embedder.nearness("you are not", "next")

    assert same.cosine == pytest.approx(1.0, abs=1e-5)
    assert same.match == pytest.approx(1.0, abs=1e-5)
    assert other.cosine is not None
    assert other.match is not None
    assert max(other.cosine, other.match) < 0.999
    assert embedder.nearness("", "next") == (None, None)  # nothing but what every text begins with


def test_the_match_is_the_f_measure_of_best_cosines(model: str) -> None:
    torch, transformers = pytest.importorskip("torch"), pytest.importorskip("transformers")
    tokenizer, encoder = (
        transformers.AutoTokenizer.from_pretrained(model),
        transformers.AutoModel.from_pretrained(model),
    )

    def states(text: str) -> Any:
        with torch.no_grad():
            found = encoder.eval()(**tokenizer(text, return_tensors="pt", return_token_type_ids=False))
        return found.last_hidden_state[0, 1:]  # without the first, which is no word

    one, other = states("what happened next"), states("you are not alone")
    cosines = [[float(torch.cosine_similarity(a, b, dim=0)) for b in other] for a in one]
    precision = sum(map(max, cosines)) / 3
    recall = sum(max(row[at] for row in cosines) for at in range(4)) / 4

    found = Embedder(model).nearness("what happened next", "you are not alone").match

    assert found == pytest.approx(2 * precision * recall / (precision + recall), abs=1e-5)


def test_a_judge_of_metrics_tells_them_where_there_is_a_reference(model: str, tmp_path: Path) -> None:
    talk = (Message("user", "hi"), Message("assistant", "that sounds hard"))
    (tmp_path / "references.jsonl").write_text(
        '{"messages": [{"role": "user", "content": "hi"}, {"role": "assistant", "content": "that sounds hard"}]}\n',
        encoding="utf-8",
    )
    judge = build_judge(MetricsSpec(references="references.jsonl", embeddings=model), tmp_path)

    found = {rating.dimension: rating for rating in asyncio.run(judge.judge(Transcript("en", talk))).ratings}
    strange = asyncio.run(judge.judge(Transcript("en", (Message("user", "hello"), *talk[1:])))).ratings

    assert list(found) == [dimension.name for dimension in judge.dimensions]
    assert found["metrics/embedding_match"].score == pytest.approx(1.0, abs=1e-5)
    assert [rating.score for rating in strange][-2:] == [None, None]
    assert model in judge.settings  # another model, another signature


def test_without_references_there_is_nothing_to_embed() -> None:
    with pytest.raises(ValidationError, match="nothing to compare with"):
        MetricsSpec(embeddings="model")


def test_a_model_that_is_not_there_is_named(tmp_path: Path) -> None:
    pytest.importorskip("transformers", reason="the extra `train` is not installed")
    with pytest.raises(Refused, match="cannot be loaded as a model"):
        Embedder(str(tmp_path / "none")).nearness("a", "b")
