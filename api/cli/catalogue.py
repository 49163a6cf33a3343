"""The commands of the catalogue: rules, rule, coverage."""

import json
from typing import Annotated, Literal

import typer

from api import pipeline
from api.cli.options import DivisionCode, folder_of
from api.cli.rule_text import show_rule
from api.cli.screen import KINDS, LANGUAGE, note, said, say, table, workspace_at, write
from api.divisions import prefix_of

_STATES = {True: say("已评估", "evaluated"), False: say("无法评估", "not evaluable")}


def rules(
    form: Annotated[
        Literal["table", "jsonl"], typer.Option("--format", help=say("输出形式", "form"))
    ] = "table",
) -> None:
    every = pipeline.chosen_rules(())
    if form == "jsonl":
        for rule_ in every:
            one = {
                "id": rule_.id, "version": rule_.version, "dimension": rule_.dimension,
                "kind": rule_.kind, "title": rule_.card.title.as_json(),
                "reading": rule_.card.reading.as_json(),
            }  # fmt: skip
            write(json.dumps(one, ensure_ascii=False) + "\n")
        return
    table(
        [say("规则", "rule"), (say("维度", "dimension"), "right"), say("种类", "kind"),
         say("名称", "title"), say("含义", "reading")],
        (
            (r.id, r.dimension, said(KINDS[r.kind]), said(r.card.title), said(r.card.reading))
            for r in every
        ),
    )  # fmt: skip


def rule(
    name: Annotated[str, typer.Argument(metavar="ID", help=say("规则编号", "the rule's id"))],
) -> None:
    show_rule(pipeline.chosen_rules([name])[0])


def coverage(
    ctx: typer.Context,
    division: DivisionCode = None,
    form: Annotated[
        Literal["table", "json"], typer.Option("--format", help=say("输出形式", "form"))
    ] = "table",
) -> None:
    workspace = workspace_at(folder_of(ctx))
    found = pipeline.newest_detection(workspace)
    path = workspace.detections / found.id / "coverage.json"
    rows = [
        row
        for row in json.loads(path.read_text("utf-8"))["assessments"]
        if row["division"].startswith(prefix_of(division))
    ]
    if form == "json":
        write(json.dumps(rows, ensure_ascii=False, indent=1) + "\n")
        return
    table(
        [say("规则", "rule"), say("地区", "division"), say("状态", "state"), say("原因", "why"),
         (say("看不到的份额", "unseen share"), "right")],
        (
            (
                row["rule"], row["division"],
                _STATES[row["evaluated"]],
                row["why"][LANGUAGE] if row["why"] else "", f"{row['unseen']:.0%}",
            )
            for row in rows
        ),
    )  # fmt: skip
    note(say("无法评估不等于没有问题。", "Not evaluable is never the same as passed."))


HELP = {
    rules: say("列出规则目录。", "List the catalogue of rules."),
    rule: say("显示一条规则的卡片。", "Show the card of one rule."),
    coverage: say(
        "规则 × 地区：已评估，或无法评估及原因。",
        "Rule by division: evaluated, or not evaluable and why.",
    ),
}
COMMANDS = tuple(HELP)
