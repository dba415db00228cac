"""A training, from a recipe to a model in a folder; the same recipe goes on where it was stopped."""

from contextlib import nullcontext
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from hardseek.runs import writing
from hardseek.training.fitting.checkpoints import clear_broken, last_whole, step_of
from hardseek.training.fitting.faults import told
from hardseek.training.fitting.log import Say, cut_log, logger, read_log
from hardseek.training.fitting.model import load_model
from hardseek.training.fitting.outcome import Outcome, read_outcome
from hardseek.training.fitting.place import CHECKPOINTS, begin, is_done
from hardseek.training.fitting.quiet import quiet
from hardseek.training.fitting.ready import Ready, prepare
from hardseek.training.fitting.recipe import Recipe
from hardseek.training.fitting.serving import Role
from hardseek.training.fitting.trainers import has_bf16, leads, make_trainer, processes
from hardseek.training.fitting.writing import ends_unknown, write

_LOG: Final = "log.jsonl"
_LIBRARIES: Final = ("torch", "transformers", "trl", "peft", "accelerate")


def fit(recipe: Recipe, role: Role, say: Say) -> Outcome:
    """Train, or go on with a training, or find that it is done.

    Args:
        recipe: what is trained.
        role: who.
        say: where progress is told.

    Returns:
        What came of it; the model is in `out/model`.

    Raises:
        Refused: something does not go together; nothing was begun.
        HardseekError: stopped, as by a full disk or too little memory; the last whole checkpoint is kept.
    """
    ready = prepare(recipe, role)
    folder = Path(recipe.out)
    with writing(folder) if leads() else nullcontext():
        done = leads() and is_done(folder, ready.signature)
        if leads() and not done:
            begin(folder, ready.signature)
            clear_broken(folder / CHECKPOINTS)
            _tell(ready, say)
        if processes() > 1:
            from accelerate import PartialState

            PartialState().wait_for_everyone()
        if done or is_done(folder, ready.signature):
            say(f"{folder}: is trained already")
            return read_outcome(folder)
        return _train(recipe, role, ready, say)


def _train(recipe: Recipe, role: Role, ready: Ready, say: Say) -> Outcome:
    import torch
    from transformers import set_seed

    folder = Path(recipe.out)
    checkpoints = folder / CHECKPOINTS
    last = last_whole(checkpoints)
    set_seed(recipe.seed)
    with quiet(), told(recipe, checkpoints):
        model = load_model(recipe, half=has_bf16(recipe))
        trainer = make_trainer(recipe, ready.material.method, ready.rows, model=model, tokenizer=ready.tokenizer)
        if last is not None:
            say(f"Going on from {last.name}")
        if leads():
            cut_log(folder / _LOG, step_of(last) if last is not None else -1)
        trainer.add_callback(logger(folder / _LOG, say))
        made = trainer.train(resume_from_checkpoint=str(last) if last is not None else None)
        seconds = made.metrics.get("train_runtime") if last is None else None
        peak = torch.cuda.max_memory_allocated() if torch.cuda.is_available() else None
        outcome = _outcome(recipe, ready, made, seconds=seconds, peak=peak)
        if leads():
            trained = trainer.accelerator.unwrap_model(trainer.model)
            end = ends_unknown(trained, ready) if recipe.weights == "adapter" and not recipe.merge else None
            if end is not None:
                say(
                    f"{recipe.base} does not end its answers with {end}, as this training does: a server would go on. "
                    "Serve it with that as a stop token, or set `merge: true` and run again"
                )
            write(recipe, role, ready, trained, outcome)
    return outcome


def _outcome(recipe: Recipe, ready: Ready, made: Any, *, seconds: float | None, peak: int | None) -> Outcome:
    log, rows, material = read_log(Path(recipe.out) / _LOG), ready.rows[0], ready.material
    learnt = rows.learnt * made.metrics.get("epoch", 1.0)
    return Outcome(
        name=Path(recipe.out).name, kind=material.about.kind, method=material.method, signature=ready.signature.parts,
        libraries={name: version(name) for name in _LIBRARIES}, cards=material.cards,
        rows=rows.rows, learnt=rows.learnt, cut=rows.cut, left_out=rows.left_out, steps=made.global_step,
        losses=tuple(line["loss"] for line in log if line.get("loss") is not None),
        held_out=tuple(line["eval_loss"] for line in log if line.get("eval_loss") is not None),
        tokens_a_second=learnt / seconds if seconds else None, peak_bytes=peak,
    )  # fmt: skip


def _tell(ready: Ready, say: Say) -> None:
    rows, material = ready.rows[0], ready.material
    what = "pairs" if material.method == "dpo" else "rows"
    notes = [f"{rows.rows:,} {what}, {rows.learnt:,} tokens learnt from"]
    notes += [f"{rows.cut:,} dialogues cut after the last turn that fits"] if rows.cut else []
    notes += [f"{rows.left_out:,} left out, as they do not fit"] if rows.left_out else []
    notes += [f"{processes()} processes"] if processes() > 1 else []
    say("; ".join(notes))
