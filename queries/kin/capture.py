"""Whether one lineage holds a village's posts and other goods beyond its share of equal households.

Under the null hypothesis the lineage's label is exchangeable among households of one size class and
need; what a household holds moves with it, so ten contracts of one household are no ten draws. Each
good is tested by itself, and all together by a weighted sum (weights 1 / spread, so that rare posts
and frequent benefits count alike), which allows for goods that come together.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import polars as pl

from graphengine.algo.permutation import Excess, ScoredStratum, scored_excess
from queries.kin.advantage import stratified
from queries.kin.holdings import DOMAINS

Flags = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.int64]
SEED = 20240601
COUNTED = frozenset({"contracts", "leases"})
"""Goods of which a household may hold many; of the others it holds some or none."""
_TOP_WEIGHT = 6
_MOST_OF_ONE = 20


@dataclass(frozen=True, slots=True)
class Limits:
    """What counts: shares of households, goods beyond chance, odds ratios, p of a single good."""

    most_share: float
    least_homes: int
    min_excess: float
    min_odds: float
    domain_p: float


@dataclass(frozen=True, slots=True)
class Capture:
    """One lineage in one village; `excess` by good, `beyond` the goods held beyond its share."""

    village: str
    lineage: str
    homes: tuple[str, ...]
    share: float
    excess: Mapping[str, Excess]
    odds: Mapping[str, float]
    beyond: tuple[str, ...]
    sampled: bool
    p: float


@dataclass(frozen=True, slots=True)
class VillageLook:
    """What was found in one village: the strongest lineage, or why it could not be looked at."""

    village: str
    largest_share: float
    tested: int
    best: Capture | None


@dataclass(frozen=True, slots=True)
class _Village:
    name: str
    homes: npt.NDArray[np.object_]
    lineage: npt.NDArray[np.object_]
    strata: Codes
    goods: Mapping[str, Codes]

    def excess(self, scores: Codes, group: Flags) -> Excess:
        """Test the group's sum of scores; the common case of marks is a table of counts."""
        if scores.max(initial=0) <= 1:
            return stratified(self.strata, scores > 0, group)
        parts = [self.strata == s for s in np.unique(self.strata).tolist()]
        return scored_excess(
            [ScoredStratum(tuple(scores[p].tolist()), tuple(group[p].tolist())) for p in parts],
            seed=SEED,
        )


def captures(
    homes: pl.DataFrame, held: pl.DataFrame, lineage_of: Mapping[str, str], limits: Limits
) -> list[VillageLook]:
    """Look at every village; `homes` as of `households`, `held` with each holder's household."""
    counts = held.group_by("village", "domain", "household").agg(n=pl.col("target").n_unique())
    holders: dict[tuple[str, str], dict[str, int]] = {}
    for village, domain, home, n in counts.iter_rows():
        most = _MOST_OF_ONE if domain in COUNTED else 1
        holders.setdefault((village, domain), {})[home] = min(n, most)
    return [
        _look(_village(str(village), part, holders, lineage_of), limits)
        for (village,), part in homes.group_by("village", maintain_order=True)
    ]


def _village(
    name: str,
    part: pl.DataFrame,
    holders: Mapping[tuple[str, str], Mapping[str, int]],
    lineage_of: Mapping[str, str],
) -> _Village:
    homes = part["household"].to_list()
    size = np.clip((part["size"].to_numpy() - 1) // 2, 0, 2)
    need = np.digitize(part["need"].to_numpy(), [1, 3])
    return _Village(
        name=name,
        homes=np.array(homes, dtype=object),
        lineage=np.array([lineage_of.get(h, "") for h in homes], dtype=object),
        strata=(size * 3 + need).astype(np.int64),
        goods={
            d: np.array([holders.get((name, d), {}).get(h, 0) for h in homes], dtype=np.int64)
            for d in DOMAINS
        },
    )


def _look(village: _Village, limits: Limits) -> VillageLook:
    known = village.lineage[village.lineage != ""].astype(str)
    names, counts = np.unique(known, return_counts=True)
    largest = float(counts.max(initial=0) / len(village.homes))
    if not len(names) or largest >= limits.most_share:
        return VillageLook(village.name, largest, 0, None)
    chosen = [str(n) for n, c in zip(names, counts, strict=True) if c >= limits.least_homes]
    found = [_judged(village, name, limits) for name in chosen]
    best = min(found, key=lambda c: (c.p, c.lineage), default=None)
    if best is not None:
        best = replace(best, p=min(1.0, best.p * len(chosen)))
    return VillageLook(village.name, largest, len(chosen), best)


def _odds_ratio(excess: Excess, total: int) -> float:
    """Return the observed odds of being held by the lineage over the expected ones."""
    expected = excess.expected / max(total - excess.expected, 1e-9)
    return (excess.observed / max(total - excess.observed, 0.5)) / max(expected, 1e-9)


def _judged(village: _Village, name: str, limits: Limits) -> Capture:
    """Test posts first; p = 1 unless posts and another good are held beyond the share."""
    group = np.asarray(village.lineage == name)
    excess: dict[str, Excess] = {}
    odds: dict[str, float] = {}
    beyond: list[str] = []
    for domain in DOMAINS:
        if domain != "posts" and "posts" not in beyond:
            break
        goods = village.goods[domain]
        found = village.excess(goods, group)
        excess[domain], odds[domain] = found, _odds_ratio(found, int(goods.sum()))
        if (
            found.observed - found.expected >= limits.min_excess
            and odds[domain] >= limits.min_odds
            and found.p <= limits.domain_p
        ):
            beyond.append(domain)
    members = tuple(village.homes[group].tolist())
    share = float(group.mean())
    if len(beyond) < 2:  # noqa: PLR2004 -- posts and another good
        return Capture(village.name, name, members, share, excess, odds, (), sampled=False, p=1.0)
    spreads = {d: e.spread for d, e in excess.items() if e.spread > 0}
    least = min(spreads.values())
    score = np.zeros(len(group), dtype=np.int64)
    for domain, spread in spreads.items():
        score += max(1, round(_TOP_WEIGHT * least / spread)) * village.goods[domain]
    whole = village.excess(score, group)
    return Capture(
        village.name, name, members, share, excess, odds, tuple(beyond),
        sampled=whole.sampled > 0, p=whole.p,
    )  # fmt: skip
