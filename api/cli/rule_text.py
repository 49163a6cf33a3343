"""One rule's card on the terminal."""

from dataclasses import fields
from typing import Any

from api.cli.screen import KINDS, LANGUAGE, out, plain, said, say, table
from graphengine.language import Text
from graphengine.rule import Bounds, Rule


def show_rule(rule: Rule[Any]) -> None:
    """Print the card, the parameters with their bounds, and the drill-down query."""
    card = rule.card
    console = out()
    console.print(f"[bold]{rule.id}[/]  {plain(card.title.said(LANGUAGE))}")
    console.print(plain(card.reading.said(LANGUAGE)))
    console.print(
        say(
            f"版本 {rule.version}，维度 {rule.dimension}，种类 {said(KINDS[rule.kind])}，"
            f"负责 {card.owner}，自 {card.valid_from} 起有效",
            f"version {rule.version}, dimension {rule.dimension}, kind {rule.kind}, "
            f"owner {card.owner}, valid from {card.valid_from}",
        )
    )
    _paragraph(say("方法", "Method"), (card.method,))
    _paragraph(say("为何重要", "Why it matters"), (card.why_it_matters,))
    _paragraph(say("依据", "Basis"), card.basis)
    _paragraph(say("无辜的解释", "Innocent explanations"), card.innocent)
    _paragraph(say("不适用", "Exclusions"), card.exclusions)
    _paragraph(say("什么会推翻它", "What would refute it"), card.refuted_by)
    console.print(f"\n[bold]{say('来源', 'Sources')}[/]")
    for source in card.sources:
        console.print(f"  - {plain(source)}")
    _parameters(rule)
    console.print(f"\n[bold]{say('图库下钻查询', 'Drill-down query')}[/]")
    console.print(plain(rule.drill_down.strip()))


def _paragraph(title: str, texts: tuple[Text, ...]) -> None:
    console = out()
    console.print(f"\n[bold]{title}[/]")
    for text in texts:
        console.print(f"  - {plain(text.said(LANGUAGE))}")


def _parameters(rule: Rule[Any]) -> None:
    rows = []
    for field in fields(rule.parameters):
        bounds: Bounds = field.metadata["bounds"]
        rows.append(
            (
                field.name,
                getattr(rule.parameters, field.name),
                f"{bounds.low:g} – {bounds.high:g}",
                bounds.unit,
                bounds.text.said(LANGUAGE),
            )
        )
    table(
        [say("参数", "parameter"), (say("默认", "default"), "right"), say("范围", "range"),
         say("单位", "unit"), say("含义", "meaning")],
        rows,
        title=say("参数（config.toml）", "parameters (config.toml)"),
    )  # fmt: skip
