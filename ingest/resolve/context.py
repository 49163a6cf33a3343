"""What stands around a mention: the lists that are compared with those of the persons on file."""

from typing import Final

import duckdb

from ingest.resolve.names import ROLE_POSTS
from ingest.resolve.parties import group, house

_PLACES: Final = """
CREATE OR REPLACE TEMP TABLE who_place AS
SELECT name, min(division) AS division FROM (
  SELECT regexp_replace(
      unit, '(人民政府|村民委员会|居民委员会|村委会|党支部|街道办事处)$', ''
    ) AS name, division_code AS division FROM officials
) WHERE length(name) BETWEEN 2 AND 12 AND division NOT LIKE '%000000'
GROUP BY name HAVING count(DISTINCT division) = 1
"""

_SIDES: Final = """
CREATE OR REPLACE TEMP TABLE who_side AS
WITH named AS (SELECT DISTINCT anchor AS account FROM who_asked WHERE kind = 'account'),
sides AS (
  SELECT payee_account AS account, payer_account AS other, division_code, matter_id,
    contract_id, true AS received FROM payments SEMI JOIN named ON account = payee_account
  UNION ALL
  SELECT payer_account, payee_account, division_code, NULL, contract_id, false
  FROM payments SEMI JOIN named ON account = payer_account
)
SELECT s.account, h.number AS other, h.prefix, s.division_code, s.matter_id, s.contract_id,
  s.received, count(*) AS times
FROM sides s LEFT JOIN who_holder h ON h.account = s.other GROUP BY ALL
"""

_HOMES: Final = """
CREATE OR REPLACE TEMP TABLE who_home AS
SELECT number, min(village) AS village FROM who_said
WHERE home IS NOT NULL GROUP BY number
"""

_TITLED: Final = """
SELECT m.id, 'holders' AS list, o.person_id AS token FROM who_asked m
JOIN reports r ON m.kind = 'report' AND r.report_id = m.anchor
JOIN who_role x ON x.role = m.role
JOIN officials o ON (o.division_code = r.division_code OR (o.division_code LIKE '%000'
    AND left(o.division_code, 9) = left(r.division_code, 9)))
  AND regexp_matches(o.post, x.pattern) AND o.start_date <= m.until
  AND coalesce(o.end_date, m.since) >= m.since
JOIN who_name n ON n.written = o.name AND n.surname = m.surname
WHERE m.role IS NOT NULL
"""

_FIRM: Final = f"""
SELECT m.id, 'phones' AS list, c.phone AS token FROM who_asked m JOIN contractors c
  ON m.kind = 'firm' AND c.company_id = m.anchor
UNION ALL SELECT m.id, 'firms', 's:' || m.anchor FROM who_asked m WHERE kind = 'firm'
  AND (number IS NULL OR represents)
UNION ALL SELECT m.id, 'firms', 'r:' || m.anchor FROM who_asked m WHERE kind = 'firm'
  AND number IS NULL
UNION ALL SELECT m.id, 'firms', 'e:' || n.plain FROM who_asked m JOIN contractors c
  ON m.kind = 'firm' AND c.company_id = m.anchor JOIN who_name n ON n.written = c.name
UNION ALL SELECT m.id, 'paid', b.number FROM who_asked m JOIN who_holder a
  ON m.kind = 'firm' AND a.number = m.anchor JOIN payments y ON y.payer_account = a.account
  JOIN who_holder b ON b.account = y.payee_account AND b.prefix = 'person'
UNION ALL SELECT m.id, 'people', s.holder_id FROM who_asked m JOIN shareholders s
  ON m.kind = 'firm' AND s.company_id = m.anchor JOIN who_name n ON n.written = s.holder_name
  WHERE n.plain <> m.plain AND party_prefix(s.holder_id) = 'person'
UNION ALL SELECT m.id, 'houses', {house("c.address")} FROM who_asked m JOIN contractors c
  ON m.kind = 'firm' AND c.company_id = m.anchor
UNION ALL SELECT m.id, 'groups', {group("c.address")} FROM who_asked m JOIN contractors c
  ON m.kind = 'firm' AND c.company_id = m.anchor
UNION ALL SELECT m.id, 'towns', left(p.division, 9) FROM who_asked m JOIN contractors c
  ON m.kind = 'firm' AND c.company_id = m.anchor JOIN who_place p ON contains(c.address, p.name)
UNION ALL SELECT m.id, 'villages', p.division FROM who_asked m JOIN contractors c
  ON m.kind = 'firm' AND c.company_id = m.anchor JOIN who_place p ON contains(c.address, p.name)
  WHERE p.division NOT LIKE '%000'
"""

_HAUNTS: Final = """
SELECT s.account, h.village FROM (SELECT DISTINCT account, other FROM who_side) s
JOIN who_home h ON h.number = s.other GROUP BY s.account, h.village
QUALIFY count(*) * 2 > sum(count(*)) OVER (PARTITION BY s.account)
"""
"""The village where more than half of an account's partners live."""

