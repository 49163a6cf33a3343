"""From graph tables to arrays: every public payment followed until it closes or dissolves."""

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from graphengine.algo.temporal_cycles.flows import FlowBounds, Flows, Starts, closing_flows
from graphengine.algo.temporal_cycles.transfers import Transfers, indexed
from graphengine.tables.graph import Graph
from queries.money.power import circle_accounts, officials_by_key, payment_keys

_TRANSFERS = """
WITH numbered AS (SELECT id, (row_number() OVER (ORDER BY id) - 1)::INTEGER AS n FROM Account)
SELECT payer.n AS source, payee.n AS target, (epoch_us(paid_at) // 1000000)::BIGINT AS time,
  amount, PAID.records[1] AS record
FROM PAID JOIN numbered payer ON payer.id = PAID.source
JOIN numbered payee ON payee.id = PAID.target
ORDER BY paid_at, record
"""
_ACCOUNTS = """
SELECT a.id, a.holder, a.holder_kind, b.id IS NOT NULL AS public
FROM Account a LEFT JOIN PublicBody b ON b.id = a.holder ORDER BY a.id
"""


@dataclass(frozen=True, slots=True)
class Ledger:
    """All transfers as arrays; `record` by position, `accounts` and `public` by account number."""

    transfers: Transfers
    record: NDArray[np.uint64]
    accounts: pl.DataFrame
    public: NDArray[np.bool_]

    def holder(self, account: str) -> tuple[str | None, str | None]:
        """Return the holder's node id and kind."""
        row = int(self.accounts["id"].search_sorted(account))
        return self.accounts["holder"][row], self.accounts["holder_kind"][row]


@dataclass(frozen=True, slots=True)
class Followed:
    """The flows found (rows of records), and what was followed: one row a public payment.

    `starts` has record, place, whether its payee's holder is unknown, and whether the search of it
    ended before it was complete.
    """

    flows: tuple[tuple[int, ...], ...]
    starts: pl.DataFrame


def read_ledger(graph: Graph) -> Ledger:
    """Read all transfers; cost at 5 million: one join and one sort inside the database."""
    rows = graph.sql(_TRANSFERS)
    accounts = graph.sql(_ACCOUNTS)
    transfers = indexed(
        rows["source"].to_numpy(),
        rows["target"].to_numpy(),
        rows["time"].to_numpy(),
        rows["amount"].to_numpy(),
    )
    return Ledger(transfers, rows["record"].to_numpy(), accounts, accounts["public"].to_numpy())


def follow(graph: Graph, ledger: Ledger, bounds: FlowBounds, least: int) -> Followed:
    """Follow every payment of at least `least` fen from a public body's account."""
    keys = payment_keys(graph, least)
    order = np.argsort(ledger.record)
    where = order[np.searchsorted(ledger.record, keys["record"].to_numpy(), sorter=order)]
    group, offsets, closing = _closing(graph, keys["key"], least)
    starts = Starts(where.astype(np.int64), group, offsets, closing, ledger.public)
    found = closing_flows(ledger.transfers, starts, bounds)
    return Followed(_as_records(ledger, found), _followed(ledger, keys, where, found))


def _closing(
    graph: Graph, keys: pl.Series, least: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int32]]:
    """Return each payment's group and, group by group, the accounts of its officials' circles."""
    by_key = officials_by_key(graph, least)
    lists = by_key.select("officials").unique(maintain_order=True).with_row_index("group", 1)
    grouped = by_key.join(lists, on="officials", how="left", maintain_order="left")
    group = np.zeros(int(keys.max() or 0) + 1, np.int64)  # type: ignore[arg-type]
    group[grouped["key"].to_numpy()] = grouped["group"].to_numpy()
    members = (
        lists.lazy()
        .select("group", pl.col("officials").str.split(" "))
        .explode("officials")
        .join(circle_accounts(graph).lazy(), left_on="officials", right_on="official")
        .select("group", "number")
        .unique()
        .sort("group", "number")
        .collect()
    )
    offsets = np.searchsorted(members["group"].to_numpy(), np.arange(len(lists) + 2))
    return group[keys.to_numpy()], offsets.astype(np.int64), members["number"].to_numpy()


def _as_records(ledger: Ledger, found: Flows) -> tuple[tuple[int, ...], ...]:
    records = ledger.record.tolist() if len(found) else []
    return tuple(tuple(records[p] for p in row) for row in found.rows())


def _followed(
    ledger: Ledger, keys: pl.DataFrame, where: NDArray[np.int64], found: Flows
) -> pl.DataFrame:
    payees = ledger.transfers.target[ledger.transfers.place[where]]
    cut = np.zeros(len(where), np.bool_)
    cut[found.unfinished] = True
    return keys.select("record", "place").with_columns(
        unknown=ledger.accounts["holder"].is_null().gather(payees), cut=pl.Series(cut)
    )
