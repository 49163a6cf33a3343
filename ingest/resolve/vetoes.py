"""What no probability overrides: different numbers, birth dates, sexes; the dead and children.

Two persons with numbers are never one person (the numbers are valid and differ). A mention that
states or implies a sex, a date of birth or an age cannot mean somebody who contradicts it.
"""

from typing import Final

import duckdb

LEAST_AGE: Final = 16
"""Nobody younger represents a company (Civil Code art. 18: sixteen, if living from own work)."""

GENERATION: Final = 13
"""Years between parent and child at least."""

_MALE: Final = "父|儿子|长子|次子|兄|弟|丈夫|叔|伯|舅|侄子|外甥$|女婿|孙子|公公|岳父"
_FEMALE: Final = "母|女儿|长女|次女|姐|妹|妻|媳|姑|姨|侄女|外甥女|孙女|婆婆"
_CHILD: Final = "^(儿子|女儿|长子|次子|长女|次女|子|女)$"
_PARENT: Final = "^(父亲|母亲|父|母)$"

CONTRADICTED: Final = f"""(
  coalesce(m.kind = 'relative' AND (
    (regexp_matches(m.part, '{_FEMALE}') AND p.male)
    OR (regexp_matches(m.part, '{_MALE}') AND NOT regexp_matches(m.part, '{_FEMALE}')
        AND NOT p.male)
    OR p.number = split_part(m.anchor, '|', 1)
    OR (regexp_matches(m.part, '{_CHILD}')
        AND p.born < m.anchor_born + INTERVAL {GENERATION} YEAR)
    OR (regexp_matches(m.part, '{_PARENT}')
        AND m.anchor_born < p.born + INTERVAL {GENERATION} YEAR)), false)
  OR coalesce(m.represents AND m.since < p.born + INTERVAL {LEAST_AGE} YEAR, false)
  OR coalesce(m.kind = 'firm' AND p.died < m.since, false)
)"""
"""SQL: mention `m` cannot mean party `p`."""


def define_anchors(connection: duckdb.DuckDBPyConnection) -> None:
    """Add to the mentions of relatives the birth date of the official who declared them."""
    connection.execute("ALTER TABLE who_context ADD COLUMN anchor_born DATE")
    connection.execute(
        "UPDATE who_context m SET anchor_born = p.born FROM who_number p "
        "WHERE m.kind = 'relative' AND p.number = split_part(m.anchor, '|', 1)"
    )
