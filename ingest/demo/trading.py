"""Ordinary money life of firms and public bodies: trade, taxes, dividends, deposits, expenses."""

from typing import Final

import numpy as np

from ingest.demo.calendar import END, START, YEAR, Ints, month_start, workday
from ingest.demo.chance import Chance
from ingest.demo.contracts import Award, moment
from ingest.demo.ledger import (
    BODY_SLOT,
    DAY,
    FIRM_SLOT,
    Entry,
    Ledger,
    Transfers,
    body_slot,
    firm_slot,
)
from ingest.demo.money import seconds_of
from ingest.demo.offices import COUNTY_ROLES, Role
from ingest.demo.trades import Trade
from ingest.demo.world import World

_TRADES_PER_FIRM: Final = 34
_RINGS: Final = 0.06
"""Rings of mutual trade per firm over the period."""

_DAYS: Final = END - START


def _open_firms(world: World) -> Ints:
    return np.array([n for n, f in enumerate(world.book.firms) if f.look.status == "active"])


def trade(world: World, ledger: Ledger, rng: Chance) -> None:
    """Firms buy from one another, each mostly from its few partners."""
    firms = _open_firms(world)
    partners = firms[rng.integers(0, len(firms), (len(firms), 6))]
    count = len(firms) * _TRADES_PER_FIRM
    row = rng.integers(0, len(firms), count)
    payee = partners[row, np.minimum(rng.geometric(0.35, count) - 1, 5)]
    fen = np.exp(rng.normal(14.2, 1.1, count)).astype(np.int64) // 1_000 * 1_000
    days = workday(START + rng.integers(0, _DAYS, count))
    words = np.array([ledger.word(w) for w in ("货款", "材料款", "运费", "租赁费", "服务费")])
    moved = Transfers(seconds_of(days, rng, 8, 18), fen, firms[row] + FIRM_SLOT, payee + FIRM_SLOT)
    ledger.add(ledger.block(moved, words[rng.integers(0, 5, count)]))


