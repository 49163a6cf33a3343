"""Weighing the pairs with Splink on DuckDB: levels reached, and the evidence of each in bits.

Splink 5 (MIT; Fellegi & Sunter 1969, term frequencies after Winkler) compares the columns and adds
the weights; pairs, parameters and term frequencies are given to it, so that nothing is drawn at
random and no figure depends on the number of threads.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import duckdb
import polars as pl

from ingest.resolve.comparison import Comparison, Level
from ingest.resolve.evidence import COMPARISONS
from ingest.resolve.parameters import KindParameters, LevelShares
from ingest.resolve.tables import frame, row

_CHUNK: Final = 400_000
_HALF: Final = 0.5


@dataclass(frozen=True, slots=True)
class Sides:
    """The tables that are compared, all temporary tables of the connection.

    `left` (mentions) and `right` (one row per name of a party) have `unique_id` and the columns of
    the comparisons; `right` also has `party`; `pairs` has mention, party, told and open; `parties`
    has id, number, node and stated_in; for each column of `rare` (by level of the name) there is a
    table `who_tf_<column>`.
    """

    left: str
    right: str
    pairs: str
    parties: str
    rare: Mapping[str, str]


PERSONS: Final = Sides(
    "who_left",
    "who_right",
    "who_pair",
    "who_party",
    {"same": "name", "sound": "sound", "shape": "shape"},
)
ORGANISATIONS: Final = Sides(
    "who_left_org", "who_right_org", "who_pair_org", "who_org", {"same": "plain"}
)


def sides_of(kind: str) -> Sides:
    """Return the tables in which mentions of a kind are compared."""
    return ORGANISATIONS if kind == "organisation" else PERSONS


def _level(sides: Sides, comparison: Comparison, level: Level, said: LevelShares) -> dict[str, Any]:
    rare = sides.rare.get(level.name) if comparison.name == "name" else None
    m, u = _HALF * min(1.0, 2.0**said.weight), _HALF * min(1.0, 2.0**-said.weight)
    stated = {
        "sql_condition": level.condition,
        "label_for_charts": level.name,
        "m_probability": said.m if rare else m,
        "u_probability": said.u if rare else u,
    }
    return stated | ({"tf_adjustment_column": rare} if rare else {})


def _comparison(
    sides: Sides, comparison: Comparison, shares: Mapping[str, LevelShares]
) -> dict[str, Any]:
    silent = {
        "sql_condition": comparison.missing,
        "label_for_charts": "silent",
        "is_null_level": True,
    }
    levels = [_level(sides, comparison, x, shares[x.name]) for x in comparison.levels]
    if len(levels) == 1:
        levels.append(_NEVER)
    return {"output_column_name": comparison.name, "comparison_levels": [silent, *levels]}


_NEVER: Final = {
    "sql_condition": "ELSE",
    "label_for_charts": "never",
    "m_probability": _HALF,
    "u_probability": _HALF,
}
"""Splink asks for two levels; one-sided comparisons are silent where this one would speak."""


def level_of(comparison: Comparison, gamma: int) -> Level | None:
    """Return the level that a gamma stands for; None where the comparison is silent."""
    place = max(len(comparison.levels), 2) - 1 - gamma
    return (
        comparison.levels[place] if gamma >= 0 and place in range(len(comparison.levels)) else None
    )


def score(
    connection: duckdb.DuckDBPyConnection, kind: str, parameters: KindParameters, where: str
) -> pl.DataFrame:
    """Weigh the pairs of one kind of mention; `where` picks pairs.

    Returns, sorted by mention and party: mention, party, told, for every comparison its level
    `gamma_*` (see `level_of`), `weight_name` and `weight` in bits. A party that is on file under
    several names is compared under the mention's own name if it bears it, else under its first.
    """
    sides = sides_of(kind)
    key = sides.rare["same"]
    connection.execute(f"""
CREATE OR REPLACE TEMP TABLE who_weighed AS
WITH chosen AS (
  SELECT k.mention, k.party, k.told, n.unique_id AS row,
    row_number() OVER (PARTITION BY k.mention, k.party
      ORDER BY n.{key} IS NOT DISTINCT FROM o.{key} DESC, n.unique_id) AS place
  FROM (FROM {sides.pairs} WHERE {where}) k
  JOIN {sides.left} o ON o.unique_id = k.mention AND o.kind = '{kind}'
  JOIN {sides.right} n ON n.party = k.party
)
SELECT mention, party, told, row,
  (row_number() OVER (ORDER BY mention, party) - 1) // {_CHUNK} AS chunk
