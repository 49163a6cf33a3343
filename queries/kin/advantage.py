"""Whether kin households of those who decide receive need-tested benefits more often than others.

Within a village, households of equal need and clan size are exchangeable under the null; how many
of the recipients are the official's kin then has an exact distribution. Only benefits that began
during the official's tenure count.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

import numpy as np
import numpy.typing as npt
import polars as pl

from graphengine.algo.permutation import Excess, Stratum, best_of, exact_excess

Flags = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.int64]
LARGE_CLAN = 0.15
"""A surname with this share of a village's households is a large clan there."""
NEEDIEST = 3
"""Households from this need on have no earner and a frail, dependent or bereaved member."""
_HAMLET_FILL = 0.8


@dataclass(frozen=True, slots=True)
class Advantage:
    """One official's kin households in one village against the others of equal need."""

    official: str
    excess: Excess
    favoured: tuple[str, ...]

    @property
    def surplus(self) -> float:
        """Return how many kin households receive beyond what chance would give."""
        return self.excess.observed - self.excess.expected


@dataclass(frozen=True, slots=True)
class VillageTest:
    """All officials of a village, tested; `p` allows for having looked at each of them.

    `hamlets` repeats the best one's test within groups of the village, `former` tests the kin of
    former holders after their tenure (None: cannot be told). `needy` is the share of the best one's
    favoured households that are of the highest need.
    """

    village: str
    households: int
    recipients: int
    p: float
    least_p: float
    best: Advantage | None
    hamlets: Excess | None
    former: Excess | None
    needy: float


@dataclass(frozen=True, slots=True)
class Tenure:
    """The days on which an official had a say in a village."""

    official: str
    since: date
    until: date

    def holds(self, day: date) -> bool:
        """Say whether the official had a say on a day."""
        return self.since <= day <= self.until


@dataclass(frozen=True, slots=True)
class _Village:
    homes: tuple[str, ...]
    place: Mapping[str, int]
    need: Codes
    strata: Codes
    hamlets: Codes | None
    starts: Mapping[int, tuple[date, ...]]

    def mask(self, homes: Iterable[str]) -> Flags:
        found = np.zeros(len(self.homes), dtype=bool)
        found[[self.place[h] for h in homes if h in self.place]] = True
        return found

    def received(self, tenures: Sequence[Tenure]) -> Flags:
        found = np.zeros(len(self.homes), dtype=bool)
        for home, starts in self.starts.items():
            found[home] = any(t.holds(day) for day in starts for t in tenures)
        return found


def stratified(strata: Codes, marked: Flags, group: Flags) -> Excess:
    """Return the exact test of marked units in the group, within strata (codes from 0)."""
    size = int(strata.max(initial=-1)) + 1
    counts = [np.bincount(strata[m], minlength=size) for m in (marked, group, marked & group)]
    total = np.bincount(strata, minlength=size)
    rows = zip(total.tolist(), *(c.tolist() for c in counts), strict=True)
    return exact_excess(Stratum(*row) for row in rows if row[1] and row[2])


def tenures(deciders: pl.DataFrame) -> dict[str, list[Tenure]]:
    """Return the tenures by village, in order of official and time."""
    found: dict[str, list[Tenure]] = {}
    columns = (
        deciders.select("village", "official", "since", "until")
        .unique()
        .sort("village", "official", "since", "until", nulls_last=True)
    )
    for village, official, since, until in columns.iter_rows():
        found.setdefault(village, []).append(Tenure(official, since or date.min, until or date.max))
    return found


def _villages(households: pl.DataFrame, grants: pl.DataFrame) -> Iterable[tuple[str, _Village]]:
    starts: dict[str, list[date]] = {}
    for home, since in grants.select("household", "since").drop_nulls().iter_rows():
        starts.setdefault(home, []).append(since)
    for (village,), part in households.group_by("village", maintain_order=True):
        homes = tuple(part["household"])
        place = {home: i for i, home in enumerate(homes)}
        need = part["need"].to_numpy().astype(np.int64)
        large = (part["clan"] >= LARGE_CLAN).to_numpy()
        filled = part["hamlet"].is_not_null().mean() or 0.0
        hamlet = part["hamlet"].fill_null("").rank("dense").to_numpy().astype(np.int64)
        yield (
            str(village),
            _Village(
                homes=homes,
                place=place,
                need=need,
                strata=(need - need.min()) * 2 + large,
                hamlets=hamlet * 2 + (need > 0) if float(str(filled)) >= _HAMLET_FILL else None,
                starts={place[h]: tuple(starts[h]) for h in homes if h in starts},
            ),
        )


def village_tests(
    households: pl.DataFrame,
    grants: pl.DataFrame,
    says: Mapping[str, list[Tenure]],
    kin: Mapping[str, Sequence[str]],
) -> list[VillageTest]:
    """Test every village that has officials with a say; `kin` maps officials to households."""
    return [
        _tested(name, village, says[name], kin)
        for name, village in _villages(households, grants)
        if name in says
    ]


def _tested(
    name: str, village: _Village, says: list[Tenure], kin: Mapping[str, Sequence[str]]
) -> VillageTest:
    found: list[Advantage] = []
    for official, group in groupby(says, key=lambda t: t.official):
        mask = village.mask(kin.get(official, ()))
        received = village.received(list(group))
        excess = stratified(village.strata, received, mask)
        favoured = tuple(village.homes[i] for i in np.flatnonzero(mask & received))
        found.append(Advantage(official, excess, favoured))
    everyone = village.mask(h for a in found for h in kin.get(a.official, ()))
    whole = stratified(village.strata, village.received(says), everyone)
    best = min(found, key=lambda a: (a.excess.p, -a.surplus, a.official))
    chosen = village.mask(kin.get(best.official, ()))
    received = village.received([t for t in says if t.official == best.official])
    top = village.need >= NEEDIEST
    return VillageTest(
        village=name,
        households=len(village.homes),
        recipients=len(village.starts),
        p=best_of([*(a.excess for a in found), whole]),
        least_p=min(a.excess.least_p for a in found),
        best=best,
        hamlets=None if village.hamlets is None else stratified(village.hamlets, received, chosen),
        former=_former(village, says, kin),
        needy=float((chosen & received & top).sum() / max((chosen & received).sum(), 1)),
    )


def _former(
    village: _Village, says: list[Tenure], kin: Mapping[str, Sequence[str]]
) -> Excess | None:
    """Test the kin of former holders, and of nobody in office, after their tenure had ended."""
    last: dict[str, date] = {}
    for tenure in says:
        last[tenure.official] = max(tenure.until, last.get(tenure.official, date.min))
    gone = {official: until for official, until in last.items() if until < date.max}
    if not gone:
        return None
    present = village.mask(h for o in last if o not in gone for h in kin.get(o, ()))
    group = village.mask(h for o in gone for h in kin.get(o, ())) & ~present
    after = [Tenure("", max(gone.values()), date.max)]
    return stratified(village.strata, village.received(after), group)
