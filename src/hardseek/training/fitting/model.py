"""The base model and its tokenizer, loaded with mistakes told in words."""

import json
import os
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final

from hardseek.errors import Refused
from hardseek.training.fitting.recipe import Recipe
from hardseek.training.fitting.template import fit_template

_CONTENT: Final = (".json", ".safetensors", ".bin", ".jinja", ".model")
_ADAPTER: Final = "adapter_config.json"
_SHOWN: Final = 16


def need_libraries() -> None:
    """See that the extra `train` is there; raises Refused."""
    try:
        import datasets  # noqa: F401 - whether it is there
        import peft  # noqa: F401
        import torch  # noqa: F401
        import trl  # noqa: F401
    except ImportError as error:
        raise Refused(f"training needs {error.name}, which is not installed: pip install 'hardseek[train]'") from None


def load_config(recipe: Recipe) -> Any:
    """Load what a base says of itself, without its weights; raises Refused when that is not possible."""
    from transformers import AutoConfig

    return _loaded(recipe, lambda: AutoConfig.from_pretrained(recipe.base, **_where(recipe)))


def load_tokenizer(recipe: Recipe) -> Any:
    """Load the tokenizer, with a template and a token to pad with; raises Refused when it cannot be used."""
    from transformers import AutoTokenizer

    tokenizer = _loaded(recipe, lambda: AutoTokenizer.from_pretrained(recipe.base, **_where(recipe)))
    if not tokenizer.is_fast:
        raise Refused(f"{recipe.base}: its tokenizer is a slow one, which does not tell where in a text a token stands")
    if tokenizer.eos_token is None:
        raise Refused(f"{recipe.base}: its tokenizer has no token that ends a text (eos_token), so no turn could end")
    if tokenizer.pad_token is None:
        # Nothing is learnt from padding, and it is masked by its place: any token will do.
        tokenizer.pad_token = tokenizer.eos_token
    fit_template(tokenizer, recipe.template)
    return tokenizer


def check_length(recipe: Recipe, config: Any) -> None:
    """See that the model reads as many tokens as are asked for; raises Refused."""
    most = getattr(config, "max_position_embeddings", None)
    if most is not None and recipe.tokens > most:
        raise Refused(f"tokens: {recipe.tokens:,} are more than the {most:,} that {recipe.base} can read; lower it")


def load_model(recipe: Recipe, *, half: bool) -> Any:
    """Load the base, and on it the adapter that is gone on from.

    Args:
        recipe: which.
        half: whether to compute in bf16; all weights, when they are trained, are kept in 32 bits.

    Raises:
        Refused: it cannot be loaded, or the adapter is of another base.
    """
    import torch
    from transformers import AutoModelForCausalLM

    dtype = torch.bfloat16 if half and recipe.weights == "adapter" else torch.float32
    more = {} if recipe.attention is None else {"attn_implementation": recipe.attention}
    model = _loaded(
        recipe, lambda: AutoModelForCausalLM.from_pretrained(recipe.base, dtype=dtype, **more, **_where(recipe))
    )
    model.config.use_cache = False
    if recipe.adapter is None:
        return model
    check_adapter(recipe)
    from peft import PeftModel

    try:
        return PeftModel.from_pretrained(model, recipe.adapter, is_trainable=True)
    except (OSError, RuntimeError, ValueError) as error:
        raise Refused(
            f"{recipe.adapter}: does not fit {recipe.base}: {_first_line(error)}. An adapter fits the base it was "
            "trained on alone"
        ) from None


def check_adapter(recipe: Recipe) -> None:
    """See that an adapter to go on from is one of this base; raises Refused."""
    if recipe.adapter is None:
        return
    path = Path(recipe.adapter) / _ADAPTER
    if recipe.weights == "full":
        raise Refused("adapter: goes with `weights: adapter`; to train all weights on, merge it first (`merge: true`)")
    try:
        known = json.loads(path.read_bytes())["base_model_name_or_path"]
    except (OSError, ValueError, KeyError):
        raise Refused(f"{recipe.adapter}: holds no adapter ({_ADAPTER} is missing or cannot be read)") from None
    if not _same(known, recipe.base):
        raise Refused(
            f"{recipe.adapter}: is an adapter of {known}, not of {recipe.base}; set `base: {known}`, or take another"
        )


def identity(recipe: Recipe, config: Any) -> str:
    """Tell a base from any other: by its commit at Hugging Face, or by what is in its folder."""
    folder = Path(recipe.base)
    if not folder.is_dir():
        return f"{recipe.base}@{getattr(config, '_commit_hash', None) or recipe.revision or 'unknown'}"
    return f"{folder.name}@{content(folder)}"


def content(folder: Path) -> str:
    """Hash the model or adapter in a folder."""
    hashed = blake2b(digest_size=_SHOWN // 2)
    for path in sorted(each for each in folder.iterdir() if each.suffix in _CONTENT and each.is_file()):
        hashed.update(path.name.encode())
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                hashed.update(block)
    return hashed.hexdigest()


def _loaded(recipe: Recipe, load: Any) -> Any:
    from safetensors import SafetensorError

    try:
        return load()
    except SafetensorError as error:
        raise Refused(
            f"{recipe.base}: its weights are not whole ({_first_line(error)}), as after a broken download; "
            "delete the file and fetch it again"
        ) from None
    except (OSError, ValueError, ImportError, KeyError) as error:
        if "trust_remote_code" in str(error):
            raise Refused(
                f"{recipe.base}: runs code that comes with it; if you trust its publisher, set `remote_code: true`"
            ) from None
        if Path(recipe.base).is_dir():
            raise Refused(f"{recipe.base}: cannot be loaded as a model: {_first_line(error)}") from None
        raise Refused(
            f"{recipe.base}: is no folder here, and cannot be had from Hugging Face: {_first_line(error)}. A download "
            "that was broken off goes on with the same command; a gated model needs `hf auth login`; without a network "
            "give a folder"
        ) from None


def _where(recipe: Recipe) -> dict[str, Any]:
    return {"revision": recipe.revision or "main", "trust_remote_code": recipe.remote_code}


def _same(known: str, base: str) -> bool:
    return known == base or os.path.realpath(known) == os.path.realpath(base)


def _first_line(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0][:300]
