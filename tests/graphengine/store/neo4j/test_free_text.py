"""Free text on a real Neo4j: it finds what the embedded engine finds, and can only read there."""

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress

import neo4j
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graphengine.errors import CypherTextError
from graphengine.identifiers import NodeId
from graphengine.store.guard import check
from graphengine.store.ladybug.values import NodeValue
from tests.graphengine.store.free_texts import GIVEN, ROWS, VALUES
from tests.graphengine.store.hostile import SOUPS, hostile_texts, quoted_texts
from tests.graphengine.store.neo4j.held import loaded, written
from tests.graphengine.store.test_guard import GIVEN as NAMES
from tests.graphengine.store.test_guard import HONEST
from tests.neo4j_server import Neo4jServer
from tests.village import willow

PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.fixture(scope="module")
def driver(
    neo4j_database: Neo4jServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[neo4j.Driver]:
    loaded(neo4j_database, written(willow(), tmp_path_factory.mktemp("willow"), "v"))
    with neo4j_database.driver() as opened:
        yield opened


def ask(driver: neo4j.Driver, text: str) -> tuple[tuple[object, ...], ...]:
    checked = check(text, GIVEN)
    used = {name: GIVEN[name] for name in checked.parameters}
    found = driver.execute_query(neo4j.Query(checked.said.text), used)
    return tuple(tuple(_plain(value) for value in record) for record in found.records)


def _plain(value: object) -> object:
    if isinstance(value, neo4j.graph.Node):
        (kind,) = value.labels
        return NodeValue(kind, NodeId(value["id"]))
    return tuple(value) if isinstance(value, list) else value


@pytest.mark.parametrize(("expression", "value"), VALUES)
def test_an_expression_has_its_value(driver: neo4j.Driver, expression: str, value: object) -> None:
    assert ask(driver, f"RETURN {expression} AS x") == ((value,),)


@pytest.mark.parametrize(("text", "rows"), ROWS)
def test_a_text_finds_what_cypher_finds(
    driver: neo4j.Driver, text: str, rows: tuple[tuple[object, ...], ...]
) -> None:
    assert ask(driver, text) == rows


@pytest.mark.parametrize("text", [text for text, _ in HONEST])
def test_honest_texts_are_cypher(driver: neo4j.Driver, text: str) -> None:
    said = check(text, NAMES).said.text
    parameters = {**dict.fromkeys(NAMES, 1), "rows": [{"id": "x", "why": "y"}]}
    with driver.session() as session:
        assert session.run(f"EXPLAIN {said}", parameters).consume().query_type == "r"


@pytest.mark.parametrize("texts", [hostile_texts(), quoted_texts(), SOUPS])
def test_what_is_let_through_only_reads(
    driver: neo4j.Driver, texts: st.SearchStrategy[str]
) -> None:
    seen: Counter[str] = Counter()

    @PATIENT
    @given(texts)
    def probe(text: str) -> None:
        try:
            said = check(text, GIVEN).said.text
        except CypherTextError:
            return
        with driver.session() as session, suppress(neo4j.exceptions.ClientError):
            seen[str(session.run(f"EXPLAIN {said}", GIVEN).consume().query_type)] += 1

    probe()
    assert set(seen) <= {"r"}
