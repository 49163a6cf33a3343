"""Who is granted which benefit, from when to when, how much, and by which matter."""

from dataclasses import dataclass, fields, replace
from enum import IntEnum
from typing import Final

import numpy as np

from ingest.demo.calendar import END, START, Flags, Ints, Reals, month_of, month_start
from ingest.demo.chance import Chance, happens
from ingest.demo.people import People
from ingest.demo.stage import Favour, Stage
from ingest.demo.world import World


class Programme(IntEnum):
    """Benefit programmes by number."""

    ALLOWANCE = 0
    SUPPORT = 1
    RELIEF = 2
    HOUSING = 3
    AGED = 4
    LAND = 5


TITLES: Final = (
    "最低生活保障",
    "特困供养",
    "临时救助",
    "危房改造",
    "高龄津贴",
    "耕地地力保护补贴",
)
MATTERS: Final = ("低保申请", "特困供养申请", "临时救助申请", "危房改造申请")
LAST_MONTH: Final = 35
_TAKE_UP: Final = 0.62
_ERROR: Final = 0.011
_GENEROUS: Final = 0.93


@dataclass(frozen=True, slots=True)
class Grants:
    """Need-tested grants as arrays: months count from January 2022, both ends included."""

    programme: Ints
    household: Ints
    person: Ints
    village: Ints
    first: Ints
    last: Ints
    fen: Ints
    approver: Ints
    """The official who decides, -1 where the usual desk does."""

    mark: Ints

    def __len__(self) -> int:
        """Return the number of grants."""
        return len(self.person)

    def joined(self, other: "Grants") -> "Grants":
        """Append grants."""
        return Grants(
            *(np.concatenate([getattr(self, f.name), getattr(other, f.name)]) for f in fields(self))
        )


def _grants(
    world: World, programme: Programme, homes: Ints, months: tuple[Ints, Ints], fen: Ints
) -> Grants:
    """Return ordinary grants to the heads of households."""
    nobody = np.full(len(homes), -1, dtype=np.int64)
    return Grants(
        programme=np.full(len(homes), int(programme)),
        household=homes,
        person=world.people.head[homes],
        village=world.means.village[homes],
        first=months[0],
        last=months[1],
        fen=fen,
        approver=nobody,
        mark=nobody,
    )


def _deserving(stage: Stage, rng: Chance) -> Flags:
    """Say which households get the allowance: most of the needy, a few others by honest error."""
    means = stage.world.means
    size = len(means.real)
    chance = np.where(means.needy, _TAKE_UP, _ERROR * np.exp(np.clip(means.need, -2, 1)))
    for village, line in stage.generous.items():
        poor = (means.village == village) & (means.need >= line)
        chance = np.where(poor, _GENEROUS, chance)
    return means.real & happens(rng, chance, size)


def _allowances(stage: Stage, rng: Chance) -> Grants:
    """Grant the monthly minimum allowance to households."""
    world = stage.world
    homes = np.flatnonzero(_deserving(stage, rng))
    count = len(homes)
    early = happens(rng, 0.62, count)
    first = np.where(early, -rng.integers(0, 26, count), rng.integers(1, 30, count))
    length = np.where(happens(rng, 0.25, count), rng.integers(8, 30, count), 99)
    covered = np.clip(world.means.members[homes], 1, 3) - happens(rng, 0.5, count)
    fen = np.maximum(covered, 1) * rng.integers(36, 62, count) * 1_000
    last = np.minimum(first + length, LAST_MONTH)
    grants = _grants(world, Programme.ALLOWANCE, homes, (first, last), fen)
    kept = last >= 0
    return _picked(grants, kept)


def _picked(grants: Grants, kept: Flags) -> Grants:
    return Grants(*(getattr(grants, f.name)[kept] for f in fields(grants)))


