"""A village of ours as a snapshot, built once for all tests here."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from graphengine.store.ladybug.snapshot import cypher_snapshot
from graphengine.store.ladybug.worker import Ladybug
from graphengine.tables.graph import Graph
from tests.village import willow


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("village")
    with Graph(willow().write(root / "tables" / "v")) as graph:
        return cypher_snapshot(graph, root / "snapshot")


@pytest.fixture
def store(database: Path) -> Iterator[Ladybug]:
    with Ladybug(database) as store:
        yield store
