"""Who holds which firm, how, since when: directly, through holding firms, or by control, as SQL.

A share held through other firms counts as the product of the shares on the way, where a firm in the
majority's or its representative's hands counts in full: whoever decides there decides all of it.
"""

STAKES = """
links AS (
  SELECT source, target, 'owns' AS how, share, valid_from, valid_to, records FROM OWNS
  WHERE share IS NOT NULL
  UNION ALL
  SELECT source, target, 'represents', 1.0, valid_from, valid_to, records FROM REPRESENTS
  UNION ALL
  SELECT source, target, role, 1.0, valid_from, valid_to, records FROM DIRECTS
  WHERE role IN ('beneficial_owner', 'manager', 'director')
), chains AS (
  WITH RECURSIVE chain AS (
    SELECT source AS person, target AS firm, how, share AS held,
      CASE WHEN how IN ('represents', 'beneficial_owner') OR share >= 0.5 THEN 1.0 ELSE share END
        AS power,
      how NOT IN ('manager', 'director') AS passes, []::VARCHAR[] AS via,
      valid_from, valid_to, records
    FROM links WHERE starts_with(source, 'person:')
    UNION ALL
    SELECT c.person, l.target, 'owns_through', c.power * l.share,
      c.power * CASE WHEN l.share >= 0.5 THEN 1.0 ELSE l.share END, true,
      list_append(c.via, c.firm),
      greatest(c.valid_from, l.valid_from), least(c.valid_to, l.valid_to),
      list_concat(c.records, l.records)
    FROM chain c JOIN links l ON l.source = c.firm AND l.how IN ('owns', 'beneficial_owner')
    WHERE c.passes AND len(c.via) < 3 AND c.power * l.share >= $min_share
      AND NOT list_contains(c.via, l.target) AND l.target <> c.firm
  )
  SELECT * FROM chain
), stakes AS (
  SELECT person, firm, how, CASE WHEN how IN ('owns', 'owns_through') THEN held END AS share, via,
    valid_from, valid_to, records,
    CASE WHEN how IN ('represents', 'beneficial_owner') OR (how IN ('owns', 'owns_through')
           AND held >= 0.5) THEN 1
         WHEN how = 'manager' THEN 2 WHEN how IN ('owns', 'owns_through') THEN 3 ELSE 4 END AS place
  FROM chains WHERE how NOT IN ('owns', 'owns_through') OR held >= $min_share
  UNION ALL
  SELECT source, target, 'controls', strength, via, valid_from, valid_to, records, 3
  FROM CONTROLS WHERE starts_with(source, 'person:') AND how IN ('ownership', 'holding')
    AND strength >= 0.5
)
"""
"""CTEs `links`, `chains`, `stakes`; `stakes.place` orders holds, 1 being the firmest."""

HOLD_RELATIONS = {
    "represents": "REPRESENTS",
    "owns": "OWNS",
    "owns_through": "OWNS",
    "controls": "CONTROLS",
    "manager": "DIRECTS",
    "director": "DIRECTS",
    "beneficial_owner": "DIRECTS",
}
"""The relation of the graph behind each hold."""
