"""Persons side by side: the columns of mentions and of parties that are compared."""

from typing import Final

import duckdb

from ingest.resolve.scoring import PERSONS, define_frequencies

_LISTS: Final = (
    "phones", "accounts", "people", "firms", "matters", "offices", "villages", "towns", "holders",
    "houses", "groups",
)  # fmt: skip


def define_person_sides(connection: duckdb.DuckDBPyConnection) -> None:
    """Make `who_left`, `who_right` and the term frequencies (see `ingest.resolve.scoring`)."""
    connection.execute(f"""
CREATE OR REPLACE TEMP TABLE who_left AS
SELECT id AS unique_id, NULL::INT AS party, kind, name, surname, given, sound, shape,
  {", ".join(_LISTS)}, homes, haunts, paid, since, until, NULL::DATE AS born, NULL::DATE AS died
FROM who_context ORDER BY unique_id
""")
    connection.execute(f"""
CREATE OR REPLACE TEMP TABLE who_right AS
SELECT n.row AS unique_id, p.id AS party, NULL::VARCHAR AS kind, n.name, n.surname, n.given,
  n.sound, n.shape, {", ".join(f"p.{name}" for name in _LISTS)}, NULL::UBIGINT[] AS homes,
  NULL::UBIGINT[] AS haunts, NULL::UBIGINT[] AS paid, NULL::DATE AS since, NULL::DATE AS until,
  p.born, p.died
FROM who_party p JOIN who_party_name n USING (id) ORDER BY n.row
""")
    define_frequencies(connection, PERSONS)
