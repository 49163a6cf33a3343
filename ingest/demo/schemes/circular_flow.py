"""Public money that comes back: to the same account, or to the approver's household or kin."""

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

import numpy as np

from ingest.demo.calendar import END
from ingest.demo.contracts import WAN, Order, moment
from ingest.demo.ledger import DAY, Entry, body_slot, firm_slot
from ingest.demo.stage import PURCHASES, WORKS, Stage, Tenure
from ingest.demo.truth import Scheme

RULE: Final = "circular-flow"
SHAPES: Final = ("back-to-village", "household", "kin", "long", "small")
_CLOSINGS: Final = ("back-to-village", "household", "kin")
_BETWEEN_FIRMS: Final = ("材料款", "咨询费", "劳务费", "货款", "往来款", "设备租金", "服务费")
_TO_PERSONS: Final = ("借款", "往来款", "还款", "劳务费", "转账", "备用金")
_BACK: Final = ("捐赠村集体", "退款", "往来款", "赞助费", "退回多付款")


@dataclass(frozen=True, slots=True)
class _Route:
    """Accounts from the contractor on, the last being where the money ends."""

    tenure: Tenure
    accounts: tuple[int, ...]
    person: int
    """Who holds the last account, -1 for the public body itself."""


def _closing(stage: Stage, tenure: Tenure, shape: str) -> int | None:
    """Return whose account the money ends in: -1 the public body's own, None if nobody fits."""
    if shape == "back-to-village":
        return -1
    world = stage.world
    if shape == "household":
        partners = [p for p in world.seen.spouses({tenure.person}) if world.people.death[p] > END]
        return partners[0] if partners and stage.rng.random() < 0.6 else tenure.person  # noqa: PLR2004 -- mostly the spouse
    scope = world.seen.in_scope(tenure.person) - world.seen.spouses({tenure.person})
    home = world.people.household
    scope = {p for p in scope if home[p] != home[tenure.person]}
    found = stage.free(scope & world.kin.in_scope(tenure.person), 19, 75)
    return found[0] if found else None


def _route(stage: Stage, village: int, tenure: Tenure, shape: str) -> _Route | None:
    """Choose the accounts that the money passes through: contractor, go-betweens, the end."""
    rng = stage.rng
    closing = _CLOSINGS[int(rng.integers(3))] if shape in ("long", "small") else shape
    person = _closing(stage, tenure, closing)
    if person is None:
        return None
    contractor = stage.contractor(village, (*PURCHASES, *WORKS) if shape == "small" else WORKS)
    accounts = [firm_slot(contractor)]
    ends = 2 if person < 0 else 3
    wanted = int(rng.integers(5, 9)) - ends if shape == "long" else int(rng.integers(1, 3))
    while len(accounts) <= wanted:
        straw = len(accounts) >= 2 and rng.random() < 0.4  # noqa: PLR2004 -- straw persons in long chains
        slot = stage.world.book.outsider() if straw else firm_slot(stage.shell(village))
        if slot not in accounts:
            accounts.append(slot)
    last = person if person >= 0 else body_slot(village)
    return _Route(tenure, (*accounts, last), person)


def _order(stage: Stage, village: int, route: _Route, *, small: bool) -> Order:
    """Draw the contract whose price sets the money moving; half of the larger are tendered."""
    rng = stage.rng
    ceiling = int(2.95 * WAN) if small else 39 * WAN
    floor = int(0.6 * WAN) if small else int(3.5 * WAN)
    firm = route.accounts[0] - firm_slot(0)
    order = stage.order_from(firm, village, route.tenure, ceiling)
    least = int(rng.integers(floor, floor * 3)) // 10_000 * 10_000
    order = replace(order, fen=min(max(order.fen, least), ceiling))
    if small:
        return replace(order, method="small")
    if rng.random() < 0.5:  # noqa: PLR2004 -- a tender for show
        return stage.rivals(replace(order, method="invited"), int(rng.integers(2, 4)))
    return order


def _purpose(stage: Stage, payee: int, *, last: bool) -> str:
    words: tuple[str, ...] = _BACK if last and payee >= body_slot(0) else _TO_PERSONS
    if firm_slot(0) <= payee < body_slot(0):
        words = _BETWEEN_FIRMS
    return words[int(stage.rng.integers(len(words)))]


def _round_trip(stage: Stage, village: int, route: _Route, small: bool, mark: int) -> int:  # noqa: FBT001 -- two words
    """Sign one contract, pay it and pass the money on; return the contract's number."""
    rng = stage.rng
    order = _order(stage, village, route, small=small)
    number = stage.sign_only(order)
    at = moment(min(stage.awards[number].completed + int(rng.integers(3, 30)), END - 45), rng)
    at = max(at, moment(order.signed + 1, rng))
    fen = order.fen
    stage.ledger.pay(
        Entry(
            at, fen, body_slot(village), route.accounts[0], "工程款", number, number, village, mark
        )
    )
    longest = 30 * DAY // (len(route.accounts) + 1)
    for payer, payee in pairwise(route.accounts):
        at += int(np.clip(rng.lognormal(11.3, 0.9), 2_400, longest))
        kept = int(fen * float(rng.uniform(0.855, 0.988)))
        unit = (100_000, 10_000, 100, 1)[int(rng.integers(4))]
        fen = kept // unit * unit if kept // unit * unit > fen * 0.85 else kept
        purpose = _purpose(stage, payee, last=payee == route.accounts[-1])
        stage.ledger.pay(Entry(at, fen, payer, payee, purpose, mark=mark))
    return number


def planted(stage: Stage, village: int, shape: str) -> bool:
    """Plant one circular flow in a village; False when nobody fits."""
    for tenure in stage.deciders(village):
        route = _route(stage, village, tenure, shape)
        if route is None:
            continue
        stage.cast(tenure.person, {route.person} - {-1, tenure.person})
        mark = stage.ledger.new_mark()
        rounds = 2 if stage.rng.random() < 0.3 else 1  # noqa: PLR2004 -- some do it again
        for _ in range(rounds):
            _round_trip(stage, village, route, shape == "small", mark)
        subjects = dict.fromkeys((body_slot(village), tenure.person, *route.accounts))
        stage.schemes.append(
            Scheme(RULE, shape, village, tenure.person, tuple(subjects), mark=mark)
        )
        return True
    return False
