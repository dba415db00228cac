"""Cohen's kappa with quadratic weights, of two raters."""

from hardseek.analysis.agreement.moments import moments, ratio, shared
from hardseek.analysis.agreement.panel import Array


def quadratic_kappa(x: Array, y: Array, weights: Array) -> Array:
    """Return the quadratically weighted kappa (Cohen, 1968, Psychological Bulletin 70, 213).

    One minus the mean squared difference over that which the same marginals would give by chance; the distance of two
    scores is that of their values, so that scores of a scale with steps of 1 give the usual QWK, whether or not every
    step was used. NaN where both raters always gave the same single score.

    Args:
        x: one rater's scores, NaN where there is none.
        y: the other's.
        weights: draws x items.
    """
    m = moments(*shared(x, y, weights))
    apart = (m.mean_x - m.mean_y) ** 2
    observed = m.variance_x + m.variance_y - 2 * m.covariance + apart
    return 1 - ratio(observed, m.variance_x + m.variance_y + apart)
