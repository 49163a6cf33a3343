"""Who decides on a village's need-tested benefits, and which households are kin of theirs."""

from datetime import date

import polars as pl

from graphengine.tables.graph import Graph
from queries.kin.power import POWERS
from queries.kin.welfare import NEED_TESTED

_DECIDERS = f"""
WITH {POWERS}, approvers AS (
  SELECT DISTINCT a.source AS official, m.division AS village
  FROM ACTED a JOIN Matter m ON m.id = a.target
  WHERE a.step = 'approval' AND m.division IS NOT NULL
    AND regexp_matches(concat_ws('|', m.programme, m.matter_type, a.programme), $programmes)
)
SELECT official, division AS village, role, since, until, post, post_records FROM powers
WHERE level = 'village' AND role IN ('secretary', 'village_director', 'deputy', 'accountant',
  'member')
UNION
SELECT p.official, a.village, p.role, p.since, p.until, p.post, p.post_records
FROM approvers a JOIN powers p USING (official)
WHERE right(a.village, 3) <> '000'
  AND (p.division = a.village OR p.division = rpad(left(a.village, 9), 12, '0')
       OR p.division = rpad(left(a.village, 6), 12, '0'))
ORDER BY village, official, since, until, post, post_records
"""


def deciders(graph: Graph) -> pl.DataFrame:
    """Return posts with a say: official, village, role, since, until, post, post_records.

    The committee and the accountant decide in the village; officials above only where they have
    approved such benefits there.
    """
    return graph.sql(_DECIDERS, programmes=NEED_TESTED)


_TIES = f"""
WITH {POWERS}, officials AS (SELECT DISTINCT official FROM powers), homes AS (
  SELECT m.source AS person, m.target AS household
  FROM MEMBER_OF m JOIN Person p ON p.id = m.source
  WHERE m.status IS DISTINCT FROM 'moved' AND CASE WHEN p.death_date IS NULL
    THEN m.status IS DISTINCT FROM 'deceased' ELSE p.death_date > $day END
), related AS (
  SELECT official, official AS kin, '' AS relation, 0 AS degree, []::UBIGINT[] AS records
  FROM officials
  UNION ALL
  SELECT k.source, k.target, k.relation, k.degree, k.records
  FROM KIN k SEMI JOIN officials o ON o.official = k.source WHERE k.in_scope
)
SELECT r.official, h.household, r.kin, r.relation, r.degree, r.records,
  o.sex AS official_sex, p.sex AS kin_sex
FROM related r JOIN homes h ON h.person = r.kin
LEFT JOIN Person o ON o.id = r.official LEFT JOIN Person p ON p.id = r.kin
QUALIFY row_number() OVER (
  PARTITION BY r.official, h.household ORDER BY r.degree, r.kin, r.relation, r.records) = 1
ORDER BY r.official, h.household
"""


def kin_households(graph: Graph, day: date) -> pl.DataFrame:
    """Return every official's kin households with the closest kin living there (or himself).

    Who had died by that day ties nobody to a household.
    """
    return graph.sql(_TIES, day=day)
