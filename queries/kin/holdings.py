"""What a village's households hold of the village: posts, contracts, benefits, leases."""

import polars as pl

from graphengine.tables.graph import Graph
from queries.kin.stakes import STAKES
from queries.kin.welfare import NEED_TESTED

DOMAINS = ("posts", "contracts", "benefits", "leases")

_HELD = f"""
WITH {STAKES}, won AS (
  SELECT s.person, c.division AS village, s.firm, c.id AS contract, c.signed_on AS since,
    coalesce(c.amount, a.amount) AS amount, s.how, list_concat(a.records, s.records) AS records
  FROM AWARDED a JOIN Contract c ON c.id = a.source JOIN stakes s ON s.firm = a.target
  WHERE s.place <= 3 AND (s.valid_from IS NULL OR s.valid_from <= c.signed_on)
    AND (s.valid_to IS NULL OR s.valid_to >= c.signed_on)
  QUALIFY row_number() OVER (
    PARTITION BY s.person, c.id
    ORDER BY s.place, s.how, s.share DESC NULLS LAST, s.via, s.records) = 1
), leased AS (
  SELECT l.source AS person, a.division AS village, l.source AS via, l.target,
    l.valid_from AS since, l.annual_rent AS amount, NULL::VARCHAR AS how, l.records
  FROM LEASES l JOIN Asset a ON a.id = l.target WHERE starts_with(l.source, 'person:')
  UNION ALL
  SELECT s.person, a.division, s.firm, l.target, l.valid_from, l.annual_rent, s.how,
    list_concat(l.records, s.records)
  FROM LEASES l JOIN Asset a ON a.id = l.target JOIN stakes s ON s.firm = l.source
  WHERE s.place <= 3
)
SELECT 'posts' AS domain, h.source AS person, p.division AS village, h.source AS via,
  h.target AS target, h.valid_from AS since, NULL::BIGINT AS amount,
  NULL::VARCHAR AS how, h.records
FROM HOLDS h JOIN Post p ON p.id = h.target WHERE p.level = 'village'
  AND (h.valid_to IS NULL OR h.valid_to >= coalesce(
    least((SELECT min(signed_on) FROM Contract), (SELECT min(valid_from) FROM BENEFITS))
      - INTERVAL 5 YEAR, h.valid_to))
UNION ALL SELECT 'contracts', person, village, firm, contract, since, amount::BIGINT, how, records
FROM won
UNION ALL SELECT 'benefits', b.source, any_value(g.division), b.source, b.target,
  min(b.valid_from), sum(b.amount)::BIGINT, NULL,
  list_slice(flatten(list(b.records ORDER BY b.period, b.records)), 1, 1)
  FROM BENEFITS b JOIN Benefit g ON g.id = b.target
  WHERE regexp_matches(b.programme, $programmes) GROUP BY b.source, b.target
UNION ALL SELECT 'leases', person, village, via, target, since, amount::BIGINT, how, records
FROM leased
ORDER BY domain, person, target, via, since, amount, how, records
"""


def held(graph: Graph, min_share: float = 0.05) -> pl.DataFrame:
    """Return who holds what of which village: domain, person, village, via, target, since, amount.

    `via` is the firm through which a contract or lease is held (`how` says by what hold), else the
    person; `records` are the rows behind it (of a benefit the first one). Posts that had ended
    a term of office (five years) before the first contract or benefit are history and left out.
    """
    return graph.sql(_HELD, min_share=min_share, programmes=NEED_TESTED)
