"""What a user said of a question's parameters, checked and made into values of their types."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from graphengine.errors import AmbiguousError, NotFoundError, QuestionError
from graphengine.identifiers import NodeId
from graphengine.language import Text
from graphengine.store.question import MOST_NODES, Argument, Arguments, Asked, Question
from graphengine.subgraph import kind_of
from graphengine.tables.graph import Graph
from graphengine.vocabulary import NODES
from graphengine.workspace import Workspace
from queries.names import resolve

Said = str | int | Sequence[str]
_SEPARATORS = re.compile(r"[,，、;；]")
_LONGEST = 200
_SEVERAL = ("nodes", "accounts")


@dataclass(frozen=True, slots=True)
class Reading:
    """Where names are looked up; numbers of people and firms count only if `reveal`."""

    workspace: Workspace
    graph: Graph
    reveal: bool = False

    def arguments(self, question: Question, said: Mapping[str, Said]) -> Arguments:
        """Return the values of all parameters of a question.

        Raises QuestionError for what is missing, unknown, of another type or out of bounds,
        NotFoundError and AmbiguousError for names; none repeats a name.
        """
        for name in said:
            question.parameter(name)
        found: dict[str, Argument] = {}
        for asked in question.parameters:
            value = said.get(asked.name, asked.default)
            if value is None or value == "":
                raise _missing(question, asked)
            found[asked.name] = self._value(asked, value)
        return found

    def _value(self, asked: Asked, said: Said) -> Argument:
        if asked.type == "node":
            return self._node(asked, _text(asked, said))
        if asked.type in _SEVERAL:
            return self._several(asked, said)
        if asked.type in ("whole", "days"):
            number = _whole(asked, said)
            return timedelta(days=number) if asked.type == "days" else number
        return _day(asked, said) if asked.type == "date" else _text(asked, said)

    def _node(self, asked: Asked, said: str) -> NodeId:
        try:
            node = resolve(self.workspace, self.graph, said, asked.kinds or (), reveal=self.reveal)
        except (NotFoundError, AmbiguousError) as error:
            raise type(error)(_of(asked, error.message), error.remedy) from error
        if asked.kinds and kind_of(node) not in asked.kinds:
            raise _wrong_kind(asked, kind_of(node))
        return node

    def _several(self, asked: Asked, said: Said) -> tuple[NodeId, ...]:
        nodes = list(dict.fromkeys(self._listed(asked, said)))
        most = asked.high or MOST_NODES
        if not max(asked.low, 1) <= len(nodes) <= most:
            raise QuestionError(
                _of(asked, Text(f"给出了 {len(nodes)} 个节点", f"{len(nodes)} nodes are given")),
                Text(
                    f"应给出 {max(asked.low, 1)} 至 {most} 个不同的节点",
                    f"give {max(asked.low, 1)} to {most} different nodes",
                ),
            )
        return tuple(self._accounts(asked, nodes)) if asked.type == "accounts" else tuple(nodes)

    def _listed(self, asked: Asked, said: Said) -> Iterator[NodeId]:
        if not isinstance(said, str | int):
            yield from (self._node(asked, _text(asked, one)) for one in said)
            return
        text = _text(asked, said)
        try:
            yield self._node(asked, text)
        except NotFoundError:
            parts = [p for p in _SEPARATORS.split(text) if p.strip()]
            if len(parts) < 2:  # noqa: PLR2004 - nothing to split
                raise
            yield from (self._node(asked, part) for part in parts)

    def _accounts(self, asked: Asked, nodes: list[NodeId]) -> Iterator[NodeId]:
        """Return the accounts meant: those given, and all that the others hold."""
        own = [n for n in nodes if kind_of(n) == "Account"]
        rows = self.graph.sql(
            "SELECT DISTINCT target FROM HAS_ACCOUNT "
            "WHERE source IN (SELECT unnest($nodes::VARCHAR[])) ORDER BY target",
            nodes=[n for n in nodes if kind_of(n) != "Account"] or [""],
        )
        accounts = dict.fromkeys([*own, *(NodeId(row[0]) for row in rows.iter_rows())])
        if not accounts:
            raise NotFoundError(
                _of(asked, Text("没有登记的账户", "no account is on record")),
                Text("请核对对象，或给出账户编号", "check whom you mean, or give an account's id"),
            )
        return iter(accounts)


def _text(asked: Asked, said: object) -> str:
    if isinstance(said, bool) or not isinstance(said, str | int) or len(str(said)) > _LONGEST:
        raise QuestionError(
            _of(asked, Text("应为一段文字", "a text is wanted")),
            Text(f"最多 {_LONGEST} 个字符", f"at most {_LONGEST} characters"),
        )
    return str(said).strip()


def _whole(asked: Asked, said: object) -> int:
    text = str(said).strip()
    if not isinstance(said, bool) and re.fullmatch(r"[0-9]{1,9}", text):
        number = int(text)
        if asked.low <= number <= asked.high:
            return number
    raise QuestionError(
        _of(asked, _refused(text)),
        Text(
            f"应为 {asked.low} 至 {asked.high} 的整数",
            f"give a whole number from {asked.low} to {asked.high}",
        ),
    )


def _day(asked: Asked, said: object) -> date:
    try:
        return date.fromisoformat(str(said).strip())
    except ValueError as error:
        raise QuestionError(
            _of(asked, _refused(str(said))),
            Text("应为日期，如 2024-03-05", "give a date such as 2024-03-05"),
        ) from error


def _refused(said: str) -> Text:
    """Say that a value is refused; only figures and dates are repeated, a name is not."""
    if re.fullmatch(r"[-+./0-9]{1,12}", said):
        return Text(f"不能是 {said}", f"it cannot be {said}")
    return Text("所给的值不能用", "the value given cannot be used")


def _of(asked: Asked, text: Text) -> Text:
    return Text(f"参数 {asked.name}：{text.zh}", f"parameter {asked.name}: {text.en}")


def _missing(question: Question, asked: Asked) -> QuestionError:
    return QuestionError(
        _of(asked, Text(f"缺少（{asked.text.zh}）", f"it is missing ({asked.text.en})")),
        Text(f"例：{question.example}", f"example: {question.example}"),
    )


def _wrong_kind(asked: Asked, kind: str) -> QuestionError:
    titles = [NODES[k].title for k in asked.kinds]
    given = NODES[kind].title
    return QuestionError(
        _of(asked, Text(f"不能是{given.zh}", f"it cannot be a {given.en}")),
        Text(
            f"应为{'、'.join(t.zh for t in titles)}",
            f"give one of: {', '.join(t.en for t in titles)}",
        ),
    )
