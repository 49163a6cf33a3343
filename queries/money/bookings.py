"""Explanations that stand in the books: deposits, loans, wages, benefits, rent.

A label is written by whoever pays; what counts is money that went the other way before, or a row of
the labour, benefit, lease or tender register. A test gives whether it holds and, if so, its effect.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from graphengine.algo.temporal_cycles.flows import FlowBounds
from queries.money.flow import Flow, Payment
from queries.money.known import Entitlement, Known

DECISIVE = -6.0
"""An explanation that holds with this effect (or less) suppresses the flow."""

_DEPOSIT = re.compile("保证金|押金|质保金|定金|履约金")
_LOAN = re.compile("借|还款|归还|贷|垫付|拆借|往来款")
_LOOK_BACK = timedelta(days=3 * 365)
_LOOK_AHEAD = timedelta(days=2 * 365)
_TENDER_SPAN = timedelta(days=60)
_WAGE_DELAY = timedelta(days=365)
_LARGE = 500_000  # fen: more than any monthly or seasonal benefit


def close(amount: int, other: int, below: float = 0.02, above: float = 0.02) -> bool:
    """Say whether the amount is the other one, give or take shares of it.

    >>> close(98, 100), close(97, 100)
    (True, False)
    """
    return other * (1 - below) <= amount <= other * (1 + above)


def _labelled(pattern: re.Pattern[str], *payments: Payment) -> bool:
    return any(pattern.search(payment.purpose) for payment in payments)


def deposit_refunded(flow: Flow, known: Known, _bounds: FlowBounds) -> tuple[bool, float]:
    """Say whether the public payment gives back a deposit that the route had paid in."""
    start = flow.payments[0]
    paid_in = (
        earlier
        for account in flow.route[1:]
        for earlier in known.between.get((account, start.source), ())
        if timedelta(0) < start.paid_at - earlier.paid_at <= _LOOK_BACK
    )
    holds = any(
        close(start.amount, earlier.amount, 0.05) and _labelled(_DEPOSIT, start, earlier)
        for earlier in paid_in
    )
    return holds, DECISIVE


def deposit_paid(flow: Flow, known: Known, _bounds: FlowBounds) -> tuple[bool, float]:
    """Say whether the loop ends in a deposit: for a tender of that time, or given back later."""
    last = flow.payments[-1]
    if flow.closing or not _labelled(_DEPOSIT, last):
        return False, 0.0
    given_back = any(
        later.paid_at > last.paid_at and close(later.amount, last.amount, 0.05)
        for account in flow.route[1:-1]
        for later in known.between.get((last.target, account), ())
    )
    tenders = (
        t for account in flow.route[1:-1] for t in known.tenders.get(known.holder(account), ())
    )
    bid = any(
        flow.start.payer in tender.topics and _near(last.day, tender.since or tender.until)
        for tender in tenders
    )
    return given_back or bid, DECISIVE


def _near(day: date, other: date | None) -> bool:
    return other is not None and abs(day - other) <= _TENDER_SPAN


def loan_repaid(flow: Flow, known: Known, _bounds: FlowBounds) -> tuple[bool, float]:
    """Say whether a payment on the way repays what its payee had lent before the public money."""
    effect = 0.0
    for payment in flow.payments[1:]:
        for earlier in known.between.get((payment.target, payment.source), ()):
            age = flow.payments[0].paid_at - earlier.paid_at
            if timedelta(0) < age <= _LOOK_BACK and close(
                payment.amount, earlier.amount, 0.02, 0.2
            ):
                effect = min(effect, DECISIVE if _labelled(_LOAN, payment, earlier) else -1.5)
    return effect < 0, effect


def lent_and_returned(flow: Flow, known: Known, _bounds: FlowBounds) -> tuple[bool, float]:
    """Say whether the last payment was a loan that came back later."""
    last = flow.payments[-1]
    if not flow.closing:
        return False, 0.0
    back = (
        later
        for later in known.between.get((last.target, last.source), ())
        if timedelta(0) < later.paid_at - last.paid_at <= _LOOK_AHEAD
    )
    holds = any(close(b.amount, last.amount, 0.02, 0.2) and _labelled(_LOAN, last, b) for b in back)
    return holds, -2.0


def wage(flow: Flow, known: Known, _bounds: FlowBounds) -> tuple[bool, float]:
    """Say whether the labour register shows that the first or the last payee earned it."""
    if flow.closing and _owed(known.wages, known, flow.payments[-1], _named(flow.payments[0])):
        return True, DECISIVE
    return _owed(known.wages, known, flow.payments[0], ()), _weight_of_own_money(flow)


def benefit(flow: Flow, known: Known, _bounds: FlowBounds) -> tuple[bool, float]:
    """Say whether the first payee was entitled to the public payment as a benefit."""
    first = flow.payments[0]
    holds = any(
        owed.amount == first.amount
        and (first.programme is None or not owed.topics or first.programme in owed.topics)
        for owed in known.benefits.get(known.holder(first.target), ())
    )
    return holds, _weight_of_own_money(flow)


def _weight_of_own_money(flow: Flow) -> float:
    """Return what it explains that the first payee was entitled to the money.

    Whoever is entitled may spend it; but a large sum that goes on to the very official, or to his
    household, asks whose entitlement it was.
    """
    if flow.closing is None or flow.closing.tie.how == "kin" or flow.in_family:
        return DECISIVE
    return DECISIVE if flow.payments[0].amount < _LARGE else -1.0


def _named(payment: Payment) -> tuple[str, ...]:
    return tuple(name for name in (payment.contract, payment.matter) if name)


def _owed(
    owed: Mapping[str, Sequence[Entitlement]],
    known: Known,
    payment: Payment,
    topics: tuple[str, ...],
) -> bool:
    """Say whether the payee earned this amount, on one of the topics (if any), at that time."""
    return any(
        close(payment.amount, row.amount)
        and (not topics or bool(set(topics) & set(row.topics)))
        and (row.since is None or row.since <= payment.day)
        and (row.until is None or payment.day <= row.until + _WAGE_DELAY)
        for row in owed.get(known.holder(payment.target), ())
    )


def rent(flow: Flow, known: Known, _bounds: FlowBounds) -> tuple[bool, float]:
    """Say whether the loop ends in the rent of a collective asset that its payer leases."""
    last = flow.payments[-1]
    rents = known.rents.get(known.holder(last.source), ()) if flow.closing is None else ()
    holds = any(close(last.amount, r.amount) and flow.start.payer in r.topics for r in rents)
    return holds, DECISIVE
