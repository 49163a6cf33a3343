"""Who is on file with a number: one row per person, with what ties a mention to them.

Every list but the names holds hashed tokens, so that two lists can be compared whatever they are
of. What a mention's own register says of its number is no evidence for that mention: account
tokens come from benefits and labour alone, the circle from households alone.
"""

from typing import Final

import duckdb

OWN_BITS: Final = {
    "firm": 1 << 5 | 1 << 6,
    "account": 1 << 9 | 1 << 10,
    "relative": 1 << 7,
    "report": 1 << 8,
}
"""The registers (by rank below) through which a mention of a kind may itself have put on file."""

OWN_CASES: Final = " ".join(f"WHEN '{kind}' THEN {bits}" for kind, bits in OWN_BITS.items())
"""The same as the cases of an SQL CASE over a mention's kind."""

_SAID: Final = """
CREATE OR REPLACE TEMP TABLE who_said AS
SELECT number, rank, name, phone, village, home, record FROM (
  SELECT person_id AS number, 1 AS rank, name, phone, division_code AS village,
    division_code || '|' || household_id AS home, record FROM households
  UNION ALL SELECT person_id, 2, name, phone, division_code, NULL, record FROM officials
  UNION ALL SELECT person_id, 3, name, NULL, division_code, NULL, record FROM benefits
  UNION ALL SELECT person_id, 4, name, NULL, NULL, NULL, record FROM labour
  UNION ALL SELECT legal_rep_id, 5, legal_rep_name, NULL, NULL, NULL, record FROM contractors
  UNION ALL SELECT holder_id, 6, holder_name, NULL, NULL, NULL, record FROM shareholders
  UNION ALL SELECT relative_id, 7, relative_name, NULL, NULL, NULL, record FROM relatives
  UNION ALL SELECT about_id, 8, about_name, NULL, NULL, NULL, record FROM reports
  UNION ALL SELECT holder_id, 9, holder_name, phone, NULL, NULL, record FROM accounts
  UNION ALL SELECT payee_id, 10, payee_name, NULL, NULL, NULL, min(record) FROM payments
    WHERE payee_id IS NOT NULL GROUP BY ALL
  UNION ALL SELECT payer_id, 10, payer_name, NULL, NULL, NULL, min(record) FROM payments
    WHERE payer_id IS NOT NULL GROUP BY ALL
) WHERE party_prefix(number) = 'person'
"""

_PERSONS: Final = """
CREATE OR REPLACE TEMP TABLE who_number AS
SELECT number, row_number() OVER (ORDER BY node_id('person', number))::INT AS id,
  node_id('person', number) AS node, bit_or(1 << rank) AS stated_in,
  substr(number, 17, 1)::INT % 2 = 1 AS male,
  try_strptime(substr(number, 7, 8), '%Y%m%d')::DATE AS born
FROM who_said GROUP BY number
"""

_DEATHS: Final = """
CREATE OR REPLACE TEMP TABLE who_death AS
SELECT person_id AS number, min(status_date) AS died FROM households
WHERE status = 'deceased' GROUP BY person_id
"""

_CIRCLE: Final = """
CREATE OR REPLACE TEMP TABLE who_circle AS
WITH home AS (
  SELECT DISTINCT home, number FROM who_said WHERE home IS NOT NULL
), small AS (
  SELECT home FROM home GROUP BY home HAVING count(*) <= 30
), kin AS (
  SELECT a.number AS one, b.number AS other FROM home a JOIN home b USING (home) SEMI JOIN small
    USING (home)
  UNION ALL SELECT person_id, unnest([spouse_id, father_id, mother_id]) FROM households
  UNION ALL SELECT unnest([spouse_id, father_id, mother_id]), person_id FROM households
)
SELECT DISTINCT one, other FROM kin WHERE other IS NOT NULL AND one IS NOT NULL AND one <> other
"""

