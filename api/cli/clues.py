"""The commands that show results: clues, clue, picture, rules, rule, coverage, evaluate."""

import csv
import io
import json
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from rich.markup import escape

from api import pipeline
from api.cli.options import DivisionCode, Output, Reveal, Rows, RuleIds, folder_of, prefix_of
from api.cli.rule_text import show_rule
from api.cli.screen import LANGUAGE, note, out, progress_bar, say, table, workspace_at
from api.disclosure import record_disclosure
from graphengine.clue import Clue, present
from graphengine.errors import NotFoundError
from graphengine.language import Text
from graphengine.subgraph import of_clue
from graphengine.workspace import Workspace, init_workspace
from ingest.intake import IntakeOptions
from ingest.intake import ingest as take_in
from queries.evaluation import Evaluation, evaluate_clues
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
            sys.stdout.write(json.dumps(one, ensure_ascii=False) + "\n")
    elif form == "csv":
        _csv(objects)
    else:
        _table(objects)
    _warn_if_stale(workspace)


_COLUMNS = ("rank", "score", "rule", "kind", "division", "title", "summary", "amount", "from", "to")


def _row(one: Mapping[str, Any]) -> list[str]:
    start, end = one["window"] or ("", "")
    return [
        str(one["rank"]), f"{one['score']:.2f}", one["rule"], one["kind"], one["division_code"],
        one["title"][LANGUAGE], one["summary"][LANGUAGE], one["amount"] or "", start, end, one["id"],
    ]  # fmt: skip


def _csv(objects: Sequence[Mapping[str, Any]]) -> None:
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\n")
    writer.writerow([*_COLUMNS, "id"])
    for one in objects:
        writer.writerow(["'" + c if c[:1] in "=+-@\t\r" and c else c for c in _row(one)])
    sys.stdout.write(made.getvalue())


def _table(objects: Sequence[Mapping[str, Any]]) -> None:
    table(
        [
            ("#", "right"), (say("评分", "score"), "right"), say("规则", "rule"),
            say("地区", "division"), say("说明", "what"), (say("金额（元）", "amount (CNY)"), "right"),
            say("期间", "window"), say("编号", "id"),
        ],
        (
            (
                row[0], row[1], row[2], row[4], row[6],
                f"{float(row[7]):,.2f}" if row[7] else "",
                f"{row[8]} – {row[9]}" if row[8] else "", row[10],
            )
            for row in map(_row, objects)
        ),
    )  # fmt: skip
    note(
        say(
            f"{len(objects)} 条线索。线索只是值得核实的理由，不是结论。",
            f"{len(objects)} clues. A clue is a reason to look, never a verdict.",
        )
    )


def clue(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="ID", help=say("线索编号", "the clue's id"))],
    form: Annotated[
        Literal["text", "json"], typer.Option("--format", help=say("输出形式", "form"))
    ] = "text",
    reveal: Reveal = False,
) -> None:
    workspace = workspace_at(folder_of(ctx))
    found = _found(workspace, name)
    if reveal:
        record_disclosure(workspace, "clue", name)
    one = _objects(workspace, [found], reveal=reveal)[0]
    if form == "json":
        sys.stdout.write(json.dumps(one, ensure_ascii=False, indent=1) + "\n")
        return
    _show_clue(one)
    _warn_if_stale(workspace)


def _show_clue(one: Mapping[str, Any]) -> None:
    console = out()
    console.print(f"[bold]{escape(one['title'][LANGUAGE])}[/]  #{one['rank']}  {one['score']:.2f}")
    console.print(escape(one["summary"][LANGUAGE]))
    facts = [(say("编号", "id"), one["id"]), (say("地区", "division"), one["division_code"])]
    if one["amount"]:
        facts.append((say("金额（元）", "amount (CNY)"), f"{float(one['amount']):,.2f}"))
    if one["window"]:
        facts.append((say("期间", "window"), " – ".join(one["window"])))
    if one["statistics"]["p"] is not None:
        facts.append(("p / q", f"{one['statistics']['p']:.4f} / {one['statistics']['q']:.4f}"))
    for title, value in facts:
        console.print(f"  {title}: {escape(str(value))}")
    table(
        [say("角色", "role"), say("对象", "subject"), say("节点", "node")],
        ((s["role"], s["label"], s["node"]) for s in one["subjects"]),
        title=say("涉及", "subjects"),
    )
    table(
        [say("登记表", "register"), say("记录", "record"), say("文件", "file"),
         (say("行", "row"), "right"), say("日期", "date"), say("说明了什么", "what it shows")],
        (
            (e["register"], e["record_id"], e["file"], e["row"], e["date"], e["what"][LANGUAGE])
            for e in one["evidence"]
        ),
        title=say("依据", "evidence"),
    )  # fmt: skip
    _show_doubts(one)


