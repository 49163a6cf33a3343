"""The one place where engines are opened: arrays in process, a Neo4j server, a ladybug snapshot."""

import os

from graphengine.errors import StoreError
from graphengine.language import Text
from graphengine.settings import EngineName, Settings
from graphengine.store.arrays import Arrays
from graphengine.store.engine import Engine
from graphengine.tables.graph import Graph
from graphengine.workspace import Workspace

NEO4J_URI = "SHUNTENG_NEO4J_URI"
"""Names the server where `[stores] neo4j` of config.toml does not; credentials come from the
environment alone."""
_EXAMPLE = '"bolt://127.0.0.1:7687"'


def open_engine(
    workspace: Workspace, graph: Graph, name: EngineName | None, settings: Settings
) -> Engine:
    """Open the engine of a name, or the settings' own; whoever opens it closes it.

    Raises StoreError where it is not installed, not named or not reachable.
    """
    chosen = name or settings.engine
    if chosen == "neo4j":
        return _neo4j(settings)
    if chosen == "ladybug":
        return _ladybug(workspace, graph)
    return Arrays.of(graph, workspace.root / "snapshot" / graph.folder.name)


def neo4j_address(settings: Settings) -> str:
    """Return where the Neo4j server is; raise StoreError where neither place names one."""
    address = settings.neo4j or os.environ.get(NEO4J_URI, "")
    if not address:
        raise StoreError(
            Text("没有指定 Neo4j 服务器", "no Neo4j server is named"),
            Text(
                f"在 config.toml 的 [stores] 中写 neo4j = {_EXAMPLE}，或设置 {NEO4J_URI}",
                f"write neo4j = {_EXAMPLE} under [stores] in config.toml, or set {NEO4J_URI}",
            ),
        )
    return address


def _neo4j(settings: Settings) -> Engine:
    from graphengine.store.neo4j.connection import connect  # noqa: PLC0415 - an optional extra
    from graphengine.store.neo4j.engine import Neo4jEngine  # noqa: PLC0415 - an optional extra

    return Neo4jEngine(connect(neo4j_address(settings)))


def _ladybug(workspace: Workspace, graph: Graph) -> Engine:
    from graphengine.store.ladybug.engine import LadybugEngine  # noqa: PLC0415 - an optional extra

    return LadybugEngine(graph, workspace.root / "snapshot")
