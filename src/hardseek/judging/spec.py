"""Who rates the dialogues, as an experiment file says it, and the judges made from that."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import BeforeValidator, Field, model_validator

from hardseek.chat import Endpoint
from hardseek.documents import Document
from hardseek.judging.indicators import INDICATORS, IndicatorJudge
from hardseek.judging.jury import Jury, Pool
from hardseek.judging.metrics import METRICS, MetricsJudge
from hardseek.judging.metrics.references import read_references
from hardseek.judging.pairwise.preference import PairJudge
from hardseek.judging.rating import Judge, Signing
from hardseek.judging.rubrics import load_rubric
from hardseek.language import Language
from hardseek.mistakes import nearest

JUDGE_NAMES: Final = (INDICATORS, METRICS)
"""Judges that need no settings: a plain name stands for them."""
_NAME: Final = r"^[A-Za-z0-9][A-Za-z0-9._:/-]*$"


class IndicatorsSpec(Document):
    """The offline indicators: transparent counts, no model, no network."""

    kind: Literal["indicators"] = "indicators"

    @property
    def name(self) -> str:
        """How it signs."""
        return INDICATORS


class MetricsSpec(Document):
    """Text metrics: distinct-n, self-BLEU, and overlap with references where there are any; no scores of quality."""

    kind: Literal["metrics"] = "metrics"
    references: str | None = None
    """A file of dialogues to compare with (JSON Lines with `messages`): each serves the dialogues whose seeker begins
    with the same words. Null: only what needs no reference is measured."""

    @property
    def name(self) -> str:
        """How it signs."""
        return METRICS


class ModelJudgeSpec(Endpoint):
    """A chat model that rates by a rubric."""

    kind: Literal["model"]
    name: str | None = Field(default=None, pattern=_NAME, max_length=60)
    """How it signs, and what its dimensions begin with; the rubric's name when null."""
    rubric: str = "worst-case"
    """A packaged rubric (`esc-eval`, `worst-case`, `outcome`, `safety`), or the path of one of your own (.yaml)."""
    calls: Literal["each", "all"] = "each"
    """One call for each dimension, or one for all: cheaper, and scores pull each other along."""
    samples: int = Field(default=1, ge=1, le=100)
    """Answers to each call; the score is their mean."""
    expected: bool = False
    """Ask for token log-probabilities and score by the mean over all levels; where the server tells none, the level
    that was said is the score."""
    own_family: bool = False
    """Let it rate systems of its own family; judges are known to favour these."""

    @property
    def signs(self) -> str:
        """How it signs."""
        return self.name or Path(self.rubric).stem

    @property
    def asking(self) -> Endpoint:
        """The endpoint as it is asked: with log-probabilities where they are wanted."""
        odds = {"logprobs": True, "top_logprobs": 20} if self.expected else {}
        return self.model_copy(update={"extra_body": {**odds, **self.extra_body}})


class PairJudgeSpec(Endpoint):
    """A chat model that compares the dialogues of two systems with the same seeker, in both orders."""

    kind: Literal["pairwise"]
    name: str | None = Field(default=None, pattern=_NAME, max_length=60)
    """How it signs, and what its dimensions begin with; the rubric's name and `-pairs` when null."""
    rubric: str = "worst-case"
    """A packaged rubric, or the path of one of your own (.yaml); its lowest and highest anchors are shown."""
    own_family: bool = False
    """Let it compare systems of its own family."""

    @property
    def signs(self) -> str:
        """How it signs."""
        return self.name or f"{Path(self.rubric).stem}-pairs"


class ScorerSpec(Document):
    """A scorer trained on people's ratings: no model server; dialogues unlike those that it knows stay unscored."""

    kind: Literal["scorer"]
    path: str
    """A packaged scorer (`ieval-en`), or the path of one that `hardseek judge train` wrote (.json)."""
    name: str | None = Field(default=None, pattern=_NAME, max_length=60)
    """How it signs, and what its dimensions begin with; the scorer's or the file's name when null."""

    @property
    def signs(self) -> str:
        """How it signs."""
        return self.name or Path(self.path).stem

    @property
    def is_file(self) -> bool:
        """Whether it is a file of the user's."""
        return self.path.endswith(".json")


class JurySpec(Document):
    """Several chat models that rate by the same rubric, pooled."""

    kind: Literal["jury"]
    name: str = Field(default="jury", pattern=_NAME, max_length=60)
    """How it signs, and what its dimensions begin with."""
    rubric: str = "worst-case"
    """The rubric of all members."""
    members: tuple[ModelJudgeSpec, ...] = Field(min_length=2)
    """Each with a name of its own, the model's if none is given; their rubric is the jury's."""
    pool: Pool = "median"
    """How the members' scores become one; half a step is kept."""

    @model_validator(mode="before")
    @classmethod
    def _members_are_models_with_the_jurys_rubric(cls, value: Any) -> Any:
        if isinstance(value, dict) and isinstance(value.get("members"), list):
            rubric = value.get("rubric", "worst-case")
            members = [
                {"kind": "model", "rubric": rubric, "name": member.get("model")} | member
                if isinstance(member, dict)
                else member
                for member in value["members"]
            ]
            return {**value, "members": members}
        return value

    @model_validator(mode="after")
    def _members_can_be_told_apart(self) -> "JurySpec":
        names = [member.signs for member in self.members]
        repeated = sorted({name for name in names if names.count(name) > 1})
        if repeated:
            raise ValueError(f"members with the same name: {', '.join(repeated)}; give each a name")
        other = next((member for member in self.members if member.rubric != self.rubric), None)
        if other is not None:
            raise ValueError(f"a member has the rubric {other.rubric}, the jury {self.rubric}; leave the member's out")
        return self


def _plain_name(value: Any) -> Any:
    """Let a plain name stand for the judge that needs no settings."""
    if isinstance(value, str):
        if value not in JUDGE_NAMES:
            near = nearest(value, list(JUDGE_NAMES))
            hint = f" (did you mean {near}?)" if near else ""
            raise ValueError(f"found {value!r}; no such judge; allowed: {', '.join(JUDGE_NAMES)}, or a mapping{hint}")
        return {"kind": value}
    return value


AnyJudge = IndicatorsSpec | MetricsSpec | ModelJudgeSpec | PairJudgeSpec | JurySpec | ScorerSpec
JudgeSpec = Annotated[Annotated[AnyJudge, Field(discriminator="kind")], BeforeValidator(_plain_name)]


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


def build_judge(spec: IndicatorsSpec | MetricsSpec | ModelJudgeSpec | JurySpec | ScorerSpec, folder: Path) -> Judge:
    """Make a judge that rates; see `build_judges`."""
    if isinstance(spec, IndicatorsSpec):
        return IndicatorJudge()
    if isinstance(spec, MetricsSpec):
        references, source = read_references(folder / spec.references) if spec.references else ([], "")
        return MetricsJudge(references, source=source)
    if isinstance(spec, ScorerSpec):
        # Only here: what fits curves is slow to import.
        from hardseek.judging.scorer import ScorerJudge, load_scorer

        return ScorerJudge(spec.signs, load_scorer(spec.path, folder))
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
