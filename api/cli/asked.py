"""What commands that ask relationship questions share: options, limits, asking and showing."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

import typer

from api import pipeline
from api.cli.options import folder_of
from api.cli.screen import say, workspace_at
from api.disclosure import record_disclosure
from api.divisions import prefix_of
from api.engines import open_engine
from graphengine.answer import Answer
from graphengine.clue import Clue
from graphengine.settings import EngineName
from graphengine.store.engine import HUB, Limits
from graphengine.workspace import Workspace
from queries.arguments import Said
from queries.asking import Asking
from queries.drilling import drill_down_of

Form = Literal["table", "json", "csv"]
SECONDS = 60.0
"""How long an answer may take; the first question after installing also compiles the searches."""
_DRILLED = 500
"""Ways of a drill-down that are shown: more than any clue has facts."""

Named = Annotated[
    str,
    typer.Argument(
        help=say(
            "节点编号、姓名、名称、区划代码，或（加 --reveal）证件号",
            "node id, name, division code or (with --reveal) number",
        )
    ),
]
Since = Annotated[
    str | None,
    typer.Option(
        "--since", help=say("只看此日及以后有效的关系", "only relations valid on or after")
    ),
]
Until = Annotated[
    str | None,
    typer.Option(
        "--until", help=say("只看此日及以前有效的关系", "only relations valid on or before")
    ),
]
Shown = Annotated[
    int | None,
    typer.Option("--limit", min=1, help=say("最多显示几条", "show at most so many")),
]
Engine = Annotated[
    EngineName | None,
    typer.Option(
        "--engine", help=say("由哪个引擎回答", "which engine answers; default: config.toml's")
    ),
]
Hub = Annotated[
    int,
    typer.Option(
        "--hub", min=1, help=say("邻居多于此数的节点不穿过", "do not walk through larger nodes")
    ),
]
Seconds = Annotated[
    float,
    typer.Option("--seconds", min=0.1, max=600, help=say("最多用几秒", "take at most so long")),
]
Format = Annotated[Form, typer.Option("--format", help=say("输出形式", "form of the output"))]


def day_of(option: str, text: str | None) -> date | None:
    """Return the day that an option names."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise typer.BadParameter(
            say("应为日期，如 2024-03-05", "give a date such as 2024-03-05"), param_hint=option
        ) from error


def limits_of(
    since: str | None,
    until: str | None,
    division: str | None,
    hub: int = HUB,
    seconds: float = SECONDS,
) -> Limits:
    """Return the limits that the options of a command set."""
    return Limits(
        seconds=seconds,
        hub=hub,
        since=day_of("--since", since),
        until=day_of("--until", until),
        division=prefix_of(division),
    )


def ask(
    ctx: typer.Context,
    name: str,
    said: Mapping[str, Said],
    limits: Limits,
    *,
    limit: int | None,
    engine: EngineName | None,
    reveal: bool,
) -> Answer:
    """Ask a question of the newest graph; what is revealed is put on record."""
    workspace = workspace_at(folder_of(ctx))
    if reveal:
        record_disclosure(workspace, name, "*")
    with pipeline.open_graph(workspace) as graph:
        opened = open_engine(workspace, graph, engine, workspace.settings())
        try:
            return Asking(workspace, graph, opened, reveal).ask(name, said, limits, limit)
        finally:
            opened.close()


def drilled(workspace: Workspace, clue: Clue, engine: EngineName | None, *, reveal: bool) -> Answer:
    """Answer a clue's drill-down from the graph version that the clue was found on."""
    drill = drill_down_of(clue)
    with pipeline.graph_of(workspace, pipeline.newest_detection(workspace)) as graph:
        opened = open_engine(workspace, graph, engine, workspace.settings())
        try:
            asking = Asking(workspace, graph, opened, reveal)
            return asking.answer(drill.question, drill.arguments, Limits(seconds=SECONDS), _DRILLED)
        finally:
            opened.close()
