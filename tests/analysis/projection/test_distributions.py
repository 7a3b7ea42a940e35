"""Distributions against published tables and closed forms."""

import math

import numpy as np
import pytest

from scorecard.analysis.projection.distributions import beta_share, count_share, student_quantile

STUDENT = [  # Abramowitz and Stegun 1964, table 26.10 (and every textbook): one-sided 90 % and 97.5 %
    (3, 1.638, 3.182),
    (4, 1.533, 2.776),
    (5, 1.476, 2.571),
    (6, 1.440, 2.447),
    (8, 1.397, 2.306),
    (10, 1.372, 2.228),
    (20, 1.325, 2.086),
    (60, 1.296, 2.000),
    (120, 1.289, 1.980),
]


@pytest.mark.parametrize(("freedom", "at_90", "at_975"), STUDENT)
def test_quantiles_of_students_t_are_those_of_the_tables(freedom, at_90, at_975):
    assert student_quantile(0.90, freedom) == pytest.approx(at_90, rel=0.0015)
    assert student_quantile(0.975, freedom) == pytest.approx(at_975, rel=0.0015)


@pytest.mark.parametrize(
    ("x", "a", "b", "share"),
    [
        (0.3, 1, 1, 0.3),
        (0.3, 2, 1, 0.09),
        (0.3, 1, 3, 1 - 0.7**3),
        (0.5, 7.3, 7.3, 0.5),
        (0.25, 0.5, 0.5, 2 / math.pi * math.asin(0.5)),
        (0.0, 0.01, 4, 0.0),
        (1.0, 4, 0.01, 1.0),
        (-1.0, 2, 2, 0.0),
        (0.9, 3, 2, 4 * 0.9**3 * 0.1 + 0.9**4),  # three or more of four at 0.9 each
    ],
)
def test_shares_of_the_beta_distribution_are_those_of_its_closed_forms(x, a, b, share):
    assert beta_share(x, a, b) == pytest.approx(share, abs=1e-12)


def test_counts_without_further_spread_are_poissons():
    for mean in (0.5, 3.0, 20.0):
        count = np.arange(40)
        chance = np.exp(-mean + count * np.log(mean) - np.array([math.lgamma(k + 1) for k in count]))
        np.testing.assert_allclose(count_share(count, mean, mean), chance.cumsum(), atol=3e-5)
    assert count_share(-1, 3.0, 3.0) == 0


def test_counts_of_variance_twice_their_mean_are_negative_binomial():
    """p = ½, r = the mean: of mean 1, geometric (½, ¼, ⅛ …)."""
    np.testing.assert_allclose(count_share([0, 1, 2, 2.7], 1.0, 2.0), [0.5, 0.75, 0.875, 0.875])
