"""The run folder: one run, all that belongs to it, and only one process that adds to it."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import msgspec
import yaml
from filelock import FileLock, Timeout

from hardseek.errors import Refused
from hardseek.judging.rubrics import is_path
from hardseek.judging.spec import EscRankSpec, ScorerSpec
from hardseek.runs.asking import judge_prices, price
from hardseek.runs.experiment import Experiment
from hardseek.runs.plan import Plan
from hardseek.runs.signature import Signature, sign
from hardseek.runs.store import FILE, Store
from hardseek.runs.writer import StoreFailed
from hardseek.seekers.spec import price_of_a_turn
from hardseek.supporters.spec import ReplaySystem

EXPERIMENT: Final = "experiment.yaml"
CARDS: Final = "cards.jsonl"
REPORT: Final = "report.html"


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Hold the right to add to a folder, a run's or another one that only one process may add to, making it first.

    Raises:
        Refused: another process holds it, or the folder cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / ".lock", timeout=0)
        lock.acquire()
    except Timeout:
        raise Refused(f"{folder}: another hardseek is at work there; wait for it, or choose another folder") from None
    except OSError as error:
        raise Refused(f"{folder}: cannot be made or written: {error.strerror or error}") from None
    try:
        yield
    finally:
        lock.release()


@contextmanager
def open_run(folder: Path, plan: Plan, text: str) -> Iterator[Store]:
    """Open the run of a plan in a folder: a new one, or the same one to go on with.

    Args:
        folder: where the run is kept.
        plan: what it is to hold.
        text: the experiment as it is kept beside it, see `experiment_text`.

    Raises:
        Refused: the folder holds another run; the message names what differs.
    """
    signature = sign(plan)
    begun = (folder / FILE).is_file()
    if not begun and folder.is_dir() and any(entry.name != ".lock" for entry in folder.iterdir()):
        raise Refused(f"{folder}: holds files but no run; choose another --out, or empty it")
    with writing(folder), Store(folder, writable=True) as store:
        kept = store.noted("signature")
        if kept is not None:
            unlike = signature.unlike(Signature(kept))
            if unlike:
                raise Refused(
                    f"{folder}: holds another run, and hardseek does not mix them. What differs: {'; '.join(unlike)}. "
                    "Choose another --out, or go back to what it was."
                )
        else:
            _keep_inputs(folder, plan, text)
            store.note("kind", "run")
            store.note("name", plan.experiment.name)
            store.note("created", _now())
            store.note("planned", len(plan))
            store.note("signature", signature.parts)
        _note_changeable(store, plan.experiment)
        store.writer.flush()
        yield store


@contextmanager
def add_to(folder: Path) -> Iterator[Store]:
    """Open a run that is there, to add what is said of its dialogues.

    Raises:
        Refused: there is no run in the folder, or another process is adding to it.
    """
    Store(folder).close()
    with writing(folder), Store(folder, writable=True) as store:
        yield store


@contextmanager
def new_import(folder: Path, name: str) -> Iterator[Store]:
    """Fill a new run folder with dialogues held elsewhere: it is there at the end of the block, or not at all.

    Raises:
        Refused: the folder holds something, cannot be made, or is being filled by another process.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Refused(f"{folder}: there is something already; choose another --out")
    part = folder.resolve().with_name(f".{folder.resolve().name}.part")
    with writing(part):
        try:
            for left in part.glob(f"{FILE}*"):  # by an import that was killed
                left.unlink()
            with Store(part, writable=True) as store:
                store.note("kind", "import")
                store.note("name", name)
                store.note("created", _now())
                yield store
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise
    part.replace(folder)


def experiment_text(experiment: Experiment, text: str, *, folder: Path, changed: bool) -> str:
    """Return the experiment as it is kept: the file itself, or what it became through flags and absolute paths."""
    replayed = [place for place, system in enumerate(experiment.systems) if isinstance(system, ReplaySystem)]
    ruled = [place for place, spec in enumerate(experiment.judges) if is_path(getattr(spec, "rubric", ""))]
    scored = [
        place
        for place, spec in enumerate(experiment.judges)
        if (isinstance(spec, ScorerSpec) and spec.is_users) or isinstance(spec, EscRankSpec)
    ]
    if not changed and experiment.cards.path is None and not replayed and not ruled and not scored:
        return text
    data = experiment.model_dump(mode="json", exclude_defaults=True)

    def absolute(described: dict[str, Any], field: str) -> None:
        described[field] = str((folder / described[field]).resolve())

    if experiment.cards.path is not None:
        absolute(data["cards"], "path")
    for place in replayed:
        absolute(data["systems"][place], "path")
    for place in ruled:
        for described in (data["judges"][place], *data["judges"][place].get("members", ())):
            absolute(described, "rubric")
    for place in scored:
        absolute(data["judges"][place], "path")
        if data["judges"][place].get("prompts") is not None:
            absolute(data["judges"][place], "prompts")
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False)


def _keep_inputs(folder: Path, plan: Plan, text: str) -> None:
    lines = [msgspec.json.encode(card.model_dump(mode="json", exclude_defaults=True)) for card in plan.cards]
    try:
        (folder / EXPERIMENT).write_text(text, encoding="utf-8")
        (folder / CARDS).write_bytes(b"\n".join(lines) + b"\n")
    except OSError as error:
        raise StoreFailed(f"{folder}: cannot be written: {error.strerror or error}; make room and run again") from None


def _note_changeable(store: Store, experiment: Experiment) -> None:
    """Note what may differ when a run is gone on with, as it changes no dialogue."""
    seeker, systems = experiment.seeker, experiment.systems
    of_seeker = price_of_a_turn(seeker)
    prices = {"the seeker": of_seeker.model_dump() if of_seeker is not None else None}
    prices |= {system.name: price(system) for system in systems}
    prices |= judge_prices(experiment.judges)
    store.note("titles", {condition.name: condition.title for condition in experiment.conditions})
    store.note("prices", prices)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
