"""How far a village's public money could be followed."""

import polars as pl

from graphengine.finding import Assessment
from graphengine.language import Text
from graphengine.tables.graph import Graph
from queries.money.search import Followed

_NO_PAYMENTS = Text("没有达到金额下限的公款支付", "no public payment of the least amount or more")
_NO_HOLDERS = Text(
    "未载入账户登记，付款中也没有证件号，无法辨认公款账户",
    "no accounts register and no holders' numbers in the payments: public accounts are unknown",
)
_NO_TRANSFERS = Text("未载入资金流水", "the register of payments is not loaded")
_VILLAGES = "SELECT number FROM Division WHERE level = 'village' ORDER BY number"
_PUBLIC = "SELECT count(*) FROM Account WHERE holder_kind = 'PublicBody'"


def assessments(graph: Graph, rule: str, followed: Followed) -> tuple[Assessment, ...]:
    """Assess every village.

    Unseen are payments into accounts that nobody is known to hold, or whose search was cut short.
    """
    villages = graph.sql(_VILLAGES)["number"].to_list()
    seen = (
        followed.starts.group_by("place")
        .agg(
            unseen=(pl.col("unknown") | pl.col("cut")).mean(),
            cut=pl.col("cut").sum(),
        )
        .rows_by_key("place", named=True, unique=True)
    )
    why = _why(graph)
    return tuple(
        _assessment(rule, village, seen[village])
        if village in seen
        else Assessment(rule, village, evaluated=False, why=why, unseen=1.0)
        for village in villages
    )


def _assessment(rule: str, village: str, seen: dict[str, float]) -> Assessment:
    cut = int(seen["cut"])
    why = Text(
        f"{cut}笔公款的去向过于密集，未查完",
        f"{cut} public payments branch too widely; their search was cut short",
    )
    return Assessment(
        rule, village, evaluated=True, why=why if cut else None, unseen=round(seen["unseen"], 4)
    )


def _why(graph: Graph) -> Text:
    fill = graph.registers.get("payments")
    if fill is None or not fill.rows:
        return _NO_TRANSFERS
    return _NO_PAYMENTS if graph.sql(_PUBLIC).item() else _NO_HOLDERS
