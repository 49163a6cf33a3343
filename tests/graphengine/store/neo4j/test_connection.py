"""Connecting to a real Neo4j, and what is said where that fails."""

import subprocess
import sys
import time

import pytest

from graphengine.errors import StoreError
from graphengine.store.neo4j.connection import PASSWORD, Patience, connect
from tests.graphengine.store.neo4j import strangers
from tests.neo4j_server import Neo4jServer

_QUICK = Patience(connect=1.0, acquire=2.0, retry=2.0)


def _refused(uri: str, patience: Patience = _QUICK) -> StoreError:
    with pytest.raises(StoreError) as caught:
        connect(uri, patience=patience)
    for text in (caught.value.message, caught.value.remedy):
        assert text.zh
        assert text.en
        assert "secret" not in text.zh + text.en
    return caught.value


@pytest.mark.parametrize("scheme", ["bolt", "neo4j", "bolt+ssc", "neo4j+ssc"])
def test_schemes(neo4j_database: Neo4jServer, scheme: str) -> None:
    with connect(f"{scheme}://127.0.0.1:{neo4j_database.port}") as connection:
        rows = connection.read(lambda tx: tx.run("RETURN 1 + 1").values(), seconds=20)
    assert rows == [[2]]


@pytest.mark.parametrize("scheme", ["bolt+s", "neo4j+s"])
def test_an_untrusted_certificate_is_refused(neo4j_database: Neo4jServer, scheme: str) -> None:
    error = _refused(f"{scheme}://127.0.0.1:{neo4j_database.port}", Patience())
    assert "encrypted" in error.message.en
    assert "+ssc://" in error.remedy.en


def test_a_wrong_password(neo4j_database: Neo4jServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PASSWORD, "a wrong secret")
    error = _refused(neo4j_database.uri, Patience())
    assert "password" in error.message.en
    assert PASSWORD in error.remedy.en


def test_an_unset_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(PASSWORD, raising=False)
    assert PASSWORD in _refused("bolt://127.0.0.1:1").message.en


def test_an_unknown_database(neo4j_database: Neo4jServer) -> None:
    with (
        connect(neo4j_database.uri, database="elsewhere") as connection,
        pytest.raises(StoreError, match="no such database"),
    ):
        connection.read(lambda tx: tx.run("RETURN 1").values(), seconds=20)


def test_reading_does_not_write(neo4j_database: Neo4jServer) -> None:
    with connect(neo4j_database.uri) as connection:
        with pytest.raises(StoreError):
            connection.read(lambda tx: tx.run("CREATE (n:Person)").values(), seconds=20)
        found = connection.read(
            lambda tx: tx.run("MATCH (n:Person) RETURN count(n)").values(), seconds=20
        )
    assert found == [[0]]


def test_a_question_without_end_is_given_up(neo4j_database: Neo4jServer) -> None:
    endless = "UNWIND range(1, 1000000000000) AS x RETURN max(x)"
    with connect(neo4j_database.uri) as connection:
        began = time.monotonic()
        with pytest.raises(StoreError, match="not answered in its time"):
            connection.read(lambda tx: tx.run(endless).values(), seconds=1)
        assert time.monotonic() - began < 15
        assert connection.read(lambda tx: tx.run("RETURN 1").values(), seconds=20) == [[1]]


@pytest.mark.usefixtures("_password")
class TestStrangers:
    @pytest.fixture
    def _password(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv(PASSWORD, "the secret")

    @pytest.mark.parametrize(
        "manner",
        [strangers.refuses_every_version, strangers.speaks_something_else,
         strangers.is_version_four],
    )  # fmt: skip
    def test_no_neo4j_5(self, manner: strangers.Manner) -> None:
        with strangers.stranger(manner) as uri:
            assert "no Neo4j 5" in _refused(uri).message.en

    def test_a_silent_server(self) -> None:
        began = time.monotonic()
        with strangers.stranger(strangers.says_nothing) as uri:
            error = _refused(uri)
        assert time.monotonic() - began < 12
        assert uri in error.message.en

    def test_nobody_there(self) -> None:
        assert "cannot be reached" in _refused("bolt://127.0.0.1:1").message.en

    @pytest.mark.parametrize(
        "uri",
        ["http://127.0.0.1:7474", "127.0.0.1", "bolt://", "bolt://neo4j:secret@127.0.0.1:7687",
         "bolt://127.0.0.1:port", "file:///etc/passwd", ""],
    )  # fmt: skip
    def test_no_address(self, uri: str) -> None:
        assert "not the address" in _refused(uri).message.en


def test_without_the_driver_it_is_said_how_to_get_it() -> None:
    code = (
        "import sys; sys.modules['neo4j'] = None\n"
        "from graphengine.errors import StoreError\n"
        "try:\n    import graphengine.store.neo4j.connection\n"
        "except StoreError as error:\n    print(error.remedy.en)\n"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "run pip install 'shunteng[neo4j]'"
