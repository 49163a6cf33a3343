"""Who is named in the registers, with a number and without: the table of mentions.

A mention is one name at one place: (kind, anchor, plain name). Kinds and their anchors: `firm`
(a company's number: its representative, shareholders and managers), `account` (an account number:
whom the bank names as holder), `relative` (the declaring official and the relation), `report`
(the report's number). Records that state a number make mentions of their own: these teach the
model (see `ingest.resolve.training`).
"""

from typing import Final

import duckdb
import polars as pl

from ingest.resolve.company_names import organisation_table
from ingest.resolve.names import name_table
from ingest.resolve.tables import frame

LESSONS: Final = 6_000
"""Of the mentions that state a number so many of each kind teach the model, the first by key."""

KINDS: Final = ("firm", "account", "relative", "report")

_HOLDERS: Final = """
CREATE OR REPLACE TEMP TABLE who_holder AS
WITH stated AS (
  SELECT account_no AS account, holder_id AS number, 1 AS rank FROM accounts
  UNION ALL SELECT payer_account, payer_id, 2 FROM payments WHERE payer_id IS NOT NULL
  UNION ALL SELECT payee_account, payee_id, 2 FROM payments WHERE payee_id IS NOT NULL
), nearest AS (
  SELECT account, number FROM stated
  QUALIFY rank = min(rank) OVER (PARTITION BY account)
)
SELECT account, min(number) AS number, party_prefix(min(number)) AS prefix FROM nearest
GROUP BY account HAVING count(DISTINCT number) = 1
"""

_NAMED: Final = """
CREATE OR REPLACE TEMP TABLE who_named AS
SELECT 'firm' AS kind, company_id AS anchor, legal_rep_name AS written, legal_rep_id AS number,
  'representative' AS part, registered_on AS since, registered_on AS until, 0::BIGINT AS fen, record
FROM contractors
UNION ALL
SELECT 'firm', company_id, holder_name, holder_id, 'holder', start_date, start_date, 0, record
FROM shareholders
UNION ALL
SELECT 'account', p.account, p.written, h.number, 'holder', min(p.day), max(p.day),
  sum(p.amount)::BIGINT, unnest(list(p.record))
FROM (
  SELECT payer_account AS account, payer_name AS written, paid_at::DATE AS day, amount, record
  FROM payments WHERE payer_name IS NOT NULL
  UNION ALL
  SELECT payee_account, payee_name, paid_at::DATE, amount, record
  FROM payments WHERE payee_name IS NOT NULL
) p LEFT JOIN who_holder h USING (account) GROUP BY p.account, p.written, h.number
UNION ALL
SELECT 'relative', person_id || '|' || relation, relative_name, relative_id, relation,
  NULL, NULL, 0, record
FROM relatives
UNION ALL
SELECT 'report', report_id, about_name, about_id, 'subject', received_at::DATE, received_at::DATE,
  0, record
FROM reports WHERE about_name IS NOT NULL
"""

_WRITTEN: Final = """
SELECT DISTINCT written FROM who_named
UNION SELECT name FROM households UNION SELECT name FROM officials UNION SELECT name FROM benefits
UNION SELECT name FROM labour UNION SELECT holder_name FROM accounts
UNION SELECT name FROM contractors UNION SELECT employer FROM holdings
UNION SELECT relative_employer FROM relatives
"""

_MENTIONS: Final = f"""
CREATE OR REPLACE TEMP TABLE who_mention AS
WITH grouped AS (
  SELECT m.kind, m.anchor, n.plain, m.number, n.kind AS sort, min(n.written) AS written,
    bool_or(m.part = 'representative') AS represents, min(m.part) AS part,
    min(m.since) AS since, max(m.until) AS until, max(m.fen) AS fen,
    list_sort(list_distinct(list(m.record))) AS records
  FROM who_named m JOIN who_name n ON n.written = m.written GROUP BY ALL
), keyed AS (
  SELECT 'mention:' || keyed_hash('mention' || chr(31) || kind || chr(31) || anchor || chr(31)
    || plain) AS key, * FROM grouped
)
SELECT row_number() OVER (ORDER BY key, number NULLS FIRST)::INT AS id, k.*,
  n.name, n.surname, n.given, n.role, n.sound, n.shape
FROM keyed k JOIN who_name n ON n.written = k.written
WHERE k.number IS NULL OR k.key IN (
  SELECT key FROM keyed WHERE number IS NOT NULL
  QUALIFY row_number() OVER (PARTITION BY kind, sort ORDER BY key, number) <= {LESSONS}
)
ORDER BY id
"""


def define_mentions(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the tables `who_holder`, `who_name`, `who_organisation` and `who_mention`.

    Reads the register views and the identity macros of `ingest.build`. `who_mention` has one row
    per mention and number (null where none is stated): id, key, kind, anchor, plain, number, sort
    (person or organisation), written, represents, part, since, until, fen, records, and the parts
    of a person's name. Cost: one pass over payments, and every distinct name once in Python.
    """
    connection.execute(_HOLDERS)
    connection.execute(_NAMED)
    written = frame(connection, _WRITTEN)["written"]
    names = name_table(written)
    organisations = names.filter(pl.col("kind") == "organisation")["written"]
    for table, rows in (
        ("who_name", names),
        ("who_organisation", organisation_table(organisations)),
    ):
        connection.register("who_frame", rows)
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS FROM who_frame")
        connection.unregister("who_frame")
    connection.execute(_MENTIONS)
