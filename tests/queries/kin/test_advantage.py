"""The village test: exact against a count by hand, calibrated where nobody is favoured."""

from collections.abc import Sequence
from datetime import date

import numpy as np
import polars as pl
import pytest

from graphengine.algo.permutation import Stratum, exact_excess
from queries.kin.advantage import Tenure, VillageTest, village_tests

START, END = date(2021, 1, 1), date(2023, 12, 31)
SAYS = {"v": [Tenure("o", START, END)]}


def _homes(needs: Sequence[int], clans: Sequence[float] | None = None) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "household": [f"h{i:03d}" for i in range(len(needs))],
            "village": "v",
            "size": 3,
            "need": list(needs),
            "surname": "王",
            "hamlet": [str(i % 4) for i in range(len(needs))],
            "clan": list(clans) if clans else [0.1] * len(needs),
        }
    )


def _grants(homes: Sequence[int], since: date = date(2022, 5, 1)) -> pl.DataFrame:
    return pl.DataFrame(
        {"household": [f"h{i:03d}" for i in homes], "since": [since] * len(homes)},
        schema={"household": pl.String, "since": pl.Date},
    )


def _test(needs: Sequence[int], kin: Sequence[int], given: pl.DataFrame) -> VillageTest:
    return village_tests(_homes(needs), given, SAYS, {"o": [f"h{i:03d}" for i in kin]})[0]


def test_one_stratum_is_a_hypergeometric_tail() -> None:
    found = _test([0] * 50, range(6), _grants([0, 1, 2, 3, 10]))
    alone = exact_excess([Stratum(50, 5, 6, 4)])
    assert found.best is not None
    assert found.best.excess.p == pytest.approx(alone.p)
    assert found.p == pytest.approx(2 * alone.p), "the official and all officials together"
    assert found.best.favoured == ("h000", "h001", "h002", "h003")


def test_equal_need_is_compared_with_equal_need() -> None:
    needs = [4] * 10 + [0] * 40
    fair = _test(needs, range(6), _grants(range(10)))
    assert fair.best is not None
    assert fair.best.excess.p == 1.0
    assert fair.best.surplus == pytest.approx(0.0)
    assert fair.needy == 1.0


def test_only_the_tenure_counts() -> None:
    before = _test([0] * 50, range(6), _grants([0, 1, 2, 3, 10], date(2020, 5, 1)))
    assert before.best is not None
    assert before.best.excess.observed == 0
    assert before.p == 1.0


def test_former_holders_are_the_placebo() -> None:
    says = {"v": [Tenure("o", START, END), Tenure("now", START, date.max)]}
    kin = {"o": [f"h{i:03d}" for i in range(6)], "now": ["h040"]}
    after = _grants([0, 1, 2, 3, 10], date(2024, 5, 1))
    found = village_tests(_homes([0] * 50), after, says, kin)[0]
    assert found.former is not None
    assert found.former.p < 0.01
    assert _test([0] * 50, range(6), _grants([0])).former is not None


def test_the_hamlet_may_explain_it() -> None:
    hamlet = range(0, 48, 4)
    found = _test([0] * 48, hamlet, _grants(hamlet))
    assert found.p < 0.001
    assert found.hamlets is not None
    assert found.hamlets.p == 1.0


def test_villages_without_officials_are_left_out() -> None:
    assert village_tests(_homes([0] * 5), _grants([0]), {}, {}) == []


def test_p_is_calibrated_when_nobody_is_favoured() -> None:
    """Needy households receive more often, kin are needy more often; kin get no advantage."""
    rng = np.random.default_rng(11)
    says = {"v": [Tenure(f"o{i}", START, END) for i in range(5)]}
    below = {0.05: 0, 0.2: 0}
    rounds = 300
    for _ in range(rounds):
        needs = rng.integers(-1, 5, 120)
        chance = np.where(needs >= 3, 0.4, 0.03)
        given = np.flatnonzero(rng.random(120) < chance).tolist()
        weight = np.where(needs >= 3, 3.0, 1.0)
        kin = {
            f"o{i}": [f"h{h:03d}" for h in rng.choice(120, 12, p=weight / weight.sum())]
            for i in range(5)
        }
        found = village_tests(_homes(needs.tolist()), _grants(given), says, kin)[0]
        for level in below:
            below[level] += found.p <= level
    for level, count in below.items():
        assert count / rounds <= level + 3 * (level * (1 - level) / rounds) ** 0.5


def test_a_planted_advantage_is_seen() -> None:
    rng = np.random.default_rng(5)
    seen = 0
    for _ in range(40):
        needs = rng.integers(-1, 5, 200)
        given = np.flatnonzero(rng.random(200) < np.where(needs >= 3, 0.2, 0.02))
        kin = rng.choice(200, 12, replace=False)
        favoured = np.union1d(given, kin[:7]).tolist()
        seen += _test(needs.tolist(), kin.tolist(), _grants(favoured)).p < 0.01
    assert seen >= 36
