"""How hard a supporter's turn presses the seeker, apart from any behaviour: what reactance answers to.

    leading  = advice (1 - 0.6 understanding)
    pushing  = 1 - (1 - minimising) (1 - interrogation) (1 - 0.7 repetition) (1 - 0.6 template)
    pressure = 1 - (1 - 0.7 leading) (1 - pushing)

Being led, questioned in a row, talked out of one's feeling or handled by rote takes freedom from the one who is talked
to, who takes it back (Brehm, 1966, A Theory of Psychological Reactance; Beutler et al., 2018, Journal of Clinical
Psychology 74, 1952; Moyers and Miller, 2006, and Karno and Longabaugh, 2005, on directive talk and resistance in the
turn after it). What is offered on the ground of understanding presses less.
"""

from hardseek.seekers.state import Appraisal


def leading(a: Appraisal) -> float:
    """Return how far the turn says what to do, 0 to 1."""
    return a.advice * (1 - 0.6 * a.understanding)


def pushing(a: Appraisal) -> float:
    """Return how far the turn presses in other ways than by advice, 0 to 1."""
    left = (1 - a.minimising) * (1 - a.interrogation) * (1 - 0.7 * a.repetition) * (1 - 0.6 * a.template)
    return 1 - left


def pressure(a: Appraisal) -> float:
    """Return how hard the turn presses in all, 0 to 1."""
    return 1 - (1 - 0.7 * leading(a)) * (1 - pushing(a))
