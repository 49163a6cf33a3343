"""Contracts, who won them, who bid, and the matters they were decided in."""

from ingest.build.recipe import Recipe, gathered

CONTRACT = Recipe(
    "Contract",
    f"""
WITH newest AS (
  SELECT *, row_number() OVER (PARTITION BY contract_id ORDER BY signed_on DESC, record) AS place
  FROM contracts
), behind AS (SELECT contract_id, {gathered()} AS records FROM contracts GROUP BY contract_id)
SELECT node_id('contract', contract_id) AS id, contract_id AS number, title, category, buyer_name,
  amount, method, signed_on, announced_on, completed_on, division_code AS division, b.records
FROM newest JOIN behind b USING (contract_id) WHERE place = 1 ORDER BY id
""",
)

AWARDED = Recipe(
    "AWARDED",
    f"""
SELECT node_id('contract', contract_id) AS source, node_id('company', company_id) AS target,
  max(amount) AS amount, max(signed_on) AS valid_from, NULL::DATE AS valid_to,
  {gathered()} AS records
FROM contracts GROUP BY contract_id, company_id ORDER BY source, target
""",
)

BID = Recipe(
    "BID",
    f"""
SELECT node_id('company', company_id) AS source, node_id('contract', contract_id) AS target, price,
  submitted_at, won, contact_phone, ip, mac, submitted_at::DATE AS valid_from,
  submitted_at::DATE AS valid_to, {gathered()} AS records
FROM bids GROUP BY ALL ORDER BY source, target, submitted_at NULLS FIRST, price, records
""",
)

UNDER = Recipe(
    "UNDER",
    f"""
WITH said AS (
  SELECT contract_id, matter_id, record FROM contracts
  UNION ALL SELECT contract_id, matter_id, record FROM approvals
)
SELECT node_id('contract', contract_id) AS source, node_id('matter', matter_id) AS target,
  NULL::DATE AS valid_from, NULL::DATE AS valid_to, {gathered()} AS records
FROM said WHERE contract_id IS NOT NULL AND matter_id IS NOT NULL
GROUP BY contract_id, matter_id ORDER BY source, target
""",
)

RECIPES = (CONTRACT, AWARDED, BID, UNDER)
