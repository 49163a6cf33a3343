"""The commands of upkeep: serve, verify, doctor."""

from typing import Annotated

import typer

from api.cli.options import folder_of
from api.cli.screen import note, out, said, say, table, workspace_at, workspace_path
from api.doctor import examine
from api.verification import verify_workspace


def serve(
    ctx: typer.Context,
    host: Annotated[str, typer.Option("--host", help=say("监听地址", "address"))] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help=say("端口", "port"))] = 8000,
) -> None:
    import uvicorn  # noqa: PLC0415 - a server's libraries are not every command's cost

    from api.http.app import create_app  # noqa: PLC0415 - likewise
    from api.http.guard import LOCAL_HOSTS  # noqa: PLC0415 - likewise

    workspace = workspace_at(folder_of(ctx))
    local = host in LOCAL_HOSTS
    if not local:
        note(
            say(
                "注意：此版本的接口没有登录，不要对外开放",
                "careful: this version has no login; do not open it to others",
            )
        )
    note(say(f"http://{host}:{port}/v1/clues", f"http://{host}:{port}/v1/clues"))
    app = create_app(workspace, hosts=LOCAL_HOSTS if local else None)
    uvicorn.run(
        app, host=host, port=port, access_log=False, log_level="warning", server_header=False
    )


def verify(ctx: typer.Context) -> None:
    workspace = workspace_at(folder_of(ctx))
    troubles = verify_workspace(workspace)
    if troubles:
        for trouble in troubles:
            out().print(f"✗ {said(trouble)}")
        raise typer.Exit(1)
    entries = len(workspace.entries())
    out().print(
        say(f"完好：{entries} 条记录，全部文件与清单一致",
            f"intact: {entries} entries, every file is as recorded")
    )  # fmt: skip


def doctor(ctx: typer.Context) -> None:
    found = examine(workspace_path(folder_of(ctx)))
    mark = {"good": "✓", "warning": "!", "bad": "✗"}
    table(
        ["", say("检查", "check"), say("结果", "result"), say("处理办法", "remedy")],
        (
            (mark[c.state], said(c.title), said(c.result), said(c.remedy) if c.remedy else "")
            for c in found
        ),
    )
    if any(c.state == "bad" for c in found):
        raise typer.Exit(1)


HELP = {
    serve: say("在本机提供 HTTP 接口（/v1）。", "Serve the HTTP API (/v1) on this machine."),
    verify: say(
        "重算哈希链和文件摘要，指出被改动之处。",
        "Recompute the hash chain and the files' digests; name what changed.",
    ),
    doctor: say(
        "检查安装、磁盘、语言环境、字体和工作区。",
        "Check the installation, disk, locale, fonts and workspace.",
    ),
}
COMMANDS = tuple(HELP)
