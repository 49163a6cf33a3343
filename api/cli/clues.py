"""The commands that show clues: clues, clue, picture."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from api import pipeline
from api.cli.answer_text import show_answer
from api.cli.asked import Engine, drilled
from api.cli.clue_text import show_clue
from api.cli.options import DivisionCode, Output, Reveal, Rows, RuleIds, folder_of
from api.cli.screen import LANGUAGE, note, out, say, table, workspace_at, write
from api.disclosure import record_disclosure
from api.divisions import prefix_of
from graphengine.clue import Clue, present
from graphengine.errors import NotFoundError
from graphengine.language import Text
from graphengine.subgraph import of_clue
from graphengine.workspace import Workspace
from queries.showing import rows_at_hand
from viz.picture import picture_html

Kind = Literal["suspicion", "efficiency", "data"]


def _objects(workspace: Workspace, chosen: Sequence[Clue], *, reveal: bool) -> list[dict[str, Any]]:
    with pipeline.graph_of(workspace, pipeline.newest_detection(workspace)) as graph:
        return present(chosen, graph, reveal=reveal)


def _warn_if_stale(workspace: Workspace) -> None:
    if pipeline.is_stale(workspace):
        note(
            say(
                "提示：登记表或设置在上次发现之后有变动，请重新运行 shunteng detect",
                "note: registers or settings changed since; run `shunteng detect` again",
            )
        )


def _found(workspace: Workspace, name: str) -> Clue:
    for clue in pipeline.newest_clues(workspace):
        if clue.id == name:
            return clue
    raise NotFoundError(
        Text(f"没有线索 {name}", f"there is no clue {name}"),
        Text("运行 shunteng clues 查看编号", "`shunteng clues` lists the ids"),
    )


def clues(
    ctx: typer.Context,
    rule: RuleIds = None,
    division: DivisionCode = None,
    kind: Annotated[
        Kind | None, typer.Option("--kind", help=say("线索种类", "kind of clue"))
    ] = None,
    top: Annotated[
        int | None, typer.Option("--top", min=1, help=say("只看前 N 条", "only the first N"))
    ] = None,
    form: Annotated[
        Rows, typer.Option("--format", help=say("输出形式", "form of the output"))
    ] = "table",
    reveal: Reveal = False,
) -> None:
    workspace = workspace_at(folder_of(ctx))
    prefix = prefix_of(division)
    pipeline.chosen_rules(rule or ())
    chosen = [
        clue
        for clue in pipeline.newest_clues(workspace)
        if (not rule or clue.finding.rule in rule)
        and clue.finding.division.startswith(prefix)
        and (kind is None or clue.kind == kind)
    ][:top]
    if reveal:
        record_disclosure(workspace, "clues", "*")
    objects = _objects(workspace, chosen, reveal=reveal)
    if form == "jsonl":
        for one in objects:
            write(json.dumps(one, ensure_ascii=False) + "\n")
    elif form == "csv":
        _csv(objects)
    else:
        _table(objects)
    _warn_if_stale(workspace)


_WIDE = 150
_COLUMNS = ("rank", "score", "rule", "kind", "division", "title", "summary", "amount", "from", "to")


def _row(one: Mapping[str, Any]) -> list[str]:
    start, end = one["window"] or ("", "")
    return [
        str(one["rank"]), f"{one['score']:.2f}", one["rule"], one["kind"], one["division_code"],
        one["title"][LANGUAGE], one["summary"][LANGUAGE], one["amount"] or "",
        start, end, one["id"],
    ]  # fmt: skip


def _csv(objects: Sequence[Mapping[str, Any]]) -> None:
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\n")
    writer.writerow([*_COLUMNS, "id"])
    for one in objects:
        writer.writerow(["'" + c if c[:1] in "=+-@\t\r" and c else c for c in _row(one)])
    write(made.getvalue())


def _table(objects: Sequence[Mapping[str, Any]]) -> None:
    rows = [_row(one) for one in objects]
    if out().width < _WIDE:
        _narrow_table(rows)
    else:
        _wide_table(rows)
    note(
        say(
            f"{len(objects)} 条线索。线索只是值得核实的理由，不是结论。",
            f"{len(objects)} clues. A clue is a reason to look, never a verdict.",
        )
    )


def _money(row: Sequence[str]) -> str:
    return f"{float(row[7]):,.2f}" if row[7] else ""


def _period(row: Sequence[str]) -> str:
    return f"{row[8]} – {row[9]}" if row[8] else ""


def _wide_table(rows: Sequence[Sequence[str]]) -> None:
    table(
        [
            ("#", "right"), (say("评分", "score"), "right"), (say("规则", "rule"), "id"),
            (say("地区", "division"), "id"), say("说明", "what"),
            (say("金额（元）", "amount (CNY)"), "right"), say("期间", "window"),
            (say("编号", "id"), "id"),
        ],
        (
            (row[0], row[1], row[2], row[4], row[6], _money(row), _period(row), row[10])
            for row in rows
        ),
    )  # fmt: skip


def _narrow_table(rows: Sequence[Sequence[str]]) -> None:
    """Print the same for a narrow terminal: all that is said of a clue in one column."""
    table(
        [("#", "right"), (say("评分", "score"), "right"), say("线索", "clue")],
        (
            (
                row[0], row[1],
                f"{row[6]}\n{row[4]}  {_money(row)}  {_period(row)}\n{row[10]}",
            )
            for row in rows
        ),
    )  # fmt: skip


def clue(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="ID", help=say("线索编号", "the clue's id"))],
    form: Annotated[
        Literal["text", "json"], typer.Option("--format", help=say("输出形式", "form"))
    ] = "text",
    drill: Annotated[
        bool,
        typer.Option(
            "--drill-down",
            help=say("在图上查出线索的依据", "find the clue's evidence on the graph"),
        ),
    ] = False,
    engine: Engine = None,
    reveal: Reveal = False,
) -> None:
    workspace = workspace_at(folder_of(ctx))
    found = _found(workspace, name)
    if reveal:
        record_disclosure(workspace, "clue", name)
    if drill:
        answer = drilled(workspace, found, engine, reveal=reveal)
        show_answer(answer, "json" if form == "json" else "table")
        return
    one = _objects(workspace, [found], reveal=reveal)[0]
    if form == "json":
        write(json.dumps(one, ensure_ascii=False, indent=1) + "\n")
        return
    show_clue(one)
    _warn_if_stale(workspace)


def picture(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="ID", help=say("线索编号", "the clue's id"))],
    output: Output = None,
    reveal: Reveal = False,
) -> None:
    workspace = workspace_at(folder_of(ctx))
    found = _found(workspace, name)
    if reveal:
        record_disclosure(workspace, "picture", name)
    detection = pipeline.newest_detection(workspace)
    with pipeline.graph_of(workspace, detection) as graph:
        one = present([found], graph, reveal=reveal)[0]
        drawn = of_clue(found, graph, reveal=reveal, rows=rows_at_hand(workspace, graph))
    target = output or Path(f"{name}.html")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(picture_html(one, drawn, LANGUAGE), "utf-8")
    note(say(f"图已写到 {target}，可离线打开", f"picture written to {target}; it opens offline"))


HELP = {
    clues: say("列出排好序的线索。", "List the ranked clues."),
    clue: say("用平实的话完整说明一条线索。", "Show one clue in full, in plain words."),
    picture: say(
        "把一条线索画成可离线打开的网页。",
        "Draw one clue as a self-contained page that opens offline.",
    ),
}
COMMANDS = tuple(HELP)
