"""Money that moves in suspicious-looking ways for ordinary reasons."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from graphengine.language import Text
from ingest.demo.calendar import END, START
from ingest.demo.contracts import WAN, moment
from ingest.demo.ledger import DAY, Entry, body_slot, firm_slot
from ingest.demo.stage import WORKS, Stage, Work
from ingest.demo.trades import SHELLS, Trade
from ingest.demo.truth import Decoy

RULE: Final = "circular-flow"


@dataclass(frozen=True, slots=True)
class _Seen:
    """Which payments of a village look suspicious, and as what."""

    kind: str
    village: int
    mark: int


def _note(stage: Stage, seen: _Seen, subjects: tuple[int, ...], why: Text) -> None:
    stage.decoys.append(Decoy(RULE, seen.kind, seen.village, subjects, why, mark=seen.mark))


def _some_day(stage: Stage, lead: int = 60, tail: int = 200) -> int:
    return START + int(stage.rng.integers(lead, END - START - tail))


def trade_ring(stage: Stage, village: int) -> bool:
    """Let private firms pay one another in a ring."""
    rng = stage.rng
    firms: list[int] = []
    while len(firms) < int(rng.integers(3, 5)):
        firm = stage.contractor(village, (*SHELLS, Trade.BUILDING, Trade.HAULAGE))
        if firm not in firms:
            firms.append(firm)
    mark = stage.ledger.new_mark()
    fen = int(rng.integers(4, 30)) * WAN + int(rng.integers(0, 9_999)) * 100
    at = moment(_some_day(stage), rng)
    for payer, payee in zip(firms, [*firms[1:], firms[0]], strict=True):
        stage.ledger.pay(Entry(at, fen, firm_slot(payer), firm_slot(payee), "货款", mark=mark))
        at += int(rng.integers(DAY // 2, 6 * DAY))
        fen = int(fen * float(rng.uniform(0.9, 0.99)) / 100) * 100
    why = Text("民营企业之间的货款，与公款无关", "trade among private firms, no public money")
    _note(stage, _Seen("trade-ring", village, mark), tuple(firm_slot(f) for f in firms), why)
    return True


def deposit_agent(stage: Stage, village: int) -> bool:
    """Send a contractor's deposit through an agent to the village and back the same way."""
    rng, book = stage.rng, stage.world.book
    agents = [n for n, f in enumerate(book.firms) if f.trade is Trade.AGENT]
    agent = agents[int(rng.integers(len(agents)))]
    firm = stage.contractor(village, WORKS)
    tenures = stage.deciders(village)
    if not tenures:
        return False
    number = stage.sign(stage.order_from(firm, village, tenures[0]))
    order = stage.awards[number].order
    mark = stage.ledger.new_mark()
    fen = max(int(order.fen * float(rng.choice([0.05, 0.1, 0.3, 0.9]))) // 10_000 * 10_000, 50_000)
    route = [firm_slot(firm), firm_slot(agent), body_slot(village)]
    at = moment(order.signed + int(rng.integers(3, 45)), rng)
    back = max(at + 90 * DAY, stage.awards[number].completed * DAY)
    for leg, start, word in (
        (route, at, "履约保证金"),
        (route[::-1], back, "退还履约保证金"),
    ):
        when = start
        for payer, payee in pairwise(leg):
            stage.ledger.pay(Entry(when, fen, payer, payee, word, contract=number, mark=mark))
            when += int(rng.integers(DAY // 3, 4 * DAY))
    why = Text("履约保证金经代理机构缴纳并全额退还", "a deposit paid through an agent and refunded")
    _note(stage, _Seen("deposit-agent", village, mark), tuple(route), why)
    return True


def contractor_wages(stage: Stage, village: int) -> bool:
    """Let the village's contractor pay an official's kin for work done on the site."""
    rng = stage.rng
    for tenure in stage.deciders(village):
        kin = stage.free(stage.world.seen.near(tenure.person), 20, 62)
        if not kin:
            continue
        firm = stage.contractor(village, WORKS)
        number = stage.sign(stage.order_from(firm, village, tenure))
        award = stage.awards[number]
        mark = stage.ledger.new_mark()
        for month in range(int(rng.integers(2, 5))):
            days = int(rng.integers(8, 25))
            wage = min(days * int(rng.integers(110, 190)) * 100, max(award.order.fen // 12, 60_000))
            begin = award.order.signed + 3 + 30 * month
            at = moment(begin + days + 4, rng)
            stage.work.append(Work(kin[0], number, begin, days, wage, at))
            stage.ledger.pay(Entry(at, wage, firm_slot(firm), kin[0], "工资", mark=mark))
        stage.cast(tenure.person, {kin[0]})
        why = Text("真实用工的工资，占合同额很小", "wages for real work, a small part of the price")
        subjects = (tenure.person, kin[0], firm_slot(firm))
        _note(stage, _Seen("contractor-wages", village, mark), subjects, why)
        return True
    return False


def private_loan(stage: Stage, village: int) -> bool:
    """Repay a private loan to a contractor, given before the contract's money came."""
    rng = stage.rng
    for tenure in stage.deciders(village):
        kin = stage.free(stage.world.seen.near(tenure.person), 25, 70)
        if not kin:
            continue
        firm = stage.contractor(village, WORKS)
        number = stage.sign(stage.order_from(firm, village, tenure))
        award = stage.awards[number]
        mark = stage.ledger.new_mark()
        fen = max(int(award.order.fen * float(rng.uniform(0.2, 0.6))) // WAN * WAN, WAN)
        lent = moment(max(award.order.signed - int(rng.integers(40, 200)), START + 5), rng)
        paid = moment(award.completed + int(rng.integers(20, 90)), rng)
        interest = int(fen * float(rng.uniform(0.01, 0.07))) // 100 * 100
        one = firm_slot(firm)
        stage.ledger.pay(Entry(lent, fen, kin[0], one, "借款", mark=mark))
        stage.ledger.pay(Entry(paid, fen + interest, one, kin[0], "归还借款本息", mark=mark))
        stage.cast(tenure.person, {kin[0]})
        why = Text("先有借款，后按期还本付息", "repayment with interest of an earlier, dated loan")
        _note(stage, _Seen("private-loan", village, mark), (tenure.person, kin[0], one), why)
        return True
    return False


def small_donation(stage: Stage, village: int) -> bool:
    """Let a supplier give the village a small sum for its festival."""
    rng = stage.rng
    tenures = stage.deciders(village)
    if not tenures:
        return False
    firm = stage.contractor(village, WORKS)
    number = stage.sign(stage.order_from(firm, village, tenures[0]))
    mark = stage.ledger.new_mark()
    fen = max(int(stage.awards[number].order.fen * float(rng.uniform(0.01, 0.05))), 20_000)
    at = moment(stage.awards[number].completed + int(rng.integers(5, 90)), rng)
    fen = fen // 10_000 * 10_000
    stage.ledger.pay(Entry(at, fen, firm_slot(firm), body_slot(village), "重阳节捐款", mark=mark))
    why = Text("小额公开捐款，远小于合同额", "a small open gift, far below the contract's price")
    parties = (body_slot(village), firm_slot(firm))
    _note(stage, _Seen("small-donation", village, mark), parties, why)
    return True


def land_rent(stage: Stage, village: int) -> bool:
    """Let a lessee collect the rent of a shared field from neighbours and pay the village."""
    rng = stage.rng
    fit = stage.free(stage.world.residents(village).tolist(), 28, 65)
    if len(fit) < 12:  # noqa: PLR2004 -- a dozen neighbours
        return False
    lessee, payers = fit[0], fit[1 : 1 + int(rng.integers(6, 12))]
    mark = stage.ledger.new_mark()
    rent = int(rng.integers(18, 60)) * 1_000
    for year in range(3):
        due = START + 365 * year + int(rng.integers(175, 190))
        for payer in payers:
            at = (due + int(rng.integers(0, 5))) * DAY + int(rng.integers(30_000, 75_000))
            fen = rent * int(rng.integers(2, 7))
            stage.ledger.pay(Entry(at, fen, payer, lessee, "土地租金", mark=mark))
        total = int(np.sum([rent * 4 for _ in payers]))
        at = moment(due + int(rng.integers(6, 15)), rng)
        stage.ledger.pay(Entry(at, total, lessee, body_slot(village), "土地租金", mark=mark))
    stage.cast(lessee, {lessee})
    why = Text("承租人代收并上交土地租金", "a lessee collects land rent and hands it in")
    parties = (lessee, body_slot(village), *payers)
    _note(stage, _Seen("land-rent", village, mark), parties, why)
    return True
