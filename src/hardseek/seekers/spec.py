"""Who plays the seekers, as an experiment file says it, and the seeker made from that."""

from typing import Annotated, ClassVar, Final, Literal

from pydantic import Field, model_validator

from hardseek.chat import Endpoint, Price
from hardseek.documents import Document
from hardseek.language import Language
from hardseek.seekers.seeker import Seeker

_ROOM: Final = 500
"""Tokens that a structured answer may take beside a message: 14 values, or a label with two short texts."""


class _Played:
    """What a protocol says of its dialogues, whatever it is played by."""

    most_exchanges: ClassVar[int | None] = None
    """Exchanges that the protocol has at most."""
    follows_patterns: ClassVar[bool] = True
    """Whether an experiment may ask for behaviours that change over the dialogue."""

    def greeting(self, language: Language) -> str | None:
        """Return what the supporter's side opens with, in protocols that say so; otherwise the seeker writes first."""
        return None


class ScriptedSeeker(_Played, Document):
    """Our policy, worded from the phrase bank: no model, no network."""

    kind: Literal["scripted"] = "scripted"


class ChatSeeker(_Played, Endpoint):
    """Our policy, worded by a chat model."""

    kind: Literal["chat"]
    appraisal: Literal["model", "together", "offline"] = "model"
    """How the supporter's turns are taken in: by a call of its own, by the call that words, or by rules."""
    appraiser: Endpoint | None = None
    """The model that appraises, where another one is to; only with `appraisal: model`."""

    @model_validator(mode="after")
    def _an_appraiser_appraises(self) -> "ChatSeeker":
        if self.appraiser is not None and self.appraisal != "model":
            raise ValueError(
                f"appraiser: nothing is asked of it with `appraisal: {self.appraisal}`; take one of them out"
            )
        return self


class EscEvalSeeker(_Played, Endpoint):
    """The published protocol of ESC-Eval: a chat model plays the card, without a policy; the supporter greets."""

    kind: Literal["esc-eval"]

    def greeting(self, language: Language) -> str | None:
        """Return the supporter's greeting."""
        from hardseek.seekers.protocols.esc_eval import GREETING

        return GREETING[language]


class EmotionPlannerSeeker(_Played, Endpoint):
    """The published protocol of the worst-case framework: a planner gives an emotion, a chat model words the turn."""

    kind: Literal["emotion-planner"]
    planner: Endpoint | None = None
    """The model that plans, where another one is to."""
    most_exchanges: ClassVar[int | None] = 20
    follows_patterns: ClassVar[bool] = False


AnySeeker = ScriptedSeeker | ChatSeeker | EscEvalSeeker | EmotionPlannerSeeker
SeekerSpec = Annotated[AnySeeker, Field(discriminator="kind")]


def build_seeker(spec: AnySeeker) -> Seeker:
    """Make the seeker; raises Refused when a variable that its endpoints name is not set."""
    from hardseek.seekers.policy_seeker import PolicySeeker
    from hardseek.seekers.voices import ScriptedVoice

    if isinstance(spec, ScriptedSeeker):
        return PolicySeeker(ScriptedVoice())
    # Only here: what talks over the network is slow to import.
    from hardseek.chat.client import ChatModel
    from hardseek.seekers.appraisal.chat import ModelAppraiser
    from hardseek.seekers.appraisal.together import TogetherAppraiser
    from hardseek.seekers.protocols.emotion_planner import EmotionPlanner
    from hardseek.seekers.protocols.esc_eval import CardPlayer
    from hardseek.seekers.voices import ChatVoice

    model = ChatModel(spec)
    if isinstance(spec, EscEvalSeeker):
        return CardPlayer(model)
    if isinstance(spec, EmotionPlannerSeeker):
        return EmotionPlanner(model, ChatModel(spec.planner or with_room(spec)))
    if spec.appraisal == "model":
        return PolicySeeker(ChatVoice(model), ModelAppraiser(ChatModel(spec.appraiser or with_room(spec))))
    if spec.appraisal == "together":
        return PolicySeeker(ChatVoice(model), TogetherAppraiser(ChatModel(with_room(spec))))
    return PolicySeeker(ChatVoice(model))


def second_model(spec: AnySeeker) -> Endpoint | None:
    """Return who is asked for structured answers besides the words: the endpoint itself where no other is named."""
    if isinstance(spec, EmotionPlannerSeeker):
        return spec.planner or spec
    if isinstance(spec, ChatSeeker) and spec.appraisal == "model":
        return spec.appraiser or spec
    return None


def price_of_a_turn(spec: AnySeeker) -> Price | None:
    """Return what a seeker's tokens cost; None where it is not known, or differs between the two models it asks."""
    if not isinstance(spec, Endpoint):
        return None
    second = second_model(spec)
    return spec.price if second is None or second.price == spec.price else None


def with_room(endpoint: Endpoint) -> Endpoint:
    """Return an endpoint as it is asked for structured answers: the bounds of a chat message would cut these off."""
    sampling = endpoint.sampling
    longest = None if sampling.max_tokens is None else sampling.max_tokens + _ROOM
    return endpoint.model_copy(update={"sampling": sampling.model_copy(update={"max_tokens": longest, "stop": None})})
