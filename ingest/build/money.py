"""Accounts, their holders and every transfer between them."""

from ingest.build.recipe import Recipe, first_stated, gathered

ACCOUNT = Recipe(
    "Account",
    f"""
WITH said AS (
  SELECT account_no AS number, 1 AS priority, holder_id, holder_name, bank, opened_on, phone, record
  FROM accounts
  UNION ALL
  SELECT payer_account, 2, payer_id, payer_name, NULL, NULL, NULL, min(record) FROM payments
  GROUP BY ALL
  UNION ALL
  SELECT payee_account, 2, payee_id, payee_name, NULL, NULL, NULL, min(record) FROM payments
  GROUP BY ALL
  UNION ALL
  SELECT account_no, 3, NULL, NULL, NULL, NULL, NULL, min(record) FROM benefits GROUP BY ALL
  UNION ALL
  SELECT account_no, 3, NULL, NULL, NULL, NULL, NULL, min(record) FROM labour GROUP BY ALL
), grouped AS (
  SELECT number, {first_stated("bank")} AS bank, {first_stated("opened_on")} AS opened_on,
    {first_stated("phone")} AS phone, {first_stated("holder_id")} AS holder_number,
    {first_stated("holder_name")} AS holder_name,
    CASE WHEN min(priority) = 1 THEN {gathered("priority = 1")}
         ELSE [min(record)] END AS records
  FROM said WHERE number IS NOT NULL GROUP BY number
)
SELECT node_id('account', number) AS id, number, bank, opened_on, phone,
  party_id(holder_number) AS holder,
  CASE party_prefix(holder_number) WHEN 'person' THEN 'Person' WHEN 'body' THEN 'PublicBody'
       WHEN 'company' THEN 'Company' END AS holder_kind,
  holder_name, records
FROM grouped ORDER BY id
""",
)

# An account may be stated with several holders over time; each stated one is a relation.
HAS_ACCOUNT = Recipe(
    "HAS_ACCOUNT",
    f"""
WITH said AS (
  SELECT holder_id AS number, account_no AS account, opened_on, record FROM accounts
  UNION ALL SELECT payer_id, payer_account, NULL, min(record) FROM payments
            WHERE payer_id IS NOT NULL GROUP BY ALL
  UNION ALL SELECT payee_id, payee_account, NULL, min(record) FROM payments
            WHERE payee_id IS NOT NULL GROUP BY ALL
)
SELECT party_id(number) AS source, node_id('account', account) AS target,
  min(opened_on) AS valid_from, NULL::DATE AS valid_to, {gathered()} AS records
FROM said GROUP BY number, account ORDER BY source, target
""",
)

PAID = Recipe(
    "PAID",
    """
SELECT payer.id AS source, payee.id AS target, payment_id AS number, paid_at, amount, purpose,
  programme, node_id('contract', contract_id) AS contract, node_id('matter', matter_id) AS matter,
  division_code AS division, paid_at::DATE AS valid_from, paid_at::DATE AS valid_to,
  [record] AS records
FROM payments
JOIN graph.Account payer ON payer.number = payer_account
JOIN graph.Account payee ON payee.number = payee_account
ORDER BY paid_at, number, source, target, record
""",
)

RECIPES = (ACCOUNT, HAS_ACCOUNT, PAID)
