"""Companies, who owns, represents and directs them."""

from ingest.build.recipe import Recipe, first_stated, gathered

COMPANY = Recipe(
    "Company",
    f"""
WITH said AS (
  SELECT company_id AS number, 1 AS priority, name, legal_rep_name, registered_on, capital,
         employees, address, phone, status, record FROM contractors
  UNION ALL SELECT holder_id, 2, holder_name, NULL, NULL, NULL, NULL, NULL, phone, NULL, record
            FROM accounts WHERE party_prefix(holder_id) = 'company'
  UNION ALL SELECT holder_id, 3, holder_name, NULL, NULL, NULL, NULL, NULL, NULL, NULL, record
            FROM shareholders WHERE party_prefix(holder_id) = 'company'
  UNION ALL SELECT company_id, 4, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, record
            FROM shareholders
  UNION ALL SELECT company_id, 4, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, record
            FROM contracts
  UNION ALL SELECT company_id, 4, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, record FROM bids
  UNION ALL SELECT lessee_id, 4, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, record
            FROM leases WHERE party_prefix(lessee_id) = 'company'
  UNION ALL SELECT subject_id, 4, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, record
            FROM approvals WHERE party_prefix(subject_id) = 'company'
  UNION ALL SELECT about_id, 4, about_name, NULL, NULL, NULL, NULL, NULL, NULL, NULL, record
            FROM reports WHERE party_prefix(about_id) = 'company'
  UNION ALL SELECT payer_id, 5, payer_name, NULL, NULL, NULL, NULL, NULL, NULL, NULL, record
            FROM payments WHERE party_prefix(payer_id) = 'company'
  UNION ALL SELECT payee_id, 5, payee_name, NULL, NULL, NULL, NULL, NULL, NULL, NULL, record
            FROM payments WHERE party_prefix(payee_id) = 'company'
)
SELECT node_id('company', number) AS id, number, {first_stated("name")} AS name,
  {first_stated("legal_rep_name")} AS legal_rep_name,
  {first_stated("registered_on")} AS registered_on, {first_stated("capital")} AS capital,
  {first_stated("employees")} AS employees, {first_stated("address")} AS address,
  {first_stated("phone")} AS phone, {first_stated("status")} AS status,
  CASE WHEN min(priority) = 1 THEN {gathered("priority = 1")}
       ELSE [min(record)] END AS records
FROM said WHERE number IS NOT NULL GROUP BY number ORDER BY id
""",
)

# A holder without a number is a company where its name is exactly one company's name; a person's
# name alone never identifies anybody.
_HOLDINGS = """
WITH only_name AS (
  SELECT name, min(id) AS id FROM graph.Company WHERE name IS NOT NULL
  GROUP BY name HAVING count(*) = 1
), held AS (
  SELECT coalesce(party_id(s.holder_id), n.id) AS source,
         node_id('company', s.company_id) AS target, s.role, s.share, s.start_date, s.end_date,
         s.record
  FROM shareholders s LEFT JOIN only_name n ON s.holder_id IS NULL AND s.holder_name = n.name
)
"""

OWNS = Recipe(
    "OWNS",
    f"""
{_HOLDINGS}
SELECT source, target, share, start_date AS valid_from, end_date AS valid_to,
  {gathered()} AS records
FROM held WHERE role = 'shareholder' AND source IS NOT NULL AND source <> target GROUP BY ALL
ORDER BY source, target, valid_from NULLS FIRST, valid_to NULLS LAST, share NULLS FIRST
""",
)

DIRECTS = Recipe(
    "DIRECTS",
    f"""
{_HOLDINGS}
SELECT source, target, role, start_date AS valid_from, end_date AS valid_to, {gathered()} AS records
FROM held WHERE role <> 'shareholder' AND source IS NOT NULL AND source <> target GROUP BY ALL
ORDER BY source, target, role, valid_from NULLS FIRST, valid_to NULLS LAST
""",
)

REPRESENTS = Recipe(
    "REPRESENTS",
    f"""
SELECT node_id('person', legal_rep_id) AS source, node_id('company', company_id) AS target,
  NULL::DATE AS valid_from, NULL::DATE AS valid_to, {gathered()} AS records
FROM contractors WHERE legal_rep_id IS NOT NULL GROUP BY ALL ORDER BY source, target
""",
)

RECIPES = (COMPANY, OWNS, DIRECTS, REPRESENTS)
