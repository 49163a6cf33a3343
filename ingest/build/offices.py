"""Posts, who held them when, public bodies and the tree of divisions."""

from ingest.build.recipe import Recipe, first_stated, gathered

_ROLES = (
    ("group_leader", "组长|队长"),
    ("supervisor", "监督|监委"),
    ("accountant", "会计|报账|出纳|文书|财务"),
    ("deputy", "副"),
    ("secretary", "书记"),
    ("village_director", "村民委员会主任|村委会主任|村主任|居民委员会主任|居委会主任"),
    ("township_head", "镇长|乡长|街道办事处主任"),
    ("office_head", "主任|局长|所长|站长|科长"),
    ("member", "委员|主席|专干"),
)
_ROLE = " ".join(f"WHEN regexp_matches(post, '{words}') THEN '{role}'" for role, words in _ROLES)

LEVEL = """CASE WHEN right({code}, 10) = repeat('0', 10) THEN 'province'
  WHEN right({code}, 8) = repeat('0', 8) THEN 'city'
  WHEN right({code}, 6) = repeat('0', 6) THEN 'county'
  WHEN right({code}, 3) = '000' THEN 'township' ELSE 'village' END"""

_POST_ID = "node_id('post', division_code || '|' || unit || '|' || post)"

POST = Recipe(
    "Post",
    f"""
SELECT {_POST_ID} AS id, post AS title, unit, CASE {_ROLE} ELSE 'other' END AS role,
  {LEVEL.format(code="division_code")} AS level, division_code AS division,
  {gathered()} AS records
FROM officials GROUP BY post, unit, division_code ORDER BY id
""",
)

HOLDS = Recipe(
    "HOLDS",
    f"""
SELECT node_id('person', person_id) AS source, {_POST_ID} AS target, duties,
  start_date AS valid_from, end_date AS valid_to, {gathered()} AS records
FROM officials GROUP BY ALL
ORDER BY source, target, valid_from, valid_to NULLS LAST, duties NULLS FIRST
""",
)

PUBLIC_BODY = Recipe(
    "PublicBody",
    f"""
WITH said AS (
  SELECT holder_id AS number, 1 AS priority, holder_name AS name, record FROM accounts
  UNION ALL SELECT payer_id, 2, payer_name, record FROM payments
  UNION ALL SELECT payee_id, 3, payee_name, record FROM payments
)
SELECT node_id('body', number) AS id, number, {first_stated("name")} AS name,
  left(number, 12) AS division,
  CASE WHEN min(priority) = 1 THEN {gathered("priority = 1")}
       ELSE [min(record)] END AS records
FROM said WHERE party_prefix(number) = 'body' GROUP BY number ORDER BY id
""",
)

_CODES = " UNION ALL ".join(
    f"SELECT division_code AS code FROM {register} WHERE division_code IS NOT NULL"
    for register in (
        "officials",
        "households",
        "payments",
        "approvals",
        "contracts",
        "benefits",
        "leases",
        "reports",
        "labour",
    )
)

DIVISION = Recipe(
    "Division",
    f"""
WITH named AS (
  SELECT code FROM ({_CODES}) UNION SELECT division FROM graph.PublicBody
), every AS (
  SELECT code FROM named
  UNION SELECT rpad(left(code, n), 12, '0') FROM named, (SELECT unnest([2, 4, 6, 9]) AS n)
)
SELECT 'division:' || code AS id, code AS number, {LEVEL.format(code="code")} AS level,
  CASE WHEN right(code, 10) = repeat('0', 10) THEN NULL
       WHEN right(code, 8) = repeat('0', 8) THEN rpad(left(code, 2), 12, '0')
       WHEN right(code, 6) = repeat('0', 6) THEN rpad(left(code, 4), 12, '0')
       WHEN right(code, 3) = '000' THEN rpad(left(code, 6), 12, '0')
       ELSE rpad(left(code, 9), 12, '0') END AS parent,
  []::UBIGINT[] AS records
FROM every ORDER BY id
""",
)

RECIPES = (POST, HOLDS, PUBLIC_BODY, DIVISION)
