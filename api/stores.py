"""Graph stores kept beside the workspace: loaded, looked at, written as files of an import."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from api.disclosure import record_disclosure
from api.engines import neo4j_address
from api.pipeline import Progress, open_graph
from graphengine.identifiers import keyed_hash
from graphengine.store.adjacency import Adjacency
from graphengine.store.content import Content
from graphengine.store.neo4j.bulk import ImportFiles, export_import_files
from graphengine.store.neo4j.connection import connect
from graphengine.store.neo4j.load import LoadReport, load
from graphengine.store.neo4j.marker import Marker, read_marker
from graphengine.store.neo4j.plan import counted
from graphengine.tables.graph import Graph
from graphengine.workspace import Workspace

_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Server:
    """Which server (none: the settings' own) and which of its databases (none: its default)."""

    address: str | None = None
    database: str | None = None


@dataclass(frozen=True, slots=True)
class StoreStatus:
    """What a server says of its store, and how many rows of each kind it counts.

    `ours`: the store was loaded from this workspace.
    """

    marker: Marker | None
    ours: bool
    rows: dict[str, int]


def load_store(
    workspace: Workspace, server: Server, *, reveal: bool, progress: Progress
) -> LoadReport:
    """Bring a server to the newest graph version; with `reveal`, on record, names too.

    Raises StoreError; the next call goes on from what was written.
    """
    address = _address(workspace, server)
    with connect(address, database=server.database) as connection:
        if reveal:
            record_disclosure(workspace, "store load", connection.address)
        with _newest(workspace, reveal=reveal) as content:
            return load(
                content,
                connection,
                _owner(workspace),
                former=lambda version: _former(workspace, version, reveal=reveal),
                progress=progress,
            )


def status_of_store(workspace: Workspace, server: Server) -> StoreStatus:
    """Return what a server holds."""
    with connect(_address(workspace, server), database=server.database) as connection:
        marker = connection.read(read_marker, seconds=_SECONDS)
        ours = marker is not None and marker.owner == _owner(workspace)
        return StoreStatus(marker, ours, counted(connection))


def export_store(
    workspace: Workspace, folder: Path, *, database: str, reveal: bool, progress: Progress
) -> ImportFiles:
    """Write the newest graph version as files of the offline import."""
    if reveal:
        record_disclosure(workspace, "store export", "*")
    with _newest(workspace, reveal=reveal) as content:
        return export_import_files(
            content, folder, _owner(workspace), database=database, progress=progress
        )


def _address(workspace: Workspace, server: Server) -> str:
    return server.address or neo4j_address(workspace.settings())


def _owner(workspace: Workspace) -> str:
    """Return what tells this workspace's stores from others', and nothing about its key."""
    return keyed_hash(workspace.key(), "store")


def _former(
    workspace: Workspace, version: str, *, reveal: bool
) -> AbstractContextManager[Content] | None:
    folder = workspace.tables / version
    if not (folder / "meta.json").exists():
        return None
    settings = workspace.settings()
    graph = Graph(folder, memory=settings.memory, threads=settings.threads)
    return _content(workspace, graph, reveal=reveal)


def _newest(workspace: Workspace, *, reveal: bool) -> AbstractContextManager[Content]:
    return _content(workspace, open_graph(workspace), reveal=reveal)


@contextmanager
def _content(workspace: Workspace, graph: Graph, *, reveal: bool) -> Iterator[Content]:
    with graph:
        arrays = Adjacency.of(graph, workspace.root / "snapshot" / graph.folder.name)
        with Content(graph, arrays, reveal=reveal) as content:
            yield content