def rings(world: World, ledger: Ledger, rng: Chance) -> None:
    """Private firms settle in rings: goods one way, money round."""
    firms = _open_firms(world)
    count = max(2, int(len(firms) * _RINGS))
    for _ in range(count):
        ring = rng.permutation(firms)[: int(rng.integers(3, 6))].tolist()
        at = moment(START + int(rng.integers(10, _DAYS - 60)), rng)
        fen = int(rng.integers(20, 4_000)) * 10_000
        for payer, payee in zip(ring, [*ring[1:], ring[0]], strict=True):
            ledger.pay(Entry(at, fen, firm_slot(payer), firm_slot(payee), "货款"))
            at += int(rng.integers(DAY // 3, 9 * DAY))
            fen = int(fen * float(rng.uniform(0.8, 1.05))) // 100 * 100


def taxes(world: World, ledger: Ledger, rng: Chance) -> None:
    """Firms pay taxes by the quarter."""
    firms = np.repeat(_open_firms(world), 12)
    quarter = np.tile(np.arange(0, 36, 3), len(firms) // 12)
    days = workday(month_start(quarter) + rng.integers(8, 16, len(firms)))
    fen = np.exp(rng.normal(12.3, 1.2, len(firms))).astype(np.int64)
    office = np.full(len(firms), body_slot(len(world.geo.codes)))
    moved = Transfers(seconds_of(days, rng, 9, 17), fen, firms + FIRM_SLOT, office)
    ledger.add(ledger.block(moved, "税款"))


def dividends(world: World, ledger: Ledger, rng: Chance) -> None:
    """Firms pay their shareholders in spring."""
    for number, firm in enumerate(world.book.firms):
        owners = [h for h in firm.holders if h.role == "shareholder"]
        if firm.look.status != "active" or rng.random() < 0.45:  # noqa: PLR2004 -- years without profit
            continue
        for year in range(3):
            profit = float(np.exp(rng.normal(14.0, 0.9)))
            for owner in owners:
                payee = owner.person if owner.person >= 0 else firm_slot(owner.firm)
                when = START + int(year * YEAR) + int(rng.integers(90, 160))
                fen = int(profit * (owner.share or 0)) // 1_000 * 1_000
                if owner.start is None or owner.start < when:
                    ledger.pay(Entry(moment(when, rng), fen, firm_slot(number), payee, "分红"))


def _agents(world: World) -> list[int]:
    return [n for n, f in enumerate(world.book.firms) if f.trade is Trade.AGENT]


def deposits(world: World, awards: list[Award], ledger: Ledger, rng: Chance) -> None:
    """Bidders pay deposits to the body or an agent and get them back; winners secure the works."""
    agents = _agents(world)
    for number, award in enumerate(awards):
        order = award.order
        if not award.bids or rng.random() < 0.35:  # noqa: PLR2004 -- waived for small works
            continue
        by_agent = rng.random() < 0.5  # noqa: PLR2004 -- habit
        agent = agents[int(rng.integers(len(agents)))]
        desk = firm_slot(agent) if by_agent else body_slot(order.division)
        fen = max(order.fen // 50 // 10_000 * 10_000, 50_000)
        for bid in award.bids:
            paid = bid.at - int(rng.integers(1, 4)) * DAY
            back = moment(order.signed + int(rng.integers(3, 20)), rng)
            slot = firm_slot(bid.firm)
            ledger.pay(Entry(paid, fen, slot, desk, "投标保证金", number))
            ledger.pay(Entry(back, fen, desk, slot, "退还投标保证金", number))
        if rng.random() < 0.5:  # noqa: PLR2004 -- habit
            bond = max(order.fen // 20 // 10_000 * 10_000, 100_000)
            slot, body = firm_slot(order.firm), body_slot(order.division)
            early = moment(order.signed + int(rng.integers(1, 8)), rng)
            late = moment(award.completed + int(rng.integers(30, 200)), rng)
            ledger.pay(Entry(early, bond, slot, body, "履约保证金", number))
            ledger.pay(Entry(late, bond, body, slot, "退还履约保证金", number))


def office_pay(world: World, ledger: Ledger, rng: Chance) -> None:
    """Pay the office-holders of villages, towns and the county by the quarter."""
    rows: list[tuple[int, int, int, int, int]] = []
    for post in world.offices.posts:
        if post.role is Role.GROUP_LEADER or post.end < START:
            continue
        upper = post.role in COUNTY_ROLES or post.role.name.startswith("TOWN_")
        fen = int(rng.integers(52, 88) if upper else rng.integers(40, 110)) * 10_000
        rows.append((post.person, post.division, max(post.start, START), min(post.end, END), fen))
    person, division, begin, finish, fen = np.array(rows).T
    for month in range(2, 36, 3):
        payday = int(workday(int(month_start(month)) + 19))
        now = (begin <= payday) & (payday <= finish)
        count = int(now.sum())
        days = np.full(count, payday)
        payer = division[now] + BODY_SLOT
        moved = Transfers(seconds_of(days, rng, 9, 11), fen[now], payer, person[now])
        ledger.add(ledger.block(moved, "村干部误工补贴"))


def expenses(world: World, ledger: Ledger, rng: Chance) -> None:
    """Public bodies pay for light, paper and printing; the county funds villages and towns."""
    divisions = np.arange(world.geo.county)
    count = len(divisions) * 30
    firms = _open_firms(world)
    desk = (Trade.SHOP, Trade.OFFICE, Trade.PRINTING, Trade.POWER, Trade.CATERING)
    sellers = np.array([n for n in firms.tolist() if world.book.firms[n].trade in desk])
    body = np.repeat(divisions, 30)
    seller = sellers[rng.integers(0, len(sellers), count)]
    fen = np.exp(rng.normal(10.9, 0.8, count)).astype(np.int64) // 100 * 100
    days = workday(START + rng.integers(0, _DAYS, count))
    words = np.array([ledger.word(w) for w in ("电费", "办公费", "维修费", "印刷费", "接待餐费")])
    free = ~np.array(
        [world.barred(int(s), int(d)) for s, d in zip(seller, body, strict=True)], dtype=bool
    )
    at = seconds_of(days, rng, 9, 17)
    moved = Transfers(at[free], fen[free], body[free] + BODY_SLOT, seller[free] + FIRM_SLOT)
    ledger.add(ledger.block(moved, words[rng.integers(0, 5, int(free.sum()))]))
    grant = np.repeat(divisions, 12)
    quarter = np.tile(np.arange(0, 36, 3), len(divisions))
    funded = workday(month_start(quarter) + rng.integers(4, 20, len(grant)))
    sums = rng.integers(30, 400, len(grant)) * 100_000
    payer = np.full(len(grant), body_slot(world.geo.county))
    moved = Transfers(seconds_of(funded, rng, 9, 17), sums, payer, grant + BODY_SLOT)
    ledger.add(ledger.block(moved, "转移支付"))


def public_life(world: World, awards: list[Award], ledger: Ledger, rng: Chance) -> None:
    """Let firms and public bodies do their ordinary business."""
    for part in (trade, rings, taxes, dividends, office_pay, expenses):
        part(world, ledger, rng)
    deposits(world, awards, ledger, rng)
