"""Programmes and benefits, work and wages, leases and what people possess."""

from ingest.build.recipe import Recipe, first_stated, gathered

PROGRAMME = Recipe(
    "Programme",
    f"""
WITH said AS (
  SELECT programme, min(record) AS record FROM benefits GROUP BY programme
  UNION ALL SELECT programme, min(record) FROM payments GROUP BY programme
  UNION ALL SELECT programme, min(record) FROM approvals GROUP BY programme
)
SELECT node_id('programme', programme) AS id, programme AS name, {gathered()} AS records
FROM said WHERE programme IS NOT NULL GROUP BY programme ORDER BY id
""",
)

_BENEFIT_ID = "node_id('benefit', person_id || '|' || programme || '|' || division_code)"

BENEFIT = Recipe(
    "Benefit",
    f"""
SELECT {_BENEFIT_ID} AS id, programme, min(period) AS first_period, max(period) AS last_period,
  count(*) AS payouts, sum(amount)::BIGINT AS amount, division_code AS division,
  {gathered()} AS records
FROM benefits GROUP BY person_id, programme, division_code ORDER BY id
""",
)

BENEFITS = Recipe(
    "BENEFITS",
    f"""
SELECT node_id('person', person_id) AS source, {_BENEFIT_ID} AS target, programme, period, amount,
  node_id('account', account_no) AS account, node_id('matter', matter_id) AS matter,
  try_strptime(left(period || '-01', 7) || '-01', '%Y-%m-%d')::DATE AS valid_from,
  CASE WHEN length(period) = 4 THEN make_date(period::INT, 12, 31)
       ELSE last_day(strptime(period || '-01', '%Y-%m-%d')::DATE) END AS valid_to,
  [record] AS records
FROM benefits ORDER BY source, target, period, record
""",
)

WORKED = Recipe(
    "WORKED",
    f"""
WITH said AS (
  SELECT *, node_id('contract', contract_id) AS target FROM labour
  UNION ALL SELECT *, node_id('matter', matter_id) FROM labour WHERE contract_id IS NULL
)
SELECT node_id('person', person_id) AS source, target, work_id AS number, days, wage,
  node_id('account', account_no) AS account, division_code AS division,
  worked_from AS valid_from, worked_to AS valid_to, {gathered()} AS records
FROM said WHERE target IS NOT NULL GROUP BY ALL
ORDER BY source, target, valid_from, number, records
""",
)

ASSET = Recipe(
    "Asset",
    f"""
SELECT node_id('asset', asset_id) AS id, asset_id AS number, 'collective' AS kind,
  {first_stated("description", "record")} AS description, max(area_mu) AS area_mu,
  max(reference_rent) AS reference_rent, NULL::BIGINT AS value, min(division_code) AS division,
  {gathered()} AS records
FROM leases GROUP BY asset_id
UNION ALL
SELECT node_id('asset', person_id || '|' || kind || '|' || acquired_on), NULL, kind,
  min(employer), NULL, NULL, max(value), NULL, {gathered()}
FROM holdings GROUP BY person_id, kind, acquired_on
ORDER BY id
""",
)

LEASES = Recipe(
    "LEASES",
    f"""
SELECT party_id(lessee_id) AS source, node_id('asset', asset_id) AS target, annual_rent, method,
  node_id('matter', matter_id) AS matter, start_date AS valid_from, end_date AS valid_to,
  {gathered()} AS records
FROM leases GROUP BY ALL ORDER BY source, target, valid_from, records
""",
)

POSSESSES = Recipe(
    "POSSESSES",
    f"""
SELECT node_id('person', person_id) AS source,
  node_id('asset', person_id || '|' || kind || '|' || acquired_on) AS target,
  acquired_on AS valid_from, max(disposed_on) AS valid_to, {gathered()} AS records
FROM holdings GROUP BY person_id, kind, acquired_on
ORDER BY source, target
""",
)

# An employer is a text; it is a node only where exactly one body or company bears that name.
EMPLOYED_BY = Recipe(
    "EMPLOYED_BY",
    f"""
WITH employers AS (
  SELECT name, min(id) AS id FROM (SELECT name, id FROM graph.Company UNION ALL
                                   SELECT name, id FROM graph.PublicBody)
  WHERE name IS NOT NULL GROUP BY name HAVING count(*) = 1
), said AS (
  SELECT person_id AS number, employer, acquired_on AS since, disposed_on AS until, record
  FROM holdings WHERE kind IN ('payroll', 'business')
  UNION ALL SELECT relative_id, relative_employer, NULL, NULL, record FROM relatives
)
SELECT node_id('person', number) AS source, e.id AS target, since AS valid_from,
  until AS valid_to, {gathered()} AS records
FROM said JOIN employers e ON e.name = said.employer WHERE number IS NOT NULL GROUP BY ALL
ORDER BY source, target, valid_from NULLS FIRST, valid_to NULLS LAST
""",
)

RECIPES = (PROGRAMME, BENEFIT, BENEFITS, WORKED, ASSET, LEASES, POSSESSES, EMPLOYED_BY)
