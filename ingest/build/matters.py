"""Village matters, who acted in them, whom they were about, and the papers beside them."""

from ingest.build.recipe import Recipe, first_stated, gathered

MATTER = Recipe(
    "Matter",
    f"""
WITH said AS (
  SELECT matter_id, 1 AS priority, matter_type, programme, amount, division_code, acted_at, record
  FROM approvals
  UNION ALL SELECT matter_id, 2, NULL, NULL, NULL, division_code, NULL, record FROM contracts
  UNION ALL SELECT matter_id, 2, NULL, programme, NULL, division_code, NULL, record FROM benefits
  UNION ALL SELECT matter_id, 2, NULL, NULL, NULL, division_code, NULL, record FROM leases
  UNION ALL SELECT matter_id, 2, NULL, NULL, NULL, division_code, NULL, record FROM labour
  UNION ALL SELECT matter_id, 3, NULL, programme, NULL, division_code, NULL, min(record)
            FROM payments WHERE matter_id IS NOT NULL GROUP BY ALL
  UNION ALL SELECT matter_id, 3, NULL, NULL, NULL, NULL, NULL, record FROM documents
)
SELECT node_id('matter', matter_id) AS id, matter_id AS number,
  {first_stated("matter_type")} AS matter_type, {first_stated("programme")} AS programme,
  max(amount) AS amount, min(acted_at) AS first_at, max(acted_at) AS last_at,
  {first_stated("division_code")} AS division,
  CASE WHEN min(priority) = 1 THEN {gathered("priority = 1")}
       ELSE [min(record)] END AS records
FROM said WHERE matter_id IS NOT NULL GROUP BY matter_id ORDER BY id
""",
)

ACTED = Recipe(
    "ACTED",
    f"""
SELECT node_id('person', actor_id) AS source, node_id('matter', matter_id) AS target, step,
  decision, acted_at, recorded_at, party_id(subject_id) AS subject,
  node_id('contract', contract_id) AS contract, programme, amount,
  acted_at::DATE AS valid_from, acted_at::DATE AS valid_to, {gathered()} AS records
FROM approvals GROUP BY ALL ORDER BY target, acted_at, source, step, records
""",
)

SUBJECT_OF = Recipe(
    "SUBJECT_OF",
    f"""
SELECT party_id(subject_id) AS source, node_id('matter', matter_id) AS target,
  NULL::DATE AS valid_from, NULL::DATE AS valid_to, {gathered()} AS records
FROM approvals WHERE party_prefix(subject_id) IN ('person', 'company')
GROUP BY subject_id, matter_id ORDER BY source, target
""",
)

DOCUMENT = Recipe(
    "Document",
    f"""
SELECT node_id('document', document_id) AS id, document_id AS number,
  {first_stated("kind", "record")} AS kind, {first_stated("text", "record")} AS text,
  {first_stated("sha256", "record")} AS sha256,
  {first_stated("created_at", "record")} AS created_at,
  {gathered()} AS records
FROM documents GROUP BY document_id ORDER BY id
""",
)

DOCUMENTS = Recipe(
    "DOCUMENTS",
    f"""
WITH said AS (
  SELECT document_id, node_id('matter', matter_id) AS target, created_at, record FROM documents
  UNION ALL SELECT document_id, node_id('contract', contract_id), created_at, record FROM documents
)
SELECT node_id('document', document_id) AS source, target, min(created_at)::DATE AS valid_from,
  NULL::DATE AS valid_to, {gathered()} AS records
FROM said WHERE target IS NOT NULL GROUP BY document_id, target ORDER BY source, target
""",
)

REPORT = Recipe(
    "Report",
    f"""
SELECT node_id('report', report_id) AS id, report_id AS number, min(received_at) AS received_at,
  {first_stated("channel", "record")} AS channel, {first_stated("text", "record")} AS text,
  {first_stated("about_name", "record")} AS about_name,
  {first_stated("programme", "record")} AS programme, min(division_code) AS division,
  {gathered()} AS records
FROM reports GROUP BY report_id ORDER BY id
""",
)

REPORTED = Recipe(
    "REPORTED",
    f"""
WITH said AS (
  SELECT report_id, party_id(about_id) AS target, received_at, record FROM reports
  WHERE party_prefix(about_id) IN ('person', 'company')
  UNION ALL SELECT report_id, node_id('contract', contract_id), received_at, record FROM reports
)
SELECT node_id('report', report_id) AS source, target, min(received_at)::DATE AS valid_from,
  NULL::DATE AS valid_to, {gathered()} AS records
FROM said WHERE target IS NOT NULL GROUP BY report_id, target ORDER BY source, target
""",
)

RECIPES = (MATTER, ACTED, SUBJECT_OF, DOCUMENT, DOCUMENTS, REPORT, REPORTED)
