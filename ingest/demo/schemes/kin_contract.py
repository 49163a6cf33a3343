"""Contracts without tender to firms of an official's kin, approved by the official."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from ingest.demo.contracts import WAN
from ingest.demo.firms import Firm, Holder
from ingest.demo.ledger import DAY, Entry, firm_slot
from ingest.demo.stage import PURCHASES, WORKS, Stage, Tenure
from ingest.demo.trades import Trade
from ingest.demo.truth import Scheme

RULE: Final = "kin-contract"


@dataclass(frozen=True, slots=True)
class _Tie:
    """An official, the kin behind the firm, and the firms in between."""

    tenure: Tenure
    kin: int
    firm: int
    between: tuple[int, ...] = ()
    nominees: tuple[int, ...] = ()
    profits: bool = False


def _trade(stage: Stage, trades: tuple[Trade, ...]) -> Trade:
    return trades[int(stage.rng.integers(len(trades)))]


def _town(stage: Stage, person: int) -> int:
    return int(stage.world.geo.town_of[stage.world.people.tree.village[person]])


def _owned(stage: Stage, kin: int, trades: tuple[Trade, ...]) -> int:
    """Found a firm that kin owns: alone, with a partner, as a minority, or only manages."""
    book, rng = stage.world.book, stage.rng
    throw = rng.random()
    trade, town = _trade(stage, trades), _town(stage, kin)
    if throw < 0.6:  # noqa: PLR2004 -- owner
        other = book.outsider() if throw < 0.25 else None  # noqa: PLR2004 -- with a partner
        return book.owned(trade, town, kin, other)
    firm = book.owned(trade, town, book.outsider())
    one = book.firms[firm]
    since = one.look.registered
    share = round(float(rng.uniform(0.08, 0.45)), 2)
    if throw < 0.85:  # noqa: PLR2004 -- minority
        rest = tuple(replace(h, share=round(1 - share, 2)) if h.share else h for h in one.holders)
        book.change(
            firm,
            replace(one, holders=(*rest, Holder("shareholder", kin, share=share, start=since))),
        )
    else:
        rest = tuple(h for h in one.holders if h.role != "manager")
        book.change(firm, replace(one, holders=(*rest, Holder("manager", kin, start=since))))
    return firm


def _direct(stage: Stage, tenure: Tenure, kin: int) -> _Tie:
    return _Tie(tenure, kin, _owned(stage, kin, WORKS))


def _small(stage: Stage, tenure: Tenure, kin: int) -> _Tie:
    return _Tie(tenure, kin, _owned(stage, kin, PURCHASES))


def _holding(stage: Stage, tenure: Tenure, kin: int) -> _Tie:
    """Put one or two holding firms between the kin and the contractor."""
    book, rng = stage.world.book, stage.rng
    county = stage.world.geo.county
    top = book.owned(Trade.HOLDING, county, kin)
    chain = [top]
    if rng.random() < 0.5:  # noqa: PLR2004 -- one or two
        chain.append(_owned_by(stage, Trade.HOLDING, top))
    firm = _owned_by(stage, _trade(stage, WORKS), chain[-1])
    return _Tie(tenure, kin, firm, tuple(chain))


def _owned_by(stage: Stage, trade: Trade, parent: int) -> int:
    """Found a firm that belongs to another firm for the greater part."""
    book, rng = stage.world.book, stage.rng
    front = book.outsider()
    number = book.owned(trade, stage.world.geo.county, front)
    one = book.firms[number]
    share = round(float(rng.uniform(0.51, 0.95)), 2)
    rest = tuple(replace(h, share=round(1 - share, 2)) if h.share else h for h in one.holders)
    parent_row = Holder("shareholder", firm=parent, share=share, start=one.look.registered)
    book.change(number, replace(one, holders=(parent_row, *rest)))
    return number


def _nominee(stage: Stage, tenure: Tenure, kin: int) -> _Tie:
    """Let an unrelated person hold the firm; a phone, a role or the profits give the kin away."""
    book, rng = stage.world.book, stage.rng
    front = book.outsider()
    number = book.owned(_trade(stage, WORKS), _town(stage, kin), front)
    one: Firm = replace(book.firms[number], backers=(kin,))
    phone = stage.world.people.phones[kin]
    sign = int(rng.integers(3))
    if sign == 0 and phone:
        one = replace(one, look=replace(one.look, phone=phone))
    elif sign == 1:
        row = Holder("beneficial_owner", kin, start=one.look.registered)
        one = replace(one, holders=(*one.holders, row))
    else:
        sign = 2
    book.change(number, one)
    return _Tie(tenure, kin, number, nominees=(front,), profits=sign == 2)  # noqa: PLR2004 -- third way


_SHAPES: Final[Mapping[str, Callable[[Stage, Tenure, int], _Tie]]] = {
    "direct": _direct,
    "holding": _holding,
    "nominee": _nominee,
    "two-hops": _direct,
    "small": _small,
}
SHAPES: Final = tuple(_SHAPES)


def _kin(stage: Stage, person: int, shape: str) -> list[int]:
    """Return kin fit for a shape, as far as the registers let one see the tie."""
    seen = stage.world.seen
    if shape == "two-hops":
        return stage.free(seen.remote(person) & stage.world.kin.in_scope(person))
    return stage.free(seen.near(person))


def _awarded(stage: Stage, village: int, tie: _Tie, *, small: bool) -> tuple[int, ...]:
    """Sign the firm's contracts: several small purchases, or a few larger works."""
    rng = stage.rng
    count = int(rng.integers(3, 7)) if small else 1 + int(rng.integers(0, 4))
    ceiling = int(2.9 * WAN) if small else 39 * WAN
    numbers: list[int] = []
    for _ in range(count):
        order = stage.order_from(tie.firm, village, tie.tenure, ceiling)
        if not small and order.fen >= 3 * WAN and rng.random() < 0.15:  # noqa: PLR2004 -- a token rival
            order = stage.rivals(replace(order, method="negotiated"), 1)
        numbers.append(stage.sign(order))
    return tuple(numbers)


