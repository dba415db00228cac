"""The folder that such a scorer is: what it is in JSON, the adapter as peft writes it, the heads as safetensors."""

from hashlib import blake2b
from pathlib import Path
from typing import Final

import msgspec

from hardseek.documents import read
from hardseek.errors import Refused
from hardseek.judging.rating import Dimension
from hardseek.judging.scorer.file import Agreement, Domain, Provenance

ABOUT: Final = "scorer.json"
ADAPTER: Final = "adapter"
HEADS: Final = "heads.safetensors"


class Graded(msgspec.Struct, frozen=True):
    """One dimension."""

    dimension: Dimension
    steps: tuple[float, ...]
    """Of the scale, rising."""
    agreement: tuple[Agreement, ...] = ()


class TransformerScorer(msgspec.Struct, frozen=True):
    """What a trained transformer scorer is, besides its weights."""

    name: str
    base: str
    """The base model: its name at Hugging Face, or its folder."""
    tokens: int
    """Of a dialogue that are read; of a longer one, the last ones."""
    provenance: Provenance
    domain: Domain
    graded: tuple[Graded, ...]


def is_folder_of_one(path: Path) -> bool:
    """Tell whether there is a transformer scorer in a folder."""
    return (path / ABOUT).is_file()


def read_transformer(path: Path) -> TransformerScorer:
    """Read what a scorer is; raises Refused when the folder does not hold one."""
    try:
        return msgspec.json.decode(read(path / ABOUT), type=TransformerScorer)
    except msgspec.DecodeError as error:
        raise Refused(f"{path / ABOUT}: not a scorer as `hardseek judge train --base` writes it: {error}") from None


def write_transformer(scorer: TransformerScorer, path: Path) -> None:
    """Write what a scorer is beside its weights; raises Refused when that is not possible."""
    try:
        (path / ABOUT).write_bytes(msgspec.json.format(msgspec.json.encode(scorer), indent=1) + b"\n")
    except OSError as error:
        raise Refused(f"{path}: cannot be written: {error.strerror or error}") from None


def signature(path: Path) -> str:
    """Tell a scorer from any other, by all that is in its folder."""
    hashed = blake2b(digest_size=8)
    for place in sorted(part for part in path.rglob("*") if part.suffix in {".json", ".safetensors"}):
        hashed.update(str(place.relative_to(path)).encode())
        with place.open("rb") as file:
            while block := file.read(1 << 20):
                hashed.update(block)
    return hashed.hexdigest()
