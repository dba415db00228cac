"""What can go wrong in a training, in words that say what to change."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from hardseek.errors import HardseekError
from hardseek.training.fitting.checkpoints import clear_broken, last_whole
from hardseek.training.fitting.recipe import Recipe

_NO_ROOM: Final = (errno.ENOSPC, errno.EDQUOT)
_SAYS_NO_ROOM: Final = ("No space left", "os error 28", "Disk quota", "PytorchStreamWriter", "unexpected pos")
_SAYS_NO_MEMORY: Final = ("out of memory", "can't allocate memory", "not enough memory")


@contextmanager
def told(recipe: Recipe, folder: Path) -> Iterator[None]:
    """Word what stops a training; what a checkpoint was half written of is removed, and the last whole one kept.

    Args:
        recipe: what was asked for.
        folder: of the checkpoints.

    Raises:
        HardseekError: no memory, or no room on the disk.
    """
    from safetensors import SafetensorError

    try:
        yield
    except (OSError, RuntimeError, ValueError, SafetensorError) as error:
        kept = _kept(folder)
        if any(words in str(error) for words in _SAYS_NO_MEMORY):
            raise HardseekError(f"there is not enough memory for this training: {_less(recipe)}. {kept}") from None
        if getattr(error, "errno", None) in _NO_ROOM or any(words in str(error) for words in _SAYS_NO_ROOM):
            raise HardseekError(f"{folder}: the disk is full; make room and run again. {kept}") from None
        raise


def _kept(folder: Path) -> str:
    clear_broken(folder)
    whole = last_whole(folder)
    where = f"goes on from {whole.name}" if whole is not None else "begins anew, as there is no checkpoint yet"
    return f"The same command {where}"


def _less(recipe: Recipe) -> str:
    ways = [f"at_once: {recipe.at_once // 2} (the result stays the same)"] if recipe.at_once > 1 else []
    ways += ["gradient_checkpointing: true (the result stays the same)"] if not recipe.gradient_checkpointing else []
    ways += [f"tokens: {recipe.tokens // 2} (long dialogues are cut)"]
    ways += ["weights: adapter"] if recipe.weights == "full" else []
    ways += ["a smaller base; --dry-run tells what each takes"]
    return f"set {', '.join(ways[:-1])}, or take {ways[-1]}"
