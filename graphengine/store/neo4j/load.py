"""Bringing a Neo4j database to a graph version: from nothing, from another, from a broken load.

What is there is compared with what is wanted and only the difference is written, kind by kind. The
marker says `loading` from before the first write to after the last, so no reader takes half a graph
for a whole one, and a load that was killed is finished by running it again.
"""

import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, replace

from graphengine.errors import StoreError
from graphengine.language import Text
from graphengine.store.content import Content
from graphengine.store.neo4j import statements
from graphengine.store.neo4j.changes import (
    Difference,
    ServerSide,
    Side,
    TablesSide,
    difference,
    not_ours,
)
from graphengine.store.neo4j.connection import Connection
from graphengine.store.neo4j.marker import (
    KIND,
    STORE,
    KindHeld,
    claim,
    content_id,
    read_marker,
    set_complete,
    version_of,
)
from graphengine.store.neo4j.meter import Meter, Progress
from graphengine.store.neo4j.plan import Manner, counted, planned
from graphengine.store.neo4j.writing import Writer
from graphengine.vocabulary import NODES, RELATIONS

Former = Callable[[str], AbstractContextManager[Content] | None]
"""Opens the content of an older version where its tables still are, else gives None."""

_SECONDS = 60.0
_SCHEMA_SECONDS = 3600.0


@dataclass(frozen=True, slots=True)
class KindReport:
    """What a load did to one kind; rows is how many the store holds now."""

    kind: str
    rows: int = 0
    created: int = 0
    changed: int = 0
    deleted: int = 0


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What a load did; nothing at all where the store held this content already."""

    version: str
    kinds: tuple[KindReport, ...]

    @property
    def written(self) -> int:
        """Return how many rows were created, changed or deleted."""
        return sum(k.created + k.changed + k.deleted for k in self.kinds)


def load(
    content: Content,
    connection: Connection,
    owner: str,
    *,
    former: Former,
    progress: Progress,
) -> LoadReport:
    """Make the database hold this content and nothing else of ours.

    `owner` tells one workspace's store from another's, which is never touched. Raise StoreError;
    what was written by then stays, and the next call goes on from there.
    """
    wanted = content_id(content.version, reveal=content.reveal)
    found = _look(connection, owner, wanted)
    if found.whole:
        return LoadReport(content.version, tuple(found.reports.values()))
    with _resumable():
        turn = secrets.token_hex(8)
        _constrain(connection, {STORE: "id", KIND: "kind"})
        connection.write(lambda tx: claim(tx, content, owner, turn), seconds=_SECONDS)
        found = _look(connection, owner, wanted)  # another load may have written meanwhile
        meter = Meter(progress)
        writer = Writer(connection, content, turn, meter.wrote)
        work = _Synchronisation(content, connection, writer, meter, wanted)
        done = {**found.reports, **work.run(found.todo, found.held, former)}
        connection.write(lambda tx: set_complete(tx, turn), seconds=_SECONDS)
    progress("", 1.0)
    return LoadReport(content.version, tuple(done.values()))


@dataclass(frozen=True, slots=True)
class _Look:
    """What a database holds and what is to be done about it."""

    whole: bool
    held: Mapping[str, KindHeld]
    todo: Mapping[str, Manner]
    reports: Mapping[str, KindReport]


def _look(connection: Connection, owner: str, wanted: str) -> _Look:
    """Look at a database; raise StoreError where it is not this workspace's."""
    marker = connection.read(read_marker, seconds=_SECONDS)
    counts = counted(connection)
    plan = planned(marker, counts, owner, wanted)
    todo = {kind: manner for kind, manner in plan.items() if manner != "settled"}
    return _Look(
        whole=not todo and marker is not None and marker.state == "complete",
        held=marker.kinds if marker else {},
        todo=todo,
        reports={kind: KindReport(kind, rows) for kind, rows in counts.items()},
    )


@contextmanager
def _resumable() -> Iterator[None]:
    """Say beside the remedy that nothing written is lost."""
    try:
        yield
    except StoreError as error:
        remedy = Text(
            f"{error.remedy.zh}；再次运行 store load 会从已写入之处接着载入",
            f"{error.remedy.en}; another `store load` goes on from what was written",
        )
        raise StoreError(error.message, remedy) from error


