"""The whole graph of a workspace as Arrow tables, pseudonymous unless revealed on record."""

from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from graphengine.disclosure import record_disclosure
from graphengine.errors import NotFoundError
from graphengine.language import Text
from graphengine.masks import Names, declared, names_of
from graphengine.store.masked import Mask
from graphengine.tables.newest import newest_graph
from graphengine.vocabulary import NODES, RELATIONS
from graphengine.workspace import open_workspace

_SOURCES = "sources"


@dataclass(frozen=True, slots=True)
class WholeGraph:
    """One version's tables; without `mask` they are shown as they are."""

    folder: Path
    mask: Mask | None

    @property
    def version(self) -> str:
        """Return the name of the version."""
        return self.folder.name

    @property
    def kinds(self) -> tuple[str, ...]:
        """Return the names of all tables."""
        return (*NODES, *RELATIONS, _SOURCES)

    def table(self, kind: str) -> pa.Table:
        """Return all nodes or relations of a kind, or `sources`, the register rows behind them.

        Columns are those of `graphengine.tables.schema`, without protected ones where masked; money
        is in fen. Cost: the table in memory. Raises NotFoundError for an unknown kind.
        """
        if kind not in self.kinds:
            raise NotFoundError(
                Text("图中没有这张表", "the graph has no such table"),
                Text(f"可用：{'、'.join(self.kinds)}", f"known: {', '.join(self.kinds)}"),
            )
        if kind == _SOURCES:
            return pq.read_table(self.folder / "sources.parquet")
        part = "nodes" if kind in NODES else "relations"
        table = pq.read_table(self.folder / part / f"{kind}.parquet")
        return table if self.mask is None else _masked(table, kind, self.mask)


def open_graph(workspace: Path | str, *, reveal: bool = False) -> WholeGraph:
    """Return the newest graph of a workspace; revealing it leaves a line in the manifest.

    Raises WorkspaceError where there is no workspace, NotFoundError where no graph was built.
    """
    opened = open_workspace(Path(workspace))
    with newest_graph(opened) as graph:
        if reveal:
            record_disclosure(opened, "open_graph", "*")
        return WholeGraph(graph.folder, None if reveal else Mask(names_of(graph)))


def _masked(table: pa.Table, kind: str, mask: Mask) -> pa.Table:
    known = declared(kind)
    kept = table.drop_columns([name for name, prop in known.items() if prop.protected])
    for name, prop in known.items():
        if prop.type == "text" and not prop.protected and not Names.are_public(kind, name):
            hidden = mask.column(kept[name].combine_chunks())
            kept = kept.set_column(kept.column_names.index(name), kept.field(name), hidden)
    return kept
