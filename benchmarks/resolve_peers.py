"""Peers on the same mentions: a plain Splink notebook, and nomenklatura's matchers.

The notebook does what tutorials do: one flat table a side (name, telephone, village), Jaro-Winkler
on the name with term frequencies, the others exact, blocking on name or telephone, u from random
pairs, m by expectation maximisation, the best link of each mention above a threshold. nomenklatura
compares the same blocked pairs by name and telephone, in a Python of its own (`--peer-python`).
"""

import json
import subprocess
from pathlib import Path
from typing import Any, Final

import duckdb
import polars as pl
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

_SCORE: Final = 0.9
_LEFT: Final = """
CREATE OR REPLACE TEMP TABLE peer_left AS
SELECT m.id AS unique_id, m.written AS name, min(c.phone) AS phone,
  min(p.division_code) AS village
FROM who_mention m LEFT JOIN contractors c ON m.kind = 'firm' AND c.company_id = m.anchor
LEFT JOIN payments p ON m.kind = 'account' AND p.payee_account = m.anchor
WHERE m.number IS NULL AND m.sort = 'person' GROUP BY m.id, m.written ORDER BY m.id
"""
_RIGHT: Final = """
CREATE OR REPLACE TEMP TABLE peer_right AS
SELECT p.id AS unique_id, min_by(s.name, (s.rank, s.name)) AS name,
  min_by(s.phone, (s.rank, s.phone)) FILTER (WHERE s.phone IS NOT NULL) AS phone,
  min(s.village) AS village
FROM who_said s JOIN who_party p USING (number) WHERE s.name IS NOT NULL
GROUP BY p.id ORDER BY p.id
"""
_NOMENKLATURA: Final = """
import json, sys
from followthemoney import model
from nomenklatura.matching import LogicV2, NameMatcher
def entity(row):
    made = model.make_entity("Person")
    made.id = str(row[0])
    made.add("name", row[1])
    if row[2]:
        made.add("phone", "+86" + row[2])
    return made
given = json.load(sys.stdin)
algorithm = {"logic-v2": LogicV2, "name-based": NameMatcher}[given["algorithm"]]
config = algorithm.default_config()
right = {row[0]: entity(row) for row in given["right"]}
left = {row[0]: entity(row) for row in given["left"]}
scores = [algorithm.compare(left[a], right[b], config).score for a, b in given["pairs"]]
json.dump(scores, sys.stdout)
"""


def define_peer_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the flat tables that peers compare; needs the tables of a resolution."""
    connection.execute(_LEFT)
    connection.execute(_RIGHT)


def notebook(connection: duckdb.DuckDBPyConnection, threshold: float) -> pl.DataFrame:
    """Return the links (mention, party) of the plain Splink notebook above a probability."""
    api = DuckDBAPI(connection)
    sides = [
        api.register("peer_left", dataset_display_name="peer_a"),
        api.register("peer_right", dataset_display_name="peer_b"),
    ]
    settings = SettingsCreator(
        link_type="link_only",
        comparisons=[
            cl.JaroWinklerAtThresholds("name", [0.92, 0.8]).configure(
                term_frequency_adjustments=True
            ),
            cl.ExactMatch("phone"),
            cl.ExactMatch("village"),
        ],
        blocking_rules_to_generate_predictions=[block_on("name"), block_on("phone")],
    )
    linker = Linker(sides, settings, log_level=None)
    training = linker.training
    training.estimate_probability_two_random_records_match(
        [block_on("name", "phone"), block_on("name", "village")], recall=0.5
    )
    training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    training.estimate_parameters_using_expectation_maximisation(block_on("name"))
    training.estimate_parameters_using_expectation_maximisation(block_on("phone"))
    scored = linker.inference.predict(threshold, warning_mode="never")
    best = connection.sql(
        "SELECT unique_id_l AS mention, arg_max(unique_id_r, match_weight) AS party "
        f"FROM {scored.physical_name} GROUP BY unique_id_l ORDER BY mention"
    )
    return pl.DataFrame(best.to_arrow_table())


def nomenklatura(
    connection: duckdb.DuckDBPyConnection, python: Path, algorithm: str, most: int
) -> pl.DataFrame:
    """Return the links of one of nomenklatura's matchers on the first `most` mentions.

    The pairs are those of the same name or telephone; a mention with several best ones has none.
    """

    def rows(query: str) -> list[list[Any]]:
        return [list(row) for row in connection.sql(query).fetchall()]

    connection.execute(f"""
CREATE OR REPLACE TEMP TABLE peer_pair AS
SELECT DISTINCT l.unique_id AS mention, r.unique_id AS party
FROM (FROM peer_left ORDER BY unique_id LIMIT {most}) l
JOIN peer_right r ON l.name = r.name OR l.phone = r.phone ORDER BY ALL
""")
    given = {
        "algorithm": algorithm,
        "left": rows("FROM peer_left"),
        "right": rows("FROM peer_right WHERE unique_id IN (SELECT party FROM peer_pair)"),
        "pairs": rows("FROM peer_pair"),
    }
    done = subprocess.run(  # noqa: S603 - the Python that the caller names
        [str(python), "-c", _NOMENKLATURA],
        input=json.dumps(given).encode(),
        capture_output=True,
        check=True,
    )
    scored = pl.DataFrame(given["pairs"], schema=["mention", "party"], orient="row").with_columns(
        pl.Series("score", json.loads(done.stdout), dtype=pl.Float64)
    )
    best = scored.filter(
        pl.col("score") >= _SCORE, pl.col("score") == pl.max("score").over("mention")
    )
    return best.filter(pl.len().over("mention") == 1).select("mention", "party")
