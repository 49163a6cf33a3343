"""Who shares a phone, an address, an account or a device with whom, and how rare that is.

Rarity is -ln(holders of the value / all who state such a value): 2 of 10,000 say far more than 20
of 10,000. Values that more than `MOST` hold (an agent's office, a village line) tie nobody to
anybody.
"""

from ingest.build.recipe import Recipe, gathered

MOST = 12

SHARES = Recipe(
    "SHARES",
    f"""
WITH stated AS (
  SELECT 'phone' AS attribute, phone AS value, id AS holder, records FROM graph.Person
  UNION ALL SELECT 'phone', phone, id, records FROM graph.Company
  UNION ALL SELECT 'phone', phone, holder, records FROM graph.Account
    WHERE holder_kind <> 'PublicBody'
  UNION ALL SELECT 'phone', contact_phone, source, records FROM graph.BID
  UNION ALL SELECT 'address', address, id, records FROM graph.Company
  UNION ALL SELECT 'address', address, id, records FROM graph.Person
  UNION ALL SELECT 'account', account, source, records FROM graph.BENEFITS
  UNION ALL SELECT 'account', account, source, records FROM graph.WORKED
  UNION ALL SELECT 'account', id, holder, records FROM graph.Account WHERE holder_kind = 'Person'
  UNION ALL SELECT 'device', mac, source, records FROM graph.BID
), pairs AS (
  SELECT attribute, value, holder, list_slice({gathered()}, 1, 3) AS records
  FROM (SELECT attribute, value, holder, unnest(records) AS record FROM stated
        WHERE value IS NOT NULL AND holder IS NOT NULL)
  GROUP BY attribute, value, holder
), sized AS (
  SELECT *, count(*) OVER (PARTITION BY attribute, value) AS holders,
         count(*) OVER (PARTITION BY attribute) AS everybody
  FROM pairs
), home AS (SELECT source AS person, min(target) AS household FROM graph.MEMBER_OF GROUP BY source)
SELECT a.holder AS source, b.holder AS target, a.attribute, min(a.holders)::BIGINT AS holders,
  max(-ln(a.holders / a.everybody)) AS rarity, NULL::DATE AS valid_from, NULL::DATE AS valid_to,
  list_sort(list_distinct(flatten(list(a.records || b.records)))) AS records
FROM sized a JOIN sized b
  ON a.attribute = b.attribute AND a.value = b.value AND a.holder < b.holder
LEFT JOIN home x ON x.person = a.holder LEFT JOIN home y ON y.person = b.holder
WHERE a.holders BETWEEN 2 AND {MOST}
  AND (x.household IS NULL OR x.household IS DISTINCT FROM y.household)
GROUP BY a.holder, b.holder, a.attribute ORDER BY source, target, attribute
""",
)

RECIPES = (SHARES,)
