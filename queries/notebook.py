"""One question to a workspace's newest graph in one call: what scripts and notebooks ask with."""

from collections.abc import Mapping
from pathlib import Path

from graphengine.answer import Answer
from graphengine.disclosure import record_disclosure
from graphengine.store.arrays import Arrays
from graphengine.store.engine import Limits
from graphengine.tables.newest import newest_graph
from graphengine.workspace import open_workspace
from queries.arguments import Said
from queries.asking import Asking

PATIENT = Limits(seconds=300.0)
"""Nobody else waits behind a notebook; the first question also compiles the searches."""


def ask(  # noqa: PLR0913 - where to ask, what, and how much of the answer
    workspace: Path | str,
    name: str,
    said: Mapping[str, Said],
    limits: Limits = PATIENT,
    *,
    limit: int | None = None,
    reveal: bool = False,
) -> Answer:
    """Return the answer to a question of the library, worked out in process.

    `limit` is how many ways (of a network: nodes) are shown; revealing leaves a line in the
    manifest. Raises WorkspaceError, NotFoundError, QuestionError, AmbiguousError.
    """
    opened = open_workspace(Path(workspace))
    with newest_graph(opened) as graph:
        if reveal:
            record_disclosure(opened, name, "*")
        engine = Arrays.of(graph, opened.root / "snapshot" / graph.folder.name)
        return Asking(opened, graph, engine, reveal).ask(name, said, limits, limit)
