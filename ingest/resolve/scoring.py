"""Weighing the pairs with Splink on DuckDB: levels reached, and the evidence of each in bits.

Splink 5 (MIT; Fellegi & Sunter 1969, term frequencies after Winkler) compares the columns and adds
the weights; pairs, parameters and term frequencies are given to it, so that nothing is drawn at
random and no figure depends on the number of threads.
"""

from collections.abc import Mapping
from typing import Any, Final

import duckdb
import polars as pl

from ingest.resolve.evidence import COMPARISONS, Comparison, Level
from ingest.resolve.parameters import KindParameters
from ingest.resolve.tables import frame

_CHUNK: Final = 400_000
_LISTS: Final = (
    "phones", "accounts", "people", "firms", "paid", "matters", "offices", "villages", "towns",
    "holders",
)  # fmt: skip
_HALF: Final = 0.5
_BY_RARITY: Final = {"same": "name", "sound": "sound", "shape": "shape"}


def define_scoring(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the two tables that Splink compares and the frequencies of names, sounds and shapes."""
    shared = ", ".join(_LISTS)
    connection.execute(f"""
CREATE OR REPLACE TEMP TABLE who_left AS
SELECT id AS unique_id, kind, name, surname, given, sound, shape, {shared}, homes FROM who_context
""")
    connection.execute(f"""
CREATE OR REPLACE TEMP TABLE who_right AS
SELECT n.row AS unique_id, NULL::VARCHAR AS kind, n.name, n.surname, n.given, n.sound, n.shape,
  {", ".join(f"p.{name}" for name in _LISTS)}, NULL::UBIGINT[] AS homes
FROM who_party p JOIN who_party_name n USING (id) ORDER BY n.row
""")
    for key in _BY_RARITY.values():
        connection.execute(f"""
CREATE OR REPLACE TEMP TABLE who_tf_{key} AS
WITH bearers AS (
  SELECT {key}, count(DISTINCT id) AS bearers FROM who_party_name GROUP BY {key}
), everybody AS (SELECT greatest(count(DISTINCT id), 1) AS people FROM who_party_name),
spelt AS (SELECT DISTINCT {key} FROM who_context WHERE {key} IS NOT NULL
  UNION SELECT {key} FROM bearers)
SELECT {key}, greatest(coalesce(bearers, 0), 1) / people::DOUBLE AS tf_{key}
FROM spelt LEFT JOIN bearers USING ({key}), everybody
""")


def _level(comparison: Comparison, shares: Mapping[str, Any], name: str) -> dict[str, Any]:
    level = next(x for x in comparison.levels if x.name == name)
    said = shares[name]
    rare = _BY_RARITY.get(name) if comparison.name == "name" else None
    if rare:
        m, u = said.m, said.u
    else:
        m, u = _HALF * min(1.0, 2.0**said.weight), _HALF * min(1.0, 2.0**-said.weight)
    stated = {
        "sql_condition": level.condition,
        "label_for_charts": name,
        "m_probability": m,
        "u_probability": u,
    }
    return stated | ({"tf_adjustment_column": rare} if rare else {})


def _comparison(comparison: Comparison, parameters: KindParameters) -> dict[str, Any]:
    shares = parameters.levels[comparison.name]
    silent = {
        "sql_condition": comparison.missing,
        "label_for_charts": "silent",
        "is_null_level": True,
    }
    levels = [_level(comparison, shares, x.name) for x in comparison.levels]
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
    count = max(len(comparison.levels), 2)
    return comparison.levels[count - 1 - gamma] if gamma >= 0 else None


def score(
    connection: duckdb.DuckDBPyConnection, kind: str, parameters: KindParameters, where: str
) -> pl.DataFrame:
    """Weigh the pairs of one kind of mention; `where` picks pairs of `who_pair`.

    Returns, sorted by mention and person: mention, party, told, for every comparison its level
    `gamma_*` (the place from the weakest, -1 silent) and `weight_name`, `weight` in bits.
    """
    connection.execute(f"""
CREATE OR REPLACE TEMP TABLE who_weighed AS
WITH own AS (SELECT id, name FROM who_context WHERE kind = '{kind}'),
chosen AS (
  SELECT k.mention, k.party, k.told, n.row,
    row_number() OVER (PARTITION BY k.mention, k.party
      ORDER BY n.name IS NOT DISTINCT FROM o.name DESC, n.row) AS place
  FROM (FROM who_pair WHERE {where}) k JOIN own o ON o.id = k.mention
  JOIN who_party_name n ON n.id = k.party
)
SELECT mention, party, told, row,
  (row_number() OVER (ORDER BY mention, party) - 1) // {_CHUNK} AS chunk
FROM chosen WHERE place = 1
""")
    last = connection.execute("SELECT max(chunk) FROM who_weighed").fetchone()
    count = 0 if last is None or last[0] is None else int(last[0]) + 1
    chunks = [_scored(connection, kind, parameters, chunk) for chunk in range(count)]
    return pl.concat(chunks) if chunks else _nothing(kind)


def _scored(
    connection: duckdb.DuckDBPyConnection, kind: str, parameters: KindParameters, chunk: int
) -> pl.DataFrame:
    from splink import DuckDBAPI, Linker, SettingsCreator  # noqa: PLC0415 - slow to load

    comparisons = COMPARISONS[kind]
    for side, own, table in (("left", "mention", "who_left"), ("right", "row", "who_right")):
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE who_{side}_part AS FROM {table} "
            f"WHERE unique_id IN (SELECT {own} FROM who_weighed WHERE chunk = {chunk})"
        )
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE who_blocked AS SELECT 'a-__-' || mention AS join_key_l, "
        f"'b-__-' || row AS join_key_r, '0' AS match_key FROM who_weighed WHERE chunk = {chunk}"
    )
    api = DuckDBAPI(connection)
    sides = [
        api.register("who_left_part", dataset_display_name="a"),
        api.register("who_right_part", dataset_display_name="b"),
    ]
    settings = SettingsCreator(
        link_type="link_only",
        comparisons=[_comparison(c, parameters) for c in comparisons],
        probability_two_random_records_match=_HALF,
        retain_matching_columns=True,
        retain_intermediate_calculation_columns=True,
    )
    linker = Linker(sides, settings, log_level=None)
    for key in _BY_RARITY.values():
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
    api.delete_tables_created_by_splink_from_db()
    return found


def _nothing(kind: str) -> pl.DataFrame:
    gammas = {f"gamma_{c.name}": pl.Int8 for c in COMPARISONS[kind]}
    return pl.DataFrame(
        schema={"mention": pl.Int32, "party": pl.Int32, "told": pl.Boolean}
        | gammas
        | {"weight_name": pl.Float64, "weight": pl.Float64}
    )
