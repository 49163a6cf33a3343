"""Ordinary money life of families: wages, shopping, gifts among kin, rent, loans."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from ingest.demo.calendar import END, START, Flags, Ints, month_start, workday
from ingest.demo.chance import Chance, happens
from ingest.demo.ledger import DAY, FIRM_SLOT, Ledger, Transfers
from ingest.demo.trades import Trade
from ingest.demo.world import World

_DAYS: Final = END - START + 1
_SHOPPING_PER_PERSON: Final = 1.25
_GIFTS_PER_PERSON: Final = 1.15
_DENSITY: Final = (25_000, 500_000, 1.0, 2.1)
"""From the first to the second size of county the small everyday payments grow by these factors:
banks of large counties also report what people pay in shops by phone."""


@dataclass(frozen=True, slots=True)
class Crowd:
    """Those who pay and are paid: adults, shops, employers, and how busy everyday life is."""

    world: World
    adults: Ints
    shops: Ints
    employers: Ints
    density: float


def crowd(world: World) -> Crowd:
    """Gather the adults and firms of everyday life."""
    people = world.people
    fit = people.present(END) & (people.age(START) >= 18)  # noqa: PLR2004 -- of age
    adults = np.flatnonzero(fit)
    firms = world.book.firms
    open_firms = [n for n, f in enumerate(firms) if f.look.status == "active"]
    retail = (Trade.SHOP, Trade.CATERING, Trade.FARMING, Trade.TRADING)
    shops = [n for n in open_firms if firms[n].trade in retail]
    employers = [n for n in open_firms if firms[n].look.employees >= 3]  # noqa: PLR2004 -- pays by bank
    low, high, least, most = _DENSITY
    place = np.clip((np.log(len(adults) * 1.25) - np.log(low)) / np.log(high / low), 0, 1)
    return Crowd(
        world=world,
        adults=adults,
        shops=np.array(shops),
        employers=np.array(employers),
        density=float(least + (most - least) * place),
    )


def seconds_of(days: Ints, rng: Chance, opens: int = 7, closes: int = 22) -> Ints:
    """Return a moment of each day between two hours."""
    return np.asarray(days * DAY + rng.integers(opens * 3600, closes * 3600, len(days)), np.int64)


def any_days(count: int, rng: Chance) -> Ints:
    """Draw days of the period; the weeks before Spring Festival are busier."""
    days = START + rng.integers(0, _DAYS, count)
    festive = happens(rng, 0.12, count)
    eve = np.array([START + 20, START + 375, START + 760])[rng.integers(0, 3, count)]
    return np.where(festive, eve + rng.integers(0, 22, count), days)


def _round(fen: Ints, rng: Chance) -> Ints:
    """Round most sums to whole yuan, many to tens."""
    kind = rng.random(len(fen))
    tens = fen // 1_000 * 1_000
    whole = fen // 100 * 100
    return np.maximum(np.where(kind < 0.5, tens, np.where(kind < 0.85, whole, fen)), 100)  # noqa: PLR2004 -- habit


def shopping(who: Crowd, ledger: Ledger, rng: Chance) -> None:
    """Let people pay shops."""
    count = int(len(who.adults) * 1.25 * _SHOPPING_PER_PERSON * who.density)
    payer = who.adults[rng.integers(0, len(who.adults), count)]
    shop = who.shops[rng.integers(0, len(who.shops), count)]
    fen = _round(np.exp(rng.normal(9.6, 1.1, count)).astype(np.int64), rng)
    at = seconds_of(any_days(count, rng), rng)
    ledger.add(ledger.block(Transfers(at, fen, payer, shop + FIRM_SLOT), "消费"))


def gifts(who: Crowd, ledger: Ledger, rng: Chance) -> None:
    """Let kin send each other money: children, parents, spouses."""
    count = int(len(who.adults) * 1.25 * _GIFTS_PER_PERSON * who.density)
    tree = who.world.people.tree
    one = who.adults[rng.integers(0, len(who.adults), count)]
    kind = rng.integers(0, 4, count)
    other = np.choose(
        kind, [tree.father[one], tree.mother[one], tree.spouse[one], tree.father[one]]
    )
    grown = np.zeros(len(tree), dtype=bool)
    grown[who.adults] = True
    back = happens(rng, 0.5, count)
    payer, payee = np.where(back, one, other), np.where(back, other, one)
    fine = (other >= 0) & grown[np.maximum(other, 0)]
    fen = _round(np.exp(rng.normal(11.0, 1.0, count)).astype(np.int64), rng)
    words = np.array([ledger.word(w) for w in ("转账", "生活费", "红包", "转账")])
    at = seconds_of(any_days(count, rng), rng)
    moved = Transfers(at[fine], fen[fine], payer[fine], payee[fine])
    ledger.add(ledger.block(moved, words[kind][fine]))


def neighbours(who: Crowd, ledger: Ledger, rng: Chance) -> None:
    """Let neighbours and friends pay each other: odd jobs, produce, weddings."""
    count = int(len(who.adults) * 0.75 * who.density)
    at = rng.integers(0, len(who.adults), count)
    step = rng.integers(1, 400, count)
    village = who.world.people.tree.village[who.adults]
    order = np.argsort(village, kind="stable")
    payer = who.adults[order[at]]
    payee = who.adults[order[(at + step) % len(order)]]
    fen = _round(np.exp(rng.normal(10.6, 0.9, count)).astype(np.int64), rng)
    words = np.array([ledger.word(w) for w in ("转账", "礼金", "农产品款", "零工", "还款")])
    moved = Transfers(seconds_of(any_days(count, rng), rng), fen, payer, payee)
    ledger.add(ledger.block(moved, words[rng.integers(0, 5, count)]))


def wages(who: Crowd, ledger: Ledger, rng: Chance) -> None:
    """Pay wages by the month; part of the staff stays only for some months."""
    staff = max(20, int(len(who.adults) * 0.03))
    worker = rng.permutation(who.adults)[:staff]
    employer = who.employers[rng.integers(0, len(who.employers), staff)]
    first = np.where(happens(rng, 0.5, staff), 0, rng.integers(0, 30, staff))
    last = np.minimum(first + rng.integers(6, 40, staff), 35)
    count = last - first + 1
    row = np.repeat(np.arange(staff), count)
    month = np.arange(len(row)) - np.repeat(np.cumsum(count) - count, count) + first[row]
    payday = employer % 14 + 8
    days = workday(month_start(month) + payday[row])
    base = rng.integers(26, 68, staff) * 10_000
    fen = base[row] + rng.integers(-3, 6, len(row)) * 5_000
    moved = Transfers(seconds_of(days, rng, 9, 17), fen, employer[row] + FIRM_SLOT, worker[row])
    ledger.add(ledger.block(moved, "工资"))


def _monthly(pairs: tuple[Ints, Ints], fen: Ints, word: str, ledger: Ledger, rng: Chance) -> None:
    """Let each pair repeat a payment for some months."""
    size = len(fen)
    first = rng.integers(0, 24, size)
    count = np.minimum(rng.integers(6, 37, size), 36 - first)
    row = np.repeat(np.arange(size), count)
    month = np.arange(len(row)) - np.repeat(np.cumsum(count) - count, count) + first[row]
    days = month_start(month) + rng.integers(0, 6, len(row))
    moved = Transfers(seconds_of(days, rng), fen[row], pairs[0][row], pairs[1][row])
    ledger.add(ledger.block(moved, word))


def rents(who: Crowd, ledger: Ledger, rng: Chance) -> None:
    """Let some people rent a flat or a shop."""
    size = max(4, len(who.adults) // 260)
    drawn = rng.permutation(who.adults)[: 2 * size]
    fen = rng.integers(3, 16, size) * 10_000
    _monthly((drawn[:size], drawn[size:]), fen, "房租", ledger, rng)


def loans(who: Crowd, ledger: Ledger, rng: Chance) -> None:
    """Lend and borrow privately; most loans are repaid with a little interest."""
    size = max(6, len(who.adults) // 70)
    lender = who.adults[rng.integers(0, len(who.adults), size)]
    borrower = who.adults[rng.integers(0, len(who.adults), size)]
    fen = rng.integers(2, 80, size) * 100_000
    days = START + rng.integers(0, _DAYS, size)
    ledger.add(ledger.block(Transfers(seconds_of(days, rng), fen, lender, borrower), "借款"))
    paid = happens(rng, 0.8, size)
    later = days + rng.integers(30, 500, size)
    back = (fen * (1 + rng.uniform(0, 0.08, size))).astype(np.int64) // 100 * 100
    moved = Transfers(seconds_of(later, rng), back, borrower, lender)
    ledger.add(ledger.block(_only(moved, paid), "还款"))


def _only(moved: Transfers, kept: Flags) -> Transfers:
    return Transfers(moved.at[kept], moved.fen[kept], moved.payer[kept], moved.payee[kept])


def family_life(world: World, ledger: Ledger, rng: Chance) -> None:
    """Let all families live."""
    who = crowd(world)
    for part in (shopping, gifts, neighbours, wages, rents, loans):
        part(who, ledger, rng)