@dataclass(frozen=True, slots=True)
class _Synchronisation:
    """The work of one load: on what, with what, towards which content."""

    content: Content
    connection: Connection
    writer: Writer
    meter: Meter
    wanted: str

    def run(
        self, todo: Mapping[str, Manner], held: Mapping[str, KindHeld], former: Former
    ) -> dict[str, KindReport]:
        """Bring the kinds of `todo` up to date; return what was done to each."""
        _constrain(self.connection, dict.fromkeys(NODES, "id"))
        with ExitStack() as opened:
            sides = self._sides(todo, held, former, opened)
            differences = {
                kind: self._difference(kind, side, len(sides)) for kind, side in sides.items()
            }
            done = self._remove(todo, sides, differences)
        for kinds in (NODES, RELATIONS):
            waiting = [kind for kind in todo if kind in kinds]
            done |= self._create(waiting, differences, done)
        self._check(done)
        return done

    def _sides(
        self,
        todo: Mapping[str, Manner],
        held: Mapping[str, KindHeld],
        former: Former,
        opened: ExitStack,
    ) -> dict[str, Side]:
        """Return what the kinds that are to be compared are compared with."""
        tables: dict[str, Side] = {}
        for kind in (k for k in todo if todo[k] == "tables"):
            version = version_of(held[kind].content)
            if version not in tables and (old := former(version)) is not None:
                tables[version] = TablesSide(opened.enter_context(old))
        server = ServerSide(self.connection, reveal=self.content.reveal)
        return {
            kind: tables.get(version_of(held[kind].content), server)
            if manner == "tables"
            else server
            for kind, manner in todo.items()
            if manner in ("tables", "server")
        }

    def _difference(self, kind: str, side: Side, of: int) -> Difference:
        self.meter.comparing(kind, of)
        return difference(kind, side, TablesSide(self.content), reveal=self.content.reveal)

    def _remove(
        self,
        todo: Mapping[str, Manner],
        sides: Mapping[str, Side],
        differences: Mapping[str, Difference],
    ) -> dict[str, KindReport]:
        """Delete what is too much, relations before the nodes that they hang on."""
        self.meter.expect(
            {
                kind: differences[kind].size if kind in differences else self.content.size(kind)
                for kind in todo
            }
        )
        done = {kind: KindReport(kind) for kind in todo}
        for kind in _relations_first(k for k in todo if todo[k] == "anew"):
            done[kind] = KindReport(kind, deleted=self.writer.empty(kind))
        self.writer.begin(todo)
        for kind in _relations_first(k for k in differences if len(differences[k].surplus)):
            surplus = differences[kind].surplus
            if kind in NODES:
                gone = self.writer.delete_nodes(kind, surplus)
            else:
                gone = self.writer.delete_relations(kind, sides[kind].ends(kind, surplus))
            done[kind] = KindReport(kind, deleted=gone)
        return done

    def _create(
        self,
        kinds: Sequence[str],
        differences: Mapping[str, Difference],
        done: Mapping[str, KindReport],
    ) -> dict[str, KindReport]:
        """Create and change what is missing or other, the kinds without any all at once."""
        rows = {
            kind: differences[kind].size if kind in differences else self.content.size(kind)
            for kind in kinds
        }
        made = {
            kind: replace(done[kind], rows=differences[kind].rows if kind in differences else 0)
            for kind in kinds
            if not rows[kind]
        }
        self.writer.end(self.wanted, {kind: report.rows for kind, report in made.items()})
        for kind in kinds:
            if rows[kind]:
                made[kind] = self._written(done[kind], differences.get(kind))
        return made

    def _written(self, report: KindReport, found: Difference | None) -> KindReport:
        kind = report.kind
        if found is None:
            created = self.writer.create(kind)
            report = replace(report, rows=created, created=created)
        else:
            changed = self.writer.change(kind, found.changed) if len(found.changed) else 0
            created = self.writer.create(kind, found.missing) if len(found.missing) else 0
            report = replace(report, rows=found.rows, created=created, changed=changed)
        self.writer.end(self.wanted, {kind: report.rows})
        return report

    def _check(self, done: Mapping[str, KindReport]) -> None:
        """Raise StoreError unless the server counts what was written and nothing else."""
        counts = counted(self.connection)
        for kind, report in done.items():
            if counts[kind] != report.rows:
                raise not_ours(kind)


def _relations_first(kinds: Iterable[str]) -> list[str]:
    return sorted(kinds, key=lambda kind: kind in NODES)


def _constrain(connection: Connection, unique: Mapping[str, str]) -> None:
    """Make a property of each label unique; each statement is a transaction, as Neo4j wants it."""
    for label, name in unique.items():
        _run(connection, statements.constraint(label, name))


def _run(connection: Connection, statement: str) -> None:
    connection.write(lambda tx: tx.run(statement).consume(), seconds=_SCHEMA_SECONDS)
