"""The newest graph version of a workspace."""

from graphengine.errors import NotFoundError
from graphengine.language import Text
from graphengine.tables.graph import Graph
from graphengine.workspace import Workspace


def newest_graph(workspace: Workspace) -> Graph:
    """Open the newest graph version; raise NotFoundError where none was built."""
    built = workspace.last("build")
    if built is None:
        raise NotFoundError(
            Text("还没有图", "no graph has been built yet"),
            Text(
                "先运行 shunteng ingest，再运行 shunteng detect",
                "run `shunteng ingest`, then `shunteng detect`",
            ),
        )
    settings = workspace.settings()
    folder = workspace.tables / str(built.detail["version"])
    return Graph(folder, memory=settings.memory, threads=settings.threads)
