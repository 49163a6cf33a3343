"""Explanations by habit and chance: standing business, busy payers, families, own profit."""

from datetime import UTC

from graphengine.algo.temporal_cycles.flows import MILLION, FlowBounds
from queries.money.bookings import DECISIVE, close
from queries.money.flow import Flow, Payment
from queries.money.known import Known

_VERY_LARGE = 5_000_000  # fen: more than an official's pay or allowance
_HABIT = 3
_BUSY, _VERY_BUSY = 4, 10


def family(flow: Flow, _known: Known, _bounds: FlowBounds) -> tuple[bool, float]:
    """Say whether the public payment itself reached the family and stayed there."""
    first = flow.payments[0]
    is_plain = first.contract is None and first.amount < _VERY_LARGE
    return flow.in_family, DECISIVE if is_plain else -1.5


def habit(flow: Flow, known: Known, bounds: FlowBounds) -> tuple[bool, float]:
    """Say whether the last payer pays the payee such sums again and again, come what may."""
    last = flow.payments[-1]
    arrivals = [
        payment
        for payment in known.between.get((flow.payments[-2].source, last.source), ())
        if payment.record != flow.payments[-2].record
    ]
    alike = sum(
        other.record != last.record
        and close(other.amount, last.amount, 0.15, 0.15)
        and not any(_follows(other, arrival, bounds) for arrival in arrivals)
        and not _follows(other, flow.payments[-2], bounds)
        for other in known.between.get((last.source, last.target), ())
    )
    return alike >= _HABIT, DECISIVE


def standing_pay(flow: Flow, known: Known, bounds: FlowBounds) -> tuple[bool, float]:
    """Say whether the body has always paid its first payee so, and the other times he kept it."""
    first, second = flow.payments[:2]
    if first.contract is not None or known.holders[first.target][1] != "Person":
        return False, 0.0
    handed_on = known.between.get((second.source, second.target), ())
    kept = sum(
        other.record != first.record
        and close(other.amount, first.amount, 0.15, 0.15)
        and not any(_follows(later, other, bounds) for later in handed_on)
        for other in known.between.get((first.source, first.target), ())
    )
    return kept >= _HABIT, DECISIVE


def _follows(payment: Payment, arrival: Payment, bounds: FlowBounds) -> bool:
    """Say whether the payment could hand on what arrived."""
    waited = (payment.paid_at - arrival.paid_at).total_seconds()
    return 0 < waited <= bounds.window and _keeps(arrival.amount, payment.amount, bounds)


def _keeps(before: int, after: int, bounds: FlowBounds) -> bool:
    return after * MILLION >= before * bounds.keep and (
        bounds.grow is None or after * MILLION <= before * bounds.grow
    )


def busy(flow: Flow, known: Known, bounds: FlowBounds) -> tuple[bool, float]:
    """Say whether a payer on the way pays such sums to many, so that any may be among them."""
    most = max(
        _others_paid_alike(known, arrived, handed_on, bounds)
        for arrived, handed_on in zip(flow.payments[:-1], flow.payments[1:], strict=True)
    )
    return most >= _BUSY, DECISIVE if most >= _VERY_BUSY else -1.5


def _others_paid_alike(
    known: Known, arrived: Payment, handed_on: Payment, bounds: FlowBounds
) -> int:
    """Count the other accounts that the payer paid what had arrived, within the window."""
    ledger, transfers = known.ledger, known.ledger.transfers
    payer, payee = (
        int(ledger.accounts["id"].search_sorted(a)) for a in (handed_on.source, handed_on.target)
    )
    low, high = transfers.first[payer], transfers.first[payer + 1]
    times, amounts = transfers.time[low:high], transfers.amount[low:high]
    since = int(arrived.paid_at.replace(tzinfo=UTC).timestamp())
    alike = (times > since) & (times <= since + bounds.window)
    alike &= amounts >= arrived.amount * (bounds.keep / MILLION)
    if bounds.grow is not None:
        alike &= amounts <= arrived.amount * (bounds.grow / MILLION)
    return len(set(transfers.target[low:high][alike].tolist()) - {payee})


def own_firm(flow: Flow, known: Known, _bounds: FlowBounds) -> tuple[bool, float]:
    """Say whether the last payer is openly the payee's firm: profit or pay."""
    last = flow.payments[-1]
    stake = (known.holder(last.target), known.holder(last.source))
    return flow.closing is not None and stake in known.stakes, -0.7
