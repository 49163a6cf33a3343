"""Flows that share a route or a payment are one scheme."""

from collections.abc import Sequence
from dataclasses import dataclass

from graphengine.finding import Innocent
from queries.money.flow import Closing, Flow, Payment


@dataclass(frozen=True, slots=True)
class Scheme:
    """Flows told as one, by time of their payments; `innocents` hold where they hold for all."""

    flows: tuple[Flow, ...]
    innocents: tuple[Innocent, ...]

    @property
    def payments(self) -> tuple[Payment, ...]:
        """Return every payment once, by time."""
        every = {p.record: p for flow in self.flows for p in flow.payments}
        return tuple(sorted(every.values(), key=lambda p: (p.paid_at, p.number, p.record)))

    @property
    def starts(self) -> tuple[Payment, ...]:
        """Return the public payments that the flows begin with, by time."""
        heads = {flow.payments[0].record for flow in self.flows}
        return tuple(p for p in self.payments if p.record in heads)

    @property
    def accounts(self) -> tuple[str, ...]:
        """Return every account once, in the order in which the money first touched them."""
        return tuple(dict.fromkeys(account for flow in self.flows for account in flow.route))

    @property
    def closings(self) -> tuple[Closing, ...]:
        """Return every closing over an official once, in the order of the flows."""
        found = {(c.tie.official, c.tie.person): c for f in self.flows if (c := f.closing)}
        return tuple(found.values())


def schemes(flows: Sequence[tuple[Flow, tuple[Innocent, ...]]]) -> tuple[Scheme, ...]:
    """Merge the flows that share a route or a payment; sorted by their first payment.

    Cost: nearly linear in the flows' payments.
    """
    group = list(range(len(flows)))

    def head(member: int) -> int:
        while group[member] != member:
            group[member] = group[group[member]]
            member = group[member]
        return member

    seen: dict[object, int] = {}
    for member, (flow, _) in enumerate(flows):
        for mark in (flow.route, *(payment.record for payment in flow.payments)):
            group[head(member)] = head(seen.setdefault(mark, member))
    merged: dict[int, list[tuple[Flow, tuple[Innocent, ...]]]] = {}
    for member, pair in enumerate(flows):
        merged.setdefault(head(member), []).append(pair)
    return tuple(sorted(map(_scheme, merged.values()), key=lambda s: _order(s.flows[0])))


def _order(flow: Flow) -> tuple[object, ...]:
    return tuple((p.paid_at, p.number, p.record) for p in flow.payments)


def _scheme(pairs: list[tuple[Flow, tuple[Innocent, ...]]]) -> Scheme:
    ordered = sorted(pairs, key=lambda pair: _order(pair[0]))
    innocents = tuple(
        Innocent(
            same[0].id,
            same[0].text,
            same[0].tested,
            all(i.holds for i in same),
            max(i.effect for i in same),
        )
        for same in zip(*(innocents for _, innocents in ordered), strict=True)
    )
    return Scheme(tuple(flow for flow, _ in ordered), innocents)
