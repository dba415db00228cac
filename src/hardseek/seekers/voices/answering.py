"""How a question is answered: which words fit what the supporter did, and what is said before anything is told.

A question is answered in kind (a time for a when, a yes or a no where one is asked for) or clearly dodged. What the
card knows is answered as the card has it.
"""

from typing import Final, Literal

from hardseek.seekers.portrait import of_card
from hardseek.seekers.state import Act
from hardseek.seekers.voice import Line
from hardseek.seekers.voices.hearing import Asked, Context, Heard, hear

NOTHING_HEARD: Final = Heard(None, (), ())
_CLEAR: Final = 0.5
"""From this value on, an appraisal says that the supporter's turn was a question or advice."""
TAKES_UP: Final[frozenset[Act]] = frozenset({"accept", "reject", "argue", "ask", "thank"})
"""Acts that answer to advice where there was any, whatever was asked beside it."""
REPLIES: Final[dict[Context, float]] = {
    "closed": 0.55, "known-yes": 0.8, "known-no": 0.8, "age": 0.9, "when": 0.7, "often": 0.7, "who": 0.6, "where": 0.5,
    "scale": 0.8, "think": 0.5, "want": 0.2, "cope": 0.2, "comfort": 0.4, "advice": 0.3,
}  # fmt: skip
"""Of answering in kind before something else is said; what asks nothing is confirmed or set aside."""


def heard(line: Line) -> Heard:
    """Look at what the supporter said last."""
    last = line.transcript[-1] if line.transcript else None
    return hear(last.content, line.part.card.language) if last and last.role == "assistant" else NOTHING_HEARD


def context_of(line: Line, said: Heard) -> Context:
    """Tell what the supporter's last turn was, as far as it decides which words fit.

    What its words ask for counts first; where they show nothing, the appraisal does, which may be a chat model's.
    """
    appraisal = line.appraisal
    if appraisal is None:
        return "start"
    advised = bool(said.advice) or appraisal.advice >= _CLEAR
    if advised and line.move.act in TAKES_UP:
        return "advice"
    if said.asked is not None:
        return _asked(line, said.asked)
    if advised:
        return "advice"
    if max(appraisal.closed_question, appraisal.open_question) < _CLEAR:
        return "comfort"
    return "closed" if appraisal.closed_question > appraisal.open_question else "open"


def _asked(line: Line, asked: Asked | Literal["closed", "open"]) -> Context:
    """Return the kind of a question; of what the card knows, what it knows."""
    person = of_card(line.part.card)
    match asked:
        case "partner" | "children":
            known = person.together if asked == "partner" else person.children
            return "closed" if known is None else ("known-yes" if known else "known-no")
        case "age":
            return "age" if person.age is not None else "open"
        case _:
            return asked
