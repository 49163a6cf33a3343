"""The exact tests against brute force over all ways to hand out the labels."""

from fractions import Fraction
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphengine.algo.permutation import (
    Excess,
    ScoredStratum,
    Stratum,
    best_of,
    exact_excess,
    false_discovery_rates,
    sampled_excess,
    scored_excess,
)


@st.composite
def scored(draw: st.DrawFn, top: int = 3) -> ScoredStratum:
    size = draw(st.integers(1, 6))
    scores = draw(st.lists(st.integers(0, top), min_size=size, max_size=size))
    group = draw(st.lists(st.booleans(), min_size=size, max_size=size))
    return ScoredStratum(tuple(scores), tuple(group))


STRATA = st.lists(scored(), min_size=1, max_size=3)


def every_sum(strata: list[ScoredStratum]) -> list[int]:
    ways = [
        [sum(s.scores[i] for i in chosen) for chosen in combinations(range(len(s.scores)), k)]
        for s in strata
        for k in (sum(s.group),)
    ]
    return [sum(way) for way in product(*ways)]


def held(strata: list[ScoredStratum]) -> int:
    return sum(x for s in strata for x, inside in zip(s.scores, s.group, strict=True) if inside)


def as_counts(s: ScoredStratum) -> Stratum:
    marked = [x > 0 for x in s.scores]
    both = sum(m and g for m, g in zip(marked, s.group, strict=True))
    return Stratum(len(marked), sum(marked), sum(s.group), both)


@given(STRATA)
@settings(max_examples=150, deadline=None)
def test_scores_agree_with_all_permutations(strata: list[ScoredStratum]) -> None:
    sums, observed = every_sum(strata), held(strata)
    found = scored_excess(strata, seed=1)
    hits = Fraction(sum(x >= observed for x in sums), len(sums))
    least = Fraction(sum(x == max(sums) for x in sums), len(sums))
    assert found.sampled == 0
    assert found.p == pytest.approx(float(hits), rel=1e-9)
    assert found.least_p == pytest.approx(float(least), rel=1e-9)
    assert found.expected == pytest.approx(sum(sums) / len(sums), abs=1e-9)
    assert found.spread == pytest.approx(float(np.std(sums)), abs=1e-7)


@given(STRATA)
@settings(max_examples=100, deadline=None)
def test_counts_are_scores_of_one(strata: list[ScoredStratum]) -> None:
    ones = [ScoredStratum(tuple(int(x > 0) for x in s.scores), s.group) for s in strata]
    counted = exact_excess(as_counts(s) for s in strata)
    scored_one = scored_excess(ones, seed=1)
    assert counted.p == pytest.approx(scored_one.p, rel=1e-9)
    assert counted.least_p == pytest.approx(scored_one.least_p, rel=1e-9)
    assert (counted.observed, counted.n) == (scored_one.observed, scored_one.n)


def test_a_large_stratum_keeps_small_p_values() -> None:
    found = exact_excess([Stratum(1000, 10, 20, 10)])
    exact = Fraction(1)
    for i in range(10):
        exact *= Fraction(20 - i, 1000 - i)
    assert found.p == pytest.approx(float(exact), rel=1e-9)
    assert found.p == found.least_p


def test_counts_that_contradict_each_other_are_refused() -> None:
    with pytest.raises(ValueError, match="contradict"):
        exact_excess([Stratum(4, 2, 2, 3)])


def test_no_strata_say_nothing() -> None:
    found = exact_excess([])
    assert (found.p, found.least_p, found.observed, found.n) == (1.0, 1.0, 0, 0)


def test_sampling_comes_close_to_the_exact_value_and_is_never_zero() -> None:
    strata = [
        ScoredStratum((3, 3, 2, 1, 0, 0, 0, 0, 0, 0), (True,) * 3 + (False,) * 7),
        ScoredStratum((1,) * 4 + (0,) * 16, (True,) * 5 + (False,) * 15),
    ]
    exact, sampled = scored_excess(strata, seed=1), sampled_excess(strata, seed=7, draws=9_999)
    assert sampled.p == pytest.approx(exact.p, abs=4 * (exact.p / 9_999) ** 0.5 + 1e-4)
    assert sampled.p >= 1 / 10_000
    assert sampled == sampled_excess(strata, seed=7, draws=9_999)
    assert sampled.sampled == 9_999


def test_tables_too_large_are_sampled() -> None:
    big = ScoredStratum(tuple(range(400)), tuple(i % 2 == 0 for i in range(400)))
    found = scored_excess([big], seed=3, draws=499)
    assert found.sampled == 499
    assert 0.3 < found.p < 0.8


@given(STRATA, STRATA)
@settings(max_examples=60, deadline=None)
def test_the_best_of_two_tests_is_a_valid_p_value(
    first: list[ScoredStratum], second: list[ScoredStratum]
) -> None:
    """P(best_of ≤ level) ≤ level over all joint outcomes of two independent tests."""
    outcomes = []
    for strata in (first, second):
        sums = every_sum(strata)
        outcomes.append([(x, sum(y >= x for y in sums) / len(sums)) for x in sums])
    tests = [scored_excess(strata, seed=1) for strata in (first, second)]
    adjusted = []
    for (_, p), (_, q) in product(outcomes[0][:60], outcomes[1][:60]):
        level = min(p, q)
        adjusted.append(min(1.0, sum(t.attainable(level) for t in tests)))
    full = all(len(o) <= 60 for o in outcomes)
    for level in sorted(set(adjusted)) if full else []:
        share = sum(a <= level + 1e-12 for a in adjusted) / len(adjusted)
        assert share <= level + 1e-9


def test_tests_that_cannot_speak_cost_nothing() -> None:
    strong = exact_excess([Stratum(100, 5, 5, 5)])
    mute: Excess = exact_excess([Stratum(3, 1, 1, 1)])
    assert best_of([strong, mute]) == strong.p
    assert best_of([strong, strong]) == pytest.approx(2 * strong.p)
    assert best_of([]) == 1.0


def test_false_discovery_rates_follow_the_step_up_rule() -> None:
    p = [0.01, 0.04, 0.03, 0.5]
    assert false_discovery_rates(p) == pytest.approx((0.04, 0.04 * 4 / 3, 0.04 * 4 / 3, 0.5))
    assert false_discovery_rates([]) == ()
