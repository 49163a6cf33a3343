"""People, households and who lives in which."""

from ingest.build.recipe import Recipe, first_stated, gathered

_MENTIONS = """
WITH said AS (
  SELECT person_id AS number, 1 AS priority, name, phone, address, status, status_date,
         division_code AS division, record FROM households
  UNION ALL SELECT person_id, 2, name, phone, NULL, NULL, NULL, NULL, record FROM officials
  UNION ALL SELECT legal_rep_id, 3, legal_rep_name, NULL, NULL, NULL, NULL, NULL, record
            FROM contractors
  UNION ALL SELECT person_id, 4, name, NULL, NULL, NULL, NULL, NULL, record FROM benefits
  UNION ALL SELECT holder_id, 5, holder_name, NULL, NULL, NULL, NULL, NULL, record
            FROM shareholders WHERE party_prefix(holder_id) = 'person'
  UNION ALL SELECT holder_id, 6, holder_name, phone, NULL, NULL, NULL, NULL, record
            FROM accounts WHERE party_prefix(holder_id) = 'person'
  UNION ALL SELECT person_id, 7, name, NULL, NULL, NULL, NULL, NULL, record FROM labour
  UNION ALL SELECT relative_id, 8, relative_name, relative_phone, NULL, NULL, NULL, NULL, record
            FROM relatives
  UNION ALL SELECT about_id, 9, about_name, NULL, NULL, NULL, NULL, NULL, record
            FROM reports WHERE party_prefix(about_id) = 'person'
  UNION ALL SELECT person_id, 10, NULL, NULL, NULL, NULL, NULL, NULL, record FROM relatives
  UNION ALL SELECT person_id, 10, NULL, NULL, NULL, NULL, NULL, NULL, record FROM holdings
  UNION ALL SELECT lessee_id, 10, NULL, NULL, NULL, NULL, NULL, NULL, record
            FROM leases WHERE party_prefix(lessee_id) = 'person'
  UNION ALL SELECT actor_id, 10, NULL, NULL, NULL, NULL, NULL, NULL, record FROM approvals
  UNION ALL SELECT subject_id, 10, NULL, NULL, NULL, NULL, NULL, NULL, record
            FROM approvals WHERE party_prefix(subject_id) = 'person'
  UNION ALL SELECT payer_id, 11, payer_name, NULL, NULL, NULL, NULL, NULL, record
            FROM payments WHERE party_prefix(payer_id) = 'person'
  UNION ALL SELECT payee_id, 11, payee_name, NULL, NULL, NULL, NULL, NULL, record
            FROM payments WHERE party_prefix(payee_id) = 'person'
  UNION ALL SELECT unnest([spouse_id, father_id, mother_id]), 12, NULL, NULL, NULL, NULL, NULL,
            NULL, record FROM households
)
"""

PERSON = Recipe(
    "Person",
    f"""
{_MENTIONS}, best AS (
  SELECT number, priority, name, phone, address, status, status_date, division, record,
         min(priority) OVER (PARTITION BY number) AS nearest
  FROM said WHERE number IS NOT NULL
), grouped AS (
  SELECT number,
    {first_stated("name")} AS name, {first_stated("phone")} AS phone,
    {first_stated("address")} AS address,
    bool_or(status = 'deceased') AS dead, bool_or(status = 'active') AS active,
    max(status) FILTER (WHERE status NOT IN ('active', 'deceased')) AS other,
    min(status_date) FILTER (WHERE status = 'deceased') AS death_date,
    max(status_date) FILTER (WHERE status <> 'deceased') AS changed,
    min(division) FILTER (WHERE status = 'active') AS lives_in, min(division) AS known_in,
    CASE WHEN min(priority) > 9 THEN [min(record)]
         ELSE {gathered("priority = nearest")} END AS records
  FROM best GROUP BY number
)
SELECT node_id('person', number) AS id, number, name,
  CASE WHEN substr(number, 17, 1)::INT % 2 = 1 THEN 'M' ELSE 'F' END AS sex,
  try_strptime(substr(number, 7, 8), '%Y%m%d')::DATE AS birth_date, death_date, phone, address,
  CASE WHEN dead THEN 'deceased' WHEN active THEN 'active' ELSE other END AS status,
  CASE WHEN dead THEN death_date WHEN active THEN NULL ELSE changed END AS status_date,
  coalesce(lives_in, known_in) AS division,
  records
FROM grouped ORDER BY id
""",
)

_HOUSEHOLD_ID = "node_id('household', division_code || '|' || household_id)"

HOUSEHOLD = Recipe(
    "Household",
    f"""
SELECT {_HOUSEHOLD_ID} AS id, household_id AS number,
  count(DISTINCT person_id) FILTER (WHERE status = 'active')::BIGINT AS size,
  coalesce(min(address) FILTER (WHERE relation_to_head = '02'), min(address)) AS address,
  division_code AS division, {gathered()} AS records
FROM households GROUP BY household_id, division_code ORDER BY id
""",
)

MEMBER_OF = Recipe(
    "MEMBER_OF",
    f"""
WITH said AS (
  SELECT node_id('person', person_id) AS source, {_HOUSEHOLD_ID} AS target, relation_to_head,
    status, status_date, CASE WHEN status <> 'active' THEN status_date END AS valid_to, record
  FROM households
)
SELECT source, target, relation_to_head, status, status_date, NULL::DATE AS valid_from, valid_to,
  {gathered()} AS records
FROM said GROUP BY source, target, relation_to_head, status, status_date, valid_to
ORDER BY source, target, relation_to_head, status, status_date NULLS FIRST
""",
)

RECIPES = (PERSON, HOUSEHOLD, MEMBER_OF)