_ACCOUNT: Final = f"""
SELECT m.id, 'accounts' AS list, m.anchor AS token FROM who_asked m WHERE kind = 'account'
UNION ALL SELECT m.id, 'people', s.other FROM who_asked m JOIN who_side s
  ON m.kind = 'account' AND s.account = m.anchor WHERE s.prefix = 'person'
UNION ALL SELECT m.id, 'homes', h.village FROM who_asked m JOIN who_side s
  ON m.kind = 'account' AND s.account = m.anchor JOIN who_home h ON h.number = s.other
UNION ALL SELECT m.id, 'haunts', x.village FROM who_asked m JOIN ({_HAUNTS}) x
  ON m.kind = 'account' AND x.account = m.anchor
UNION ALL SELECT m.id, 'firms', 's:' || s.other FROM who_asked m JOIN who_side s
  ON m.kind = 'account' AND s.account = m.anchor WHERE s.prefix = 'company'
UNION ALL SELECT m.id, 'offices', left(s.other, 12) FROM who_asked m JOIN who_side s
  ON m.kind = 'account' AND s.account = m.anchor WHERE s.prefix = 'body' AND s.received
UNION ALL SELECT m.id, 'matters', s.matter_id FROM who_asked m JOIN who_side s
  ON m.kind = 'account' AND s.account = m.anchor WHERE s.received
UNION ALL SELECT m.id, 'villages', s.division_code FROM who_asked m JOIN who_side s
  ON m.kind = 'account' AND s.account = m.anchor WHERE s.division_code NOT LIKE '%000'
"""

_RELATIVE: Final = """
SELECT m.id, 'people' AS list, split_part(m.anchor, '|', 1) AS token FROM who_asked m
  WHERE kind = 'relative'
UNION ALL SELECT m.id, unnest(['homes', 'haunts']), h.village FROM who_asked m JOIN who_home h
  ON m.kind = 'relative' AND h.number = split_part(m.anchor, '|', 1)
UNION ALL SELECT m.id, 'phones', r.relative_phone FROM who_asked m JOIN relatives r
  ON m.kind = 'relative' AND r.record = m.records[1]
UNION ALL SELECT m.id, 'firms', 'e:' || n.plain FROM who_asked m JOIN relatives r
  ON m.kind = 'relative' AND r.record = m.records[1]
  JOIN who_name n ON n.written = r.relative_employer
UNION ALL SELECT m.id, 'firms', 's:' || c.company_id FROM who_asked m JOIN relatives r
  ON m.kind = 'relative' AND r.record = m.records[1]
  JOIN contractors c ON c.name = r.relative_employer
UNION ALL SELECT m.id, 'firms', 'r:' || c.company_id FROM who_asked m JOIN relatives r
  ON m.kind = 'relative' AND r.record = m.records[1]
  JOIN contractors c ON c.name = r.relative_employer
"""

_REPORT: Final = """
SELECT m.id, 'villages' AS list, r.division_code AS token FROM who_asked m JOIN reports r
  ON m.kind = 'report' AND r.report_id = m.anchor WHERE r.division_code NOT LIKE '%000'
UNION ALL SELECT m.id, 'towns', left(r.division_code, 9) FROM who_asked m JOIN reports r
  ON m.kind = 'report' AND r.report_id = m.anchor
UNION ALL SELECT m.id, 'firms', 's:' || c.company_id FROM who_asked m JOIN reports r
  ON m.kind = 'report' AND r.report_id = m.anchor JOIN contracts c USING (contract_id)
"""

LISTS: Final = (
    "phones", "accounts", "people", "firms", "paid", "matters", "offices", "villages", "towns",
    "homes", "haunts", "holders", "houses", "groups",
)  # fmt: skip

_GATHERED: Final = ", ".join(
    f"list_sort(list(DISTINCT hash(token)) FILTER (WHERE list = '{name}' AND token IS NOT NULL)) "
    f"AS {name}"
    for name in LISTS
)

_CONTEXT: Final = f"""
CREATE OR REPLACE TEMP TABLE who_context AS
WITH said AS (
  FROM ({_FIRM}) UNION ALL FROM ({_ACCOUNT}) UNION ALL FROM ({_RELATIVE}) UNION ALL
  FROM ({_REPORT}) UNION ALL FROM ({_TITLED})
), more AS (
  FROM said UNION ALL SELECT id, 'towns', left(token, 9) FROM said WHERE list = 'villages'
)
SELECT m.*, {", ".join(f"g.{name}" for name in LISTS)}
FROM who_asked m LEFT JOIN (SELECT id, {_GATHERED} FROM more GROUP BY id) g USING (id)
WHERE m.sort = 'person' ORDER BY m.id
"""


def define_context(connection: duckdb.DuckDBPyConnection, asked: str = "true") -> None:
    """Make `who_context`: the mentions of persons, each with its hashed lists (see `LISTS`).

    `asked` picks the mentions. Needs `define_mentions` and `define_parties` before.
    """
    connection.execute(f"CREATE OR REPLACE TEMP TABLE who_asked AS FROM who_mention WHERE {asked}")
    connection.execute("CREATE OR REPLACE TEMP TABLE who_role (role VARCHAR, pattern VARCHAR)")
    connection.executemany("INSERT INTO who_role VALUES (?, ?)", sorted(ROLE_POSTS.items()))
    for statement in (_PLACES, _SIDES, _HOMES, _CONTEXT):
        connection.execute(statement)
