"""The funnel: which authorities lie further from the whole than their size lets chance carry them.

Spiegelhalter 2005, 'Funnel plots for comparing institutional performance', Statistics in Medicine 24, 1185–1202, and
2005, 'Handling over-dispersion of performance indicators', Quality and Safety in Health Care 14, 347–351: shares on the
arcsine scale, rates on the square root's, where the standard error is 1 / (2 √n); of the z-scores the outer tenths are
winsorised, φ is their mean square, and where they spread by more than chance, τ² is added to every variance (additive
over-dispersion). The limits are squared back.

Exact limits without τ² are given beside it: with so many children they call most authorities outliers, for no two
authorities are alike, and so judge nobody.
"""

from __future__ import annotations

from statistics import NormalDist
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scorecard.analysis.arrays import Floats
from scorecard.analysis.comparison.areas import CELL
from scorecard.analysis.comparison.poisson import poisson_share
from scorecard.analysis.projection.distributions import beta_share

WINSORISED = 0.1  # of the z-scores, at each end
OUTSIDE_95, OUTSIDE_998 = 0.05, 0.002  # both ends together
FEWEST = 20  # authorities, for a spread to be told
COLUMNS = [
    *CELL, "area", "value", "numerator", "denominator", "funnel_target", "funnel_phi", "funnel_tau2", "funnel_z",
    "funnel_lower_95", "funnel_upper_95", "funnel_lower_998", "funnel_upper_998", "funnel_position",
]  # fmt: skip


class Spread(NamedTuple):
    """How much more authorities spread than chance: phi, and the variance to add."""

    phi: float
    tau2: float


def funnel(figures: pd.DataFrame, per: dict[str, float], shares: set[str]) -> pd.DataFrame:
    """Every authority's place in the funnel of its measure and period, in COLUMNS.

    figures: of authorities, with numerator and denominator. per: what a measure's value is counted per (100, 10,000).
    shares: the measures whose value is a share, for whom chance is binomial; of the others it is Poisson's. Only groups
    of FEWEST and more with both counts. position: inside, high, low (beyond the 99.8 % limits with τ²), high_95,
    low_95.
    """
    known = figures[figures["numerator"].notna() & (figures["denominator"] > 0) & figures["measure_id"].isin([*per])]
    size = known.groupby(CELL, sort=False)["area"].transform("size")
    enough = known[(size >= FEWEST).to_numpy(dtype=bool)]
    is_share = enough["measure_id"].isin([*shares]).to_numpy(dtype=bool)
    kinds = ((True, enough[is_share]), (False, enough[~is_share]))
    parts = [_placed(rows, per, share) for share, rows in kinds if len(rows)]
    if not parts:
        return known.iloc[:0].reindex(columns=COLUMNS)
    return pd.concat(parts).sort_values(CELL, kind="stable", ignore_index=True)


def _placed(rows: pd.DataFrame, counted_per: dict[str, float], share: bool) -> pd.DataFrame:
    """The rows of measures whose values are all shares, or all rates, each in the funnel of its measure and period."""
    k, n = (rows[name].to_numpy(dtype=np.float64) for name in ("numerator", "denominator"))
    per = np.array([counted_per[measure_id] for measure_id in rows["measure_id"]], dtype=np.float64)
    k = np.minimum(k, n) if share else k
    target, z, error, phi, tau2 = (np.empty(len(rows)) for _ in range(5))
    for of_cell in rows.groupby(CELL, sort=False).indices.values():
        target[of_cell] = k[of_cell].sum() / n[of_cell].sum()
        z[of_cell], error[of_cell] = z_scores(k[of_cell] / n[of_cell], n[of_cell], float(target[of_cell[0]]), share)
        phi[of_cell], tau2[of_cell] = spread(z[of_cell], error[of_cell])
    bound = {
        f"funnel_{end}_{name}": per * limit
        for name, outside in (("95", OUTSIDE_95), ("998", OUTSIDE_998))
        for end, limit in zip(("lower", "upper"), limits(n, target, tau2, outside, share), strict=True)
    }
    value = per * k / n
    position = np.select(
        [value > bound["funnel_upper_998"], value < bound["funnel_lower_998"], value > bound["funnel_upper_95"],
         value < bound["funnel_lower_95"]],
        ["high", "low", "high_95", "low_95"], "inside",
    )  # fmt: skip
    return rows.assign(
        funnel_target=per * target, funnel_phi=phi, funnel_tau2=tau2, funnel_z=z * error / np.sqrt(error**2 + tau2),
        funnel_position=position, **bound,
    )[COLUMNS]  # fmt: skip


def transformed(value: Floats, share: bool) -> Floats:
    """A share on the arcsine scale, a rate on the square root's."""
    root: Floats = np.sqrt(np.clip(value, 0.0, 1.0 if share else None))
    return np.asarray(np.arcsin(root) if share else root, dtype=np.float64)


def z_scores(value: Floats, n: Floats, target: float, share: bool) -> tuple[Floats, Floats]:
    """How many standard errors each value lies from the target, and the standard errors."""
    error = 1 / (2 * np.sqrt(n))
    return (transformed(value, share) - float(transformed(np.asarray(target), share))) / error, error


def spread(z: Floats, error: Floats) -> Spread:
    """φ and τ² of z-scores, the outer tenths winsorised."""
    winsorised = np.clip(z, *np.quantile(z, [WINSORISED, 1 - WINSORISED]))
    count, weight = len(z), 1 / error**2
    phi = float((winsorised**2).mean())
    tau2 = (count * phi - (count - 1)) / (weight.sum() - (weight**2).sum() / weight.sum())
    return Spread(phi, max(0.0, float(tau2)))


def limits(
    n: Floats, target: Floats | float, tau2: Floats | float, outside: float, share: bool
) -> tuple[Floats, Floats]:
    """Lower and upper limit for denominators n, on the value's own scale; shares within 0 and 1."""
    z = NormalDist().inv_cdf(1 - outside / 2)
    middle = transformed(np.asarray(target, dtype=np.float64), share)
    reach = z * np.sqrt(1 / (4 * n) + tau2)
    low, high = np.maximum(middle - reach, 0.0), middle + reach
    if share:
        high = np.minimum(high, np.pi / 2)
        return np.sin(low) ** 2, np.sin(high) ** 2
    return low**2, high**2


def by_chance_alone(placed: pd.DataFrame, per: float, share: bool) -> NDArray[np.str_]:
    """Where each row of a funnel would lie by the exact 99.8 % limits without τ²: high, low or inside.

    placed: of `funnel`, of one measure. per: what its values are counted per.
    """
    k, n, target = (placed[name].to_numpy(dtype=np.float64) for name in ("numerator", "denominator", "funnel_target"))
    return unadjusted(np.minimum(k, n) if share else k, n, target / per, share)


def unadjusted(
    k: Floats, n: Floats, target: Floats | float, share: bool, outside: float = OUTSIDE_998
) -> NDArray[np.str_]:
    """Where each count lies by exact limits: binomial for shares, Poisson's for rates."""
    if share:
        at_most = np.where(k >= n, 1.0, 1 - beta_share(target, k + 1, np.maximum(n - k, 1e-9)))
        under = np.where(k <= 0, 0.0, 1 - beta_share(target, np.maximum(k, 1e-9), n - k + 1))
    else:
        at_most, under = poisson_share(k, n * target), poisson_share(k - 1, n * target)
    return np.select([1 - under < outside / 2, at_most < outside / 2], ["high", "low"], "inside")
