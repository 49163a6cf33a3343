"""The command cypher: free text, read-only and bounded."""

import csv
import io
import json
from typing import Annotated

import typer

from api import pipeline
from api.cli import asked
from api.cli.options import DivisionCode, Reveal, folder_of
from api.cli.query import Params, stated_parameters
from api.cli.screen import note, say, table, workspace_at, write
from api.disclosure import record_disclosure
from api.divisions import prefix_of
from api.free_text import Bounds, Told, ask_cypher, value_json, value_of
from graphengine.store.ladybug.values import NodeValue, RelationValue, Value, WalkValue
from queries.names import resolve

_SHOWN = 100


def cypher(
    ctx: typer.Context,
    text: Annotated[str, typer.Argument(help=say("只读的 Cypher 文本", "a read-only Cypher text"))],
    param: Params = None,
    node: Annotated[
        list[str] | None,
        typer.Option(
            "--node",
            help=say("参数 名=节点，节点可写名称；可重复", "a parameter NAME=NODE, by name or id"),
        ),
    ] = None,
    limit: asked.Shown = None,
    seconds: asked.Seconds = asked.SECONDS,
    division: DivisionCode = None,
    engine: asked.Engine = None,
    form: asked.Format = "table",
    reveal: Reveal = False,
) -> None:
    workspace = workspace_at(folder_of(ctx))
    if reveal:
        record_disclosure(workspace, "cypher", "*")
    bounds = Bounds(seconds, limit or _SHOWN, prefix_of(division), reveal)
    settings = workspace.settings()
    chosen = engine or ("ladybug" if settings.engine == "arrays" else settings.engine)
    with pipeline.open_graph(workspace) as graph:
        parameters: dict[str, object] = {}
        for name, said in stated_parameters(param or ()).items():
            every = said if isinstance(said, list) else [said]
            values = [value_of(one) for one in every]
            parameters[name] = values if isinstance(said, list) else values[0]
        for name, said in stated_parameters(node or ()).items():
            every = said if isinstance(said, list) else [said]
            ids = [resolve(workspace, graph, one, reveal=reveal) for one in every]
            parameters[name] = ids if isinstance(said, list) else ids[0]
        told = ask_cypher(workspace, graph, text, parameters, (chosen, bounds))
    _show(told, form, bounds)


def _show(told: Told, form: str, bounds: Bounds) -> None:
    columns, rows = told.rows.columns, told.rows.rows
    if form == "json":
        said = {
            "schema": "shunteng.rows/1",
            "columns": list(columns),
            "rows": [[value_json(v, told.labels) for v in row] for row in rows],
            "truncated": told.rows.cut,
            "revealed": bounds.reveal,
        }
        write(json.dumps(said, ensure_ascii=False, indent=1) + "\n")
    elif form == "csv":
        made = io.StringIO()
        writer = csv.writer(made, lineterminator="\n")
        writer.writerow(columns)
        for row in rows:
            cells = [_cell(v, told) for v in row]
            writer.writerow(["'" + c if c[:1] in "=+-@\t\r" and c else c for c in cells])
        write(made.getvalue())
    else:
        table(list(columns), ([_cell(v, told) for v in row] for row in rows))
    if told.rows.cut:
        shown = bounds.rows
        note(
            say(f"只显示前 {shown} 行（--limit 可加大）", f"the first {shown} rows; raise --limit")
        )
    if bounds.division:
        place = bounds.division
        note(say(f"只看 {place} 范围内", f"only within {place}"))


def _cell(value: Value, told: Told) -> str:
    if isinstance(value, NodeValue):
        label = told.labels.get(value.id, "")
        return value.id if label in value.id else f"{label} {value.id}"
    if isinstance(value, RelationValue):
        return value.relation
    if isinstance(value, WalkValue):
        parts = [told.labels.get(value.nodes[0].id, value.nodes[0].id)]
        for one, after in zip(value.relations, value.nodes[1:], strict=True):
            forward = one.target == after.id
            arrow = f"—{one.relation}→" if forward else f"←{one.relation}—"
            parts += [arrow, told.labels.get(after.id, after.id)]
        return " ".join(parts)
    if isinstance(value, tuple | dict):
        return json.dumps(value_json(value, told.labels), ensure_ascii=False)
    return "" if value is None else str(value)


HELP = {
    cypher: say(
        "在图上运行一段只读的 Cypher；时间、行数和范围都有上限。"
        "例：shunteng cypher 'MATCH (p:Person)-[:HOLDS]->(q:Post) RETURN p, q.title LIMIT 5'",
        "Run a read-only Cypher text on the graph, bounded in time, rows and scope. Example: "
        "shunteng cypher 'MATCH (p:Person)-[:HOLDS]->(q:Post) RETURN p, q.title LIMIT 5'",
    ),
}
COMMANDS = tuple(HELP)