def _supports(world: World, taken: Ints, rng: Chance) -> Grants:
    """Grant support to old people who live alone without children on record."""
    people, means = world.people, world.means
    home = people.head
    safe = np.maximum(home, 0)
    parents = np.union1d(people.tree.father, people.tree.mother)
    lone = means.real & (means.members == 1) & (people.age(START)[safe] >= 60)  # noqa: PLR2004 -- eligible age
    lone &= ~np.isin(safe, parents) & ~np.isin(np.arange(len(home)), taken)
    homes = np.flatnonzero(lone & happens(rng, 0.75, len(home)))
    first = -rng.integers(0, 24, len(homes))
    last = np.full(len(homes), LAST_MONTH)
    fen = rng.integers(78, 94, len(homes)) * 1_000
    return _grants(world, Programme.SUPPORT, homes, (first, last), fen)


def _single(
    world: World, programme: Programme, chance: Reals, fen: tuple[int, int], rng: Chance
) -> Grants:
    """Grant a payment made once; the amount is drawn between two sums in hundreds of yuan."""
    homes = np.flatnonzero(world.means.real & happens(rng, chance, len(chance)))
    month = rng.integers(1, LAST_MONTH, len(homes))
    sums = rng.integers(fen[0], fen[1], len(homes)) * 10_000
    return _grants(world, programme, homes, (month, month), sums)


def _favoured(world: World, favour: Favour, rng: Chance) -> Grants:
    """Grant benefits to favoured households: one each, or all of them to the few."""
    homes = np.array(favour.households, dtype=np.int64)
    count = len(homes)
    early, late = month_of(np.array([favour.tenure.begin, favour.tenure.finish])).tolist()
    first = rng.integers(early + 3, max(early + 4, min(early + 16, late - 2)), count)
    last = np.minimum(first + rng.integers(10, 30, count), LAST_MONTH)
    fen = rng.integers(36, 62, count) * 1_000 * (1 + happens(rng, 0.4, count))
    parts = [_grants(world, Programme.ALLOWANCE, homes, (first, last), fen)]
    for programme, low, high, chance in (
        (Programme.RELIEF, 8, 50, 0.25 * favour.strength),
        (Programme.HOUSING, 80, 300, 0.12 * favour.strength),
    ):
        some = homes[happens(rng, chance, count)]
        month = rng.integers(early + 3, late - 1, len(some))
        sums = rng.integers(low, high, len(some)) * 10_000
        parts.append(_grants(world, programme, some, (month, month), sums))
    joined = parts[0]
    for part in parts[1:]:
        joined = joined.joined(part)
    size = len(joined)
    approver = np.full(size, favour.tenure.person)
    return replace(joined, mark=np.full(size, favour.mark), approver=approver)


def _within_life(people: People, grants: Grants) -> Grants:
    """End monthly grants with the month of death or departure; drop those that never began."""
    gone = np.minimum(people.death[grants.person], people.moved[grants.person])
    limit = month_of(np.minimum(gone, END))
    last = np.minimum(grants.last, limit)
    living = (grants.person >= 0) & (grants.first <= last) & (last >= 0)
    return _picked(replace(grants, last=last), living & (gone > month_start(np.maximum(last, 0))))


def drawn_grants(stage: Stage, rng: Chance) -> Grants:
    """Draw all need-tested grants: by need, by honest error and by favour."""
    world = stage.world
    means = world.means
    favoured = [h for f in stage.favours for h in f.households]
    allowed = _allowances(stage, rng)
    allowed = _picked(allowed, ~np.isin(allowed.household, favoured))
    joined = allowed.joined(_supports(world, allowed.household, rng))
    chance = np.where(means.needy, 0.22, 0.008)
    joined = joined.joined(_single(world, Programme.RELIEF, chance, (5, 50), rng))
    chance = np.where(means.needy, 0.04, 0.0015)
    joined = joined.joined(_single(world, Programme.HOUSING, chance, (80, 300), rng))
    for favour in stage.favours:
        joined = joined.joined(_favoured(world, favour, rng))
    return _within_life(world.people, joined)
