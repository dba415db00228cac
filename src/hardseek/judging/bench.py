"""The judges of a run, made from what an experiment says of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from hardseek.judging.indicators import IndicatorJudge
from hardseek.judging.jury import Jury
from hardseek.judging.metrics import MetricsJudge
from hardseek.judging.metrics.embedding import Embedder, seen_from
from hardseek.judging.metrics.references import read_references
from hardseek.judging.pairwise.preference import PairJudge
from hardseek.judging.rating import Judge, Signing
from hardseek.judging.rubrics import load_rubric
from hardseek.judging.spec import (
    AnyJudge,
    EscRankSpec,
    IndicatorsSpec,
    JurySpec,
    MetricsSpec,
    ModelJudgeSpec,
    PairJudgeSpec,
    ScorerSpec,
)
from hardseek.language import Language


@dataclass(frozen=True)
class Bench:
    """All judges of a run: those that rate dialogues, and those that compare two."""

    judges: tuple[Judge, ...]
    pair_judges: tuple[PairJudge, ...] = ()

    @property
    def everyone(self) -> list[Signing]:
        """Those that rate, then those that compare."""
        return [*self.judges, *self.pair_judges]

    async def close(self) -> None:
        """Release what they hold."""
        for judge in self.everyone:
            await judge.close()


def build_judges(specs: Sequence[AnyJudge], folder: Path) -> Bench:
    """Make judges.

    Args:
        specs: what they are.
        folder: from which the paths of rubrics and scorers are seen.

    Raises:
        Refused: a rubric or a scorer cannot be had, or a variable that an endpoint names is not set.
    """
    return Bench(
        tuple(build_judge(spec, folder) for spec in specs if not isinstance(spec, PairJudgeSpec)),
        tuple(build_pair_judge(spec, folder) for spec in specs if isinstance(spec, PairJudgeSpec)),
    )


def build_judge(
    spec: IndicatorsSpec | MetricsSpec | ModelJudgeSpec | JurySpec | ScorerSpec | EscRankSpec, folder: Path
) -> Judge:
    """Make a judge that rates; see `build_judges`."""
    if isinstance(spec, IndicatorsSpec):
        return IndicatorJudge()
    if isinstance(spec, MetricsSpec):
        references, source = read_references(folder / spec.references) if spec.references else ([], "")
        embedder = Embedder(seen_from(folder, spec.embeddings)) if spec.embeddings else None
        return MetricsJudge(references, source=source, embedder=embedder, model=spec.embeddings or "")
    if isinstance(spec, EscRankSpec):
        from hardseek.judging.esc_rank import EscRankJudge

        return EscRankJudge(spec, folder)
    if isinstance(spec, ScorerSpec):
        return _of_scorer(spec, folder)
    if isinstance(spec, JurySpec):
        members = [build_model_judge(member, folder) for member in spec.members]
        return Jury(spec.name, members, load_rubric(spec.rubric, folder).rated(spec.name), spec.pool)
    return build_model_judge(spec, folder)


def build_pair_judge(spec: PairJudgeSpec, folder: Path) -> PairJudge:
    """Make a judge that compares; see `build_judges`."""
    # Only here: what talks over the network is slow to import.
    from hardseek.chat.client import ChatModel
    from hardseek.judging.pairwise import ModelPairJudge

    return ModelPairJudge(ChatModel(spec), spec, load_rubric(spec.rubric, folder))


def build_model_judge(
    spec: ModelJudgeSpec, folder: Path, *, salt: str = "", names: Mapping[Language, tuple[str, str]] | None = None
) -> Judge:
    """Make a judge that is a chat model; `salt` and `names` are those of `ModelJudge`."""
    # Only here: what talks over the network is slow to import.
    from hardseek.chat.client import ChatModel
    from hardseek.judging.model import ModelJudge

    return ModelJudge(ChatModel(spec.asking), spec, load_rubric(spec.rubric, folder), salt=salt, names=names)


def _of_scorer(spec: ScorerSpec, folder: Path) -> Judge:
    # Only here: what fits curves is slow to import.
    from hardseek.judging.scorer import ScorerJudge, load_scorer
    from hardseek.judging.transformer import TransformerJudge, is_folder_of_one

    if spec.is_users and is_folder_of_one(folder / spec.path):
        return TransformerJudge(spec.signs, folder / spec.path)
    return ScorerJudge(spec.signs, load_scorer(spec.path, folder))
