"""The commands that look around: path, network, export."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from api import pipeline
from api.cli.options import DivisionCode, Reveal, folder_of
from api.cli.screen import note, out, plain, said, say, table, workspace_at
from api.disclosure import record_disclosure
from api.divisions import prefix_of
from graphengine.errors import NotFoundError
from graphengine.language import Text
from graphengine.subgraph import Subgraph, of_clue
from graphengine.vocabulary import NODES, RELATIONS
from queries.paths import find_paths, neighbourhood, resolve
from viz.export import EXPORT_FORMS, export_division, export_subgraph

_MOST_HOPS = 8
Named = Annotated[
    str,
    typer.Argument(
        help=say(
            "节点编号、姓名，或（加 --reveal）证件号", "node id, name or (with --reveal) number"
        )
    ),
]


def path(
    ctx: typer.Context,
    a: Named,
    b: Named,
    hops: Annotated[
        int,
        typer.Option(
            "--hops", min=1, max=_MOST_HOPS, help=say("最多几步", "at most so many steps")
        ),
    ] = 6,
    reveal: Reveal = False,
) -> None:
    workspace = workspace_at(folder_of(ctx))
    if reveal:
        record_disclosure(workspace, "path", "*")
    with pipeline.open_graph(workspace) as graph:
        start = resolve(workspace, graph, a, reveal=reveal)
        end = resolve(workspace, graph, b, reveal=reveal)
        found = find_paths(workspace, graph, start, end, max_hops=hops, reveal=reveal)
    if not found.routes:
        note(say(f"{hops} 步之内没有联系", f"no tie within {hops} steps"))
        return
    labels = {node.id: node.label for node in found.nodes}
    for number, route in enumerate(found.routes, start=1):
        ends = " → ".join(labels[node] for node in route)
        out().print(plain(say(f"第 {number} 条：{ends}", f"route {number}: {ends}")))
    _show(found)


def network(
    ctx: typer.Context,
    node: Named,
    hops: Annotated[
        int, typer.Option("--hops", min=1, max=4, help=say("几步之内", "within so many steps"))
    ] = 1,
    limit: Annotated[
        int, typer.Option("--limit", min=1, help=say("最多几个节点", "at most so many nodes"))
    ] = 300,
    reveal: Reveal = False,
) -> None:
    workspace = workspace_at(folder_of(ctx))
    if reveal:
        record_disclosure(workspace, "network", "*")
    with pipeline.open_graph(workspace) as graph:
        start = resolve(workspace, graph, node, reveal=reveal)
        found = neighbourhood(workspace, graph, start, hops=hops, limit=limit, reveal=reveal)
    _show(found)


def _show(found: Subgraph) -> None:
    labels = {node.id: node.label for node in found.nodes}
    table(
        [say("种类", "kind"), say("名称", "name"), (say("节点", "node"), "id"),
         (say("未显示的邻居", "neighbours not shown"), "right")],
        ((said(NODES[n.kind].title), n.label, n.id, n.hidden or "") for n in found.nodes),
    )  # fmt: skip
    table(
        [say("从", "from"), say("关系", "relation"), say("到", "to"), (say("起", "since"), "id"),
         (say("止", "until"), "id"), say("依据（文件 行）", "evidence (file row)")],
        (
            (
                labels[edge.source], said(RELATIONS[edge.relation].title), labels[edge.target],
                edge.valid_from, edge.valid_to,
                "; ".join(f"{e.file} {e.row}" for e in edge.evidence[:3]),
            )
            for edge in found.edges
        ),
    )  # fmt: skip
    if found.truncated:
        cut = ", ".join(f"{kind} {count}" for kind, count in sorted(found.omitted.items()))
        note(say(f"结果被截断，未显示：{cut}", f"cut short; not shown: {cut}"))


def export(
    ctx: typer.Context,
    output: Annotated[Path, typer.Option("-o", "--output", help=say("输出路径", "where to write"))],
    form: Annotated[
        Literal["graphml", "gexf", "cytoscape", "csv", "parquet"],
        typer.Option("--format", help=say("格式", "format")),
    ] = "graphml",
    clue: Annotated[
        str | None, typer.Option("--clue", help=say("只导出此线索", "only this clue"))
    ] = None,
    division: DivisionCode = None,
    reveal: Reveal = False,
) -> None:
    workspace = workspace_at(folder_of(ctx))
    if reveal:
        record_disclosure(workspace, "export", clue or division or "*")
    if clue:
        detection = pipeline.newest_detection(workspace)
        chosen = [c for c in pipeline.newest_clues(workspace) if c.id == clue]
        if not chosen:
            raise NotFoundError(
                Text(f"没有线索 {clue}", f"there is no clue {clue}"),
                Text("运行 shunteng clues 查看编号", "`shunteng clues` lists the ids"),
            )
        with pipeline.graph_of(workspace, detection) as graph:
            export_subgraph(of_clue(chosen[0], graph, reveal=reveal), form, output)
    else:
        with pipeline.open_graph(workspace) as graph:
            export_division(graph, prefix_of(division), form, output, reveal=reveal)
    note(say(f"已导出到 {output}", f"exported to {output}"))


HELP = {
    path: say(
        "两个节点之间最短的联系。例：shunteng path 陈志远 某某公司",
        "The shortest ties between two nodes. Example: shunteng path person:9f.. company:1a..",
    ),
    network: say("一个节点周围的网络。", "The network around a node."),
    export: say(
        "导出图或其一部分；除非 --reveal，一律用假名编号。格式：" + "、".join(EXPORT_FORMS),
        "Export the graph or a part of it, pseudonymous unless --reveal. Formats: "
        + ", ".join(EXPORT_FORMS),
    ),
}
COMMANDS = tuple(HELP)
