"""What households own and need: vehicles, payrolls, businesses, hidden illness, a need score."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from ingest.demo.calendar import END, START, Flags, Ints, Reals
from ingest.demo.chance import Chance, happens
from ingest.demo.people import People

_NEEDY_SHARE: Final = 0.075


@dataclass(frozen=True, slots=True)
class Means:
    """Arrays per household number, and the persons who hold vehicles, payrolls and businesses."""

    real: Flags
    village: Ints
    members: Ints
    need: Reals
    needy: Flags
    vehicle_of: Ints
    payroll_of: Ints
    business_of: Ints


def _count(home: Ints, mask: Flags, size: int) -> Ints:
    return np.bincount(home[mask], minlength=size)


def drawn_means(people: People, officials: set[int], owners: set[int], rng: Chance) -> Means:
    """Draw what households own, then score their need; payroll and property weigh against it."""
    size = len(people.head)
    here = people.present(START) & people.listed
    age, home = people.age(START), people.household
    working = here & (age >= 18) & (age < 60)  # noqa: PLR2004 -- working age
    workers = _count(home, working, size)
    members = _count(home, here, size)
    dependants = _count(home, here & ((age < 16) | (age >= 65)), size)  # noqa: PLR2004 -- dependent ages
    old = _count(home, here & (age >= 75), size)  # noqa: PLR2004 -- frail
    living = here & (people.death > END) & (people.moved > END)
    drivers = np.flatnonzero(living & (age >= 22) & (age < 60) & happens(rng, 0.16, len(people)))  # noqa: PLR2004 -- drivers
    paid = living & (age >= 24) & (age < 58) & happens(rng, 0.018, len(people))  # noqa: PLR2004 -- in service
    payroll = np.flatnonzero(paid)
    cadres = np.array(sorted(p for p in officials if people.household[p] >= 0), dtype=np.int64)
    business = np.array(sorted(p for p in owners if people.household[p] >= 0), dtype=np.int64)
    wealth = np.zeros(size)
    for persons, weight in ((drivers, 1.0), (payroll, 2.4), (cadres, 1.2), (business, 1.5)):
        np.add.at(wealth, home[persons], weight)
    ill = happens(rng, 0.09, size)
    need = 1.7 * (workers == 0) + 0.55 * dependants / (workers + 1) + 0.5 * (old > 0) + 1.1 * ill
    need = need - np.minimum(wealth, 3.0) + rng.normal(0, 0.45, size)
    real = (people.head >= 0) & (members > 0)
    line = np.quantile(need[real], 1 - _NEEDY_SHARE)
    return Means(
        real=real,
        village=np.where(people.head >= 0, people.tree.village[people.head], -1),
        members=members,
        need=need,
        needy=real & (need >= line),
        vehicle_of=drivers,
        payroll_of=payroll,
        business_of=business,
    )
