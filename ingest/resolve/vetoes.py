"""What no probability overrides: different numbers, birth dates, sexes; the dead and children.

Two persons with numbers are never one person (the numbers are valid and differ). A mention that
states or implies a sex, a date of birth or an age cannot mean somebody who contradicts it.
"""

from collections.abc import Mapping
from typing import Final

import duckdb
import polars as pl

from graphengine.judgements import ordered
from ingest.resolve.clusters import Cause, Pair
from ingest.resolve.tables import frame

LEAST_AGE: Final = 16
"""Nobody younger represents a company (Civil Code art. 18: sixteen, if living from own work)."""

GENERATION: Final = 13
"""Years between parent and child at least."""

FEMALE: Final = (
    "母|妈|女儿|[长次三]女$|姐姐|妹妹|姐妹|妻子|媳妇|婆婆|奶奶|姥姥|外婆|"
    "(姐|妹|嫂|婶|媳|姑|姨|妻|侄女|外甥女|孙女)$"
)
MALE: Final = (
    "父|爸|儿子|[长次三]子$|哥哥|弟弟|兄弟|丈夫|公公|爷爷|姥爷|外公|"
    "(兄|弟|哥|夫|婿|叔|伯|舅|丈|侄|侄子|外甥|孙子|外孙)$"
)
"""Relations that state a sex, as patterns; what matches both (岳父母) states none."""

_CHILD: Final = "^(儿子|女儿|长子|次子|长女|次女|子|女)$"
_PARENT: Final = "^(父亲|母亲|父|母)$"


def male(part: str) -> str:
    """Return SQL for the sex that a relation states: true for male, null where it states none."""
    man, woman = (f"regexp_matches({part}, '{words}')" for words in (MALE, FEMALE))
    return f"CASE WHEN {man} AND NOT {woman} THEN true WHEN {woman} AND NOT {man} THEN false END"


CONTRADICTED: Final = f"""(
  coalesce(m.kind = 'relative' AND (
    p.male <> {male("m.part")} OR p.number = split_part(m.anchor, '|', 1)
    OR (regexp_matches(m.part, '{_CHILD}')
        AND p.born < m.anchor_born + INTERVAL {GENERATION} YEAR)
    OR (regexp_matches(m.part, '{_PARENT}')
        AND m.anchor_born < p.born + INTERVAL {GENERATION} YEAR)), false)
  OR coalesce(m.represents AND m.since < p.born + INTERVAL {LEAST_AGE} YEAR, false)
  OR coalesce(m.kind = 'firm' AND p.died < m.since, false)
)"""
"""SQL: mention `m` cannot mean party `p`."""


_WITHIN: Final = f"""
SELECT a.id AS one, b.id AS other FROM who_within a JOIN who_within b USING (component)
JOIN who_mention m ON m.key = a.id AND m.number IS NULL
JOIN who_party p ON p.node = b.id WHERE {CONTRADICTED}
UNION
SELECT a.id, b.id FROM who_within a JOIN who_within b USING (component)
JOIN who_mention m ON m.key = a.id AND m.number IS NULL AND m.kind = 'relative'
JOIN who_mention n ON n.key = b.id AND n.number IS NULL AND n.kind = 'relative'
WHERE {male("m.part")} <> {male("n.part")} ORDER BY ALL
"""


def define_anchors(connection: duckdb.DuckDBPyConnection) -> None:
    """Add to the mentions of relatives the birth date of the official who declared them."""
    connection.execute("ALTER TABLE who_mention ADD COLUMN anchor_born DATE")
    connection.execute(
        "UPDATE who_mention m SET anchor_born = p.born FROM who_number p "
        "WHERE m.kind = 'relative' AND p.number = split_part(m.anchor, '|', 1)"
    )


def contradictions(
    connection: duckdb.DuckDBPyConnection, component: Mapping[str, str]
) -> dict[Pair, Cause]:
    """Return the pairs that chains would make one though they contradict each other.

    `component` gives every tied id its component. Two numbers in one component need no looking up
    (see `ingest.resolve.clusters`).
    """
    rows = pl.DataFrame(
        {"id": list(component), "component": list(component.values())},
        schema={"id": pl.String, "component": pl.String},
    )
    connection.register("who_frame", rows)
    connection.execute("CREATE OR REPLACE TEMP TABLE who_within AS FROM who_frame")
    connection.unregister("who_frame")
    return {ordered(*pair): "veto" for pair in frame(connection, _WITHIN).iter_rows()}