def _pass_profits(stage: Stage, tie: _Tie, numbers: tuple[int, ...]) -> None:
    """Pay part of each contract's sum on to the kin's account, some weeks later."""
    rng = stage.rng
    for number in numbers:
        award = stage.awards[number]
        when = award.completed + int(rng.integers(70, 100))
        part = float(rng.uniform(0.15, 0.4))
        stage.ledger.pay(
            Entry(
                at=when * DAY + int(rng.integers(32_000, 76_000)),
                fen=int(award.order.fen * part) // 10_000 * 10_000 + 10_000,
                payer=firm_slot(tie.firm),
                payee=tie.kin,
                purpose=str(rng.choice(["分红", "利润", "往来款"])),
            )
        )


def planted(stage: Stage, village: int, shape: str) -> bool:
    """Plant one kin contract in a village; False when no official has kin of the kind."""
    for tenure in stage.deciders(village):
        candidates = _kin(stage, tenure.person, shape)
        if not candidates:
            continue
        kin = candidates[0]
        stage.cast(tenure.person, {kin})
        tie = _SHAPES[shape](stage, tenure, kin)
        numbers = _awarded(stage, village, tie, small=shape == "small")
        if tie.profits:
            _pass_profits(stage, tie, numbers)
        _note(stage, village, shape, tie, numbers)
        return True
    return False


def _note(stage: Stage, village: int, shape: str, tie: _Tie, numbers: tuple[int, ...]) -> None:
    orders = [stage.awards[n].order for n in numbers]
    firms = tuple(firm_slot(f) for f in (*tie.between, tie.firm))
    stage.schemes.append(
        Scheme(
            rule=RULE,
            shape=shape,
            division=village,
            official=tie.tenure.person,
            subjects=(tie.tenure.person, tie.kin, *tie.nominees, *firms),
            contracts=numbers,
            fen=sum(o.fen for o in orders),
            start=min(o.signed for o in orders),
            end=max(o.signed for o in orders),
        )
    )
