"""One clue on the terminal, in plain words."""

from collections.abc import Mapping
from typing import Any

from api.cli.screen import LANGUAGE, out, plain, said, say, table
from graphengine.vocabulary import REGISTERS
from viz.words import ROLES


def show_clue(one: Mapping[str, Any]) -> None:
    """Print a clue as interfaces carry it: sentence, subjects, evidence, doubts."""
    console = out()
    console.print(f"[bold]{plain(one['title'][LANGUAGE])}[/]  #{one['rank']}  {one['score']:.2f}")
    console.print(plain(one["summary"][LANGUAGE]))
    facts = [(say("编号", "id"), one["id"]), (say("地区", "division"), one["division_code"])]
    if one["amount"]:
        facts.append((say("金额（元）", "amount (CNY)"), f"{float(one['amount']):,.2f}"))
    if one["window"]:
        facts.append((say("期间", "window"), " – ".join(one["window"])))
    if one["statistics"]["p"] is not None:
        facts.append(("p / q", f"{one['statistics']['p']:.4f} / {one['statistics']['q']:.4f}"))
    for title, value in facts:
        console.print(f"  {title}: {plain(str(value))}")
    table(
        [say("角色", "role"), say("对象", "subject"), (say("节点", "node"), "id")],
        ((said(ROLES[s["role"]]), s["label"], s["node"]) for s in one["subjects"]),
        title=say("涉及", "subjects"),
    )
    table(
        [say("登记表", "register"), say("记录", "record"), say("文件", "file"),
         (say("行", "row"), "right"), say("日期", "date"), say("说明了什么", "what it shows")],
        (
            (
                said(REGISTERS[e["register"]]), e["record_id"], e["file"], e["row"], e["date"],
                e["what"][LANGUAGE],
            )
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
        console.print(f"  - {plain(text[LANGUAGE])}")
    for missing in one["unavailable"]:
        console.print(
            say("缺少的数据：", "Data not available: ")
            + plain(f"{said(REGISTERS[missing['register']])}: {missing['why'][LANGUAGE]}")
        )
    console.print(
        say("线索只是值得核实的理由，不是结论。", "A clue is a reason to look, never a verdict.")
    )
