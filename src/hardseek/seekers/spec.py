"""Who plays the seekers, as an experiment file says it, and the seeker made from that."""

from typing import Annotated, Literal

from pydantic import Field

from hardseek.chat import Endpoint
from hardseek.documents import Document
from hardseek.seekers.seeker import Seeker


class ScriptedSeeker(Document):
    """Our policy, worded from the phrase bank: no model, no network."""

    kind: Literal["scripted"] = "scripted"


class ChatSeeker(Endpoint):
    """Our policy, worded by a chat model."""

    kind: Literal["chat"]


class EscEvalSeeker(Endpoint):
    """The published protocol of ESC-Eval: a chat model plays the card, without a policy; the supporter greets."""

    kind: Literal["esc-eval"]


SeekerSpec = Annotated[ScriptedSeeker | ChatSeeker | EscEvalSeeker, Field(discriminator="kind")]


def build_seeker(spec: ScriptedSeeker | ChatSeeker | EscEvalSeeker) -> Seeker:
    """Make the seeker; raises Refused when a variable that its endpoint names is not set."""
    from hardseek.seekers.policy_seeker import PolicySeeker
    from hardseek.seekers.voices import ScriptedVoice

    if isinstance(spec, ScriptedSeeker):
        return PolicySeeker(ScriptedVoice())
    # Only here: what talks over the network is slow to import.
    from hardseek.chat.client import ChatModel
    from hardseek.seekers.protocols.esc_eval import CardPlayer
    from hardseek.seekers.voices import ChatVoice

    model = ChatModel(spec)
    return CardPlayer(model) if isinstance(spec, EscEvalSeeker) else PolicySeeker(ChatVoice(model))
