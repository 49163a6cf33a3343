"""Relationship questions answered by a Neo4j server."""

from collections.abc import Mapping, Sequence
from typing import Any

from graphengine.errors import StoreError
from graphengine.language import Text
from graphengine.store.engine import Found, Limits
from graphengine.store.neo4j.connection import Connection
from graphengine.store.neo4j.dialect import Neo4jDialect
from graphengine.store.neo4j.driver import neo4j
from graphengine.store.neo4j.marker import whole
from graphengine.store.question import Arguments, Question
from graphengine.store.statement_answers import answer

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
        return self._connection.read(lambda tx: whole(tx).version, seconds=_SECONDS)

    def ask(self, question: Question, arguments: Arguments, limits: Limits) -> Found:
        """Return what a question finds, all of it in one version of the graph.

        Raises StoreError: unreachable, too slow, loaded anew in the meantime.
        """

        def asked(work: neo4j.ManagedTransaction) -> Found:
            before = whole(work)

            def run(text: str, said: Mapping[str, object]) -> Sequence[Sequence[Any]]:
                return [record.values() for record in work.run(text, dict(said))]

            found = answer(run, question, arguments, limits, self._dialect)
            if whole(work) != before:
                raise _changed()
            return found

        return self._connection.read(asked, seconds=limits.seconds)

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()


def _changed() -> StoreError:
    return StoreError(
        Text("作答期间图被重新载入", "the graph was loaded anew while the answer was sought"),
        Text("请再问一次", "ask again"),
    )
