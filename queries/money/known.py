"""What the registers say about the accounts and holders on the flows' routes."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from graphengine.tables.graph import Graph
from queries.money.flow import Flow, Payment, payments_between
from queries.money.search import Ledger


@dataclass(frozen=True, slots=True)
class Entitlement:
    """Money that a person is owed by a row of a register: a benefit, a wage or (as debtor) a rent.

    `topics` are the node ids or names that it belongs to; `amount` in fen.
    """

    holder: str
    amount: int
    topics: tuple[str, ...]
    since: date | None
    until: date | None
    records: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Firm:
    """What the business register says of a company."""

    registered_on: date | None
    employees: int | None
    records: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """Facts for telling an innocent flow from another; entitlements are keyed by holder."""

    ledger: Ledger
    holders: Mapping[str, tuple[str | None, str | None]]
    account_records: Mapping[str, tuple[int, ...]]
    between: Mapping[tuple[str, str], Sequence[Payment]]
    benefits: Mapping[str, Sequence[Entitlement]]
    wages: Mapping[str, Sequence[Entitlement]]
    rents: Mapping[str, Sequence[Entitlement]]
    tenders: Mapping[str, Sequence[Entitlement]]
    firms: Mapping[str, Firm]
    stakes: frozenset[tuple[str, str]]
    sexes: Mapping[str, str]
    registers: frozenset[str]

    def holder(self, account: str) -> str:
        """Return who holds the account, or the account itself where nobody is known to."""
        return self.holders[account][0] or account


_BENEFITS = """SELECT source, amount, [programme], valid_from, valid_to, records FROM BENEFITS
WHERE source IN (SELECT unnest($holders::VARCHAR[])) ORDER BY ALL"""
_WAGES = """SELECT source, wage, [target], valid_from, valid_to, records FROM WORKED
WHERE source IN (SELECT unnest($holders::VARCHAR[])) ORDER BY ALL"""
_RENTS = """SELECT l.source, l.annual_rent, [a.division], l.valid_from, l.valid_to, l.records
FROM LEASES l JOIN Asset a ON a.id = l.target
WHERE l.source IN (SELECT unnest($holders::VARCHAR[])) AND a.division IS NOT NULL ORDER BY ALL"""
_TENDERS = """SELECT b.source, 0::BIGINT, [c.division], b.submitted_at::DATE, c.signed_on, b.records
FROM BID b JOIN Contract c ON c.id = b.target
WHERE b.source IN (SELECT unnest($holders::VARCHAR[])) AND c.division IS NOT NULL ORDER BY ALL"""
_FIRMS = """SELECT id, registered_on, employees, records FROM Company
WHERE id IN (SELECT unnest($holders::VARCHAR[])) ORDER BY id"""
_SEXES = """SELECT id, sex FROM Person
WHERE id IN (SELECT unnest($holders::VARCHAR[])) AND sex IS NOT NULL ORDER BY id"""
_ACCOUNTS = """SELECT id, records FROM Account
WHERE id IN (SELECT unnest($holders::VARCHAR[])) ORDER BY id"""
_STAKES = """SELECT source, target FROM OWNS UNION SELECT source, target FROM REPRESENTS
UNION SELECT source, target FROM DIRECTS UNION SELECT source, target FROM CONTROLS"""


def what_is_known(graph: Graph, ledger: Ledger, flows: Iterable[Flow]) -> Known:
    """Gather what the explanations ask for; cost: a few scans, whatever the number of flows."""
    flows = list(flows)
    accounts = sorted({account for flow in flows for account in flow.route})
    holders = {account: ledger.holder(account) for account in accounts}
    names = sorted({holder for holder, _ in holders.values() if holder})
    firms = graph.sql(_FIRMS, holders=names).iter_rows()
    stakes = graph.sql(
        f"SELECT DISTINCT source, target FROM ({_STAKES}) "
        "WHERE source IN (SELECT unnest($holders::VARCHAR[])) "
        "AND target IN (SELECT unnest($holders::VARCHAR[]))",
        holders=names,
    )
    circle = {tie for flow in flows if flow.closing for tie in (flow.closing.tie,)}
    persons = sorted({*names, *(tie.official for tie in circle)})
    behind = graph.sql(_ACCOUNTS, holders=accounts).iter_rows()
    return Known(
        ledger=ledger,
        holders=holders,
        account_records={row[0]: tuple(row[1]) for row in behind},
        between=_history(graph, flows),
        benefits=_entitled(graph, _BENEFITS, names),
        wages=_entitled(graph, _WAGES, names),
        rents=_entitled(graph, _RENTS, names),
        tenders=_entitled(graph, _TENDERS, names),
        firms={row[0]: Firm(row[1], row[2], tuple(row[3])) for row in firms},
        stakes=frozenset(stakes.iter_rows()),
        sexes=dict(graph.sql(_SEXES, holders=persons).iter_rows()),
        registers=frozenset(name for name, fill in graph.registers.items() if fill.rows),
    )


def _history(graph: Graph, flows: Iterable[Flow]) -> dict[tuple[str, str], list[Payment]]:
    """Return all payments along the routes, against them, and between the start and the others."""
    pairs: set[tuple[str, str]] = set()
    for flow in flows:
        start = flow.route[0]
        for payment in flow.payments:
            pairs |= {(payment.source, payment.target), (payment.target, payment.source)}
            pairs |= {(payment.target, start), (start, payment.target)}
    found: dict[tuple[str, str], list[Payment]] = defaultdict(list)
    for payment in payments_between(graph, pairs):
        found[payment.source, payment.target].append(payment)
    return found


def _entitled(graph: Graph, query: str, holders: Sequence[str]) -> dict[str, list[Entitlement]]:
    found: dict[str, list[Entitlement]] = defaultdict(list)
    for holder, amount, topics, since, until, records in graph.sql(
        query, holders=holders
    ).iter_rows():
        named = tuple(topic for topic in topics if topic)
        found[holder].append(Entitlement(holder, amount, named, since, until, tuple(records)))
    return found
