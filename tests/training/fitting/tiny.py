"""Random models of some thousand weights, with tokenizers trained on the spot, and datasets to train them on."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import msgspec
import yaml

from hardseek.training.dataset import About, Kind, Source, Split, signed

WORDS: Final = (
    "I feel so tired of all this lately.", "Nobody at work listens to me.", "You should try to sleep more.",
    "It sounds like you are worn out, and nobody sees it.", "What weighs on you most?", "ok", "Not really.", "我好累",
)  # fmt: skip
CHATML: Final = (
    "{% for m in messages %}<|im_start|>{{ m['role'] }}\n{{ m['content'] }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
LLAMA: Final = (
    "<s>{% for m in messages %}<|im_start|>{{ m['role'] }}\n\n{{ m['content'] | trim }}<|im_end|>{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n\n{% endif %}"
)
SPECIAL: Final = ("<s>", "<|endoftext|>", "<|im_start|>", "<|im_end|>")


def save_tokenizer(folder: Path, *, template: str | None = CHATML, texts: Sequence[str] = WORDS, size: int = 400,
                   eos: str | None = "<|im_end|>", pad: str | None = None) -> Any:  # fmt: skip
    """Train a tokenizer of bytes on a few texts."""
    import tokenizers
    from transformers import PreTrainedTokenizerFast

    raw = tokenizers.Tokenizer(tokenizers.models.BPE())
    raw.pre_tokenizer = tokenizers.pre_tokenizers.ByteLevel(add_prefix_space=False)
    raw.decoder = tokenizers.decoders.ByteLevel()
    trainer = tokenizers.trainers.BpeTrainer(
        vocab_size=size, special_tokens=list(SPECIAL), show_progress=False,
        initial_alphabet=tokenizers.pre_tokenizers.ByteLevel.alphabet(),
    )  # fmt: skip
    raw.train_from_iterator([*texts, "system user assistant\n"], trainer)
    made = PreTrainedTokenizerFast(
        tokenizer_object=raw, eos_token=eos, pad_token=pad, additional_special_tokens=list(SPECIAL)
    )
    made.chat_template = template
    made.save_pretrained(folder)
    return made


def save_model(folder: Path, *, kind: str = "llama", width: int = 32, length: int = 512, seed: int = 3,
               size: int = 400) -> Path:  # fmt: skip
    """Make a random model beside a tokenizer; returns the folder."""
    import transformers

    shape = {"vocab_size": size, "hidden_size": width, "intermediate_size": 2 * width, "num_hidden_layers": 2,
             "num_attention_heads": 4, "num_key_value_heads": 2, "max_position_embeddings": length,
             "eos_token_id": 3, "bos_token_id": None, "tie_word_embeddings": True}  # fmt: skip
    transformers.set_seed(seed)
    if kind == "qwen":
        model = transformers.Qwen2ForCausalLM(transformers.Qwen2Config(**shape))
    else:
        model = transformers.LlamaForCausalLM(transformers.LlamaConfig(**shape))
    model.save_pretrained(folder)
    return folder


def base(folder: Path, *, kind: str = "llama", **more: Any) -> Path:
    """Make a whole base."""
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer = save_tokenizer(folder, **more)
    return save_model(folder, kind=kind, size=len(tokenizer))


def talk(number: int = 0, turns: int = 2, **more: Any) -> dict[str, Any]:
    """Make a dialogue as a dataset has it."""
    messages = []
    for place in range(turns):
        messages.append({"role": "user", "content": WORDS[(number + place) % 2]})
        messages.append({"role": "assistant", "content": WORDS[2 + (number + place) % 3]})
    return {"messages": messages, "card": f"card-{number}", "dialogue": f"d{number}", "condition": "worst",
            "language": "en", **more}  # fmt: skip


def pair(number: int = 0) -> dict[str, Any]:
    """Make a pair: understanding chosen, advice rejected."""
    return {"prompt": [{"role": "user", "content": WORDS[number % 2]}],
            "chosen": [{"role": "assistant", "content": WORDS[3]}],
            "rejected": [{"role": "assistant", "content": WORDS[2]}],
            "card": f"card-{number}", "condition": "worst", "language": "en"}  # fmt: skip


def dataset(folder: Path, rows: Sequence[dict[str, Any]], *, kind: Kind = "supporter-sft",
            valid: Sequence[dict[str, Any]] = ()) -> Path:  # fmt: skip
    """Write a dataset; returns its folder."""
    folder.mkdir(parents=True, exist_ok=True)
    given: dict[Split, Sequence[dict[str, Any]]] = {"train": rows, "valid": valid}
    splits = {name: [json.dumps(row, ensure_ascii=False).encode() for row in some] for name, some in given.items()}
    for name, lines in splits.items():
        (folder / f"{name}.jsonl").write_bytes(b"".join(line + b"\n" for line in lines))
    about = About(
        kind=kind, signature=signed(splits), hardseek="0", languages=("en",), counts={}, licences=("CC0",),
        sources=(Source("made up", "0", len(rows), "CC0"),),
    )  # fmt: skip
    (folder / "dataset.yaml").write_bytes(msgspec.yaml.encode(about))
    return folder


def recipe(folder: Path, model: Path, data: Path, out: str = "out", **more: Any) -> Path:
    """Write a recipe for a short training; returns its path."""
    body = {"base": str(model), "data": str(data), "out": str(folder / out), "tokens": 128, "batch": 4, "at_once": 2,
            "epochs": 2, "log_every": 1, "checkpoint_every": 100, "gradient_checkpointing": False, **more}  # fmt: skip
    path = folder / f"{out}.yaml"
    path.write_text(yaml.safe_dump(body), encoding="utf-8")
    return path
