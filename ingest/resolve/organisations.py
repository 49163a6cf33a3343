"""Companies and public bodies side by side: mentions without a number, and those on file."""

from typing import Final

import duckdb

from ingest.resolve.parties import OWN_CASES
from ingest.resolve.scoring import ORGANISATIONS, define_frequencies

_SAID: Final = """
CREATE OR REPLACE TEMP TABLE who_org_said AS
SELECT DISTINCT number, rank, written FROM (
  SELECT company_id AS number, 1 AS rank, name AS written FROM contractors
  UNION ALL SELECT holder_id, 6, holder_name FROM shareholders
  UNION ALL SELECT holder_id, 9, holder_name FROM accounts
  UNION ALL SELECT payee_id, 10, payee_name FROM payments
  UNION ALL SELECT payer_id, 10, payer_name FROM payments
  UNION ALL SELECT about_id, 8, about_name FROM reports
) WHERE number IS NOT NULL AND party_prefix(number) <> 'person'
"""

_PARTIES: Final = """
CREATE OR REPLACE TEMP TABLE who_org AS
SELECT number, row_number() OVER (ORDER BY party_id(number))::INT AS id, party_id(number) AS node,
  bit_or(1 << rank) AS stated_in FROM who_org_said GROUP BY number
"""

_LEFT: Final = """
CREATE OR REPLACE TEMP TABLE who_left_org AS
WITH paid AS (
  SELECT payee_account AS account, contract_id, NULL AS seat FROM payments
  WHERE contract_id IS NOT NULL
  UNION ALL SELECT payer_account, NULL, division_code FROM payments
  WHERE division_code IS NOT NULL
), lists AS (
  SELECT account, list_sort(list(DISTINCT hash(contract_id))
    FILTER (WHERE contract_id IS NOT NULL)) AS contracts,
    list_sort(list(DISTINCT hash(seat)) FILTER (WHERE seat IS NOT NULL)) AS seats
  FROM paid SEMI JOIN (SELECT anchor AS account FROM who_mention WHERE sort = 'organisation')
  USING (account) GROUP BY account
)
SELECT m.id AS unique_id, NULL::INT AS party, 'organisation' AS kind, o.plain, o.bare, o.core,
  o.sound, l.contracts, l.seats
FROM who_mention m JOIN who_organisation o ON o.written = m.written
LEFT JOIN lists l ON m.kind = 'account' AND l.account = m.anchor
WHERE m.sort = 'organisation' ORDER BY unique_id
"""

_RIGHT: Final = """
CREATE OR REPLACE TEMP TABLE who_right_org AS
WITH near AS (
  FROM who_org_said QUALIFY rank <= 4 OR rank = min(rank) OVER (PARTITION BY number)
), names AS (
  SELECT n.number, o.plain, o.bare, o.core, o.sound, min(n.rank) AS rank
  FROM near n JOIN who_organisation o USING (written) GROUP BY ALL
), held AS (
  SELECT company_id AS number, list_sort(list(DISTINCT hash(contract_id))) AS contracts FROM (
    SELECT company_id, contract_id FROM contracts UNION ALL SELECT company_id, contract_id FROM bids
  ) GROUP BY company_id
)
SELECT row_number() OVER (ORDER BY p.id, n.rank, n.plain)::INT AS unique_id, p.id AS party,
  NULL::VARCHAR AS kind, n.plain, n.bare, n.core, n.sound, h.contracts,
  CASE WHEN party_prefix(p.number) = 'body' THEN [hash(left(p.number, 12))] END AS seats
FROM who_org p JOIN names n USING (number) LEFT JOIN held h USING (number) ORDER BY unique_id
"""

_LESS: Final = """
SELECT {own}, bare, bare AS less FROM {table}
UNION ALL SELECT {own}, bare, left(bare, n - 1) || substr(bare, n + 1)
FROM (SELECT {own}, bare, unnest(range(1, length(bare) + 1)) AS n FROM {table}
      WHERE length(bare) BETWEEN 3 AND 40)
"""
"""Every name with one character left out: two names one slip apart share such a form."""

_PAIRS: Final = f"""
CREATE OR REPLACE TEMP TABLE who_pair_org AS
WITH l_less AS ({_LESS.format(own="unique_id", table="who_left_org")}),
r_less AS ({_LESS.format(own="party", table="who_right_org")}),
near AS (
  SELECT l.unique_id, r.party FROM who_left_org l JOIN who_right_org r ON l.plain = r.plain
  UNION SELECT l.unique_id, r.party FROM who_left_org l JOIN who_right_org r ON l.bare = r.bare
  UNION SELECT l.unique_id, r.party FROM who_left_org l JOIN who_right_org r ON l.core = r.core
  UNION SELECT l.unique_id, r.party FROM who_left_org l JOIN who_right_org r ON l.sound = r.sound
  UNION SELECT l.unique_id, r.party FROM l_less l JOIN r_less r USING (less)
    WHERE levenshtein(l.bare, r.bare) = 1
  UNION SELECT l.unique_id, r.party
  FROM (SELECT unique_id, unnest(contracts) AS token FROM who_left_org) l
  JOIN (SELECT party, unnest(contracts) AS token FROM who_right_org) r USING (token)
)
SELECT n.unique_id AS mention, n.party, p.number IS NOT DISTINCT FROM m.number AS told,
  m.number IS NULL AS open
FROM near n JOIN who_mention m ON m.id = n.unique_id JOIN who_org p ON p.id = n.party
WHERE (m.number IS NULL OR p.stated_in & ~(CASE m.kind {OWN_CASES} END) <> 0)
  AND NOT coalesce(m.kind = 'firm' AND m.anchor = p.number, false)
ORDER BY mention, party
"""


def define_organisation_sides(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the tables of `scoring.ORGANISATIONS`; needs `define_mentions` before."""
    for statement in (_SAID, _PARTIES, _LEFT, _RIGHT, _PAIRS):
        connection.execute(statement)
    define_frequencies(connection, ORGANISATIONS)
