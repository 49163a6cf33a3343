"""Ties between two mentions without a number: the same name, and something rare in common."""

from typing import Final

import duckdb

from ingest.resolve.clusters import Tie
from ingest.resolve.parameters import Parameters
from ingest.resolve.tables import frame

_MOST_SHARERS: Final = 12
_TOKENS: Final = """
SELECT id, kind, 'phones' AS list, unnest(phones) AS token FROM who_context
UNION ALL SELECT id, kind, 'firms', unnest(firms) FROM who_context
UNION ALL SELECT id, kind, 'accounts', unnest(accounts) FROM who_context
"""

_PAIRS: Final = f"""
WITH tokens AS ({_TOKENS}), rare AS (
  SELECT list, token FROM tokens GROUP BY ALL HAVING count(*) BETWEEN 2 AND {_MOST_SHARERS}
), held AS (FROM tokens SEMI JOIN rare USING (list, token)),
bearers AS (SELECT name, count(DISTINCT party) AS people FROM who_right GROUP BY name)
SELECT l.key AS one, r.key AS other, b.list, l.kind, greatest(coalesce(n.people, 0), 1) AS people
FROM held b JOIN held c USING (list, token)
JOIN who_context l ON l.id = b.id JOIN who_context r ON r.id = c.id
LEFT JOIN bearers n ON n.name = l.name
WHERE l.key < r.key AND l.name = r.name AND l.number IS NULL AND r.number IS NULL
GROUP BY ALL ORDER BY ALL
"""


def mention_ties(connection: duckdb.DuckDBPyConnection, parameters: Parameters) -> tuple[Tie, ...]:
    """Return the ties between mentions of one name, sorted; needs the tables of both sides.

    The chance is that of one of the name's bearers on file being meant twice, given what the two
    mentions share and how much such sharing weighs for the kind.
    """
    bits: dict[tuple[str, str], float] = {}
    people: dict[tuple[str, str], int] = {}
    for one, other, listed, kind, bearers in frame(connection, _PAIRS).iter_rows():
        shares = parameters.kinds[kind].levels.get(listed, {}).get("shared")
        weight = shares.weight if shares else 0.0
        bits[(one, other)] = bits.get((one, other), 0.0) + max(weight, 0.0)
        people[(one, other)] = bearers
    return tuple(
        Tie(*pair, round(odds / (1 + odds), 9))
        for pair, weight in sorted(bits.items())
        if (odds := 2.0**weight / (people[pair] + 1))
    )
