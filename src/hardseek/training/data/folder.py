"""Writing a dataset folder: it is there whole, or not at all."""

import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

import msgspec
import yaml

import hardseek
from hardseek.dialogues import Dialogue
from hardseek.errors import HardseekError, Refused
from hardseek.interop import write_jsonl
from hardseek.training.data.counting import counted
from hardseek.training.data.datasheet import datasheet
from hardseek.training.data.drops import Drops
from hardseek.training.data.mixing import Arm
from hardseek.training.data.recipe import DataRecipe
from hardseek.training.data.sample import Sample
from hardseek.training.dataset import ABOUT, DIALOGUES, SHEET, About, Source, Split, signed

_encode: Final = msgspec.json.Encoder().encode


def refuse_taken(folder: Path) -> None:
    """See that nothing stands in the way; raises Refused."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Refused(f"{folder}: there is something already; choose another --out, or remove it")


def write_datasets(folder: Path, made: Mapping[str, tuple[About, Mapping[Split, Sequence[Sample]]]],
                   dialogues: Iterable[Dialogue] = ()) -> None:  # fmt: skip
    """Write datasets, one in the folder itself ("" is its name), or each in a folder of its name.

    Raises:
        Refused: the folder holds something already, or cannot be made.
        HardseekError: the disk is full; nothing is left behind.
    """
    refuse_taken(folder)
    whole = folder.resolve()
    part = whole.with_name(f".{whole.name}.part")
    shutil.rmtree(part, ignore_errors=True)  # left by a process that was killed
    try:
        part.mkdir(parents=True)
    except OSError as error:
        raise Refused(f"{folder}: cannot be made: {error.strerror or error}") from None
    try:
        for name, (about, splits) in made.items():
            _write(part / name if name else part, about, splits, dialogues)
        part.replace(folder)
    except OSError as error:
        raise HardseekError(
            f"{folder}: cannot be written: {error.strerror or error}. Nothing is left of it; make room and run the "
            "same command again"
        ) from None
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _write(folder: Path, about: About, splits: Mapping[Split, Sequence[Sample]], dialogues: Iterable[Dialogue]) -> None:
    folder.mkdir(exist_ok=True)
    for name in ("train", "valid"):
        (folder / f"{name}.jsonl").touch()  # trainers look for both
    for name, samples in splits.items():
        with (folder / f"{name}.jsonl").open("wb") as stream:
            stream.writelines(_encode(sample.row) + b"\n" for sample in samples)
    named = list(dialogues)
    if named:
        with (folder / DIALOGUES).open("wb") as stream:
            write_jsonl(named, stream)
    plain = yaml.safe_dump(msgspec.to_builtins(about), allow_unicode=True, sort_keys=False)
    (folder / SHEET).write_text(datasheet(about), encoding="utf-8")
    (folder / ABOUT).write_text(plain, encoding="utf-8")


def about_dataset(
    recipe: DataRecipe,
    splits: Mapping[Split, Sequence[Sample]],
    sources: Sequence[Source],
    drops: Drops,
    arm: Arm | None,
) -> About:
    """Say what a dataset is."""
    samples = [sample for some in splits.values() for sample in some]
    languages = {sample.row.language for sample in samples if sample.row.language is not None}
    return About(
        kind=recipe.kind,
        signature=signed({name: [_encode(sample.row) for sample in some] for name, some in splits.items()}),
        hardseek=hardseek.__version__,
        languages=tuple(sorted(languages)),
        counts={name: counted(some) for name, some in splits.items()},
        arm=arm.name if arm is not None else None,
        mixture=dict(arm.shares) if arm is not None else {},
        recipe=recipe.plain,
        sources=tuple(sources),
        dropped=drops.most_first,
        licences=tuple(sorted({source.licence for source in sources if source.licence is not None})),
    )