FROM chosen WHERE place = 1
""")
    (count,) = row(connection, "SELECT coalesce(max(chunk) + 1, 0)::BIGINT FROM who_weighed")
    chunks = [_scored(connection, kind, parameters, chunk) for chunk in range(count)]
    return pl.concat(chunks) if chunks else _nothing(kind)


def _scored(
    connection: duckdb.DuckDBPyConnection, kind: str, parameters: KindParameters, chunk: int
) -> pl.DataFrame:
    from splink import DuckDBAPI, Linker, SettingsCreator  # noqa: PLC0415 - slow to load

    sides, comparisons = sides_of(kind), COMPARISONS[kind]
    here = f"FROM who_weighed WHERE chunk = {chunk}"
    for part, own, table in (("left", "mention", sides.left), ("right", "row", sides.right)):
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE who_{part}_part AS FROM {table} "
            f"WHERE unique_id IN (SELECT {own} {here})"
        )
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE who_blocked AS SELECT 'a-__-' || mention AS join_key_l, "
        f"'b-__-' || row AS join_key_r, '0' AS match_key {here}"
    )
    api = DuckDBAPI(connection)
    tables = [
        api.register("who_left_part", dataset_display_name="a"),
        api.register("who_right_part", dataset_display_name="b"),
    ]
    settings = SettingsCreator(
        link_type="link_only",
        comparisons=[_comparison(sides, c, parameters.levels[c.name]) for c in comparisons],
        probability_two_random_records_match=_HALF,
        retain_matching_columns=True,
        retain_intermediate_calculation_columns=True,
    )
    linker = Linker(tables, settings, log_level=None, validate_settings=False)
    for key in sides.rare.values():
        frequencies = api.register(f"who_tf_{key}", table_name=f"frequency_of_{key}")
        linker.table_management.register_term_frequency_lookup(frequencies, key)
    blocked = api.register("who_blocked", table_name="blocked_pairs")
    linker.table_management.register_blocked_pairs_for_predict(blocked)
    scored = linker.inference.predict(warning_mode="never")
    gammas = ", ".join(f"gamma_{c.name}::TINYINT AS gamma_{c.name}" for c in comparisons)
    found = frame(
        connection,
        f"SELECT w.mention, w.party, w.told, {gammas}, mw_name + mw_tf_adj_name AS weight_name, "
        f"match_weight AS weight FROM {scored.physical_name} s JOIN who_weighed w "
        "ON w.mention = s.unique_id_l AND w.row = s.unique_id_r ORDER BY w.mention, w.party",
    )
    connection.execute(f"DROP TABLE {scored.physical_name}")
    return found


def _nothing(kind: str) -> pl.DataFrame:
    gammas = {f"gamma_{c.name}": pl.Int8 for c in COMPARISONS[kind]}
    return pl.DataFrame(
        schema={"mention": pl.Int32, "party": pl.Int32, "told": pl.Boolean}
        | gammas
        | {"weight_name": pl.Float64, "weight": pl.Float64}
    )


def define_frequencies(connection: duckdb.DuckDBPyConnection, sides: Sides) -> None:
    """Make the tables of term frequencies: how likely a party not on file bears each value.

    A value that r parties bear counts (r + 1) n(r + 1) / n(r) where n(r) is how many values r
    parties bear (Good 1953), for r up to 3 and never more than r: a name that one person bears is
    rarer than one in all. Values that nobody bears count like those of one.
    """
    for key in sides.rare.values():
        connection.execute(f"""
CREATE OR REPLACE TEMP TABLE who_tf_{key} AS
WITH bearers AS (
  SELECT {key}, count(DISTINCT party) AS r FROM {sides.right} WHERE {key} IS NOT NULL GROUP BY {key}
), spelt AS (SELECT {key} FROM {sides.left} UNION SELECT {key} FROM bearers),
everybody AS (SELECT greatest(count(*), 1) AS people FROM {sides.parties}),
counted AS (SELECT r, count(*) AS n FROM bearers GROUP BY r),
expected AS (
  SELECT a.r, CASE WHEN a.r > 3 THEN a.r
    ELSE least(a.r, greatest((a.r + 1) * coalesce(b.n, 0) / a.n, 0.05)) END AS expected
  FROM counted a LEFT JOIN counted b ON b.r = a.r + 1
)
SELECT {key}, coalesce(e.expected, 1) / people::DOUBLE AS tf_{key}
FROM spelt LEFT JOIN bearers USING ({key})
LEFT JOIN expected e ON e.r = greatest(coalesce(bearers.r, 0), 1), everybody
WHERE {key} IS NOT NULL
""")