_FIRMS: Final = """
CREATE OR REPLACE TEMP TABLE who_firm AS
SELECT DISTINCT number, token FROM (
  SELECT holder_id AS number, 's:' || company_id AS token FROM shareholders
  UNION ALL SELECT legal_rep_id, 'r:' || company_id FROM contractors
  UNION ALL SELECT person_id, 'e:' || n.plain FROM holdings h JOIN who_name n
    ON n.written = h.employer
  UNION ALL SELECT relative_id, 'e:' || n.plain FROM relatives r JOIN who_name n
    ON n.written = r.relative_employer
) WHERE party_prefix(number) = 'person'
"""

_MATTERS: Final = """
CREATE OR REPLACE TEMP TABLE who_matter AS
SELECT DISTINCT number, matter FROM (
  SELECT subject_id AS number, matter_id AS matter FROM approvals
  UNION ALL SELECT person_id, matter_id FROM benefits WHERE matter_id IS NOT NULL
) WHERE party_prefix(number) = 'person'
"""


def _listed(table: str, number: str, token: str, name: str, where: str = "true") -> str:
    return (
        f"SELECT {number} AS number, list_sort(list(DISTINCT hash({token}))) AS {name} "
        f"FROM {table} WHERE {where} AND {token} IS NOT NULL GROUP BY {number}"
    )


def house(address: str) -> str:
    """Return SQL for an address that names a house: its text without blanks, up to the number."""
    return f"nullif(regexp_extract(replace({address}, ' ', ''), '^.*\\d+(号|室)', 0), '')"


def group(address: str) -> str:
    """Return SQL for the village and group of an address, null where it names no group."""
    plain = f"replace({address}, ' ', '')"
    return f"nullif(regexp_extract({plain}, '^.*?[\\d一二三四五六七八九十]+(组|社|队)', 0), '')"


_LISTS: Final = (
    _listed("who_said", "number", "phone", "phones"),
    _listed(
        "(SELECT person_id, account_no FROM benefits UNION ALL "
        "SELECT person_id, account_no FROM labour)", "person_id", "account_no", "accounts",
    ),
    _listed("who_circle", "one", "other", "people"),
    _listed("who_firm", "number", "token", "firms"),
    _listed("who_matter", "number", "matter", "matters"),
    _listed("households", "person_id", house("address"), "houses"),
    _listed("households", "person_id", group("address"), "groups"),
    _listed("officials", "person_id", "division_code", "offices"),
    _listed("who_said", "number", "village", "villages", "village NOT LIKE '%000'"),
    _listed("who_said", "number", "left(village, 9)", "towns"),
)  # fmt: skip

_PARTIES: Final = f"""
CREATE OR REPLACE TEMP TABLE who_party AS
SELECT *, [hash(p.number)] AS holders
FROM who_number p LEFT JOIN who_death d USING (number)
{" ".join(f"LEFT JOIN ({query}) l{i} USING (number)" for i, query in enumerate(_LISTS))}
ORDER BY p.id
"""

_NAMES: Final = """
CREATE OR REPLACE TEMP TABLE who_party_name AS
WITH said AS (
  SELECT p.id, n.name, n.sound, n.shape, n.surname, n.given, min(s.rank) AS rank
  FROM who_said s JOIN who_name n ON n.written = s.name JOIN who_number p USING (number)
  WHERE n.name IS NOT NULL GROUP BY ALL
), near AS (FROM said QUALIFY rank <= 4 OR rank = min(rank) OVER (PARTITION BY id))
SELECT row_number() OVER (ORDER BY id, rank, name)::INT AS row, *,
  row_number() OVER (PARTITION BY id ORDER BY rank, name) = 1 AS chief
FROM near ORDER BY row
"""
"""Names that bank and companies print count only where no office's own list names the person."""


def define_parties(connection: duckdb.DuckDBPyConnection) -> None:
    """Make `who_party` (one row per numbered person) and `who_party_name` (each name of theirs).

    Needs `define_mentions` before. Columns: id, number, node, stated_in (bits: in which registers,
    see `OWN_BITS`), male, born, died, and the hashed lists phones, accounts,
    people (the circle), firms, matters, houses, groups, offices, villages,
    towns, holders.
    """
    for statement in (
        _SAID, _PERSONS, _DEATHS, _CIRCLE, _FIRMS, _MATTERS, _PARTIES, _NAMES,
    ):  # fmt: skip
        connection.execute(statement)
