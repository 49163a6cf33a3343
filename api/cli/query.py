"""The commands of the question library: query."""

from collections.abc import Mapping, Sequence
from typing import Annotated

import typer

from api.cli import asked
from api.cli.answer_text import show_answer
from api.cli.options import DivisionCode, Reveal
from api.cli.screen import note, out, plain, said, say, table
from graphengine.store.engine import HUB
from graphengine.store.question import MOST_NODES, Asked, Question
from graphengine.vocabulary import NODES
from queries import library

_TYPES = {
    "node": say("节点", "a node"),
    "nodes": say("若干节点", "nodes"),
    "accounts": say("账户或其持有人", "accounts or their holders"),
    "whole": say("整数", "a whole number"),
    "days": say("天数", "days"),
    "date": say("日期", "a date"),
    "text": say("文字", "a text"),
}
Params = Annotated[
    list[str] | None,
    typer.Option(
        "--param", "-p", help=say("参数 名=值，可重复", "a parameter NAME=VALUE; may be repeated")
    ),
]


def query(
    ctx: typer.Context,
    name: Annotated[
        str | None,
        typer.Argument(metavar="NAME", help=say("问题名；不写则列出", "the question; none: list")),
    ] = None,
    param: Params = None,
    since: asked.Since = None,
    until: asked.Until = None,
    division: DivisionCode = None,
    limit: asked.Shown = None,
    hub: asked.Hub = HUB,
    seconds: asked.Seconds = asked.SECONDS,
    engine: asked.Engine = None,
    form: asked.Format = "table",
    reveal: Reveal = False,
) -> None:
    if name is None:
        _list()
        return
    stated = stated_parameters(param or ())
    asked_of = library.question(name)
    if not stated and any(p.default is None for p in asked_of.parameters):
        _card(asked_of)
        return
    limits = asked.limits_of(since, until, division, hub, seconds)
    found = asked.ask(ctx, name, stated, limits, limit=limit, engine=engine, reveal=reveal)
    show_answer(found, form)


def stated_parameters(stated: Sequence[str]) -> Mapping[str, str | list[str]]:
    """Return what `--param` options say; what is said twice is a list."""
    found: dict[str, str | list[str]] = {}
    for one in stated:
        name, equals, value = one.partition("=")
        if not equals or not name:
            raise typer.BadParameter(say("应为 名=值", "give NAME=VALUE"), param_hint="--param")
        known = found.get(name)
        if known is None:
            found[name] = value
        else:
            found[name] = [*([known] if isinstance(known, str) else known), value]
    return found


def _list() -> None:
    table(
        [(say("问题", "question"), "id"), say("名称", "title"), say("回答什么", "what it answers"),
         say("参数", "parameters")],
        (
            (q.name, said(q.title), said(q.answers), " ".join(p.name for p in q.parameters))
            for q in library.questions()
        ),
    )  # fmt: skip
    note(say("shunteng query 问题名：看参数和例子", "shunteng query NAME: parameters and example"))


def _card(question: Question) -> None:
    console = out()
    console.print(f"[bold]{question.name}[/]  {plain(said(question.title))}", soft_wrap=True)
    console.print(plain(said(question.answers)), soft_wrap=True)
    table(
        [say("参数", "parameter"), say("类型", "type"), say("范围", "range"),
         (say("默认", "default"), "right"), say("含义", "meaning")],
        (
            (
                p.name, _TYPES[p.type], _range(p),
                say("必填", "required") if p.default is None else p.default, said(p.text),
            )
            for p in question.parameters
        ),
    )  # fmt: skip
    console.print(plain(say("例：", "example: ") + question.example), soft_wrap=True)


def _range(asked_for: Asked) -> str:
    if asked_for.type in ("whole", "days"):
        return f"{asked_for.low} – {asked_for.high}"
    kinds = ", ".join(said(NODES[k].title) for k in asked_for.kinds)
    if asked_for.type != "nodes":
        return kinds
    least, most = max(asked_for.low, 1), asked_for.high or MOST_NODES
    return f"{least} – {most}" + (f": {kinds}" if kinds else "")


HELP = {
    query: say(
        "问题库中的关系问题；不写名称则列出全部。例：shunteng query kin-in-scope -p person=陈志远",
        "A relationship question of the library; without a name, the list. "
        "Example: shunteng query kin-in-scope -p person=person:9f..",
    ),
}
COMMANDS = tuple(HELP)
