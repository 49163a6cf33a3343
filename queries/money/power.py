"""Who has power over a public payment, and who belongs to the circle of such an official."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import polars as pl

from graphengine.tables.graph import Graph
from queries.kin.power import POWERS, covers
from queries.money.flow import Power, Start, Tie

# A payment serves its village's affairs, or the place that its matter, contract or row names.
_STARTS = """
starts AS (
  SELECT p.records[1] AS record, b.id AS body, b.division AS payer,
    CASE WHEN right(b.division, 3) <> '000' THEN b.division
         ELSE coalesce(m.division, c.division, p.division, b.division) END AS place,
    p.programme, p.contract, p.matter
  FROM PAID p JOIN Account a ON a.id = p.source JOIN PublicBody b ON b.id = a.holder
  LEFT JOIN Contract c ON c.id = p.contract LEFT JOIN Matter m ON m.id = p.matter
  {only}
), keyed AS (
  SELECT row_number() OVER (ORDER BY payer, place, programme NULLS FIRST, contract NULLS FIRST,
                            matter NULLS FIRST) AS key, *
  FROM (SELECT DISTINCT payer, place, programme, contract, matter FROM starts)
)
"""
_ALL = _STARTS.format(only="WHERE p.amount >= $least")
_SOME = _STARTS.format(
    only="SEMI JOIN (SELECT unnest($records::UBIGINT[]) AS record) w ON w.record = p.records[1]"
)
_SAME_KEY = " AND ".join(
    f"s.{name} IS NOT DISTINCT FROM k.{name}"
    for name in ("payer", "place", "programme", "contract", "matter")
)

# Power comes from a post of the paying village; from heading the paying town or county; from a town
# or county post whose duties cover the matter, in its own area; or from having approved it.
_POWER = f"""
{POWERS}, about AS (
  SELECT key, matter FROM keyed WHERE matter IS NOT NULL
  UNION SELECT key, u.target FROM keyed JOIN UNDER u ON u.source = keyed.contract
), topics AS (
  SELECT key, programme AS topic FROM keyed
  UNION SELECT key, unnest([m.matter_type, m.programme]) FROM about JOIN Matter m ON m.id = matter
  UNION SELECT key, c.category FROM keyed JOIN Contract c ON c.id = keyed.contract
), seats AS (
  SELECT key, unnest([rpad(left(place, 9), 12, '0'), rpad(left(place, 6), 12, '0')]) AS seat
  FROM keyed
), power AS (
  SELECT key, official, 'post' AS how, post AS via, since, until, post_records AS records
  FROM keyed JOIN powers p ON p.division = keyed.payer
  WHERE p.level = 'village' OR p.role IN ('secretary', 'township_head')
  UNION
  SELECT key, official, 'duty', post, since, until, post_records
  FROM seats JOIN powers p ON p.division = seat JOIN topics USING (key)
  WHERE p.level <> 'village' AND {covers("p.duties", "topic")}
  UNION
  SELECT key, a.source, 'approval', a.target, NULL, NULL, a.records
  FROM about JOIN ACTED a ON a.target = about.matter
  WHERE a.step = 'approval' AND a.decision = 'approved'
  UNION
  SELECT key, a.source, 'approval', a.target, NULL, NULL, a.records
  FROM keyed JOIN ACTED a ON a.contract = keyed.contract
  WHERE a.step = 'approval' AND a.decision = 'approved'
)
"""

_CIRCLE = """
officials AS (
  SELECT source AS official FROM HOLDS
  UNION SELECT source FROM ACTED WHERE step = 'approval' AND decision = 'approved'
), ties AS (
  SELECT official, official AS person, 'self' AS how, '' AS via, '' AS relation, 0 AS degree,
    NULL::DATE AS since, NULL::DATE AS until, []::UBIGINT[] AS records
  FROM officials
  UNION ALL
  SELECT a.source, b.source, 'household', a.target, '', 1, greatest(a.valid_from, b.valid_from),
    least(a.valid_to, b.valid_to), list_sort(list_distinct(list_concat(a.records, b.records)))
  FROM officials o JOIN MEMBER_OF a ON a.source = o.official
  JOIN MEMBER_OF b ON b.target = a.target AND b.source <> a.source
  WHERE (coalesce(a.status, 'active') = 'active' OR a.valid_to IS NOT NULL)
    AND (coalesce(b.status, 'active') = 'active' OR b.valid_to IS NOT NULL)
  UNION ALL
  SELECT k.source, k.target, 'kin', '', k.relation, k.degree, k.valid_from, k.valid_to, k.records
  FROM officials o JOIN KIN k ON k.source = o.official
  WHERE k.in_scope AND k.target <> k.source
)
"""


def payment_keys(graph: Graph, least: int) -> pl.DataFrame:
    """Return for every public payment of at least that many fen its record, place and key.

    Payments of one key are under the same officials' power; sorted by record.
    """
    return graph.sql(
        f"WITH {_ALL} SELECT record, s.place, key FROM starts s JOIN keyed k ON {_SAME_KEY} "
        "ORDER BY record",
        least=least,
    )


def officials_by_key(graph: Graph, least: int) -> pl.DataFrame:
    """Return for every key who ever had power over its payments (ids with blanks between)."""
    return graph.sql(
        f"WITH {_ALL}, {_POWER} SELECT key, "
        "string_agg(DISTINCT official, ' ' ORDER BY official) AS officials "
        "FROM power GROUP BY key ORDER BY key",
        least=least,
    )


def circle_accounts(graph: Graph) -> pl.DataFrame:
    """Return the accounts of every official, his household and kin in scope, at any time.

    `number` is the account's rank among all accounts by id.
    """
    return graph.sql(
        f"WITH {_CIRCLE}, numbered AS (SELECT holder, "
        "(row_number() OVER (ORDER BY id) - 1)::INTEGER AS number FROM Account) "
        "SELECT DISTINCT official, number FROM ties JOIN numbered ON holder = person "
        "ORDER BY official, number"
    )


def starts_of(graph: Graph, records: Iterable[int]) -> dict[int, Start]:
    """Return the public side of these payments."""
    rows = graph.sql(
        f"WITH {_SOME} SELECT record, body, payer, place FROM starts ORDER BY record",
        records=sorted(set(records)),
    )
    return {row[0]: Start(*row[1:]) for row in rows.iter_rows()}


def powers_over(graph: Graph, records: Iterable[int]) -> dict[int, tuple[Power, ...]]:
    """Return who has power over each of these payments, whatever the date; approvals come first."""
    rows = graph.sql(
        f"WITH {_SOME}, {_POWER} SELECT s.record, official, how, via, since, until, p.records "
        f"FROM starts s JOIN keyed k ON {_SAME_KEY} JOIN power p USING (key) "
        "ORDER BY s.record, how, official, via, since NULLS FIRST, until NULLS LAST",
        records=sorted(set(records)),
    )
    found: dict[int, list[Power]] = defaultdict(list)
    for row in rows.iter_rows():
        found[row[0]].append(Power(*_frozen(row[1:])))
    return {record: tuple(powers) for record, powers in found.items()}


def ties_to(graph: Graph, persons: Iterable[str]) -> dict[str, tuple[Tie, ...]]:
    """Return by person which officials' circles they belong to, whatever the date."""
    rows = graph.sql(
        f"WITH {_CIRCLE} SELECT * FROM ties SEMI JOIN (SELECT unnest($persons::VARCHAR[]) AS p) w "
        "ON w.p = ties.person ORDER BY person, official, how <> 'self', how, degree, relation, "
        "via, since NULLS FIRST, until NULLS LAST, records",
        persons=sorted(set(persons)),
    )
    found: dict[str, list[Tie]] = defaultdict(list)
    for row in rows.iter_rows():
        found[row[1]].append(Tie(*_frozen(row)))
    return {person: tuple(ties) for person, ties in found.items()}


def _frozen(row: tuple[object, ...]) -> list[Any]:
    return [tuple(value) if isinstance(value, list) else value for value in row]
