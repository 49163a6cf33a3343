"""The commands of the road: init, ingest, quarantine, build, detect, demo."""

import json
from pathlib import Path
from typing import Annotated, Literal

import typer

from api import pipeline
from api.cli.options import Output, Reveal, Rows, RuleIds, folder_of
from api.cli.screen import (
    LANGUAGE,
    note,
    out,
    progress_bar,
    said,
    say,
    table,
    workspace_at,
    workspace_path,
    write,
)
from api.disclosure import record_disclosure
from graphengine.errors import NotFoundError
from graphengine.language import Text
from graphengine.vocabulary import NODES, REGISTERS, RELATIONS
from graphengine.workspace import init_workspace
from ingest import quarantine as refused_rows
from ingest.demo.county import SIZES, CountyPlan, plan_for, write_county
from ingest.intake import FileReport, IntakeOptions
from ingest.intake import ingest as take_in
from ingest.recognition import named_register
from ingest.registers import registers

_NAMED = 5


def init(ctx: typer.Context) -> None:
    folder = workspace_path(folder_of(ctx))
    existed = (folder / "key").exists()
    init_workspace(folder)
    if existed:
        note(
            say(f"工作区已存在，未作改动：{folder}", f"workspace exists, nothing changed: {folder}")
        )
    else:
        note(say(f"已建立工作区 {folder}", f"workspace made at {folder}"))
        note(say("下一步：shunteng ingest 登记表所在文件夹", "next: shunteng ingest FOLDER"))


def ingest(
    ctx: typer.Context,
    paths: Annotated[
        list[Path], typer.Argument(help=say("登记表文件或文件夹", "register files or folders"))
    ],
    register: Annotated[
        str | None,
        typer.Option("--as", help=say("按此登记表读取", "read the files as this register")),
    ] = None,
    mapping: Annotated[
        Path | None,
        typer.Option("--mapping", help=say("列名对照文件", "a file that maps headers to columns")),
    ] = None,
    strict: Annotated[
        bool,
        typer.Option(
            "--strict",
            help=say("有隔离行或拒收文件时以 1 退出", "exit 1 when rows or files were refused"),
        ),
    ] = False,
) -> None:
    workspace = workspace_at(folder_of(ctx))
    with progress_bar(say("读取", "ingest")) as report:
        reports = take_in(
            paths, workspace, IntakeOptions(register=register, mapping=mapping), report
        )
    if not any(r.register or r.refused for r in reports):
        raise _nothing_found(reports)
    _show_reports(reports)
    troubled = any(r.quarantined or r.refused for r in reports)
    if any(r.quarantined for r in reports):
        note(
            say("被隔离的行：shunteng quarantine", "`shunteng quarantine` lists the rows set aside")
        )
    nothing = bool(reports) and all(r.refused for r in reports)
    if nothing or (strict and troubled):
        raise typer.Exit(1)


def _nothing_found(reports: tuple[FileReport, ...]) -> NotFoundError:
    """Say that a folder holds nothing to read, and what was left out."""
    others = ", ".join(r.file for r in reports[:_NAMED])
    zh = f"没有找到登记表文件{f'（已略过：{others}）' if others else ''}"
    en = f"no register file was found{f' (left out: {others})' if others else ''}"
    return NotFoundError(
        Text(zh, en),
        Text(
            "请检查路径；可读 CSV、TSV、XLSX、Parquet、JSON Lines",
            "check the path; CSV, TSV, XLSX, Parquet and JSON Lines can be read",
        ),
    )


def _show_reports(reports: tuple[FileReport, ...]) -> None:
    right = "right"
    table(
        [
            say("文件", "file"),
            say("登记表", "register"),
            (say("读取", "read"), right),
            (say("载入", "loaded"), right),
            (say("已有", "already there"), right),
            (say("隔离", "quarantined"), right),
            say("拒收", "refused"),
        ],
        (
            (
                _named(r.file, r.sheet),
                said(REGISTERS[r.register]) if r.register else "",
                r.read,
                r.loaded,
                r.already,
                r.quarantined,
                said(r.refused.message) if r.refused else "",
            )
            for r in reports
            if r.register or r.refused
        ),
    )
    for r in reports:
        for text in r.notes:
            note(f"{r.file}: {said(text)}")
        if r.refused:
            note(f"{r.file}: {said(r.refused.remedy)}")


def quarantine(
    ctx: typer.Context,
    form: Annotated[
        Rows, typer.Option("--format", help=say("输出形式", "form of the output"))
    ] = "table",
    register: Annotated[
        str | None,
        typer.Option("--register", help=say("只看此登记表", "only this register")),
    ] = None,
    output: Output = None,
    reveal: Reveal = False,
) -> None:
    workspace = workspace_at(folder_of(ctx))
    register = named_register(register) if register else None
    if reveal:
        record_disclosure(workspace, "quarantine", register or "*")
    entries = refused_rows.listed(workspace, register)
    if form == "csv":
        _write(refused_rows.correction_csv(entries, reveal=reveal), output)
        return
    shown = [refused_rows.present(entry, reveal=reveal) for entry in entries]
    if form == "jsonl":
        _write("".join(json.dumps(s.as_json(), ensure_ascii=False) + "\n" for s in shown), output)
        return
    table(
        [say("文件", "file"), (say("行", "row"), "right"), say("列", "column"), say("值", "value"),
         say("原因", "reason"), say("处理办法", "remedy")],
        (
            (
                _named(s.file, s.sheet),
                s.row,
                _column(s),
                s.value if s.column or not s.value else said(refused_rows.WHOLE_ROW),
                said(s.reason),
                said(s.remedy),
            )
            for s in shown
        ),
    )  # fmt: skip
    note(say(f"共 {len(shown)} 行", f"{len(shown)} rows"))


