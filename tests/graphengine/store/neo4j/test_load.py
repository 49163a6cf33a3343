"""Loading a real Neo4j: exact, resumable, by difference, and never over others' data."""

from datetime import date, datetime
from pathlib import Path

import pytest

from graphengine.errors import StoreError
from graphengine.store.neo4j.connection import connect
from graphengine.store.neo4j.marker import whole
from graphengine.vocabulary import NODES
from tests.graphengine.store.neo4j.held import content_of, found, loaded, wanted, written
from tests.neo4j_server import Neo4jServer
from tests.village import Village, account, company, contract, person, willow

SHORT = datetime(2023, 5, 1, 9, 0)  # noqa: DTZ001 - registers state local time


class BrokenOffError(Exception):
    """Stands for whatever ends a process in the middle of a load."""


def first() -> Village:
    """Return a village with odd text, empty lists, equal rows, loops and times to the µs."""
    v = willow()
    odd = "张'三\"\n\\{id: 1}`) DETACH DELETE n //😀"
    v.add("Company", id="company:" + "0" * 20, name=odd, capital=-1, employees=0)
    v.add("Matter", id="matter:" + "0" * 20, number="M1", last_at=SHORT.replace(microsecond=7))
    for amount in (1, 1, 2**62):
        v.add(
            "PAID", source=account("vc"), target=account("vc"), amount=amount,
            paid_at=SHORT.replace(microsecond=123_456), number="loop",
        )  # fmt: skip
    v.add(
        "CONTROLS", source=person("chen"), target=company("firm"), strength=0.1 + 0.2, layers=2,
        via=["company:" + "0" * 20, company("firm")], valid_from=date(1, 1, 1),
        valid_to=date(9999, 12, 31),
    )  # fmt: skip
    return v


def second() -> Village:
    """Return a later version: rows added, changed and gone, of every kind of change."""
    v = first()
    people, paid = v.rows["Person"], v.rows["PAID"]
    people[1]["status"] = "dead"
    people[1]["death_date"] = date(2024, 2, 29)
    v.add("Person", id=person("new"), name="工程", division="361025101202")
    v.add("KIN", source=person("new"), target=person("chen"), relation="Um", degree=1)
    v.add(
        "PAID", source=account("vc"), target=account("firm"), number="P00", amount=5,
        paid_at=SHORT, valid_from=date(2020, 1, 1),
    )  # fmt: skip
    paid.remove(next(row for row in paid if row["number"] == "P51"))
    gone = contract("HT2023-01")
    v.rows["Contract"] = [row for row in v.rows["Contract"] if row["id"] != gone]
    v.rows["AWARDED"] = [row for row in v.rows["AWARDED"] if row["source"] != gone]
    return v


@pytest.fixture
def server(neo4j_database: Neo4jServer) -> Neo4jServer:
    neo4j_database.empty()
    return neo4j_database


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(first(), tmp_path_factory.mktemp("versions"), "one")


@pytest.fixture(scope="module")
def two(one: Path) -> Path:
    return written(second(), one.parent.parent, "two")


def test_everything_arrives_as_it_is(server: Neo4jServer, one: Path) -> None:
    report = loaded(server, one)
    nodes, relations = wanted(one)
    assert found(server) == (nodes, relations)
    assert report.written == len(nodes) + len(relations)
    assert {k.kind: k.rows for k in report.kinds if k.rows}["PAID"] == 8
    keys = [dict(props)["key"] for *_, props in relations]
    assert min(keys) < -(2**60)
    assert max(keys) > 2**60


def test_names_stay_out_unless_revealed(server: Neo4jServer, one: Path) -> None:
    loaded(server, one)
    assert "陈志远" not in str(found(server))
    loaded(server, one, reveal=True)
    assert found(server) == wanted(one, reveal=True)
    assert "陈志远" in str(found(server))
    loaded(server, one)
    assert found(server) == wanted(one)


def test_ids_are_unique_and_found_by_index(server: Neo4jServer, one: Path) -> None:
    loaded(server, one)
    with server.driver() as driver:
        made = driver.execute_query("SHOW CONSTRAINTS YIELD labelsOrTypes, properties").records
        asked = driver.execute_query(
            "EXPLAIN MATCH (n:Person {id: $id}) RETURN n", id=person("chen")
        )
    unique = {record["labelsOrTypes"][0]: record["properties"][0] for record in made}
    kinds = dict.fromkeys(NODES, "id")
    assert unique == {**kinds, "ShuntengStore": "id", "ShuntengKind": "kind"}
    assert "NodeUniqueIndexSeek" in str(asked.summary.plan)


def test_loading_again_writes_nothing(server: Neo4jServer, one: Path) -> None:
    loaded(server, one)
    before = _marker(server)
    assert loaded(server, one).written == 0
    assert _marker(server) == before


