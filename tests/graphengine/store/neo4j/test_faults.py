"""Fault drills on a real Neo4j: killed or standing still, in a load and in a question."""

import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from graphengine.errors import StoreError
from graphengine.store.neo4j.connection import Patience, connect
from graphengine.store.neo4j.marker import whole
from tests import neo4j_server
from tests.graphengine.store.neo4j.held import found, loaded, wanted, written
from tests.graphengine.store.neo4j.test_load import first, second
from tests.neo4j_server import Neo4jServer

pytestmark = pytest.mark.slow
_LONG = "UNWIND range(1, 1000000000000) AS x RETURN max(x)"


@pytest.fixture
def drilled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Neo4jServer]:
    """Give a server of the test's own, which may be killed."""
    neo4j_server.runnable()
    server = neo4j_server.start(tmp_path / "home", watched=os.getpid())
    for name, value in server.environment().items():
        monkeypatch.setenv(name, value)
    try:
        yield server
    finally:
        if server.lives():
            server.kill()


def _started_again(server: Neo4jServer) -> Neo4jServer:
    return neo4j_server.start(Path(server.home), watched=os.getpid(), password=server.password)


def test_killed_in_the_middle_of_a_load(drilled: Neo4jServer, tmp_path: Path) -> None:
    one, two = written(first(), tmp_path, "one"), written(second(), tmp_path, "two")
    loaded(drilled, one)
    told = 0

    def kills(_kind: str, _share: float) -> None:
        nonlocal told
        told += 1
        if told == 8:
            drilled.kill()

    with pytest.raises(StoreError, match="cannot be reached") as caught:
        loaded(drilled, two, progress=kills)
    assert "goes on from what was written" in caught.value.remedy.en
    again = _started_again(drilled)
    try:
        with connect(again.uri) as connection, pytest.raises(StoreError, match="not whole"):
            connection.read(whole, seconds=60)
        loaded(again, two)
        assert found(again) == wanted(two)
    finally:
        again.kill()


def test_killed_in_the_middle_of_a_question(drilled: Neo4jServer) -> None:
    with connect(drilled.uri, patience=Patience(retry=1.0)) as connection:
        threading.Timer(1.0, drilled.kill).start()
        with pytest.raises(StoreError, match="cannot be reached"):
            connection.read(lambda tx: tx.run(_LONG).values(), seconds=120)
        with pytest.raises(StoreError, match="cannot be reached"):
            connection.read(lambda tx: tx.run("RETURN 1").values(), seconds=20)


def test_a_server_that_stands_still_is_given_up_and_asked_again(drilled: Neo4jServer) -> None:
    with connect(drilled.uri) as connection:
        drilled.stand_still()
        began = time.monotonic()
        with pytest.raises(StoreError, match="said nothing for"):
            connection.read(lambda tx: tx.run("RETURN 1").values(), seconds=1)
        assert time.monotonic() - began < 20
        drilled.go_on()
        assert connection.read(lambda tx: tx.run("RETURN 1").values(), seconds=60) == [[1]]


def test_a_server_ends_with_whom_it_serves(tmp_path: Path) -> None:
    neo4j_server.runnable()
    held = tmp_path / "held"
    child = os.fork()
    if child == 0:
        while not held.exists():
            time.sleep(0.1)
        os._exit(0)
    server = neo4j_server.start(tmp_path / "home", watched=child)
    assert server.lives()
    held.touch()
    os.waitpid(child, 0)
    for _ in range(600):
        if not server.lives():
            return
        time.sleep(0.1)
    server.kill()
    pytest.fail("the server outlived the process that it was started for")