def _column(shown: refused_rows.Shown) -> str:
    """Name a column as the reader's registers do."""
    columns = registers()[shown.register].columns()
    return said(columns[shown.column].title) if LANGUAGE == "zh" and shown.column else shown.column


def _named(file: str, sheet: str | None) -> str:
    return f"{file} [{sheet}]" if sheet else file


def _write(text: str, output: Path | None) -> None:
    if output:
        output.write_text(text, "utf-8", newline="")
    else:
        write(text)


def build(ctx: typer.Context) -> None:
    workspace = workspace_at(folder_of(ctx))
    with progress_bar(say("建图", "build")) as report:
        version = pipeline.build(workspace, report)
    rows = workspace.entries("build")[-1].detail["rows"]
    table(
        [say("种类", "kind"), (say("行数", "rows"), "right")],
        ((_kind(kind), f"{count:,}") for kind, count in rows.items() if count),
        title=say(f"图版本 {version}", f"graph version {version}"),
    )


def _kind(name: str) -> str:
    kind = NODES.get(name) or RELATIONS.get(name)
    return said(kind.title) if kind else name


def detect(ctx: typer.Context, rule: RuleIds = None) -> None:
    workspace = workspace_at(folder_of(ctx))
    with progress_bar(say("发现线索", "detect")) as report:
        found = pipeline.detect(workspace, rule or (), report)
    out().print(
        say(
            f"{len(found.rules)} 条规则，{found.clues} 条线索（图版本 {found.version}）",
            f"{len(found.rules)} rules, {found.clues} clues (graph version {found.version})",
        )
    )
    note(say("查看：shunteng clues", "look at them: shunteng clues"))


def demo(
    folder: Annotated[Path, typer.Argument(help=say("写到此文件夹", "the folder to write to"))],
    size: Annotated[
        Literal["village", "town", "county"], typer.Option("--size", help=say("规模", "how large"))
    ] = "county",
    seed: Annotated[int, typer.Option("--seed", help=say("随机种子", "random seed"))] = 1,
    people: Annotated[
        int | None,
        typer.Option("--people", min=200, help=say("人口，代替规模", "people, in place of a size")),
    ] = None,
    clean: Annotated[
        bool,
        typer.Option("--clean", help=say("不埋入任何问题", "plant no scheme at all")),
    ] = False,
) -> None:
    plan = plan_for(size, seed, schemes=not clean)
    if people:
        villages = max(1, people * SIZES["county"][1] // SIZES["county"][0])
        plan = CountyPlan(people, villages, seed, schemes=not clean)
    with progress_bar(say("生成演示县", "demo county")) as report:
        summary = write_county(folder, plan, report)
    payments = summary.rows["payments"]
    note(
        say(
            f"{folder}：{summary.villages} 个村，{summary.people} 人，{payments} 笔资金",
            f"{folder}: {summary.villages} villages, {summary.people} people, {payments} payments",
        )
    )
    note(
        say(
            f"下一步：shunteng -w 工作区 init；shunteng -w 工作区 ingest {folder}",
            f"next: shunteng -w WORKSPACE init; shunteng -w WORKSPACE ingest {folder}",
        )
    )


HELP = {
    init: say(
        "建立工作区：密钥和带注释的 config.toml。",
        "Make the workspace: its key and a commented config.toml.",
    ),
    ingest: say(
        "读入登记表。每个文件一行：读取、载入、已有、隔离、拒收。同一文件读两次不会重复载入。\n\n"
        "例：shunteng ingest 登记表/ ；shunteng ingest a.csv --as payments",
        "Read register files. A line per file: read, loaded, already there, quarantined, refused. "
        "Reading the same file twice loads nothing twice.\n\n"
        "Example: shunteng ingest registers/ ; shunteng ingest a.csv --as payments",
    ),
    quarantine: say(
        "列出被隔离的行及原因。--format csv 得到可改正后再次读入的表。",
        "List the rows set aside and why. --format csv gives a sheet that can be corrected and "
        "ingested again.",
    ),
    build: say("由记录建立图表。", "Build the graph tables from the records."),
    detect: say(
        "运行规则，得到排好序的线索；需要时先建图。",
        "Run the rules and rank the clues; builds first what is stale.",
    ),
    demo: say(
        "生成一个虚构的县：登记表、埋入的问题、无辜的对照和 truth.json。",
        "Make an invented county: registers, planted schemes, innocent decoys and truth.json.",
    ),
}
COMMANDS = tuple(HELP)
