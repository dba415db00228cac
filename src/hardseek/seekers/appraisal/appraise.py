"""From what a supporter's turn holds, and from the talk before it, to how it is taken in."""

import math
from collections.abc import Sequence

from hardseek.chat import Message
from hardseek.language import Language
from hardseek.seekers.appraisal.reading import Reading, read
from hardseek.seekers.state import Appraisal

# Each sign of the same kind adds less than the one before: n signs count 1 - FADE**n.
FADE = 0.4
# Words of the seeker's last turn that come back count fully; words of earlier turns less, for they show memory, not
# that the last turn was heard. HEARD is the number of words that come back at which specificity reaches 0.63.
EARLIER = 0.5
HEARD = 1.8
# Words that come back in a turn that does not put them as an understanding count by half: advice names the topic too.
UNFRAMED = 0.5
# A turn is an echo, not an understanding, when it is mostly the seeker's own runs of words.
ECHO = 0.6
# Turns on the same matter share this much of their runs of words without repeating each other.
ON_TOPIC = 0.3
# How far back the talk is looked at, in messages: more would cost time and change little.
MEMORY = 24
# Risk talk that is passed over weighs as much as being made small.
PASSED_OVER = 0.6
# A statement follows a question of the seeker's: an answer in form, and more so when it takes up the words.
ANSWERED_IN_FORM = 0.5


def appraise(text: str, transcript: Sequence[Message], language: Language, *, risk: bool = False) -> Appraisal:
    """Appraise a supporter's turn by rules.

    Understanding is specificity (content words of the seeker's that come back; what human raters call accurate or
    specific empathy: Barrett-Lennard, 1981; Sharma et al., 2020) under a reflective framing (Hill, 2020; Miller and
    Rollnick, 2013). Advice is early in so far as understanding, in this turn and before, is lacking (Miller and
    Rollnick, 2013: "the righting reflex"; Hill, 2020: exploration and insight before action).

    Args:
        text: the supporter's turn.
        transcript: the talk before it, seeker `user`, supporter `assistant`.
        language: what the talk is in.
        risk: whether the seeker's card touches self-harm; only then `risk_care` is looked for, and risk talk in the
            seeker's last turn that is passed over counts as minimising.

    Returns:
        Values from 0 to 1; all 0 for a turn without words.
    """
    now = read(text, language)
    if not now.length:
        return Appraisal()
    heard, said, rapport = _before(transcript[-MEMORY:], language)
    last = heard.last
    framing = _grows(now.cues.get("reflecting", 0) + now.cues.get("validating", 0))
    specificity = _specificity(now, heard)
    advice = _grows(now.cues.get("advice", 0))
    if last is not None and _overlap(now, last) > ECHO:
        specificity *= 0.5
    understanding = specificity * (UNFRAMED + (1.0 - UNFRAMED) * framing)
    questions = now.open_questions + now.closed_questions
    inviting = now.cues.get("inviting", 0)
    asked = last is not None and last.open_questions + last.closed_questions > 0
    risk_care = _grows(now.cues.get("risk_care", 0)) if risk else 0.0
    minimising = _grows(now.cues.get("minimising", 0)) * (1.0 - 0.5 * understanding)
    if risk and last is not None and last.cues.get("risk_talk", 0) and not risk_care:
        minimising = max(minimising, PASSED_OVER)
    return Appraisal(
        understanding=understanding,
        validation=_grows(now.cues.get("validating", 0)) * (0.5 + 0.5 * specificity),
        open_question=_grows(now.open_questions + inviting),
        closed_question=_grows(now.closed_questions),
        advice=advice,
        early_advice=advice * (1.0 - min(1.0, 0.7 * understanding + rapport)),
        template=_grows(now.cues.get("template", 0)) * (1.0 - 0.7 * specificity),
        repetition=max((_repetition(now, earlier) for earlier in said), default=0.0),
        minimising=minimising,
        siding=_grows(now.cues.get("siding", 0)),
        interrogation=_interrogation(now, said, questions, understanding),
        answered=min(1.0, ANSWERED_IN_FORM + specificity) if asked and now.statements else 0.0,
        risk_care=risk_care,
        farewell=float("farewell" in now.cues),
    )


class _Heard:
    """What the seeker has said: the last turn, and what the turns before it were about."""

    def __init__(self) -> None:
        self.last: Reading | None = None
        self.earlier: set[str] = set()

    def add(self, turn: Reading) -> None:
        """Take a further turn in."""
        if self.last is not None:
            self.earlier |= self.last.terms
        self.last = turn


def _before(transcript: Sequence[Message], language: Language) -> tuple[_Heard, list[Reading], float]:
    """Read the talk: the seeker's turns, the supporter's, and how much understanding these have built, 0 to 1."""
    heard = _Heard()
    said: list[Reading] = []
    missing = 1.0
    for message in transcript:
        reading = read(message.content, language)
        if message.role == "user":
            heard.add(reading)
        elif message.role == "assistant":
            framed = _grows(reading.cues.get("reflecting", 0) + reading.cues.get("validating", 0))
            if framed:
                missing *= 1.0 - 0.5 * _specificity(reading, heard) * framed
            said.append(reading)
    return heard, said, 1.0 - missing


def _specificity(turn: Reading, heard: _Heard) -> float:
    """Say how much of what the seeker said comes back, 0 to 1."""
    if heard.last is None:
        return 0.0
    back = turn.terms & heard.last.terms
    remembered = (turn.terms & heard.earlier) - back
    return 1.0 - math.exp(-(len(back) + EARLIER * len(remembered)) / HEARD)


def _overlap(turn: Reading, other: Reading) -> float:
    """Return the share of a turn's runs of words that are in another turn."""
    return len(turn.grams & other.grams) / len(turn.grams) if turn.grams else 0.0


def _repetition(turn: Reading, earlier: Reading) -> float:
    return max(0.0, _overlap(turn, earlier) - ON_TOPIC) / (1.0 - ON_TOPIC)


def _interrogation(now: Reading, said: Sequence[Reading], questions: int, understanding: float) -> float:
    """Question upon question: within the turn, and over the last turns that did nothing but ask."""
    within = max(0, questions - 1)
    run = 0
    if questions and not now.statements:
        run = sum(1 for turn in said[-2:] if turn.open_questions + turn.closed_questions and not turn.statements)
    return _grows(within + run) * (1.0 - 0.6 * understanding)


def _grows(signs: int) -> float:
    return 1.0 - FADE**signs if signs else 0.0
