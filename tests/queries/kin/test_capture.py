"""One lineage against the others: clumps, single-lineage villages, calibration."""

import numpy as np
import polars as pl

from queries.kin.capture import Limits, VillageLook, captures

LIMITS = Limits(most_share=0.8, least_homes=8, min_excess=1.0, min_odds=1.8, domain_p=0.05)


def _look(
    size: int, own: int, held: list[tuple[str, int, str]], limits: Limits = LIMITS
) -> VillageLook:
    """Return the look at a village of `size` households, the first `own` of lineage `c`."""
    homes = pl.DataFrame(
        {
            "household": [f"h{i:03d}" for i in range(size)],
            "village": "v",
            "size": 3,
            "need": 0,
            "surname": "x",
            "hamlet": None,
            "clan": 0.1,
        }
    )
    rows = pl.DataFrame(
        [("v", domain, f"h{i:03d}", target) for domain, i, target in held],
        schema=["village", "domain", "household", "target"],
        orient="row",
    )
    names = {f"h{i:03d}": "c" if i < own else f"o{i % 3}" for i in range(size)}
    return captures(homes, rows, names, limits)[0]


def _posts(holders: list[int]) -> list[tuple[str, int, str]]:
    return [("posts", i, f"p{n}") for n, i in enumerate(holders)]


def test_posts_and_leases_beyond_the_share_speak() -> None:
    leases = [("leases", i, f"l{i}") for i in range(4)]
    look = _look(80, 12, _posts([0, 1, 2, 3, 4]) + leases)
    assert look.best is not None
    assert look.best.lineage == "c"
    assert look.best.beyond == ("posts", "leases")
    assert look.best.p < 1e-3
    assert look.best.share == 12 / 80


def test_posts_alone_are_no_capture() -> None:
    look = _look(80, 12, _posts([0, 1, 2, 3, 4]))
    assert look.best is not None
    assert look.best.p == 1.0
    assert look.best.beyond == ()


def test_many_contracts_of_one_household_are_one_clump() -> None:
    many = [("contracts", 0, f"k{n}") for n in range(15)] + [("contracts", 70, "k99")]
    clumped = _look(80, 12, _posts([0, 1, 2, 3, 4]) + many)
    spread = [("contracts", n % 8, f"k{n}") for n in range(15)] + [("contracts", 70, "k99")]
    shared = _look(80, 12, _posts([0, 1, 2, 3, 4]) + spread)
    assert clumped.best is not None
    assert shared.best is not None
    assert clumped.best.p == 1.0, "one household of the lineage might as well be another's"
    assert shared.best.p < 1e-4


def test_a_village_of_one_lineage_is_not_judged() -> None:
    look = _look(80, 70, _posts([0, 1, 2, 3]) + [("leases", i, f"l{i}") for i in range(4)])
    assert look.best is None
    assert look.tested == 0
    assert look.largest_share == 70 / 80


def test_it_rarely_speaks_where_goods_fall_by_lot() -> None:
    rng = np.random.default_rng(3)
    spoken = 0
    for _ in range(300):
        held = _posts(rng.choice(120, 10, replace=False).tolist())
        held += [("contracts", int(i), f"k{n}") for n, i in enumerate(rng.choice(120, 12))]
        held += [("leases", int(i), f"l{n}") for n, i in enumerate(rng.choice(120, 8))]
        held += [("benefits", int(i), f"b{i}") for i in rng.choice(120, 15, replace=False)]
        look = _look(120, 30, held)
        spoken += look.best is not None and look.best.p <= 0.05
    assert spoken <= 300 * 0.05
