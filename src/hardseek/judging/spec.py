"""Who rates the dialogues, as an experiment file says it."""

from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from hardseek.chat import Endpoint
from hardseek.documents import Document
from hardseek.judging.indicators import INDICATORS
from hardseek.judging.jury import Pool
from hardseek.judging.metrics import METRICS
from hardseek.mistakes import choices, repeated

JUDGE_NAMES: Final = (INDICATORS, METRICS)
"""Judges that need no settings: a plain name stands for them."""
SCORER_NAMES: Final = ("ieval-en",)
"""Scorers that come with the package."""
_NAME: Final = r"^[A-Za-z0-9][A-Za-z0-9._:/-]*$"


class IndicatorsSpec(Document):
    """The offline indicators: transparent counts, no model, no network."""

    kind: Literal["indicators"] = "indicators"

    @property
    def signs(self) -> str:
        """How it signs."""
        return INDICATORS


class MetricsSpec(Document):
    """Text metrics: distinct-n, self-BLEU, and overlap with references where there are any; no scores of quality."""

    kind: Literal["metrics"] = "metrics"
    references: str | None = None
    """A file of dialogues to compare with (JSON Lines with `messages`): each serves the dialogues whose seeker begins
    with the same words. Null: only what needs no reference is measured."""
    embeddings: str | None = None
    """A model (a folder, or a name on a hub) by whose hidden states turns are compared with the references too; needs
    the extra `train`."""

    @model_validator(mode="after")
    def _compares_with_something(self) -> "MetricsSpec":
        if self.embeddings is not None and self.references is None:
            raise ValueError("embeddings: there is nothing to compare with; give references too")
        return self

    @property
    def signs(self) -> str:
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
    """A packaged scorer (`ieval-en`), or the path of one that `hardseek judge train` wrote: a .json file, or, of a
    transformer, a folder."""
    name: str | None = Field(default=None, pattern=_NAME, max_length=60)
    """How it signs, and what its dimensions begin with; the scorer's or the file's name when null."""

    @property
    def signs(self) -> str:
        """How it signs."""
        return self.name or Path(self.path).stem

    @property
    def is_users(self) -> bool:
        """Whether it is a file or folder of the user's, and no packaged one."""
        return self.path not in SCORER_NAMES


class EscRankSpec(Document):
    """ESC-RANK as it was published: one adapter a dimension and language on InternLM2-7B; needs the extra `train`."""

    kind: Literal["esc-rank"]
    path: str
    """The folder of the adapters: `fluency`, `diversity`, ... for Chinese, `fluency_en`, ... for English."""
    base: str = "internlm/internlm2-chat-7b"
    """The base model: its name at Hugging Face, or its folder."""
    name: str = Field(default="esc-rank", pattern=_NAME, max_length=60)
    """How it signs, and what its dimensions begin with."""
    prompts: str | None = None
    """A YAML file of prompts to use word for word: dimension, language, text with `{dialogue}`. Null: our own wording
    of the same dimensions, which is not what the adapters were trained with."""
    remote_code: bool = False
    """Run the Python code that the base model comes with; InternLM2 needs it. Read it first."""

    @property
    def signs(self) -> str:
        """How it signs."""
        return self.name


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

    @property
    def signs(self) -> str:
        """How it signs."""
        return self.name

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
        if twice := repeated(member.signs for member in self.members):
            raise ValueError(f"members with the same name: {', '.join(twice)}; give each a name")
        other = next((member for member in self.members if member.rubric != self.rubric), None)
        if other is not None:
            raise ValueError(f"a member has the rubric {other.rubric}, the jury {self.rubric}; leave the member's out")
        return self


def _plain_name(value: Any) -> Any:
    """Let a plain name stand for the judge that needs no settings."""
    if isinstance(value, str):
        if value not in JUDGE_NAMES:
            known = choices(value, JUDGE_NAMES, says="allowed: a mapping, or one of these")
            raise ValueError(f"found {value!r}; no such judge; {known}")
        return {"kind": value}
    return value


AnyJudge = IndicatorsSpec | MetricsSpec | ModelJudgeSpec | PairJudgeSpec | JurySpec | ScorerSpec | EscRankSpec
JudgeSpec = Annotated[Annotated[AnyJudge, Field(discriminator="kind")], BeforeValidator(_plain_name)]


def told_apart(judges: tuple[AnyJudge, ...]) -> tuple[AnyJudge, ...]:
    """Return judges of which no two sign alike; raises ValueError with the names of those that do."""
    if twice := repeated(judge.signs for judge in judges):
        raise ValueError(f"judges that sign alike: {', '.join(twice)}; give each a name of its own")
    return judges


JudgeSpecs = Annotated[tuple[JudgeSpec, ...], AfterValidator(told_apart)]
"""Judges that can be told apart."""
