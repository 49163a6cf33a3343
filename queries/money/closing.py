"""Which flows close, on their dates: where they began, or in a powerful official's circle."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from graphengine.tables.graph import Graph
from queries.money.flow import (
    Closing,
    Flow,
    Payment,
    Power,
    Tie,
    TieKind,
    holds_on,
    payments_of,
)
from queries.money.power import powers_over, starts_of, ties_to
from queries.money.search import Ledger

_CLOSENESS: tuple[TieKind, ...] = ("self", "household", "kin")


def closed_flows(
    graph: Graph, ledger: Ledger, rows: Sequence[tuple[int, ...]], least: int
) -> tuple[Flow, ...]:
    """Return the flows whose power and ties are valid on their days, in the order given.

    `rows` are the flows as records; those over fewer than `least` holders are left out: money that
    its payee moves between accounts of his own is not handed on.
    Cost: a few scans, whatever the number of flows.
    """
    if not rows:
        return ()
    payments = payments_of(graph, (record for row in rows for record in row))
    heads = {row[0] for row in rows}
    starts, powers = starts_of(graph, heads), powers_over(graph, heads)
    payees = {p.target for p in payments.values()}
    holder = {account: ledger.holder(account) for account in payees}
    persons = {h for h, kind in holder.values() if h is not None and kind == "Person"}
    ties = ties_to(graph, persons)
    found = []
    for row in rows:
        way = tuple(payments[record] for record in row)
        if _holders(way, ledger) < least:
            continue
        over = _on(powers.get(row[0], ()), way[0].day)
        handed = [ties.get(holder[p.target][0] or "", ()) for p in way]
        closing = None
        if way[-1].target != way[0].source:
            closing = _closest(handed[-1], over, way[-1].day)
            if closing is None:
                continue
        found.append(Flow(way, starts[row[0]], over, closing, _in_family(way, handed, closing)))
    return tuple(found)


def _holders(way: Sequence[Payment], ledger: Ledger) -> int:
    accounts = {way[0].source, *(payment.target for payment in way)}
    return len({ledger.holder(account)[0] or account for account in accounts})


def _on(powers: Iterable[Power], day: date) -> tuple[Power, ...]:
    return tuple(power for power in powers if holds_on(power.since, power.until, day))


def _closest(ties: Iterable[Tie], powers: Sequence[Power], day: date) -> Closing | None:
    """Return the closest tie to an official with power; among equals to one who approved."""
    strongest: dict[str, Power] = {}
    for power in powers:
        strongest.setdefault(power.official, power)
    valid = [t for t in ties if t.official in strongest and holds_on(t.since, t.until, day)]
    closings = [Closing(tie, strongest[tie.official]) for tie in _joined(valid)]
    return min(closings, key=_rank, default=None)


def _rank(closing: Closing) -> tuple[object, ...]:
    tie, power = closing.tie, closing.power
    return (
        _CLOSENESS.index(tie.how),
        tie.degree,
        power.how != "approval",
        tie.official,
        tie.relation,
    )


def _joined(ties: Sequence[Tie]) -> list[Tie]:
    """Give a household tie the kin word of the same two persons, where it is known."""
    words: Mapping[tuple[str, str], Tie] = {
        (tie.official, tie.person): tie for tie in reversed(ties) if tie.how == "kin"
    }
    joined = []
    for tie in ties:
        kin = words.get((tie.official, tie.person))
        if tie.how == "household" and kin:
            records = tuple(dict.fromkeys((*kin.records, *tie.records)))
            joined.append(replace(tie, relation=kin.relation, degree=kin.degree, records=records))
        else:
            joined.append(tie)
    return joined


def _in_family(
    way: Sequence[Payment], handed: Sequence[Iterable[Tie]], closing: Closing | None
) -> bool:
    """Say whether every payee before the last is in the circle of the closing's official."""
    if closing is None:
        return False
    official = closing.tie.official
    return all(
        any(t.official == official and holds_on(t.since, t.until, payment.day) for t in ties)
        for payment, ties in zip(way[:-1], handed[:-1], strict=True)
    )
