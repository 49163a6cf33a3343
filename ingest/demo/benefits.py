"""Benefits paid out: grants by the month, universal programmes by the season, one payment each."""

from dataclasses import dataclass, fields, replace
from typing import Final

import numpy as np

from ingest.demo.calendar import END, START, YEAR, Ints, day, month_start, workday
from ingest.demo.chance import Chance, happens
from ingest.demo.grants import TITLES, Grants, Programme
from ingest.demo.ledger import DAY, Ledger, Transfers, body_slot
from ingest.demo.people import People
from ingest.demo.world import World

_SHARED_CARD: Final = 0.12
_BY_YEAR: Final = 1_000
"""Periods from this number on are calendar years (2022 is 3022), below months from January 2022."""


@dataclass(frozen=True, slots=True)
class Payouts:
    """One row per benefit paid; `matter` is -1 for universal programmes."""

    programme: Ints
    person: Ints
    household: Ints
    village: Ints
    period: Ints
    fen: Ints
    account: Ints
    matter: Ints
    mark: Ints
    at: Ints

    def joined(self, other: "Payouts") -> "Payouts":
        """Append payouts."""
        return Payouts(
            *(np.concatenate([getattr(self, f.name), getattr(other, f.name)]) for f in fields(self))
        )


def period_text(period: int) -> str:
    """Return a period as the register writes it.

    >>> period_text(14), period_text(3023)
    ('2023-03', '2023')
    """
    if period >= _BY_YEAR:
        return str(period - _BY_YEAR)
    return f"{2022 + period // 12}-{period % 12 + 1:02d}"


def _paying_second(village: Ints, month: Ints, rng: Chance) -> Ints:
    """Return when a village's batch of a month is paid, with the minutes that a batch takes."""
    base = workday(month_start(month) + 9 + (village * 7 + month * 5) % 11)
    return np.asarray(base * DAY + 34_000 + rng.integers(0, 9_000, len(village)), np.int64)


def _accounts(people: People, person: Ints, rng: Chance) -> Ints:
    """Pay into one's own account; some of the oldest use the head's card."""
    home = people.household[person]
    head = np.where(home >= 0, people.head[np.maximum(home, 0)], person)
    old = people.tree.born[person] < START - 80 * YEAR
    card = old & happens(rng, _SHARED_CARD, len(person)) & (people.death[head] > END)
    return np.where(card, head, person)


def need_tested(world: World, grants: Grants, first_matter: int, rng: Chance) -> Payouts:
    """Pay out the grants month by month within the period."""
    begin = np.maximum(grants.first, 0)
    count = np.maximum(grants.last - begin + 1, 0)
    row = np.repeat(np.arange(len(grants)), count)
    month = np.arange(len(row)) - np.repeat(np.cumsum(count) - count, count) + begin[row]
    own = _accounts(world.people, grants.person, rng)
    return Payouts(
        programme=grants.programme[row],
        person=grants.person[row],
        household=grants.household[row],
        village=grants.village[row],
        period=month,
        fen=grants.fen[row],
        account=own[row],
        matter=row + first_matter,
        mark=grants.mark[row],
        at=_paying_second(grants.village[row], month, rng),
    )


def _universal(world: World, programme: Programme, person: Ints, month: Ints, fen: Ints) -> Payouts:
    people = world.people
    nothing = np.full(len(person), -1, dtype=np.int64)
    return Payouts(
        programme=np.full(len(person), int(programme)),
        person=person,
        household=people.household[person],
        village=people.tree.village[person],
        period=month,
        fen=fen,
        account=person,
        matter=nothing,
        mark=nothing,
        at=nothing,
    )


def _aged(world: World, rng: Chance) -> Payouts:
    """Pay the quarterly allowance of people of eighty and more."""
    people = world.people
    month = np.arange(2, 36, 3)
    parts: list[Payouts] = []
    enrolled = happens(rng, 0.96, len(people))
    accounts = _accounts(people, np.arange(len(people)), rng)
    for quarter in month.tolist():
        when = int(month_start(quarter))
        old = np.flatnonzero(people.present(when) & enrolled & (people.age(when) >= 80))  # noqa: PLR2004 -- eligible age
        level = np.where(people.age(when)[old] >= 90, 30_000, 15_000)  # noqa: PLR2004 -- higher rate
        paid = _universal(world, Programme.AGED, old, np.full(len(old), quarter), level)
        seconds = _paying_second(paid.village, paid.period, rng)
        parts.append(replace(paid, account=accounts[old], at=seconds))
    joined = parts[0]
    for part in parts[1:]:
        joined = joined.joined(part)
    return joined


def _land(world: World, rng: Chance) -> Payouts:
    """Pay the yearly subsidy for tilled land to households, in June."""
    means, people = world.means, world.people
    homes = np.flatnonzero(means.real & happens(rng, 0.88, len(means.real)))
    area = np.round(rng.gamma(2.4, 2.2, len(homes)) + 0.6, 1)
    parts: list[Payouts] = []
    for year, rate in ((2022, 10_640), (2023, 10_820), (2024, 11_050)):
        june = day(year, 6)
        head = people.head[homes]
        living = (people.death[head] > june) & (people.moved[head] > june)
        fen = np.round(area[living] * rate).astype(np.int64)
        paid = _universal(
            world, Programme.LAND, head[living], np.full(len(fen), year + _BY_YEAR), fen
        )
        month = np.full(len(fen), (year - 2022) * 12 + 5)
        parts.append(replace(paid, at=_paying_second(paid.village, month, rng)))
    return parts[0].joined(parts[1]).joined(parts[2])


def all_payouts(world: World, grants: Grants, first_matter: int, rng: Chance) -> Payouts:
    """Return every benefit paid in the period."""
    tested = need_tested(world, grants, first_matter, rng)
    return tested.joined(_aged(world, rng)).joined(_land(world, rng))


def pay_out(world: World, paid: Payouts, ledger: Ledger) -> None:
    """Pay every benefit from the county's finance account."""
    payer = np.full(len(paid.at), body_slot(world.geo.county))
    words = np.array([ledger.word(t) for t in TITLES])[paid.programme]
    block = ledger.block(Transfers(paid.at, paid.fen, payer, paid.account), words)
    ledger.add(
        replace(block, programme=words, matter=paid.matter, division=paid.village, mark=paid.mark)
    )
