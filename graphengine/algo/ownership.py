"""Shares over time and along chains: integrated ownership with loops, and the votes of controllers.

Integrated share: the sum over all chains of the product of their shares, chains that come back to
the holder left out; in cross-holdings the sum over the endless chains is exact, by one sparse solve
(Brioschi, Buzzacchi & Colombo 1989; Baldone, Brioschi & Paleari 1998).
"""

import heapq
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from scipy.sparse import csc_array, eye_array
from scipy.sparse.linalg import spsolve

FOREVER_FROM = -(2**31)
FOREVER_TO = 2**31 - 1
Records = frozenset[int]


@dataclass(frozen=True, slots=True)
class Stake:
    """One stated share (0-1) of an owner in a company; days since 1970, both inclusive."""

    owner: str
    company: str
    share: float
    begins: int
    ends: int
    records: Records


Holders = Mapping[str, Stake]


@dataclass(frozen=True)
class Stakes:
    """All stakes, per company cut into periods within which nothing changes."""

    stated: tuple[Stake, ...]
    _days: dict[str, list[int]] = field(init=False, default_factory=dict)
    _holders: dict[str, list[Holders]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Cut every company's history at the days on which a stake begins or has ended."""
        for company, stakes in self._by("company").items():
            days = {FOREVER_FROM} | {s.begins for s in stakes}
            days |= {s.ends + 1 for s in stakes if s.ends != FOREVER_TO}
            self._days[company] = sorted(days)
            self._holders[company] = [_holders(stakes, day) for day in self._days[company]]

    def _by(self, side: str) -> dict[str, list[Stake]]:
        found: dict[str, list[Stake]] = {}
        for stake in self.stated:
            found.setdefault(getattr(stake, side), []).append(stake)
        return found

    @cached_property
    def owned(self) -> Mapping[str, tuple[str, ...]]:
        """Return the companies in which an owner has ever held a share, ascending."""
        return {
            owner: tuple(sorted({s.company for s in stakes}))
            for owner, stakes in self._by("owner").items()
        }

    def days(self, company: str) -> list[int]:
        """Return the first day of each period of a company."""
        return self._days.get(company, [FOREVER_FROM])

    def holders(self, company: str, day: int) -> Holders:
        """Return who holds the company on a day; shares that add to more than 1 are scaled to 1."""
        if company not in self._days:
            return {}
        return self._holders[company][bisect_right(self._days[company], day) - 1]

    def below(self, starts: Iterable[str], holder: str, layers: int) -> tuple[str, ...]:
        """Return the starts and what they own through up to so many layers, the holder left out."""
        found = edge = {s for s in starts if s != holder}
        for _ in range(layers - 1):
            edge = {c for o in edge for c in self.owned.get(o, ())} - found - {holder}
            found = found | edge
        return tuple(sorted(found))


def _holders(stakes: list[Stake], day: int) -> Holders:
    """Return the stakes on a day; of two stakes of one owner the one that began later counts."""
    latest: dict[str, Stake] = {}
    for stake in stakes:
        before = latest.get(stake.owner)
        if stake.begins <= day <= stake.ends and (
            before is None or (before.begins, before.share) < (stake.begins, stake.share)
        ):
            latest[stake.owner] = stake
    whole = max(1.0, sum(latest[owner].share for owner in sorted(latest)))
    return {
        o: Stake(o, s.company, s.share / whole, s.begins, s.ends, s.records)
        for o, s in sorted(latest.items())
    }


@dataclass(frozen=True, slots=True)
class Holding:
    """What a holder has in a company: share or votes, the companies on the way, the records."""

    strength: float
    via: tuple[str, ...]
    records: Records


def integrated(holder: str, companies: Mapping[str, Holders]) -> dict[str, Holding]:
    """Return the holder's integrated share in each of the companies, given who holds them.

    `via` is the chain with the largest product (then the shortest, then by name).
    """
    strongest = _strongest_chains(holder, companies)
    order = _in_order(companies, strongest)
    shares = _summed(holder, companies, order) or _solved(holder, companies, sorted(strongest))
    behind = _records(holder, companies, order)
    return {
        company: Holding(shares[company], strongest[company], behind[company])
        for company in sorted(strongest)
    }


def _strongest_chains(holder: str, companies: Mapping[str, Holders]) -> dict[str, tuple[str, ...]]:
    held: dict[str, list[Stake]] = {}
    for company in companies:
        for owner, stake in companies[company].items():
            if stake.share > 0:
                held.setdefault(owner, []).append(stake)
    found: dict[str, tuple[str, ...]] = {}
    queue: list[tuple[float, int, tuple[str, ...]]] = [(-1.0, 0, ())]
    while queue:
        product, layers, chain = heapq.heappop(queue)
        last = chain[-1] if chain else holder
        if last in found:
            continue
        if chain:
            found[last] = chain[:-1]
        for stake in held.get(last, ()):
            if stake.company not in found and stake.company != holder:
                step = (product * stake.share, layers + 1, (*chain, stake.company))
                heapq.heappush(queue, step)
    return found


def _in_order(companies: Mapping[str, Holders], among: Iterable[str]) -> list[str]:
    """Return the companies, owners before what they own; those in or below a loop are missing."""
    among = set(among)
    waiting = {c: sum(o in among for o in companies[c]) for c in sorted(among)}
    order = [c for c, owners in waiting.items() if not owners]
    owned: dict[str, list[str]] = {}
    for company in waiting:
        for owner in companies[company]:
            owned.setdefault(owner, []).append(company)
    for company in order:
        for next_one in owned.get(company, ()):
            waiting[next_one] -= 1
            if not waiting[next_one]:
                order.append(next_one)
    return order if len(order) == len(among) else []


def _summed(holder: str, companies: Mapping[str, Holders], order: list[str]) -> dict[str, float]:
    shares: dict[str, float] = {holder: 1.0}
    for company in order:
        stakes = companies[company].items()
        shares[company] = sum(shares.get(owner, 0.0) * stake.share for owner, stake in stakes)
    return shares if order else {}


def _solved(holder: str, companies: Mapping[str, Holders], order: list[str]) -> dict[str, float]:
    """Solve x = a + B x, where a is held directly and B is who holds whom among the companies."""
    if not order:
        return {}
    place = {company: i for i, company in enumerate(order)}
    stakes = [(place[c], o, s.share) for c in order for o, s in companies[c].items()]
    inner = [(i, place[o], share) for i, o, share in stakes if o in place]
    rows, columns, values = zip(*inner, strict=True)
    direct = np.zeros(len(order))
    for i, owner, share in stakes:
        direct[i] += share if owner == holder else 0.0
    size = (len(order), len(order))
    matrix = csc_array((np.array(values), (np.array(rows), np.array(columns))), shape=size)
    solution = spsolve(csc_array(eye_array(len(order)) - matrix), direct)
    return dict(zip(order, np.atleast_1d(solution).tolist(), strict=True))


def _records(holder: str, companies: Mapping[str, Holders], order: list[str]) -> dict[str, Records]:
    """Return the records of every stake on any chain from the holder to each company."""
    found: dict[str, Records] = {holder: frozenset()}
    changed = True
    while changed:
        changed = False
        for company in order or sorted(companies):
            parts = [found[o] | s.records for o, s in companies[company].items() if o in found]
            behind = frozenset[int]().union(*parts)
            if parts and behind != found.get(company):
                found[company] = behind
                changed = not order or changed
    return found
