"""The commands of graph stores on servers: store load, store status, store export."""

import time
from pathlib import Path
from typing import Annotated

import typer

from api.cli.options import Reveal, folder_of
from api.cli.screen import note, out, progress_bar, said, say, table, workspace_at
from graphengine.vocabulary import NODES, RELATIONS

To = Annotated[
    str | None,
    typer.Option(
        "--to",
        metavar="ADDRESS",
        help=say(
            "Neo4j 服务器，如 bolt://127.0.0.1:7687；默认取设置。用户名和密码只从环境变量 "
            "SHUNTENG_NEO4J_USER、SHUNTENG_NEO4J_PASSWORD 读取",
            "the Neo4j server, such as bolt://127.0.0.1:7687; default: the settings'. User and "
            "password come from SHUNTENG_NEO4J_USER and SHUNTENG_NEO4J_PASSWORD alone",
        ),
    ),
]
Database = Annotated[
    str | None,
    typer.Option("--database", help=say("数据库名，默认为服务器的", "default: the server's own")),
]
_STATES = {
    "complete": say("完整", "whole"),
    "loading": say("正在载入或载入中断", "being loaded, or a load broke off"),
    "imported": say("已离线导入，尚待 store load 核对", "imported; `store load` has yet to look"),
}

app = typer.Typer(
    no_args_is_help=True,
    help=say(
        "把图载入 Neo4j 服务器，查看其状态，或写出离线导入文件。",
        "Load the graph into a Neo4j server, look at it, or write the files of an offline import.",
    ),
)


@app.command(
    "load",
    help=say(
        "把最新的图版本载入服务器：只写差别；中断后再次运行即接着载入。",
        "Bring a server to the newest graph version: only the difference is written, and a load "
        "that broke off is finished by running it again.",
    ),
)
def load(
    ctx: typer.Context, to: To = None, database: Database = None, reveal: Reveal = False
) -> None:
    from api import stores  # noqa: PLC0415 - an optional extra

    began = time.monotonic()
    with progress_bar(say("载入", "load")) as report:
        done = stores.load_store(
            workspace_at(folder_of(ctx)),
            stores.Server(to, database),
            reveal=reveal,
            progress=lambda kind, share: report(_kind(kind), share),
        )
    right = "right"
    table(
        [say("种类", "kind"), (say("行数", "rows"), right), (say("新建", "created"), right),
         (say("修改", "changed"), right), (say("删除", "deleted"), right)],
        (
            (_kind(k.kind), *(f"{n:,}" for n in (k.rows, k.created, k.changed, k.deleted)))
            for k in done.kinds
            if k.rows or k.deleted
        ),
        title=say(f"图版本 {done.version}", f"graph version {done.version}"),
    )  # fmt: skip
    seconds = time.monotonic() - began
    note(
        say(f"写入 {done.written:,} 行，用时 {seconds:.1f} 秒",
            f"{done.written:,} rows written in {seconds:.1f} s")
    )  # fmt: skip


@app.command(
    "status",
    help=say("服务器上的图：状态、版本和行数。", "The graph on a server: state, version and rows."),
)
def status(ctx: typer.Context, to: To = None, database: Database = None) -> None:
    from api import stores  # noqa: PLC0415 - an optional extra

    workspace = workspace_at(folder_of(ctx))
    found = stores.status_of_store(workspace, stores.Server(to, database))
    newest = workspace.last("build")
    version = str(newest.detail["version"]) if newest else None
    marker = found.marker
    if marker is None:
        out().print(say("这个数据库里没有顺藤的图", "this database holds no graph of Shunteng"))
        return
    table(
        [say("种类", "kind"), (say("行数", "rows"), "right")],
        ((_kind(kind), f"{rows:,}") for kind, rows in found.rows.items() if rows),
        title=say(
            f"图版本 {marker.version}，{_STATES[marker.state]}",
            f"graph version {marker.version}, {_STATES[marker.state]}",
        ),
    )
    if not found.ours:
        note(say("这是另一个工作区的图", "it is the graph of another workspace"))
    elif marker.state != "complete" or marker.version != version:
        note(say("运行 shunteng store load 更新", "`shunteng store load` brings it up to date"))


@app.command(
    "export",
    help=say(
        "写出离线导入的 CSV 文件，并给出 neo4j-admin 命令；导入后运行 store load 即完成。",
        "Write the CSV files of the offline import and name the neo4j-admin command; `store load` "
        "then finishes it.",
    ),
)
def export(
    ctx: typer.Context,
    output: Annotated[
        Path, typer.Option("-o", "--output", help=say("写到此文件夹", "the folder to write to"))
    ],
    database: Annotated[
        str, typer.Option("--database", help=say("导入到此数据库", "the database to import into"))
    ] = "neo4j",
    reveal: Reveal = False,
) -> None:
    from api import stores  # noqa: PLC0415 - an optional extra

    with progress_bar(say("导出", "export")) as report:
        files = stores.export_store(
            workspace_at(folder_of(ctx)),
            output,
            database=database,
            reveal=reveal,
            progress=lambda kind, share: report(_kind(kind), share),
        )
    note(
        say(
            f"{files.nodes:,} 个节点、{files.relations:,} 条关系。停止服务器后运行：",
            f"{files.nodes:,} nodes, {files.relations:,} relations. With the server stopped, run:",
        )
    )
    out().print(files.command, soft_wrap=True, markup=False)
    note(say("然后启动服务器，运行 shunteng store load", "then start it: shunteng store load"))


def _kind(name: str) -> str:
    kind = NODES.get(name) or RELATIONS.get(name)
    return said(kind.title) if kind else name
