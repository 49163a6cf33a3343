"""Which persons are compared with a mention: blocking rules, and how much they let through."""

from dataclasses import dataclass
from typing import Final

import duckdb

from ingest.resolve.parties import OWN_CASES
from ingest.resolve.tables import row
from ingest.resolve.vetoes import CONTRADICTED

MOST_SHARERS: Final = 60
"""A phone, account or company that more persons share proposes nobody."""

_NEAR: Final = (
    "(m.sound = p.sound OR m.shape = p.shape OR m.given = p.given OR (m.surname = p.surname"
    " AND (left(m.given, 1) = left(p.given, 1) OR right(m.given, 1) = right(p.given, 1)"
    " OR m.given IS NULL)))"
)
_ALIKE: Final = "(m.sound = p.sound OR m.shape = p.shape)"


def _shared(mention: str, party: str, name: str) -> str:
    """Return the pairs that share a rare token and whose names are not strangers."""
    return f"""
SELECT m.id AS mention, p.id AS party FROM (
  SELECT id, unnest({mention}) AS token FROM who_context
) a JOIN (
  SELECT id, unnest({party}) AS token FROM who_party
) b USING (token)
SEMI JOIN (
  SELECT token FROM (SELECT unnest({party}) AS token FROM who_party) GROUP BY token
  HAVING count(*) <= {MOST_SHARERS}
) c USING (token)
JOIN who_context m ON m.id = a.id JOIN who_party_name p ON p.id = b.id WHERE {name}
"""


def _placed(mention: str, party: str, key: str) -> str:
    """Return the pairs of one place whose names sound or look alike."""
    return f"""
SELECT DISTINCT a.id AS mention, b.id AS party FROM (
  SELECT id, {key} AS key, unnest({mention}) AS token FROM who_context
) a JOIN (
  SELECT n.id, n.{key} AS key, unnest(p.{party}) AS token
  FROM who_party_name n JOIN who_party p USING (id)
) b USING (token, key)
"""


_LONELY: Final = """
SELECT m.id AS mention, p.id AS party FROM who_context m JOIN who_party_name p ON {same}
WHERE m.name NOT IN (SELECT name FROM who_party_name)
"""

RULES: Final[dict[str, str]] = {
    "same name": (
        "SELECT m.id AS mention, p.id AS party FROM who_context m "
        "JOIN who_party_name p ON m.name = p.name"
    ),
    "account": _shared("accounts", "accounts", "true"),
    "phone": _shared("phones", "phones", _NEAR),
    "circle": _shared("people", "people", _NEAR),
    "firm": _shared("firms", "firms", _NEAR),
    "paid by firm": _shared("paid", "holders", _NEAR),
    "matter": _shared("matters", "matters", _NEAR),
    "post": _shared("holders", "holders", "true"),
    "place, sound": _placed("villages", "villages", "sound"),
    "place, shape": _placed("villages", "villages", "shape"),
    "neighbours, sound": _placed("homes", "villages", "sound"),
    "neighbours, shape": _placed("homes", "villages", "shape"),
    "town, sound": _placed("towns", "towns", "sound"),
    "sound only": _LONELY.format(same="m.sound = p.sound"),
    "shape only": _LONELY.format(same="m.shape = p.shape"),
}
"""Blocking rules by name; each yields (mention, party)."""


@dataclass(frozen=True, slots=True)
class RuleReach:
    """One blocking rule: how many pairs it proposes, and its share of the true pairs."""

    rule: str
    pairs: int
    recall: float


def define_candidates(connection: duckdb.DuckDBPyConnection) -> None:
    """Make `who_pair` (mention, party, rules), without the pairs that a veto forbids.

    Mentions that teach are paired with nobody whom only their own register states, since such a
    person may be on file through that very mention.
    """
    proposed = " UNION ALL ".join(
        f"SELECT DISTINCT mention, party, {1 << place}::INT AS rule FROM ({query})"
        for place, query in enumerate(RULES.values())
    )
    connection.execute(f"""
CREATE OR REPLACE TEMP TABLE who_pair AS
SELECT x.mention, x.party, bit_or(x.rule) AS rules,
  any_value(p.number IS NOT DISTINCT FROM m.number) AS told, any_value(m.number IS NULL) AS open
FROM ({proposed}) x JOIN who_context m ON m.id = x.mention JOIN who_party p ON p.id = x.party
WHERE NOT {CONTRADICTED}
  AND (m.number IS NULL OR p.stated_in & ~(CASE m.kind {OWN_CASES} END) <> 0)
GROUP BY x.mention, x.party ORDER BY x.mention, x.party
""")


def reach(connection: duckdb.DuckDBPyConnection, truth: str) -> tuple[RuleReach, ...]:
    """Measure every rule, and all together, on true pairs: a query that yields (mention, party)."""
    found = [
        RuleReach(rule, *_reached(connection, truth, f"rules & {1 << place} <> 0"))
        for place, rule in enumerate(RULES)
    ]
    return (*found, RuleReach("all", *_reached(connection, truth, "true")))


def _reached(connection: duckdb.DuckDBPyConnection, truth: str, where: str) -> tuple[int, float]:
    pairs, recall = row(
        connection,
        f"""
SELECT (SELECT count(*) FROM who_pair WHERE {where}),
  coalesce(avg((k.mention IS NOT NULL)::INT), 1.0)
FROM ({truth}) t LEFT JOIN (FROM who_pair WHERE {where}) k
  ON k.mention = t.mention AND k.party = t.party
""",
    )
    return int(pairs), float(recall)
