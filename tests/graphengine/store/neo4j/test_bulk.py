"""The offline import, run by the server's own tool: exact, and finished by `load`."""

import os
from pathlib import Path

import pytest

from graphengine.errors import StoreError
from graphengine.store.neo4j.bulk import ARGUMENTS, export_import_files
from graphengine.store.neo4j.connection import connect
from graphengine.store.neo4j.marker import read_marker, whole
from tests import neo4j_server
from tests.graphengine.store.neo4j.held import content_of, found, loaded, wanted, written
from tests.graphengine.store.neo4j.test_load import first, second


def _export(version: Path, folder: Path) -> None:
    with content_of(version) as content:
        export_import_files(
            content, folder, "county", database="neo4j", progress=lambda _kind, _share: None
        )


@pytest.mark.slow
def test_imported_and_finished_by_a_load(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    neo4j_server.runnable()
    one, two = written(first(), tmp_path, "one"), written(second(), tmp_path, "two")
    _export(one, tmp_path / "files")
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.chdir(tmp_path / "files")
    done = neo4j_server.admin("database", "import", "full", "neo4j", f"@{ARGUMENTS}", home=home)
    assert done.returncode == 0, done.stdout + done.stderr
    server = neo4j_server.start(home, watched=os.getpid())
    try:
        for name, value in server.environment().items():
            monkeypatch.setenv(name, value)
        with connect(server.uri) as connection:
            marker = connection.read(read_marker, seconds=20)
            assert marker is not None
            assert marker.state == "imported"
            with pytest.raises(StoreError, match="not whole"):
                connection.read(whole, seconds=20)
            assert loaded(server, one).written == 0
            assert connection.read(whole, seconds=20).version == "one"
        assert found(server) == wanted(one)
        assert loaded(server, two).written > 0
        assert found(server) == wanted(two)
    finally:
        server.kill()


def test_the_same_content_gives_the_same_bytes(tmp_path: Path) -> None:
    version = written(first(), tmp_path, "one")
    for name in ("a", "b"):
        _export(version, tmp_path / name)
    names = sorted(path.name for path in (tmp_path / "a").iterdir())
    assert len(names) > 30
    for name in names:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_names_stay_out(tmp_path: Path) -> None:
    _export(written(first(), tmp_path, "one"), tmp_path / "files")
    said = "".join(path.read_text("utf-8") for path in (tmp_path / "files").iterdir())
    assert "陈**" in said
    assert "陈志远" not in said
