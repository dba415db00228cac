"""Who rates the dialogues, as an experiment file says it, and the judges made from that."""

from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import BeforeValidator, Field, model_validator

from hardseek.chat import Endpoint
from hardseek.documents import Document
from hardseek.judging.indicators import INDICATORS, IndicatorJudge
from hardseek.judging.jury import Jury, Pool
from hardseek.judging.rating import Judge
from hardseek.judging.rubrics import load_rubric
from hardseek.mistakes import nearest

JUDGE_NAMES: Final = (INDICATORS,)
"""Judges that need no settings: a plain name stands for them."""
_NAME: Final = r"^[A-Za-z0-9][A-Za-z0-9._:/-]*$"


class IndicatorsSpec(Document):
    """The offline indicators: transparent counts, no model, no network."""

    kind: Literal["indicators"] = "indicators"

    @property
    def name(self) -> str:
        """How it signs."""
        return INDICATORS


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
    own_family: bool = False
    """Let it rate systems of its own family; judges are known to favour these."""

    @property
    def signs(self) -> str:
        """How it signs."""
        return self.name or Path(self.rubric).stem


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


JudgeSpec = Annotated[
    Annotated[IndicatorsSpec | ModelJudgeSpec | JurySpec, Field(discriminator="kind")], BeforeValidator(_plain_name)
]


def build_judge(spec: IndicatorsSpec | ModelJudgeSpec | JurySpec, folder: Path) -> Judge:
    """Make a judge.

    Args:
        spec: what it is.
        folder: from which the paths of rubrics are seen.

    Raises:
        Refused: its rubric cannot be had, or a variable that its endpoint names is not set.
    """
    if isinstance(spec, IndicatorsSpec):
        return IndicatorJudge()
    if isinstance(spec, JurySpec):
        members = [_of_model(member, folder) for member in spec.members]
        return Jury(spec.name, members, load_rubric(spec.rubric, folder).rated(spec.name), spec.pool)
    return _of_model(spec, folder)


def _of_model(spec: ModelJudgeSpec, folder: Path) -> Judge:
    # Only here: what talks over the network is slow to import.
    from hardseek.chat.client import ChatModel
    from hardseek.judging.model import ModelJudge

    return ModelJudge(ChatModel(spec), spec, load_rubric(spec.rubric, folder))