def _show_doubts(one: Mapping[str, Any]) -> None:
    holds = {True: say("成立", "holds"), False: say("不成立", "does not hold")}
    table(
        [
            say("无辜的解释", "innocent explanation"),
            say("检验", "tested"),
            say("对评分的影响", "effect"),
        ],
        (
            (
                i["text"][LANGUAGE],
                holds[i["holds"]] if i["tested"] else say("未能检验", "could not be tested"),
                f"{i['effect']:+.2f}" if i["tested"] else "",
            )
            for i in one["innocent"]
        ),
    )
    console = out()
    console.print(say("什么会推翻它：", "What would refute it:"))
    for text in one["refuted_by"]:
        console.print(f"  - {escape(text[LANGUAGE])}")
    for missing in one["unavailable"]:
        console.print(
            say("缺少的数据：", "Data not available: ")
            + escape(f"{missing['register']}: {missing['why'][LANGUAGE]}")
        )
    console.print(
        say("线索只是值得核实的理由，不是结论。", "A clue is a reason to look, never a verdict.")
    )


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
        drawn = of_clue(found, graph, reveal=reveal)
    target = output or Path(f"{name}.html")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(picture_html(one, drawn, LANGUAGE), "utf-8")
    note(say(f"图已写到 {target}，可离线打开", f"picture written to {target}; it opens offline"))


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
            sys.stdout.write(json.dumps(one, ensure_ascii=False) + "\n")
        return
    table(
        [say("规则", "rule"), (say("维度", "dimension"), "right"), say("种类", "kind"),
         say("名称", "title"), say("含义", "reading")],
        (
            (r.id, r.dimension, r.kind, r.card.title.said(LANGUAGE), r.card.reading.said(LANGUAGE))
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
        sys.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1) + "\n")
        return
    table(
        [say("规则", "rule"), say("地区", "division"), say("状态", "state"), say("原因", "why"),
         (say("看不到的份额", "unseen share"), "right")],
        (
            (
                row["rule"], row["division"],
                say("已评估", "evaluated") if row["evaluated"] else say("无法评估", "not evaluable"),
                row["why"][LANGUAGE] if row["why"] else "", f"{row['unseen']:.0%}",
            )
            for row in rows
        ),
    )  # fmt: skip
    note(say("无法评估不等于没有问题。", "Not evaluable is never the same as passed."))


def evaluate(
    ctx: typer.Context,
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", exists=True, file_okay=False,
                             help=say("含登记表和 truth.json", "holds registers and truth.json"))
    ],
    form: Annotated[
        Literal["table", "json"], typer.Option("--format", help=say("输出形式", "form"))
    ] = "table",
) -> None:  # fmt: skip
    truth_path = folder / "truth.json"
    if not truth_path.is_file():
        raise NotFoundError(
            Text(f"{folder} 中没有 truth.json", f"there is no truth.json in {folder}"),
            Text("用 shunteng demo 生成一个演示县", "`shunteng demo DIR` makes a county with one"),
        )
    truth = json.loads(truth_path.read_text("utf-8"))
    if folder_of(ctx):
        found = _evaluated(workspace_at(folder_of(ctx)), truth)
    else:
        with tempfile.TemporaryDirectory(prefix="shunteng-") as scratch:
            workspace = init_workspace(Path(scratch) / "workspace")
            with progress_bar(say("读取", "ingest")) as report:
                take_in([folder], workspace, IntakeOptions(register=None, mapping=None), report)
            found = _evaluated(workspace, truth)
    if form == "json":
        sys.stdout.write(json.dumps(found.as_json(), ensure_ascii=False, indent=1) + "\n")
        return
    _show_evaluation(found)


def _evaluated(workspace: Workspace, truth: Mapping[str, Any]) -> Evaluation:
    with progress_bar(say("发现线索", "detect")) as report:
        detection = pipeline.detect(workspace, (), report)
    with pipeline.graph_of(workspace, detection) as graph:
        return evaluate_clues(pipeline.newest_clues(workspace), truth, graph)


def _show_evaluation(found: Evaluation) -> None:
    right = "right"
    table(
        [say("规则", "rule"), say("形态", "shape"), (say("埋入", "planted"), right),
         (say("找到", "found"), right), (say("召回率", "recall"), right)],
        (
            (s.rule, s.shape, s.planted, s.found, f"{s.recall:.3f}")
            for s in found.shapes
        ),
        title=say("召回", "recall by shape"),
    )  # fmt: skip
    table(
        [say("规则", "rule"), (say("埋入", "planted"), right), (say("线索", "clues"), right),
         (say("召回率", "recall"), right), (say("准确率", "precision"), right),
         (say("前 N 准确率", "precision at N"), right), (say("对照被误中", "decoys hit"), right)],
        (
            (r.rule, r.planted, r.clues, f"{r.recall:.3f}", f"{r.precision:.3f}",
             f"{r.precision_at_n:.3f}", f"{r.decoys_hit}/{r.decoys}")
            for r in (*found.rules, found.total)
        ),
        title=say("准确", "recall and precision by rule"),
    )  # fmt: skip


HELP = {
    clues: say("列出排好序的线索。", "List the ranked clues."),
    clue: say("用平实的话完整说明一条线索。", "Show one clue in full, in plain words."),
    picture: say(
        "把一条线索画成可离线打开的网页。",
        "Draw one clue as a self-contained page that opens offline.",
    ),
    rules: say("列出规则目录。", "List the catalogue of rules."),
    rule: say("显示一条规则的卡片。", "Show the card of one rule."),
    coverage: say(
        "规则 × 地区：已评估，或无法评估及原因。",
        "Rule by division: evaluated, or not evaluable and why.",
    ),
    evaluate: say(
        "对照 truth.json 测量召回率和准确率。不给 -w 时用临时工作区走完全程。",
        "Measure recall and precision against a truth.json. Without -w the whole road is run in a "
        "temporary workspace.",
    ),
}
COMMANDS = tuple(HELP)
