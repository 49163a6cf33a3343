"""The commands that look around: path, network, export."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from api import pipeline
from api.cli import asked
from api.cli.answer_text import show_answer
from api.cli.options import DivisionCode, Reveal, folder_of
from api.cli.screen import note, say, workspace_at
from api.disclosure import record_disclosure
from api.divisions import prefix_of
from graphengine.errors import NotFoundError
from graphengine.language import Text
from graphengine.subgraph import of_clue
from queries.arguments import Said
from queries.showing import rows_at_hand
from viz.export import EXPORT_FORMS, export_division, export_subgraph

_MOST_HOPS = 8
_MOST_AROUND = 4


def path(
    ctx: typer.Context,
    a: asked.Named,
    b: asked.Named,
    hops: Annotated[
        int,
        typer.Option(
            "--hops", min=1, max=_MOST_HOPS, help=say("最多几步", "at most so many steps")
        ),
    ] = 6,
    since: asked.Since = None,
    until: asked.Until = None,
    division: DivisionCode = None,
    limit: asked.Shown = None,
    engine: asked.Engine = None,
    form: asked.Format = "table",
    reveal: Reveal = False,
) -> None:
    limits = asked.limits_of(since, until, division)
    said: dict[str, Said] = {"a": a, "b": b, "max_hops": hops}
    found = asked.ask(ctx, "shortest-ties", said, limits, limit=limit, engine=engine, reveal=reveal)
    show_answer(found, form)
    if not found.ways:
        note(say(f"{hops} 步之内没有联系", f"no tie within {hops} steps"))


def network(
    ctx: typer.Context,
    node: asked.Named,
    hops: Annotated[
        int,
        typer.Option(
            "--hops", min=1, max=_MOST_AROUND, help=say("几步之内", "within so many steps")
        ),
    ] = 1,
    since: asked.Since = None,
    until: asked.Until = None,
    division: DivisionCode = None,
    limit: asked.Shown = None,
    engine: asked.Engine = None,
    form: asked.Format = "table",
    reveal: Reveal = False,
) -> None:
    limits = asked.limits_of(since, until, division)
    said: dict[str, Said] = {"node": node, "max_hops": hops}
    found = asked.ask(ctx, "network", said, limits, limit=limit, engine=engine, reveal=reveal)
    show_answer(found, form)


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
            rows = rows_at_hand(workspace, graph)
            drawn = of_clue(chosen[0], graph, reveal=reveal, rows=rows)
            export_subgraph(drawn, form, output)
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
