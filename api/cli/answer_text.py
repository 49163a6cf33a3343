"""An answer on the terminal: one line a way, the evidence below, what was left out at the end."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence

from api.cli.phrases import phrase, span, when
from api.cli.screen import note, out, plain, said, say, table, write
from graphengine.answer import Answer, AnswerWay, Summary
from graphengine.clue import yuan
from graphengine.subgraph import SubgraphEdge
from graphengine.tables.graph import Source
from graphengine.vocabulary import NODES, REGISTERS, RELATIONS
from viz.wire import answer_json

_TOGETHER = 3
"""Relations of one step named on a line; the table below has them all."""
_ROWS = 3
_COLUMNS = (
    "way", "step", "source", "source_label", "relation", "detail", "target", "target_label",
    "valid_from", "valid_to", "count", "evidence",
)  # fmt: skip


class AnswerText:
    """The names and words of one answer, looked up once."""

    def __init__(self, answer: Answer) -> None:
        """Read what the nodes are called."""
        self._answer = answer
        self._edges = answer.subgraph.edges
        self._labels = {node.id: node.label for node in answer.subgraph.nodes}
        for account, holder in answer.holders.items():
            self._labels[account] += say(f"（{holder.label}）", f" ({holder.label})")
        self._sexes: dict[str, str] = {
            node.id: str(node.properties["sex"])
            for node in answer.subgraph.nodes
            if "sex" in node.properties
        }

    def line(self, way: AnswerWay) -> str:
        """Return a way as one line: names, and between them what ties them and since when."""
        parts = [self._labels[way.nodes[0]]]
        for node, after, step in zip(way.nodes, way.nodes[1:], way.steps, strict=False):
            parts += [self._tie(step, node), self._labels[after]]
        return " ".join(parts)

    def _tie(self, step: Sequence[int], start: str) -> str:
        edges = [self._edges[i] for i in step]
        along = [e for e in edges if e.source == start]
        told = along or edges
        texts = list(dict.fromkeys(self._told(e) for e in told))
        more = len(texts) - _TOGETHER
        words = say("、", ", ").join(texts[:_TOGETHER])
        if more > 0:
            words += say(f" 等{len(texts)}项", f" and {more} more")
        return f"—{words}→" if along else f"←{words}—"

    def _told(self, edge: SubgraphEdge) -> str:
        days = when(edge)
        return phrase(edge, self._sexes) + (f" ({days})" if days else "")

    def ways(self) -> Iterator[tuple[int, str]]:
        """Return the ways in order, numbered from 1."""
        for number, way in enumerate(self._answer.ways, start=1):
            yield number, self.line(way)

    def relations(self) -> Iterator[tuple[object, ...]]:
        """Return the relations as rows of a table."""
        for edge in self._edges:
            yield (
                self._labels[edge.source], phrase(edge, self._sexes), self._labels[edge.target],
                edge.valid_from, edge.valid_to,
                _evidence(edge.evidence[:_ROWS], len(edge.evidence) + edge.unlisted),
            )  # fmt: skip

    def nodes(self) -> Iterator[tuple[object, ...]]:
        """Return the nodes as rows of a table."""
        near = self._answer.near
        for node in self._answer.subgraph.nodes:
            yield (
                said(NODES[node.kind].title), self._labels[node.id], node.id, near.get(node.id, ""),
                node.hidden or "",
            )  # fmt: skip

    def records(self) -> Iterator[tuple[object, ...]]:
        """Return every relation of every step as flat rows; without ways all relations."""
        steps: list[tuple[int | str, int | str, int]] = [
            (number, place, i)
            for number, way in enumerate(self._answer.ways, start=1)
            for place, step in enumerate(way.steps, start=1)
            for i in step
        ]
        for number, place, i in steps or [("", "", i) for i in range(len(self._edges))]:
            edge = self._edges[i]
            yield (
                number, place, edge.source, self._labels[edge.source], edge.relation,
                phrase(edge, self._sexes), edge.target, self._labels[edge.target],
                edge.valid_from or "", edge.valid_to or "", edge.count,
                _evidence(edge.evidence, len(edge.evidence) + edge.unlisted),
            )  # fmt: skip


def _evidence(sources: Iterable[Source], every: int) -> str:
    known = list(sources)
    rows = [f"{said(REGISTERS[s.register])} {s.file} {s.row}" for s in known]
    more = every - len(known)
    return "; ".join(rows) + (say(f" 等{every}行", f" and {more} more") if more > 0 else "")


def show_answer(answer: Answer, form: str) -> None:
    """Print an answer as a table, JSON or CSV."""
    if form == "json":
        write(json.dumps(answer_json(answer), ensure_ascii=False, indent=1) + "\n")
    elif form == "csv":
        _csv(AnswerText(answer))
    else:
        _show(answer)


def _csv(text: AnswerText) -> None:
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for row in text.records():
        cells = [str(cell) for cell in row]
        writer.writerow(["'" + c if c[:1] in "=+-@\t\r" and c else c for c in cells])
    write(made.getvalue())


def _show(answer: Answer) -> None:
    text, console = AnswerText(answer), out()
    console.print(f"[bold]{plain(said(answer.question.title))}[/]", soft_wrap=True)
    for number, line in text.ways():
        console.print(plain(f"{number:>3}. {line}"), soft_wrap=True)
    if not answer.ways and answer.question.method != "reach":
        note(say("没有找到符合的联系", "nothing was found"))
        _say_cut(answer)
        return
    _show_joints(answer)
    table(
        [say("种类", "kind"), say("名称", "name"), (say("节点", "node"), "id"),
         (say("步数", "hops"), "right"), (say("未显示的邻居", "neighbours not shown"), "right")],
        text.nodes(),
    )  # fmt: skip
    table(
        [say("从", "from"), say("关系", "relation"), say("到", "to"), (say("起", "since"), "id"),
         (say("止", "until"), "id"), say("依据（登记表 文件 行）", "evidence (register file row)")],
        text.relations(),
    )  # fmt: skip
    for summary in answer.summaries:
        _show_summary(answer, summary)
    _say_cut(answer)


def _show_joints(answer: Answer) -> None:
    if answer.joints is None:
        return
    labels = {node.id: node.label for node in answer.subgraph.nodes}
    nodes = [labels.get(n, n) for n in answer.joints.nodes]
    ties = [f"{labels.get(a, a)} – {labels.get(b, b)}" for a, b in answer.joints.ties]
    none = say("无", "none")
    said_nodes, said_ties = "; ".join(nodes) or none, "; ".join(ties) or none
    console = out()
    console.print(plain(say(f"关节对象：{said_nodes}", f"joints: {said_nodes}")), soft_wrap=True)
    console.print(plain(say(f"关节联系：{said_ties}", f"bridges: {said_ties}")), soft_wrap=True)


def _show_summary(answer: Answer, summary: Summary) -> None:
    label = next(n.label for n in answer.subgraph.nodes if n.id == summary.node)
    arrows = {"out": "→", "in": "←"}
    table(
        [say("关系", "relation"), say("方向", "way"), (say("行数", "rows"), "right"),
         (say("金额（元）", "amount (CNY)"), "right"), (say("期间", "window"), "id")],
        (
            (
                said(RELATIONS[one.relation].title), arrows[one.way], one.count,
                yuan(one.amount), span(one.first, one.last),
            )
            for one in summary.tallies
        ),
        title=say(
            f"{label}：{summary.neighbours} 个邻居，只汇总、不展开",
            f"{label}: {summary.neighbours} neighbours, summed up and not expanded",
        ),
    )  # fmt: skip


def _say_cut(answer: Answer) -> None:
    cut = answer.cut
    if cut.ways:
        note(say(f"另有 {cut.ways} 条未显示（--limit 可加大）",
                 f"{cut.ways} more ways are not shown (raise --limit)"))  # fmt: skip
    if any(cut.nodes.values()):
        left = ", ".join(f"{said(NODES[k].title)} {n}" for k, n in cut.nodes.items())
        note(say(f"结果被截断，未显示：{left}", f"cut short; not shown: {left}"))
    if cut.bound:
        note(say(f"查到 {cut.bound} 条为止，还有更多未查",
                 f"stopped looking after {cut.bound}; there are more"))  # fmt: skip
    if cut.division:
        note(say(f"只看 {cut.division} 范围内；范围外的未计数",
                 f"only within {cut.division}; what lies beyond is not counted"))  # fmt: skip
