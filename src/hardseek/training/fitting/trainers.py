"""The trainers of TRL, set up by a recipe."""

import os
from pathlib import Path
from typing import Any

from hardseek.errors import Refused
from hardseek.training.fitting.place import CHECKPOINTS
from hardseek.training.fitting.recipe import Method, Recipe
from hardseek.training.fitting.sequences import Fitted


def processes() -> int:
    """Return how many processes train together, as `accelerate launch` says."""
    return int(os.environ.get("WORLD_SIZE", "1"))


def leads() -> bool:
    """Tell whether this process is the one that writes and tells."""
    return os.environ.get("RANK", "0") == "0"


def has_bf16(recipe: Recipe) -> bool:
    """Tell whether it is computed in bf16."""
    import torch

    if recipe.precision != "auto":
        return recipe.precision == "bf16"
    return bool(torch.cuda.is_available() and torch.cuda.is_bf16_supported())


def check_recipe(recipe: Recipe) -> None:
    """See that what is asked for goes together on this machine; raises Refused."""
    if recipe.packing and "flash" not in (recipe.attention or ""):
        raise Refused(
            "packing: several dialogues in a sequence would read each other; only flash attention keeps them apart. "
            "Set `attention: flash_attention_2` (a GPU, and the package flash-attn), or packing: false"
        )
    each = recipe.at_once * processes()
    if recipe.batch % each:
        raise Refused(
            f"batch: {recipe.batch} cannot be made of {processes()} devices with {recipe.at_once} at once; take a "
            f"multiple of {each}"
        )


def settings(recipe: Recipe, method: Method, *, watched: bool) -> dict[str, Any]:
    """Return what both trainers are told.

    Args:
        recipe: how it is trained.
        method: SFT or DPO.
        watched: whether there are rows that it is watched on.
    """
    import torch

    half = has_bf16(recipe)
    return {
        "output_dir": str(Path(recipe.out) / CHECKPOINTS),
        "num_train_epochs": recipe.times(method),
        "max_steps": recipe.steps or -1,
        "per_device_train_batch_size": recipe.at_once,
        "per_device_eval_batch_size": recipe.at_once,
        "gradient_accumulation_steps": recipe.batch // (recipe.at_once * processes()),
        "learning_rate": recipe.rate(method),
        "lr_scheduler_type": "cosine",
        "warmup_steps": recipe.warmup,
        "max_grad_norm": 1.0,
        "max_length": recipe.tokens,
        "gradient_checkpointing": recipe.gradient_checkpointing,
        "gradient_checkpointing_kwargs": {"use_reentrant": False},
        "bf16": half,
        "use_cpu": not torch.cuda.is_available(),
        "seed": recipe.seed,
        "data_seed": recipe.seed,
        "save_strategy": "steps",
        "save_steps": recipe.checkpoint_every,
        "save_total_limit": recipe.keep,
        "eval_strategy": "steps" if watched else "no",
        "eval_steps": recipe.checkpoint_every,
        "logging_steps": recipe.log_every,
        "logging_first_step": True,
        "report_to": ["tensorboard"],
        "ddp_find_unused_parameters": False,
        "disable_tqdm": True,
        "dataloader_pin_memory": torch.cuda.is_available(),
        "trust_remote_code": recipe.remote_code,
    }


def make_trainer(recipe: Recipe, method: Method, rows: tuple[Fitted, Fitted], *, model: Any, tokenizer: Any) -> Any:
    """Make the trainer of a dataset's kind.

    Args:
        recipe: how it is trained.
        method: SFT or DPO.
        rows: what is trained on, and what it is watched on.
        model: the base, or an adapter on it.
        tokenizer: of the base, with the template.
    """
    from datasets import Dataset
    from peft import LoraConfig
    from transformers import PrinterCallback
    from trl import DPOConfig, DPOTrainer, SFTConfig, SFTTrainer

    folder = Path(recipe.out)
    os.environ["TENSORBOARD_LOGGING_DIR"] = str(folder / "tensorboard")
    train, valid = (Dataset.from_dict(_columns(each, recipe, method)) for each in rows)
    lora = None
    if recipe.weights == "adapter" and recipe.adapter is None:
        lora = LoraConfig(
            r=recipe.lora.rank, lora_alpha=recipe.lora.alpha, lora_dropout=recipe.lora.dropout,
            target_modules="all-linear", task_type="CAUSAL_LM",
        )  # fmt: skip
    common = settings(recipe, method, watched=bool(rows[1].rows))
    given = {
        "model": model, "processing_class": tokenizer, "train_dataset": train, "peft_config": lora,
        "eval_dataset": valid if rows[1].rows else None,
    }  # fmt: skip
    if method == "dpo":
        trainer = DPOTrainer(args=DPOConfig(**common, beta=recipe.beta), **given)
    else:
        trainer = SFTTrainer(args=SFTConfig(**common, packing=recipe.packing), **given)
    trainer.remove_callback(PrinterCallback)
    return trainer


def _columns(rows: Fitted, recipe: Recipe, method: Method) -> dict[str, list[Any]]:
    if method == "sft" or not recipe.template_arguments:
        return rows.columns
    return rows.columns | {"chat_template_kwargs": [dict(recipe.template_arguments)] * rows.rows}
