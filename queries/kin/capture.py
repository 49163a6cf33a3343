"""Whether one lineage holds a village's posts and other goods beyond its share of equal households.

Under the null hypothesis the lineage's label is exchangeable among households of one size class and
need. Each good is tested by itself, and all together by a weighted sum (weights 1 / spread, so that
rare posts and frequent benefits count alike), which allows for goods that come together.
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
_TOP_WEIGHT = 6


@dataclass(frozen=True, slots=True)
class Limits:
    """What counts: shares of households, households beyond chance, ratios, p of a single good."""

    most_share: float
    least_homes: int
    min_excess: float
    min_ratio: float
    domain_p: float


@dataclass(frozen=True, slots=True)
class Capture:
    """One lineage in one village; `excess` by good, `beyond` the goods held beyond its share."""

    village: str
    lineage: str
    homes: tuple[str, ...]
    share: float
    excess: Mapping[str, Excess]
    beyond: tuple[str, ...]
    combined: Excess | None
    p: float


@dataclass(frozen=True, slots=True)
class VillageLook:
    """What was found in one village: the strongest lineage, or why it could not be looked at."""

    village: str
    largest_share: float
    tested: int
    best: Capture | None


def captures(
    homes: pl.DataFrame, held: pl.DataFrame, lineage_of: Mapping[str, str], limits: Limits
) -> list[VillageLook]:
    """Look at every village; `homes` as of `households`, `held` with household and domain."""
    holders: dict[str, dict[str, set[str]]] = {}
    for village, domain, home in held.select("village", "domain", "household").iter_rows():
        holders.setdefault(village, {}).setdefault(domain, set()).add(home)
    return [
        _look(str(village), part, holders.get(str(village), {}), lineage_of, limits)
        for (village,), part in homes.group_by("village", maintain_order=True)
    ]


def _look(
    village: str,
    part: pl.DataFrame,
    holders: Mapping[str, set[str]],
    lineage_of: Mapping[str, str],
    limits: Limits,
) -> VillageLook:
    homes = part["household"].to_list()
    lineage = np.array([lineage_of.get(h, "") for h in homes], dtype=object)
    names, counts = np.unique(lineage[lineage != ""].astype(str), return_counts=True)
    if not len(names):
        return VillageLook(village, 0.0, 0, None)
    largest = float(counts.max() / len(homes))
    if largest >= limits.most_share:
        return VillageLook(village, largest, 0, None)
    chosen = [str(n) for n, c in zip(names, counts, strict=True) if c >= limits.least_homes]
    size = np.clip((part["size"].to_numpy() - 1) // 2, 0, 2)
    need = np.digitize(part["need"].to_numpy(), [1, 3])
    strata = (size * 3 + need).astype(np.int64)
    flags = {d: np.array([h in holders.get(d, ()) for h in homes]) for d in DOMAINS}
    found = [
        _capture(village, name, (np.array(homes, dtype=object), lineage == name), strata, flags)
        for name in chosen
    ]
    judged = [_judged(c, lineage == c.lineage, strata, flags, limits) for c in found]
    best = min(judged, key=lambda c: (c.p, c.lineage), default=None)
    if best is not None:
        best = replace(best, p=min(1.0, best.p * len(chosen)))
    return VillageLook(village, largest, len(chosen), best)


def _capture(
    village: str,
    name: str,
    part: tuple[npt.NDArray[np.object_], Flags],
    strata: Codes,
    flags: Mapping[str, Flags],
) -> Capture:
    homes, group = part
    excess = {d: stratified(strata, flags[d], group) for d in DOMAINS}
    return Capture(village, name, tuple(homes[group]), float(group.mean()), excess, (), None, 1.0)


def _judged(
    capture: Capture, group: Flags, strata: Codes, flags: Mapping[str, Flags], limits: Limits
) -> Capture:
    """Test all goods together where posts and another one are held beyond the share; else p = 1."""
    beyond = tuple(
        d
        for d, e in capture.excess.items()
        if e.observed - e.expected >= limits.min_excess
        and e.ratio >= limits.min_ratio
        and e.p <= limits.domain_p
    )
    if "posts" not in beyond or len(beyond) < 2:  # noqa: PLR2004 -- posts and another good
        return capture
    combined = scored_excess(_scored(capture, group, strata, flags), seed=SEED)
    return replace(capture, beyond=beyond, combined=combined, p=combined.p)


def _scored(
    capture: Capture, group: Flags, strata: Codes, flags: Mapping[str, Flags]
) -> list[ScoredStratum]:
    spreads = {d: e.spread for d, e in capture.excess.items() if e.spread > 0}
    least = min(spreads.values())
    weights = {d: max(1, round(_TOP_WEIGHT * least / s)) for d, s in spreads.items()}
    score = np.zeros(len(strata), dtype=np.int64)
    for domain, weight in weights.items():
        score += weight * flags[domain]
    return [
        ScoredStratum(tuple(score[strata == s].tolist()), tuple(group[strata == s].tolist()))
        for s in np.unique(strata).tolist()
    ]
