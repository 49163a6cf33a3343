"""Who has power over a village's affairs, and when: posts with their dates and duties, as SQL."""

POWERS = """
powers AS (
  SELECT h.source AS official, p.id AS post, p.division, p.level, coalesce(p.role, 'other') AS role,
    list_filter(
      list_transform(
        regexp_split_to_array(coalesce(h.duties, ''), '[;；,，、]'), lambda d: trim(d)
      ),
      lambda d: length(d) > 1
    ) AS duties,
    h.valid_from AS since, h.valid_to AS until, h.records AS post_records
  FROM HOLDS h JOIN Post p ON p.id = h.target
)
"""

DECIDERS = ("secretary", "village_director", "township_head", "office_head")
"""Roles that sign; the others of a village take part in its decisions."""

WATCHERS = ("supervisor", "group_leader")
"""Roles that oversee or look after a group of households."""


def covers(duties: str, *subjects: str) -> str:
    """Return SQL: one of the duties names one of the subjects, or the other way round."""
    tests = " OR ".join(
        f"({s} IS NOT NULL AND (contains({s}, d) OR contains(d, {s})))" for s in subjects
    )
    return f"len(list_filter({duties}, lambda d: {tests})) > 0"