@pytest.mark.parametrize("tables", ["there", "gone"])
def test_an_update_equals_a_fresh_load(
    server: Neo4jServer, one: Path, two: Path, tmp_path: Path, tables: str
) -> None:
    target = two if tables == "there" else written(second(), tmp_path, "two")
    loaded(server, one)
    report = loaded(server, target)
    assert found(server) == wanted(two)
    kinds = {k.kind: (k.created, k.changed, k.deleted) for k in report.kinds}
    assert kinds["Person"] == (1, 2, 0)
    assert kinds["Contract"] == (0, 0, 1)
    assert kinds["AWARDED"] == (0, 0, 1)
    assert kinds["OWNS"] == (0, 0, 0)
    assert report.written < 30
    loaded(server, one)
    assert found(server) == wanted(one)


@pytest.mark.parametrize("at", [1, 4, 9, 14])
@pytest.mark.parametrize("before", ["nothing", "a version"])
def test_a_broken_load_is_finished_by_the_next(
    server: Neo4jServer, one: Path, two: Path, before: str, at: int
) -> None:
    if before == "a version":
        loaded(server, one)
    told = 0

    def breaks(_kind: str, _share: float) -> None:
        nonlocal told
        told += 1
        if told == at:
            raise BrokenOffError

    with pytest.raises(BrokenOffError):
        loaded(server, two, progress=breaks)
    with connect(server.uri) as connection, pytest.raises(StoreError, match="not whole"):
        connection.read(whole, seconds=20)
    loaded(server, two)
    assert found(server) == wanted(two)
    assert loaded(server, two).written == 0


def test_a_load_broken_off_while_it_reveals(server: Neo4jServer, one: Path) -> None:
    loaded(server, one)

    def breaks(kind: str, _share: float) -> None:
        if kind == "Company":
            raise BrokenOffError

    with pytest.raises(BrokenOffError):
        loaded(server, one, reveal=True, progress=breaks)
    loaded(server, one)
    assert found(server) == wanted(one)


@pytest.mark.parametrize(
    "foreign",
    ["CREATE (:Person {id: 'somebody'})", "CREATE (:Dog {name: 'Rex'})-[:PAID]->(:Dog)"],
)
def test_others_data_are_left_alone(server: Neo4jServer, one: Path, foreign: str) -> None:
    with server.driver() as driver:
        driver.execute_query(foreign)
        before = driver.execute_query("MATCH (n) RETURN labels(n), properties(n)").records
        with pytest.raises(StoreError, match="did not write") as caught:
            loaded(server, one)
        assert "empty database" in caught.value.remedy.en
        assert driver.execute_query("MATCH (n) RETURN labels(n), properties(n)").records == before


def test_data_of_other_kinds_may_stay(server: Neo4jServer, one: Path) -> None:
    with server.driver() as driver:
        driver.execute_query("CREATE (:Dog {id: 'rex'})-[:BARKS_AT]->(:Dog {id: 'pluto'})")
        loaded(server, one)
        dogs = driver.execute_query("MATCH (d:Dog)-[r]-() RETURN count(r)").records
    assert dogs[0][0] == 2


@pytest.mark.parametrize(
    "change",
    [
        "MATCH (:Account)-[r:PAID]->() WITH r LIMIT 1 DELETE r",
        "MATCH (a)-[r:PAID]->(b) WITH * LIMIT 1 CREATE (a)-[s:PAID]->(b) SET s = properties(r)",
        "MATCH (n:Programme|Document|Report|Matter) DETACH DELETE n",
    ],
)
def test_what_others_changed_is_put_right(server: Neo4jServer, one: Path, change: str) -> None:
    loaded(server, one)
    with server.driver() as driver:
        driver.execute_query(change)
    assert loaded(server, one).written in (1, 3)
    assert found(server) == wanted(one)


def test_another_workspaces_graph_is_left_alone(server: Neo4jServer, one: Path, two: Path) -> None:
    loaded(server, one)
    with pytest.raises(StoreError, match="another workspace"):
        loaded(server, two, owner="another county")
    assert found(server) == wanted(one)


def test_of_two_loads_one_stops(server: Neo4jServer, one: Path, two: Path) -> None:
    took_over = False

    def is_overtaken(_kind: str, _share: float) -> None:
        nonlocal took_over
        if not took_over:
            took_over = True
            loaded(server, two)

    with pytest.raises(StoreError, match="another load"):
        loaded(server, one, progress=is_overtaken)
    assert found(server) == wanted(two)
    with connect(server.uri) as connection:
        assert connection.read(whole, seconds=20).version == "two"


def test_an_empty_graph(server: Neo4jServer, tmp_path: Path) -> None:
    assert loaded(server, written(Village(), tmp_path, "empty")).written == 0
    with connect(server.uri) as connection:
        assert connection.read(whole, seconds=20).version == "empty"


def _marker(server: Neo4jServer) -> object:
    with connect(server.uri) as connection:
        return connection.read(whole, seconds=20)


def test_progress_grows_to_one(server: Neo4jServer, one: Path) -> None:
    shares: list[float] = []
    loaded(server, one, progress=lambda _kind, share: shares.append(share))
    assert shares == sorted(shares)
    assert shares[-1] == pytest.approx(1.0)
    assert content_of(one).version == "one"
