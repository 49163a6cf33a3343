"""Where things are: the relation AT, from every kind that has a division."""

from ingest.build.recipe import Recipe

_KINDS = ("Household", "Post", "PublicBody", "Contract", "Matter", "Benefit", "Asset", "Report")
_PLACED = " UNION ALL ".join(
    f"SELECT id AS source, division, records FROM graph.{kind} WHERE division IS NOT NULL"
    for kind in _KINDS
)

AT = Recipe(
    "AT",
    f"""
WITH placed AS (
  {_PLACED}
  UNION ALL SELECT id, parent, records FROM graph.Division WHERE parent IS NOT NULL
)
SELECT source, 'division:' || division AS target, NULL::DATE AS valid_from, NULL::DATE AS valid_to,
  records
FROM placed ORDER BY source, target
""",
)

RECIPES = (AT,)
