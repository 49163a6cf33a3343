"""Need-tested benefits, and how needy every household is by what the registers show of it."""

from datetime import date

import polars as pl

from graphengine.tables.graph import Graph
from queries.kin.stakes import STAKES

NEED_TESTED = "低保|最低生活|特困|五保|临时救助|困难|危房|医疗救助|低收入|孤儿"
"""Programmes that are granted by need (a regular expression over their names)."""

COMPOUND = (
    "('欧阳', '司马', '上官', '诸葛', '皇甫', '尉迟', '公孙', '慕容', '司徒', '夏侯', '东方')"
)
SURNAME = (
    f"CASE WHEN left({{name}}, 2) IN {COMPOUND} THEN left({{name}}, 2) ELSE left({{name}}, 1) END"
)
_LOWEST, _HIGHEST = -1, 4


def reference_day(graph: Graph) -> date | None:
    """Return the day at which need is judged: the median start of need-tested benefits."""
    found = graph.sql(
        """
        SELECT quantile_disc(since, 0.5) FROM (
          SELECT min(valid_from) AS since FROM BENEFITS
          WHERE regexp_matches(programme, $programmes) GROUP BY target
        )
        """,
        programmes=NEED_TESTED,
    ).item()
    return found if isinstance(found, date) else None


_HOUSEHOLDS = f"""
WITH {STAKES}, members AS (
  SELECT m.target AS home, p.id, p.name, m.relation_to_head, p.birth_date,
    date_diff('year', p.birth_date, $day::DATE) AS age,
    (p.death_date IS NULL OR p.death_date > $day)
      AND (m.status IS DISTINCT FROM 'moved' OR m.status_date > $day) AS here,
    p.death_date BETWEEN $day::DATE - INTERVAL 3 YEAR AND $day::DATE AS lost
  FROM MEMBER_OF m JOIN Person p ON p.id = m.source
), vehicles AS (
  SELECT DISTINCT o.source AS id FROM POSSESSES o JOIN Asset a ON a.id = o.target
  WHERE a.kind = 'vehicle' AND o.valid_from <= $day::DATE + INTERVAL 1 YEAR
    AND (o.valid_to IS NULL OR o.valid_to >= $day)
), paid AS (
  SELECT DISTINCT source AS id FROM EMPLOYED_BY
  WHERE starts_with(target, 'body:') AND (valid_to IS NULL OR valid_to >= $day)
  UNION SELECT h.source FROM HOLDS h JOIN Post p ON p.id = h.target
  WHERE p.level <> 'village' AND (h.valid_to IS NULL OR h.valid_to >= $day)
), business AS (
  SELECT DISTINCT person AS id FROM stakes WHERE place <= 3 AND (share IS NULL OR share >= 0.2)
), counted AS (
  SELECT home,
    count(*) FILTER (WHERE here AND age BETWEEN 18 AND 59) AS workers,
    count(*) FILTER (WHERE here AND (age < 18 OR age >= 60)) AS dependants,
    count(*) FILTER (WHERE here AND age >= 75) AS frail,
    count(*) FILTER (WHERE lost AND age BETWEEN 18 AND 65) AS lost,
    count(*) FILTER (WHERE here) AS size,
    count(v.id) FILTER (WHERE here) AS vehicles, count(w.id) FILTER (WHERE here) AS paid,
    count(b.id) FILTER (WHERE here) AS business,
    coalesce(min(name) FILTER (WHERE relation_to_head = '02'), min(name)) AS head
  FROM members LEFT JOIN vehicles v USING (id) LEFT JOIN paid w USING (id)
  LEFT JOIN business b USING (id)
  GROUP BY home
), scored AS (
  SELECT c.home AS household, h.division AS village, c.size,
    (2 * (workers = 0)::INT + (dependants > workers)::INT + (frail > 0)::INT + (lost > 0)::INT
     - 2 * (vehicles > 0)::INT - 3 * (paid > 0)::INT - 2 * (business > 0)::INT) AS points,
    {SURNAME.format(name="head")} AS surname,
    nullif(regexp_extract(h.address, '([0-9一二三四五六七八九十]+)(组|队|社)', 1), '') AS hamlet
  FROM counted c JOIN Household h ON h.id = c.home WHERE h.division IS NOT NULL AND c.size > 0
)
SELECT household, village, size, greatest({_LOWEST}, least({_HIGHEST}, points))::BIGINT AS need,
  surname, hamlet,
  count(*) OVER (PARTITION BY village, surname) / count(*) OVER (PARTITION BY village) AS clan
FROM scored ORDER BY village, household
"""


def households(graph: Graph, day: date) -> pl.DataFrame:
    """Return every household with living members on that day, sorted by village and id.

    Columns: household, village, size, need (-1: means of its own ... 4: no earner, frail),
    surname of its head, hamlet (group number in the address), clan (its surname's share of the
    village's households). Need counts only what registers show: illness and debts are not seen.
    """
    return graph.sql(_HOUSEHOLDS, day=day, min_share=0.05)


_GRANTS = """
WITH home AS (
  SELECT source AS person, arg_min(target, (status <> 'active', target)) AS household,
    arg_min(records, (status <> 'active', target)) AS home_records
  FROM MEMBER_OF GROUP BY source
)
SELECT h.household, b.source AS person, b.target AS benefit, min(b.programme) AS programme,
  min(b.valid_from) AS since, max(b.valid_to) AS until, sum(b.amount)::BIGINT AS amount,
  flatten(list(b.records ORDER BY b.period, b.records)) AS records,
  any_value(h.home_records) AS home_records
FROM BENEFITS b JOIN home h ON h.person = b.source
WHERE regexp_matches(b.programme, $programmes)
GROUP BY h.household, b.source, b.target ORDER BY h.household, person, benefit
"""


def grants(graph: Graph) -> pl.DataFrame:
    """Return every need-tested benefit: household, person, benefit, since, until, amount, rows.

    `records` are its payouts by time, `home_records` show the recipient's household.
    """
    return graph.sql(_GRANTS, programmes=NEED_TESTED)
