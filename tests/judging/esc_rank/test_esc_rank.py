"""ESC-RANK's adapters as a judge, on a random model of a few thousand weights laid out as the release is."""

import asyncio
from pathlib import Path

import pytest

from hardseek.chat import Message
from hardseek.dialogues import Transcript
from hardseek.errors import Refused
from hardseek.judging.esc_rank import ADAPTERS, EscRankJudge, adapter_folder
from hardseek.judging.esc_rank.adapters import wording
from hardseek.judging.rubrics import packaged_rubric
from hardseek.judging.spec import EscRankSpec
from hardseek.language import LANGUAGES, Language

# The libraries' own, about each other.
pytestmark = [pytest.mark.filterwarnings("ignore::FutureWarning"), pytest.mark.filterwarnings("ignore::UserWarning")]
TALK = Transcript("en", (Message("user", "I lost my job."), Message("assistant", "That hurts.")))
GESPRAECH = Transcript("zh", (Message("user", "我失业了。"), Message("assistant", "一定很难受。")))


def _made(folder: Path, languages: tuple[Language, ...] = LANGUAGES, *, digits: bool = True) -> EscRankSpec:
    """Make a base model whose next token is nearly always a digit, and adapters that change which."""
    torch = pytest.importorskip("torch", reason="the extra `train` is not installed")
    peft = pytest.importorskip("peft", reason="the extra `train` is not installed")
    transformers = pytest.importorskip("transformers", reason="the extra `train` is not installed")
    tokenizers = pytest.importorskip("tokenizers", reason="the extra `train` is not installed")
    words = ["<unk>", "<s>", "</s>", *map(str, range(5)), *"abcdefghijklmnopqrstuvwxyz.,:*"]
    raw = tokenizers.Tokenizer(tokenizers.models.WordLevel({w: n for n, w in enumerate(words)}, unk_token="<unk>"))
    raw.pre_tokenizer = tokenizers.pre_tokenizers.Split("", "isolated")
    fast = transformers.PreTrainedTokenizerFast(tokenizer_object=raw, unk_token="<unk>", eos_token="</s>")
    fast.chat_template = "{% for m in messages %}{{ m.content }}{% endfor %}"
    fast.save_pretrained(folder / "base")
    torch.manual_seed(3)
    config = transformers.LlamaConfig(
        vocab_size=len(words), hidden_size=16, intermediate_size=16, num_hidden_layers=1, num_attention_heads=2,
        max_position_embeddings=4096,
    )  # fmt: skip
    model = transformers.LlamaForCausalLM(config)
    with torch.no_grad():
        model.lm_head.weight[:3] = 0
        model.lm_head.weight[8:] = 0
        model.lm_head.weight[3:8] *= 200 if digits else 0
    model.save_pretrained(folder / "base")
    for language in languages:
        for dimension in ADAPTERS:
            lora = peft.LoraConfig(
                r=8, lora_alpha=16, target_modules=["q_proj", "v_proj"], task_type="CAUSAL_LM", init_lora_weights=False
            )
            base = transformers.AutoModelForCausalLM.from_pretrained(folder / "base")
            peft.get_peft_model(base, lora).save_pretrained(adapter_folder(folder / "adapters", dimension, language))
    return EscRankSpec(kind="esc-rank", path="adapters", base=str(folder / "base"))


def test_every_dimension_is_one_digit_of_its_own_adapter(tmp_path: Path) -> None:
    judge = EscRankJudge(_made(tmp_path), tmp_path)
    ours = asyncio.run(judge.judge(TALK)).ratings
    again = asyncio.run(judge.judge(TALK)).ratings
    theirs = asyncio.run(judge.judge(GESPRAECH)).ratings

    assert [rating.dimension for rating in ours] == [f"esc-rank/{dimension}" for dimension in ADAPTERS]
    assert ours == again
    for rating in (*ours, *theirs):
        assert rating.score in {0.0, 1.0, 2.0, 3.0, 4.0}
        assert rating.grounds is not None
        odds = rating.grounds.odds
        assert sum(odds.values()) == pytest.approx(1.0)
        assert max(odds, key=lambda level: odds[level]) == rating.score
    assert len({tuple((rating.grounds.odds if rating.grounds else {}).values()) for rating in ours}) == len(ours)


def test_an_answer_that_is_no_digit_is_unscored(tmp_path: Path) -> None:
    judge = EscRankJudge(_made(tmp_path, ("en",), digits=False), tmp_path)

    assert {rating.unscored for rating in asyncio.run(judge.judge(TALK)).ratings} == {
        "the model's most probable answer is no digit from 0 to 4"
    }
    assert {rating.unscored for rating in asyncio.run(judge.judge(GESPRAECH)).ratings} == {
        "there are no adapters for zh in adapters"
    }


def test_missing_adapters_are_named(tmp_path: Path) -> None:
    (tmp_path / "adapters" / "fluency_en").mkdir(parents=True)
    with pytest.raises(Refused, match="fluency_en, diversity_en, empathic_en"):
        EscRankJudge(EscRankSpec(kind="esc-rank", path="adapters"), tmp_path)


def test_what_an_adapter_is_asked() -> None:
    dimension = packaged_rubric("esc-eval").dimensions[0]
    ours = wording(TALK, dimension, None)

    assert "**用户**：I lost my job.\n\n**AI助手**：That hurts." in ours
    assert "0: " in ours
    assert "4: " in ours
    given = {"fluency": {"en": "Rate {dialogue} now", "zh": "{dialogue}"}}
    assert wording(TALK, dimension, given) == "Rate **用户**：I lost my job.\n\n**AI助手**：That hurts. now"  # type: ignore[arg-type]
