"""Relationship questions answered by a Neo4j server."""

from collections.abc import Mapping, Sequence
from typing import Any

from graphengine.errors import StoreError
from graphengine.language import Text
from graphengine.store.engine import Found, Limits
from graphengine.store.neo4j.connection import Connection
from graphengine.store.neo4j.dialect import Neo4jDialect
from graphengine.store.neo4j.driver import neo4j
from graphengine.store.question import Arguments, Question
from graphengine.store.statement_answers import answer

_MARK = "MATCH (s:ShuntengStore) RETURN s.version, s.state"
_SECONDS = 10.0


class Neo4jEngine:
    """Answers from what was loaded; a store that is being loaded answers nothing."""

    name = "neo4j"

    def __init__(self, connection: Connection) -> None:
        """Ask over a connection, which is closed with the engine."""
        self._connection = connection
        self._dialect = Neo4jDialect()

    def version(self) -> str:
        """Return the graph version that it holds; raise StoreError where it is not whole."""
        return self._connection.read(_whole, seconds=_SECONDS)

    def ask(self, question: Question, arguments: Arguments, limits: Limits) -> Found:
        """Return what a question finds, all of it in one version of the graph.

        Raises StoreError: unreachable, too slow, loaded anew in the meantime.
        """

        def asked(work: neo4j.ManagedTransaction) -> Found:
            version = _whole(work)

            def run(text: str, said: Mapping[str, object]) -> Sequence[Sequence[Any]]:
                return [record.values() for record in work.run(text, dict(said))]

            found = answer(run, question, arguments, limits, self._dialect)
            if _whole(work) != version:
                raise _loading()
            return found

        return self._connection.read(asked, seconds=limits.seconds)

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()


def _whole(work: neo4j.ManagedTransaction) -> str:
    """Return the version that is held, if all of it is there."""
    marks = [record.values() for record in work.run(_MARK)]
    if not marks:
        raise StoreError(
            Text("这台 Neo4j 中还没有载入图", "this Neo4j holds no graph yet"),
            Text("运行 shunteng store load 载入", "load it with `shunteng store load`"),
        )
    version, state = marks[0]
    if state != "complete":
        raise _loading()
    return str(version)


def _loading() -> StoreError:
    return StoreError(
        Text("这台 Neo4j 中的图正在载入，尚不完整", "the graph is being loaded and not yet whole"),
        Text(
            "载入结束后再问；若载入已中断，重新运行 shunteng store load 即可接着载入",
            "ask again when it is done; a load that was interrupted goes on with "
            "`shunteng store load`",
        ),
    )
