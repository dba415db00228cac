"""The judges that an experiment can name."""

from typing import Final

from hardseek.errors import Refused
from hardseek.judging.indicators import INDICATORS, IndicatorJudge
from hardseek.judging.rating import Judge
from hardseek.mistakes import nearest

JUDGE_NAMES: Final = (INDICATORS,)


def build_judge(name: str) -> Judge:
    """Return the judge of this name; raises Refused, with the nearest name, when there is none."""
    if name not in JUDGE_NAMES:
        near = nearest(name, list(JUDGE_NAMES))
        hint = f"; did you mean {near}?" if near else ""
        raise Refused(f"{name!r} is no judge; there are {', '.join(JUDGE_NAMES)}{hint}")
    return IndicatorJudge()
