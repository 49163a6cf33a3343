"""Contracts of villages and towns: orders, bids, the six steps of their matter, instalments."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from ingest.demo.calendar import END, NEVER, START, Ints, Reals, workday
from ingest.demo.chance import Chance
from ingest.demo.ledger import DAY, Entry, Ledger, body_slot, firm_slot
from ingest.demo.offices import Role
from ingest.demo.trades import CATEGORIES, categories_for
from ingest.demo.world import World

WAN: Final = 1_000_000
"""Ten thousand yuan in fen."""

_VILLAGE_A_YEAR: Final = 12.0
_TOWN_A_YEAR: Final = 14.0


@dataclass(frozen=True, slots=True)
class Bid:
    """One offer: price in fen, moment in seconds."""

    firm: int
    price: int
    at: int
    won: bool


@dataclass(frozen=True, slots=True)
class Actors:
    """Who took the six steps of a matter, in their order."""

    applicant: int
    approver: int
    copied: int
    implementer: int
    feeder: int
    evaluator: int


@dataclass(frozen=True, slots=True)
class Order:
    """What is bought from whom; without an approver the usual desk decides."""

    division: int
    firm: int
    category: int
    fen: int
    method: str
    signed: int
    approver: int = -1
    rivals: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Award:
    """One contract as signed; its number is its place in the list of awards."""

    order: Order
    title: str
    announced: int
    completed: int
    actors: Actors
    bids: tuple[Bid, ...]
    steps: tuple[int, ...]
    """Seconds of the six steps."""


def usual_method(fen: int, rng: Chance) -> str:
    """Draw a way of buying that the sum allows."""
    throw = float(rng.random())
    if fen >= 40 * WAN:
        return "open"
    if fen >= 10 * WAN:
        return "open" if throw < 0.5 else "invited" if throw < 0.9 else "negotiated"  # noqa: PLR2004 -- habit
    if fen >= 3 * WAN:
        return "invited" if throw < 0.4 else "negotiated" if throw < 0.7 else "direct"  # noqa: PLR2004 -- habit
    return "small" if throw < 0.75 else "direct"  # noqa: PLR2004 -- habit


def usual_sum(category: int, rng: Chance) -> int:
    """Draw the price of a contract in fen, mostly a round sum."""
    kind = CATEGORIES[category]
    yuan = float(np.clip(kind.median * np.exp(rng.normal(0, kind.sigma)), 380, 1_900_000))
    step = 100 if yuan > 20_000 and rng.random() < 0.6 else 10 if yuan > 2_000 else 1  # noqa: PLR2004 -- rounding
    cents = int(rng.integers(0, 100)) if rng.random() < 0.2 else 0  # noqa: PLR2004 -- odd sums
    return int(yuan // step * step) * 100 + cents


def moment(when: int, rng: Chance) -> int:
    """Return seconds within the office hours of the next working day."""
    return workday(when) * DAY + int(rng.integers(8 * 3600 + 1800, 17 * 3600))


def desk(world: World, division: int, fen: int, when: int, rng: Chance) -> int:
    """Return who signs for a sum: the secretary or director, in towns the head or deputy."""
    large = fen >= 10 * WAN or rng.random() < 0.4  # noqa: PLR2004 -- habit
    if division >= world.geo.villages:
        role = Role.TOWN_HEAD if large else Role.TOWN_DEPUTY
    else:
        role = Role.SECRETARY if large else Role.DIRECTOR
    return world.offices.holder(role, division, when)


def _actors(world: World, order: Order, rng: Chance) -> Actors:
    """Return the persons of the six steps; supervisors follow and evaluate."""
    hold = world.offices.holder
    place, when = order.division, order.signed
    approver = order.approver if order.approver >= 0 else desk(world, place, order.fen, when, rng)
    if place >= world.geo.villages:
        clerk, mate = hold(Role.TOWN_FINANCE, place, when), hold(Role.TOWN_STATION, place, when)
        return Actors(mate, approver, clerk, mate, clerk, clerk)
    roles = (Role.ACCOUNTANT, Role.OVERSEER, Role.DEPUTY, Role.OVERSEER_MEMBER)
    account, overseer, deputy, member = (hold(r, place, when) for r in roles)
    return Actors(account, approver, overseer, deputy, member, overseer)


def _bids(order: Order, rng: Chance) -> tuple[Bid, ...]:
    """Return the winner's and the rivals' offers, the winner's mostly the lowest."""
    if not order.rivals:
        return ()
    base = order.signed - int(rng.integers(3, 9))
    bids = [Bid(order.firm, order.fen, moment(base, rng), won=True)]
    for rival in order.rivals:
        price = int(order.fen * (1 + abs(rng.normal(0.04, 0.05))) / 100) * 100
        bids.append(Bid(rival, price, moment(base - int(rng.integers(0, 3)), rng), won=False))
    return tuple(sorted(bids, key=lambda b: (b.at, b.firm)))


def _steps(order: Order, completed: int, rng: Chance) -> tuple[int, ...]:
    """Return the seconds of the six steps, from application to evaluation."""
    approval = order.signed - int(rng.integers(1, 6))
    application = approval - int(rng.integers(3, 21))
    feedback = completed + int(rng.integers(1, 15))
    days = (
        application,
        approval,
        approval + int(rng.integers(0, 3)),
        order.signed + int(rng.integers(1, 9)),
        feedback,
        feedback + int(rng.integers(3, 20)),
    )
    seconds: list[int] = []
    for when in days:
        at = moment(when, rng)
        seconds.append(max(at, seconds[-1] + 600) if seconds else at)
    return tuple(seconds)


