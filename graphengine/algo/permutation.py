"""Exact stratified tests of a group's excess, and false-discovery control.

Under the null hypothesis the labels of the group are exchangeable among the units of a stratum. The
sum over strata of what the group holds then has an exact distribution: the convolution of
hypergeometric ones (Mantel & Haenszel 1959; Agresti 1992). Where weights make that table too large,
the labels are permuted with a fixed seed (Phipson & Smyth 2010: p is never zero).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
import numpy.typing as npt
from scipy.special import gammaln
from scipy.stats import false_discovery_control

Reals = npt.NDArray[np.float64]
MOST_STATES = 4_000_000
_CLOSE = 1e-12


@dataclass(frozen=True, slots=True)
class Stratum:
    """Units alike but for the group: how many there are, are marked, are in the group, are both."""

    total: int
    marked: int
    drawn: int
    both: int


@dataclass(frozen=True, slots=True)
class ScoredStratum:
    """Units alike but for the group: a whole score ≥ 0 for each, and who is in the group."""

    scores: tuple[int, ...]
    group: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Excess:
    """What the group holds against what chance would give; `tail[k]` = P(sum ≥ lowest + k).

    `p` is one-sided, `least_p` the smallest that could have come out: a test with a large one could
    not have spoken. `sampled` is the number of permutations, 0 where the distribution is exact.
    """

    observed: int
    expected: float
    spread: float
    p: float
    least_p: float
    n: int
    lowest: int
    tail: tuple[float, ...]
    sampled: int = 0

    @property
    def ratio(self) -> float:
        """Return observed over expected (infinite where nothing was expected)."""
        return self.observed / self.expected if self.expected > 0 else float("inf")

    def attainable(self, level: float) -> float:
        """Return the largest p-value ≤ level that could have come out (0: none could)."""
        return max((t for t in self.tail if t <= level * (1 + _CLOSE)), default=0.0)


def _log_choose(n: int, k: Reals) -> Reals:
    return np.asarray(gammaln(n + 1.0) - gammaln(k + 1.0) - gammaln(n - k + 1.0))


def hypergeometric(total: int, marked: int, drawn: int) -> tuple[int, Reals]:
    """Return the smallest possible count and the probabilities from it on.

    >>> hypergeometric(4, 2, 2)[1].round(4).tolist()
    [0.1667, 0.6667, 0.1667]
    """
    low, high = max(0, drawn + marked - total), min(marked, drawn)
    k = np.arange(low, high + 1, dtype=np.float64)
    logs = _log_choose(marked, k) + _log_choose(total - marked, drawn - k)
    chances = np.exp(logs - logs.max())
    return low, chances / chances.sum()


def exact_excess(strata: Iterable[Stratum]) -> Excess:
    """Return the exact one-sided test of Σ both; cost: the product of the strata's ranges at most.

    Raises ValueError for counts that contradict each other.
    """
    chances, lowest, observed, n = np.ones(1), 0, 0, 0
    for s in strata:
        if not (max(0, s.drawn + s.marked - s.total) <= s.both <= min(s.marked, s.drawn)):
            message = f"counts contradict each other: {s}"
            raise ValueError(message)
        low, part = hypergeometric(s.total, s.marked, s.drawn)
        chances = np.convolve(chances, part)
        lowest, observed, n = lowest + low, observed + s.both, n + s.drawn
    return _excess(chances, lowest, observed, n)


def _excess(chances: Reals, lowest: int, observed: int, n: int, sampled: int = 0) -> Excess:
    """Sum the upper tail from its far end, so that small p-values keep their digits."""
    tail = np.minimum(np.cumsum(chances[::-1])[::-1], 1.0)
    sums = lowest + np.arange(len(chances))
    expected = float(sums @ chances)
    spread = float(np.sqrt(float((sums - expected) ** 2 @ chances)))
    possible = np.flatnonzero(chances > 0)
    return Excess(
        observed=observed,
        expected=expected,
        spread=spread,
        p=float(tail[observed - lowest]),
        least_p=float(tail[possible[-1]]) if len(possible) else 1.0,
        n=n,
        lowest=lowest,
        tail=tuple(tail.tolist()),
        sampled=sampled,
    )


def scored_excess(strata: Sequence[ScoredStratum], *, seed: int, draws: int = 9_999) -> Excess:
    """Return the one-sided test of the group's sum of scores: exact, or sampled where too large.

    Cost: drawn units with a score × possible sums × units with a score, per stratum.
    """
    if sum(_states(s) for s in strata) > MOST_STATES:
        return sampled_excess(strata, seed=seed, draws=draws)
    chances, observed, n = np.ones(1), 0, 0
    for s in strata:
        chances = np.convolve(chances, _sum_of_draws(s))
        observed, n = observed + _held(s), n + sum(s.group)
    return _excess(chances, 0, observed, n)


def _held(s: ScoredStratum) -> int:
    return sum(score for score, inside in zip(s.scores, s.group, strict=True) if inside)


def _states(s: ScoredStratum) -> int:
    scored = [score for score in s.scores if score > 0]
    return min(sum(s.group), len(scored)) * len(scored) * (sum(scored) + 1)


def _kinds(s: ScoredStratum) -> list[tuple[int, int]]:
    """Return each score and how many units have it, zero first."""
    return [(score, len(list(units))) for score, units in groupby(sorted(s.scores))]


def _sum_of_draws(s: ScoredStratum) -> Reals:
    """Return the distribution of the sum of scores in draws without replacement."""
    drawn, left = sum(s.group), len(s.scores)
    top = sum(s.scores)
    state = {0: np.eye(1, top + 1)[0]}
    for score, count in reversed(_kinds(s)):
        step: dict[int, Reals] = {}
        for before, sums in state.items():
            low, chances = hypergeometric(left, count, drawn - before)
            for more, chance in enumerate(chances, start=low):
                moved = np.zeros(top + 1)
                moved[more * score :] = sums[: top + 1 - more * score] * chance
                reached = step.get(before + more)
                step[before + more] = moved if reached is None else reached + moved
        state, left = step, left - count
    return np.asarray(sum(state.values(), np.zeros(top + 1)))


def sampled_excess(strata: Sequence[ScoredStratum], *, seed: int, draws: int = 9_999) -> Excess:
    """Return the same test by permuting the labels within strata; p = (1 + hits) / (1 + draws)."""
    rng = np.random.default_rng(seed)
    sums = np.zeros(draws, dtype=np.int64)
    for s in strata:
        kinds = _kinds(s)
        counts = np.array([count for _, count in kinds], dtype=np.int64)
        drawn = rng.multivariate_hypergeometric(
            counts, sum(s.group), size=draws, method="marginals"
        )
        sums += drawn @ np.array([score for score, _ in kinds], dtype=np.int64)
    observed = sum(_held(s) for s in strata)
    seen = np.bincount(np.append(sums, observed), minlength=observed + 1)
    return _excess(
        seen / (draws + 1.0), 0, observed, sum(sum(s.group) for s in strata), sampled=draws
    )


def best_of(tests: Sequence[Excess]) -> float:
    """Return a p-value for the smallest p of several tests, whatever their dependence.

    Each test contributes only what it could attain at that level, so tests too small to speak cost
    nothing (Tarone 1990; Westfall & Wolfinger 1997). 1 for no tests.
    """
    level = min((t.p for t in tests), default=1.0)
    return min(1.0, sum(t.attainable(level) for t in tests)) if tests else 1.0


def false_discovery_rates(p_values: Sequence[float]) -> tuple[float, ...]:
    """Return Benjamini-Hochberg q-values in the order given (Benjamini & Hochberg 1995)."""
    if not p_values:
        return ()
    return tuple(float(q) for q in false_discovery_control(np.asarray(p_values), method="bh"))
