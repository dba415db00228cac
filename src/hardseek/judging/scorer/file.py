"""The file that a trained scorer is: plain JSON, with what it was trained on and how well it agrees with people."""

from base64 import b64decode, b64encode
from hashlib import blake2b
from pathlib import Path
from typing import Final, Literal

import msgspec
import numpy as np

from hardseek.documents import packaged, read
from hardseek.errors import Refused
from hardseek.judging.rating import Dimension
from hardseek.judging.scorer.features import BUCKETS, FEATURES, Array
from hardseek.judging.spec import SCORER_NAMES
from hardseek.language import Language
from hardseek.mistakes import choices

FORMAT: Final = 1
Scheme = Literal["unseen-system", "unseen-item"]
"""What was held out: all dialogues of a system, or all that begin alike (one card, one scenario)."""


class Agreement(msgspec.Struct, frozen=True):
    """One figure of how well ratings of what was held out agree with people's."""

    scheme: Scheme
    by: Literal["scorer", "length", "majority"]
    """The scorer, the same regression on nothing but the supporter's words, or the best constant."""
    measure: str
    """`qwk`, `spearman`, `spearman-points`, `spearman-within` or `mae`."""
    value: float | None
    """None where it is undefined, as a correlation with a constant is."""
    low: float | None = None
    high: float | None = None
    items: int = 0


class Learnt(msgspec.Struct, frozen=True):
    """One dimension."""

    dimension: Dimension
    """As people rated it, without the scorer's name."""
    steps: tuple[float, ...]
    """Of the scale, rising."""
    cuts: tuple[float, ...]
    """Between the steps, on the scale of points."""
    points: tuple[float, ...]
    """What one standard deviation of each feature counts, in the order of `Scorer.features`."""
    buckets: str
    """What each bucket of n-grams counts: half-precision numbers, little-endian, in base64."""
    agreement: tuple[Agreement, ...] = ()

    def of_buckets(self) -> Array:
        """Return what each bucket counts."""
        return np.frombuffer(b64decode(self.buckets, validate=True), dtype="<f2").astype(np.float64)


class Domain(msgspec.Struct, frozen=True):
    """What the dialogues were like that it was trained on; others are left unscored."""

    languages: tuple[Language, ...]
    turns: tuple[int, int]
    """Of the supporter, fewest and most."""
    words: tuple[float, float]
    """In a turn of the supporter, on average: the 1st and the 99th percentile. In Chinese characters."""
    means: tuple[float, ...]
    """Of the features."""
    deviations: tuple[float, ...]
    distance: float
    """The 99th percentile of a dialogue's distance; see `domain`."""


class Provenance(msgspec.Struct, frozen=True):
    """What it was trained on."""

    data: str
    """Whose ratings of which dialogues."""
    licence: str | None
    items: int
    ratings: int
    raters: int
    systems: int
    """Clusters, where the ratings say any; else 0."""
    digest: str
    """Of dialogues and ratings."""
    hardseek: str
    """The version that trained it."""


class Scorer(msgspec.Struct, frozen=True):
    """A trained scorer."""

    format: int
    name: str
    provenance: Provenance
    domain: Domain
    features: tuple[str, ...]
    learnt: tuple[Learnt, ...]

    @property
    def signature(self) -> str:
        """Tell it from any other scorer."""
        return blake2b(msgspec.json.encode(self), digest_size=8).hexdigest()


def packed(weights: Array) -> str:
    """Return the weights of buckets as they are kept."""
    return b64encode(weights.astype("<f2").tobytes()).decode()


def write_scorer(scorer: Scorer, path: Path) -> None:
    """Write a scorer; raises Refused when the file cannot be written."""
    try:
        path.write_bytes(msgspec.json.format(msgspec.json.encode(scorer), indent=1) + b"\n")
    except OSError as error:
        raise Refused(f"{path}: cannot be written: {error.strerror or error}") from None


def load_scorer(name: str, folder: Path) -> Scorer:
    """Return a packaged scorer by its name, or one from a file that `hardseek judge train` wrote.

    Args:
        name: of a packaged scorer, or a path that ends in `.json`.
        folder: from which a path is seen.

    Raises:
        Refused: there is none, or it is not a scorer that this version of hardseek can use.
    """
    if name in SCORER_NAMES:
        return _scorer(packaged("hardseek.judging.scorer", "data", f"{name}.json"), name)
    if name.endswith(".json"):
        return _scorer(read(folder / name), str(folder / name))
    known = choices(name, SCORER_NAMES, says="give a .json file, or one of these")
    raise Refused(f"there is no scorer {name}; {known}")


def _scorer(text: str, source: str) -> Scorer:
    try:
        scorer = msgspec.json.decode(text, type=Scorer)
    except msgspec.DecodeError as error:
        raise Refused(f"{source}: not a scorer as `hardseek judge train` writes it: {error}") from None
    if scorer.format != FORMAT or scorer.features != FEATURES:
        raise Refused(
            f"{source}: made by hardseek {scorer.provenance.hardseek}, which saw other features; train it anew"
        )
    for each in scorer.learnt:
        if not _whole(each, scorer.domain):
            raise Refused(f"{source}: damaged: {each.dimension.name} does not have a weight for each feature")
    return scorer


def _whole(learnt: Learnt, known: Domain) -> bool:
    try:
        buckets = learnt.of_buckets()
    except ValueError:
        return False
    sizes = {len(learnt.points), len(known.means), len(known.deviations)}
    return sizes == {len(FEATURES)} and len(buckets) == BUCKETS and len(learnt.cuts) == len(learnt.steps) - 1