def signed_award(world: World, order: Order, rng: Chance) -> Award:
    """Turn an order into a contract with its bids and the matter that approved it."""
    length = int(rng.integers(2, 10) if order.fen < 3 * WAN else rng.integers(20, 110))
    completed = workday(order.signed + length)
    group = int(rng.integers(1, 7))
    title = world.geo.unit_name(order.division) + CATEGORIES[order.category].title.format(
        group=group
    )
    tendered = order.method in ("open", "invited")
    announced = order.signed - int(rng.integers(12, 30)) if tendered else NEVER
    return Award(
        order=order,
        title=title,
        announced=announced,
        completed=completed,
        actors=_actors(world, order, rng),
        bids=_bids(order, rng),
        steps=_steps(order, completed, rng),
    )


def _shares(fen: int, rng: Chance) -> list[int]:
    """Split a price into instalments in fen."""
    if fen < 3 * WAN:
        return [fen]
    parts = 2 if fen < 10 * WAN else int(rng.integers(2, 4))
    if rng.random() < 0.25:  # noqa: PLR2004 -- paid at once
        return [fen]
    weights = rng.dirichlet(np.full(parts, 8.0))
    cut = [int(fen * w) // 10_000 * 10_000 for w in weights[:-1]]
    return [*cut, fen - sum(cut)]


def pay_instalments(award: Award, number: int, ledger: Ledger, rng: Chance) -> None:
    """Pay a contract from the body's account to the firm's."""
    order = award.order
    shares = _shares(order.fen, rng)
    begin = order.signed + int(rng.integers(6, 25))
    end = award.completed + int(rng.integers(5, 60))
    for share, when in zip(shares, np.linspace(end, begin, len(shares))[::-1], strict=True):
        at = moment(int(when) + int(rng.integers(0, 6)), rng)
        ledger.pay(
            Entry(
                at=at,
                fen=share,
                payer=body_slot(order.division),
                payee=firm_slot(order.firm),
                purpose="工程款" if CATEGORIES[order.category].median > 30_000 else "采购款",  # noqa: PLR2004 -- works
                contract=number,
                matter=number,
                division=order.division,
            )
        )


@dataclass(frozen=True, slots=True)
class Market:
    """Who can serve a category, and how much each body likes each firm."""

    able: tuple[Ints, ...]
    liking: Reals
    """By [division, firm]; 0 where somebody with power over the division is tied to the firm."""

    def choose(self, division: int, category: int, count: int, rng: Chance) -> list[int]:
        """Draw distinct firms that nobody with power over the division is tied to."""
        able = self.able[category]
        weight = self.liking[division, able]
        size = min(count, int(np.count_nonzero(weight)))
        if not size:
            return []
        drawn = rng.choice(able, size, replace=False, p=weight / weight.sum())
        return [int(f) for f in drawn]


def open_market(world: World, rng: Chance) -> Market:
    """Draw regular suppliers: near firms and old acquaintances get more orders."""
    firms = world.book.firms
    geo = world.geo
    able: list[list[int]] = [[] for _ in CATEGORIES]
    for number, firm in enumerate(firms):
        if firm.public_work and firm.look.registered < START:
            for category in categories_for(firm.trade):
                able[category].append(number)
    towns = np.array([f.town for f in firms])
    own = np.append(geo.town_of, np.arange(geo.villages, len(geo.codes)))
    near = np.where(towns[None, :] == own[:, None], 5.0, 0.5)
    near[:, towns == geo.county] = 1.0
    liking = near * np.exp(rng.normal(0, 1.0, near.shape))
    for number in range(len(firms)):
        for division in range(len(geo.codes)):
            if world.barred(number, division):
                liking[division, number] = 0.0
    return Market(tuple(np.array(a, dtype=np.int64) for a in able), liking)


def _ordered(market: Market, division: int, rng: Chance) -> Order | None:
    """Draw one ordinary order of a body; none if no free firm serves the category."""
    weights = np.array([c.weight for c in CATEGORIES])
    category = int(rng.choice(len(CATEGORIES), p=weights / weights.sum()))
    fen = usual_sum(category, rng)
    method = usual_method(fen, rng)
    wanted = {"open": int(rng.integers(4, 7)), "invited": int(rng.integers(3, 5))}.get(method, 1)
    firms = market.choose(division, category, wanted, rng)
    if not firms:
        return None
    if method in ("open", "invited") and len(firms) < 3:  # noqa: PLR2004 -- a tender needs three
        method, firms = "negotiated", firms[:1]
    signed = workday(START + int(rng.integers(20, END - START - 20)))
    return Order(division, firms[0], category, fen, method, signed, rivals=tuple(firms[1:]))


def ordinary_awards(
    world: World, market: Market, taken: dict[int, int], rng: Chance
) -> list[Award]:
    """Draw the ordinary contracts of all bodies; `taken` counts those a body has already signed."""
    awards: list[Award] = []
    for division in range(world.geo.county):
        rate = _VILLAGE_A_YEAR if division < world.geo.villages else _TOWN_A_YEAR
        years = (END - START) / 365
        count = int(rng.poisson(rate * years)) - taken.get(division, 0)
        for _ in range(max(count, 10)):
            order = _ordered(market, division, rng)
            if order is not None:
                awards.append(signed_award(world, order, rng))
    return awards
