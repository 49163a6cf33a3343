"""From a question of the library to its answer: asked of an engine, shown from the tables."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from graphengine.answer import Answer, AnswerWay, Cut, Joints
from graphengine.errors import QuestionError, StoreError
from graphengine.identifiers import NodeId
from graphengine.language import Text
from graphengine.store.adjacency import Adjacency
from graphengine.store.engine import Engine, Found, Limits, Way
from graphengine.store.question import Argument, Arguments, Question
from graphengine.subgraph import Selection, kind_of
from graphengine.tables.graph import Graph
from graphengine.workspace import Workspace
from queries.arguments import Reading, Said
from queries.drawing import Drawing, Steps
from queries.hubs import summaries
from queries.joints import joints
from queries.library import question as question_of
from queries.ordering import Folded, Measured, first_ways, folded
from queries.showing import arrays_of, hidden

LIMIT = 20
"""Ways shown unless more are asked for."""
NEAR = 300
"""Nodes of a network shown unless more are asked for."""
_TO_ITSELF = frozenset({"shortest", "ties"})


@dataclass(frozen=True)
class Asking:
    """One version of the graph, the engine that answers, and whether names may be shown."""

    workspace: Workspace
    graph: Graph
    engine: Engine
    reveal: bool = False

    def ask(
        self, name: str, said: Mapping[str, Said], limits: Limits, limit: int | None = None
    ) -> Answer:
        """Return the answer to a question of the library.

        `limit` is how many ways (of a network: nodes) are shown. Raises NotFoundError for an
        unknown question or node, QuestionError, AmbiguousError, StoreError.
        """
        question = question_of(name)
        reading = Reading(self.workspace, self.graph, self.reveal)
        return self.answer(question, reading.arguments(question, said), limits, limit)

    def answer(
        self, question: Question, arguments: Arguments, limits: Limits, limit: int | None = None
    ) -> Answer:
        """Return the answer to any question whose arguments are known to be right."""
        _check_groups(question, arguments)
        check_version(self.engine, self.graph)
        found = self._found(question, arguments, limits)
        shown = max(1, limit or (NEAR if question.method == "reach" else LIMIT))
        if question.method == "reach":
            answer = self._network(question, arguments, found, (limits, shown))
        else:
            answer = self._ways(question, arguments, found, (limits, shown))
        cut = replace(
            answer.cut, bound=limits.most if found.cut else None, division=limits.division
        )
        nodes = [node.id for node in answer.subgraph.nodes]
        return replace(
            answer,
            cut=cut,
            summaries=summaries(self._arrays, nodes, limits),
            holders=self._drawing.holders(answer.subgraph),
            engine=self.engine.name,
            version=self.graph.folder.name,
        )

    @cached_property
    def _arrays(self) -> Adjacency:
        return arrays_of(self.workspace, self.graph)

    def _found(self, question: Question, arguments: Arguments, limits: Limits) -> Found:
        ends = {str(arguments[p]) for p in ("a", "b") if p in arguments}
        if question.method in _TO_ITSELF and len(ends) == 1:
            return Found((Way((NodeId(ends.pop()),)),))
        return self.engine.ask(question, arguments, limits)

    def _network(
        self,
        question: Question,
        arguments: Arguments,
        found: Found,
        bounds: tuple[Limits, int],
    ) -> Answer:
        limits, limit = bounds
        near = found.near[:limit]
        left = Counter(kind_of(n.node) for n in found.near[limit:])
        nodes = tuple(sorted(n.node for n in near))
        omitted = dict(sorted((left | Counter(uncounted=int(found.cut))).items()))
        selection = Selection(
            nodes=nodes,
            hidden=hidden(self._arrays, nodes),
            omitted=omitted,
            since=limits.since,
            until=limits.until,
        )
        return Answer(
            question,
            arguments,
            self._drawing.read(selection),
            near={n.node: n.hops for n in near},
            cut=Cut(nodes=dict(sorted(left.items()))),
        )

    def _ways(
        self,
        question: Question,
        arguments: Arguments,
        found: Found,
        bounds: tuple[Limits, int],
    ) -> Answer:
        limits, limit = bounds
        every = folded(question, found.ways)
        first = first_ways(self._arrays, question, every, limits, limit)
        left = {"ways": len(every) - len(first), "uncounted": int(found.cut)}
        nodes = sorted({n for m in first for n in m.way.nodes})
        nodes = nodes or sorted({n for value in arguments.values() for n in _group(value)})
        selection = Selection(
            nodes=tuple(nodes),
            hidden=hidden(self._arrays, nodes),
            omitted={name: count for name, count in left.items() if count},
        )
        ways = [m.way for m in first]
        drawn, steps = self._drawing.ways(question, ways, selection, limits)
        return Answer(
            question,
            arguments,
            replace(drawn, routes=tuple(way.nodes for way in ways)),
            ways=tuple(_way(*pair) for pair in zip(first, steps, strict=True)),
            joints=_joints(every, arguments) if question.method == "joints" else None,
            cut=Cut(ways=left["ways"]),
        )

    @cached_property
    def _drawing(self) -> Drawing:
        return Drawing(self.graph, self._arrays, self.reveal)


def check_version(engine: Engine, graph: Graph) -> None:
    """Raise StoreError unless an engine holds this version of the graph."""
    if engine.version() != graph.folder.name:
        raise StoreError(
            Text(
                f"{engine.name} 中的图不是工作区的当前版本",
                f"{engine.name} holds another version of the graph than the workspace",
            ),
            Text(
                "运行 shunteng store load 载入当前版本，或用 --engine arrays",
                "load it with `shunteng store load`, or ask with --engine arrays",
            ),
        )


def _way(measured: Measured, steps: Steps) -> AnswerWay:
    day = measured.complete.date() if measured.complete else None
    return AnswerWay(measured.way.nodes, steps, round(measured.strength, 6), day)


def _joints(ways: Sequence[Folded], arguments: Arguments) -> Joints:
    groups = (_group(arguments["a"]), _group(arguments["b"]))
    return joints((way.nodes for way in ways), *groups)


def _group(value: Argument) -> tuple[NodeId, ...]:
    """Return the nodes of an argument that is one or several, else none."""
    if isinstance(value, tuple):
        return value
    return (NodeId(value),) if isinstance(value, str) and ":" in value else ()


def _check_groups(question: Question, arguments: Arguments) -> None:
    if question.method != "joints":
        return
    if both := set(_group(arguments["a"])) & set(_group(arguments["b"])):
        raise QuestionError(
            Text(
                f"两组有 {len(both)} 个共同的成员",
                f"the groups have {len(both)} members in common",
            ),
            Text("请给出没有共同成员的两组", "give two groups without a common member"),
        )
