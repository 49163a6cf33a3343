"""A snapshot holds what a store holds, is whole or not there, and can be limited to a division."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from graphengine.errors import StoreError
from graphengine.store.adjacency import Adjacency
from graphengine.store.content import Content
from graphengine.store.ladybug.snapshot import cypher_snapshot
from graphengine.store.ladybug.tables import pairs
from graphengine.store.ladybug.worker import Ladybug
from graphengine.tables.graph import Graph
from graphengine.vocabulary import NODES, RELATIONS
from tests.village import V1, Village, person, willow

V2 = "361025101202"


def two_villages() -> Village:
    village = willow()
    village.add("Person", id="person:far", name="何远", sex="F", division=V2)
    village.add("KIN", source=person("chen"), target="person:far", degree=3, in_scope=False)
    village.add("SHARES", source=person("lin"), target=person("wang"), attribute="phone")
    return village


@pytest.fixture
def graph(tmp_path: Path) -> Iterator[Graph]:
    with Graph(two_villages().write(tmp_path / "tables" / "v")) as graph:
        yield graph


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graph]:
    """Open a version whose snapshots several tests read."""
    folder = tmp_path_factory.mktemp("shared") / "tables" / "v"
    with Graph(two_villages().write(folder)) as graph:
        yield graph


def shared_snapshot(graph: Graph, *, division: str = "", reveal: bool = False) -> Path:
    snapshots = graph.folder.parent.parent / "snapshot"
    return cypher_snapshot(graph, snapshots, division=division, reveal=reveal)


@pytest.fixture
def snapshots(graph: Graph) -> Path:
    return graph.folder.parent.parent / "snapshot"


def test_everything_of_the_content_is_held(shared: Graph) -> None:
    database = shared_snapshot(shared)
    arrays = Adjacency.of(shared, shared.folder.parent.parent / "snapshot" / "v")
    with Content(shared, arrays) as content, Ladybug(database) as store:
        for kind in NODES:
            wanted = content.nodes(kind).read_all().to_pylist()
            found = store.run(f"MATCH (n:`{kind}`) RETURN properties(n) AS p ORDER BY n.id").rows
            assert [_listed(row[0]) for row in found] == [_without_ends(w) for w in wanted]
        for kind in RELATIONS:
            wanted = sorted(content.relations(kind).read_all().to_pylist(), key=lambda r: r["key"])
            found = store.run(
                f"MATCH (a)-[r:`{kind}`]->(b) RETURN a.id, b.id, properties(r) ORDER BY r.key"
            ).rows
            assert [row[:2] for row in found] == [(w["source"], w["target"]) for w in wanted]
            assert [_listed(row[2]) for row in found] == [_without_ends(w) for w in wanted]


def _listed(value: object) -> object:
    assert isinstance(value, dict)
    return {k: list(v) if isinstance(v, tuple) else v for k, v in value.items()}


def _without_ends(row: dict[str, object]) -> dict[str, object]:
    return {k: v for k, v in row.items() if k not in ("source", "target")}


def test_a_relation_between_several_kinds_is_one_word(shared: Graph) -> None:
    assert len(pairs("SHARES")) == 4
    with Ladybug(shared_snapshot(shared)) as store:
        assert store.run("MATCH ()-[r:SHARES]->() RETURN count(*)").rows == ((1,),)


def test_names_and_numbers_are_held_only_when_revealed(shared: Graph) -> None:
    held = shared_snapshot(shared)
    shown = shared_snapshot(shared, reveal=True)
    assert "陈志远".encode() not in held.read_bytes()
    with Ladybug(shown) as store:
        found = store.run("MATCH (n:Person {id: $id}) RETURN n.name", {"id": person("chen")})
    assert found.rows == (("陈志远",),)


def test_a_division_sees_its_own_and_what_belongs_to_none(shared: Graph) -> None:
    limited, other = (shared_snapshot(shared, division=code) for code in (V1, V2))
    text = "MATCH (n) RETURN DISTINCT label(n), n.scope ORDER BY label(n), n.scope"
    with Ladybug(limited) as store:
        assert {scope for _, scope in store.run(text).rows} == {V1, None}
        assert store.run("MATCH (n {id: 'person:far'}) RETURN n").rows == ()
        assert store.run("MATCH ()-[r:KIN]->() RETURN count(*)").rows == ((2,),)
    with Ladybug(other) as store:
        kinds = {kind for kind, _ in store.run(text).rows}
        assert kinds == {"Person", "Company", "Account"}
        assert store.run("MATCH (n:Person) RETURN n.id").rows == (("person:far",),)
    with pytest.raises(StoreError, match="digits only"):
        shared_snapshot(shared, division="../x")


def test_it_is_built_once_and_again_when_the_tables_are_others(tmp_path: Path) -> None:
    folder, snapshots = tmp_path / "tables" / "v", tmp_path / "snapshot"
    with Graph(willow().write(folder)) as graph:
        first = cypher_snapshot(graph, snapshots).stat().st_mtime_ns
        assert cypher_snapshot(graph, snapshots).stat().st_mtime_ns == first
    with Graph(two_villages().write(folder)) as graph:
        database = cypher_snapshot(graph, snapshots)
    with Ladybug(database) as store:
        assert store.run("MATCH (n:Person) RETURN count(*)").rows == ((5,),)


def test_whoever_reads_an_older_snapshot_goes_on_reading(tmp_path: Path) -> None:
    folder, snapshots = tmp_path / "tables" / "v", tmp_path / "snapshot"
    count = "MATCH (n:Person) RETURN count(*)"
    with Graph(willow().write(folder)) as graph:
        database = cypher_snapshot(graph, snapshots)
    with Ladybug(database) as reader:
        assert reader.run(count).rows == ((4,),)
        with Graph(two_villages().write(folder)) as graph:
            cypher_snapshot(graph, snapshots)
        assert reader.run("MATCH (n:Person) RETURN count(n.id)").rows == ((4,),)
        with Ladybug(database) as newer:
            assert newer.run(count).rows == ((5,),)


def test_snapshots_of_versions_that_are_gone_are_swept(graph: Graph, snapshots: Path) -> None:
    for name in ("cypher-gone", "cypher-gone-361025", ".cypher-left"):
        (snapshots / name).mkdir(parents=True)
    cypher_snapshot(graph, snapshots)
    names = {p.name for p in snapshots.iterdir()}
    assert names == {"v", "cypher-v", ".cypher.lock"}


def test_a_killed_build_leaves_nothing_half(graph: Graph, snapshots: Path) -> None:
    program = (
        "import sys; from pathlib import Path\n"
        "from graphengine.store.ladybug.snapshot import cypher_snapshot\n"
        "from graphengine.tables.graph import Graph\n"
        "cypher_snapshot(Graph(Path(sys.argv[1])), Path(sys.argv[2]))\n"
    )
    command = [sys.executable, "-c", program, str(graph.folder), str(snapshots)]
    for pause in (0.0, 0.3, 0.6):
        builder = subprocess.Popen(command, start_new_session=True)
        end = time.monotonic() + 60
        while not list(snapshots.glob(".cypher-*")) and time.monotonic() < end:
            time.sleep(0.01)
        time.sleep(pause)
        os.killpg(builder.pid, signal.SIGKILL)
        builder.wait()
        done = snapshots / "cypher-v"
        assert not done.exists() or (done / "stated.json").exists()
    with Ladybug(cypher_snapshot(graph, snapshots)) as store:
        assert store.run("MATCH (n:Person) RETURN count(*)").rows == ((5,),)
    assert not list(snapshots.glob(".cypher-*"))


def test_a_build_that_fails_is_said_and_leaves_nothing(
    graph: Graph, snapshots: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Adjacency.of(graph, snapshots / "v")
    monkeypatch.setenv("PYTHONHOME", str(snapshots))  # where no Python is at home
    with pytest.raises(StoreError, match="could not be built"):
        cypher_snapshot(graph, snapshots)
    assert not list(snapshots.glob("*cypher-*"))


def test_the_state_says_what_was_built(shared: Graph) -> None:
    database = shared_snapshot(shared, division=V1)
    said = json.loads((database.parent / "stated.json").read_text("ascii"))
    assert (said["division"], said["reveal"], said["ladybug"]) == (V1, False, "0.22.0")
