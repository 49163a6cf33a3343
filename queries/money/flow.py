"""Payments, flows of payments and the ties through which a flow closes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

import polars as pl

from graphengine.tables.graph import Graph

TieKind = Literal["self", "household", "kin"]
PowerKind = Literal["approval", "post", "duty"]


@dataclass(frozen=True, slots=True)
class Payment:
    """One transfer between two accounts (node ids); `amount` in fen."""

    record: int
    number: str
    paid_at: datetime
    amount: int
    source: str
    target: str
    purpose: str
    programme: str | None
    contract: str | None
    matter: str | None

    @property
    def day(self) -> date:
        """Return the date of the payment."""
        return self.paid_at.date()


@dataclass(frozen=True, slots=True)
class Start:
    """The public side of a payment: the paying body and the place whose affairs it serves."""

    body: str
    payer: str
    place: str


@dataclass(frozen=True, slots=True)
class Power:
    """What gives an official power over one payment; `via` is a post or a matter (node ids)."""

    official: str
    how: PowerKind
    via: str
    since: date | None
    until: date | None
    records: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Tie:
    """What a person is to an official; `relation` is a kin word, empty where none is known.

    `via` is the household (node id) of a household tie, else empty.
    """

    official: str
    person: str
    how: TieKind
    via: str
    relation: str
    degree: int
    since: date | None
    until: date | None
    records: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Closing:
    """Why the last account is not a stranger's: the tie, and the power behind it."""

    tie: Tie
    power: Power


@dataclass(frozen=True, slots=True)
class Flow:
    """Payments that hand on public money; `closing` is None where they end where they began.

    `powers` are those over the first payment on its day; `in_family` says that everybody who
    handed the money on belongs to the same official's circle as the last payee.
    """

    payments: tuple[Payment, ...]
    start: Start
    powers: tuple[Power, ...]
    closing: Closing | None
    in_family: bool

    @property
    def route(self) -> tuple[str, ...]:
        """Return the accounts in order, the last one equal to the first in a loop."""
        return (self.payments[0].source, *(p.target for p in self.payments))

    @property
    def kept(self) -> float:
        """Return the share of the first payment that the last one still has."""
        return self.payments[-1].amount / self.payments[0].amount

    @property
    def days(self) -> int:
        """Return how many days lie between the first and the last payment's dates."""
        return (self.payments[-1].day - self.payments[0].day).days


def holds_on(since: date | None, until: date | None, day: date) -> bool:
    """Say whether a span of dates, open where None, has this day."""
    return (since is None or since <= day) and (until is None or day <= until)


_COLUMNS = """p.records[1] AS record, p.number, p.paid_at, p.amount, p.source, p.target,
  coalesce(p.purpose, '') AS purpose, p.programme, p.contract, p.matter"""


def payments_of(graph: Graph, records: Iterable[int]) -> dict[int, Payment]:
    """Return the payments behind these records; cost: one scan of the transfers."""
    rows = graph.sql(
        f"SELECT {_COLUMNS} FROM PAID p SEMI JOIN "
        "(SELECT unnest($records::UBIGINT[]) AS record) w ON w.record = p.records[1] "
        "ORDER BY record",
        records=sorted(set(records)),
    )
    return {payment.record: payment for payment in _payments(rows)}


def payments_between(graph: Graph, pairs: Iterable[tuple[str, str]]) -> list[Payment]:
    """Return all payments from the first to the second account of a pair, by time and record."""
    wanted = sorted(set(pairs))
    return _payments(
        graph.sql(
            f"SELECT {_COLUMNS} FROM PAID p SEMI JOIN (SELECT unnest($payers::VARCHAR[]) AS payer, "
            "unnest($payees::VARCHAR[]) AS payee) w ON w.payer = p.source AND w.payee = p.target "
            "ORDER BY p.paid_at, record",
            payers=[pair[0] for pair in wanted],
            payees=[pair[1] for pair in wanted],
        )
    )


def _payments(rows: pl.DataFrame) -> list[Payment]:
    return [Payment(*row) for row in rows.iter_rows()]
