"""How a question is answered: which words fit what the supporter did, and what is said before anything is told.

A question is answered in kind (a time for a when, a yes or a no where one is asked for) or clearly dodged. What the
card knows is answered as the card has it.
"""

from typing import Final, Literal

from hardseek.seekers.leaving import AT_EASE
from hardseek.seekers.portrait import of_card
from hardseek.seekers.state import Act, Appraisal
from hardseek.seekers.update import first_course
from hardseek.seekers.voice import Line
from hardseek.seekers.voices.bank import Need
from hardseek.seekers.voices.hearing import Asked, Context, Heard, hear

NOTHING_HEARD: Final = Heard(None, (), ())
_CLEAR: Final = 0.5
"""From this value on, an appraisal says that the supporter's turn was a question."""
_ADVISED: Final = 0.7
"""From this value on, it says that there was advice though none is heard: kind words and goodbyes come near it."""
_TALKED: Final = 3
"""From which turn of the seeker's on there has been some talk."""
_UNDERSTOOD: Final = 0.3
"""From this value of understanding or validation on, a seeker may say that they feel understood."""
_BY_ROTE: Final = 0.6
"""From this value on, a turn is made of stock phrases: nobody was understood by it."""
_SEVERAL: Final = 3
"""From so many questions in a turn on, a seeker may say that there are several."""
_RELIEVED: Final = 1.0
"""Points by which distress, swing left out, is lower than at first where one speaks of relief."""
TAKES_UP: Final[frozenset[Act]] = frozenset({"accept", "reject", "argue", "ask", "thank"})
"""Acts that answer to advice where there was any, whatever was asked beside it."""
REPLIES: Final[dict[Context, float]] = {
    "closed": 0.55, "known-yes": 0.8, "known-no": 0.8, "age": 0.9, "when": 0.7, "often": 0.7, "who": 0.6, "where": 0.5,
    "scale": 0.8, "safe": 1.0, "think": 0.5, "want": 0.2, "cope": 0.2, "comfort": 0.5, "minimised": 0.2,
    "advice": 0.3,
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
    advised = bool(said.advice) or appraisal.advice >= _ADVISED
    if said.asked is None or (advised and line.move.act in TAKES_UP):
        return _unasked(appraisal, said, advised=advised)
    return _asked(line, said.asked)


def _unasked(appraisal: Appraisal, said: Heard, *, advised: bool) -> Context:
    """Return what a turn was whose words ask for nothing, or whose advice is what is answered."""
    if said.asked is None and not said.advice and appraisal.minimising >= _CLEAR:
        return "minimised"
    if advised:
        return "advice"
    if max(appraisal.closed_question, appraisal.open_question) < _CLEAR:
        return "comfort"
    return "closed" if appraisal.closed_question > appraisal.open_question else "open"


def met(line: Line, said: Heard) -> frozenset[Need]:
    """Return what there is of what phrases need: thanks and relief are staged, as they are among people."""
    a, state = line.appraisal, line.state
    found: set[Need] = {"several"} if said.questions >= _SEVERAL else set()
    if a is not None and max(a.understanding, a.validation) >= _UNDERSTOOD and a.template < _BY_ROTE:
        found.add("understanding")
    if line.turn >= _TALKED:
        found.add("talk")
        if "understanding" in found and state.trust >= AT_EASE:
            found.add("heard")
        if state.trust >= AT_EASE and first_course(line.part) - (state.distress - state.swing) >= _RELIEVED:
            found.add("relief")
    return frozenset(found)


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
