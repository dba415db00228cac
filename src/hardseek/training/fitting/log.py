"""The log of a training: a line of JSON for each report, beside what TensorBoard reads."""

import json
import math
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

Say = Callable[[str], None]
"""Tells a line to whoever started the training."""


def cut_log(path: Path, step: int) -> None:
    """Take out of a log what came after a step: it is going to be done again."""
    if not path.is_file():
        return
    kept = [line for line in path.read_text(encoding="utf-8").splitlines() if _step(line) <= step]
    part = path.with_name(f".{path.name}.part")
    part.write_text("".join(f"{line}\n" for line in kept), encoding="utf-8")
    part.replace(path)


def logger(path: Path, say: Say) -> Any:
    """Make the trainer's callback that writes the log and tells how it goes."""
    from transformers import TrainerCallback

    class Logger(TrainerCallback):  # type: ignore[misc]  # transformers has no types where it is not installed
        """Writes a line for each report."""

        def __init__(self) -> None:
            self._began = time.monotonic()
            self._from: int | None = None

        def on_log(self, args: Any, state: Any, control: Any, logs: Any = None, **_: Any) -> None:
            """Write and tell a report."""
            if not state.is_world_process_zero or not logs:
                return
            numbers = {
                name: float(value) if math.isfinite(float(value)) else None
                for name, value in logs.items()
                if isinstance(value, (int, float))
            }
            with path.open("a", encoding="utf-8") as file:
                file.write(json.dumps({"step": state.global_step, **numbers}) + "\n")
            self._from = state.global_step if self._from is None else self._from
            if "loss" in numbers or "eval_loss" in numbers:
                say(f"{state.global_step:,} of {state.max_steps:,}: {_told(numbers)}{self._left(state)}")

        def _left(self, state: Any) -> str:
            done = state.global_step - (self._from or 0)
            if done <= 0 or state.global_step >= state.max_steps:
                return ""
            left = (state.max_steps - state.global_step) * (time.monotonic() - self._began) / (done + 1)
            return f"; about {left / 60:.0f} min left"

    return Logger()


def read_log(path: Path) -> list[dict[str, float]]:
    """Return the reports of a log, in order."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.is_file() else []


def _told(numbers: dict[str, float | None]) -> str:
    names = {
        "loss": "loss", "eval_loss": "loss on what is held out", "rewards/accuracies": "pairs told apart",
        "eval_rewards/accuracies": "pairs told apart of those held out",
    }  # fmt: skip
    return ", ".join(f"{title} {numbers[name]:.4g}" for name, title in names.items() if numbers.get(name) is not None)


def _step(line: str) -> float:
    try:
        return float(json.loads(line)["step"])
    except (ValueError, KeyError, TypeError):
        return math.inf  # half a line, of a process that was killed
