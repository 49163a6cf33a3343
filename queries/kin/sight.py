"""What a rule could and could not see: registers that are missing, villages without rows."""

from collections.abc import Iterable

from graphengine.finding import Assessment, Unavailable
from graphengine.language import Text
from graphengine.rule import Input
from graphengine.tables.graph import Graph
from graphengine.vocabulary import REGISTERS


def _is_filled(graph: Graph, needed: Input) -> bool:
    fill = graph.registers.get(needed.register)
    return (
        fill is not None
        and fill.rows > 0
        and all(fill.filled.get(column, 0) > 0 for column in needed.columns)
    )


def _why(needed: Input) -> Text:
    name = REGISTERS[needed.register]
    columns = ", ".join(needed.columns)
    return Text(
        f"未载入{name.zh}，或其中{columns}均为空",
        f"the register {name.en} is not loaded or {columns} is empty throughout",
    )


def missing_registers(graph: Graph, inputs: Iterable[Input]) -> tuple[Unavailable, ...]:
    """Return the inputs that would have helped and are not there."""
    return tuple(Unavailable(i.register, _why(i)) for i in inputs if not _is_filled(graph, i))


def villages_seen(
    graph: Graph, rule: str, inputs: Iterable[Input], seen: str
) -> tuple[Assessment, ...]:
    """Assess every village: not evaluable without a required register, an official or any row.

    `seen` is SQL giving division, rows and unseen rows: how much the rule has to go by there.
    """
    lacking = [i for i in inputs if i.required and not _is_filled(graph, i)]
    rows = graph.sql(
        f"""
        WITH seen AS ({seen}), staffed AS (
          SELECT DISTINCT p.division FROM HOLDS h JOIN Post p ON p.id = h.target
        )
        SELECT d.number, t.division IS NOT NULL, coalesce(s.rows, 0), coalesce(s.unseen, 0)
        FROM Division d LEFT JOIN seen s ON s.division = d.number
        LEFT JOIN staffed t ON t.division = d.number
        WHERE d.level = 'village' ORDER BY d.number
        """
    )
    return tuple(
        _assessment(rule, lacking, division, (staffed, count, unseen))
        for division, staffed, count, unseen in rows.iter_rows()
    )


def _assessment(
    rule: str, lacking: list[Input], division: str, seen: tuple[bool, int, int]
) -> Assessment:
    staffed, count, unseen = seen
    if lacking:
        return Assessment(rule, division, evaluated=False, why=_why(lacking[0]), unseen=1.0)
    if not staffed:
        why = Text("干部名册中没有该村干部", "no official of the village is on the register")
        return Assessment(rule, division, evaluated=False, why=why, unseen=1.0)
    if not count:
        why = Text("该村没有可检查的记录", "the village has no rows to look at")
        return Assessment(rule, division, evaluated=False, why=why, unseen=1.0)
    return Assessment(rule, division, evaluated=True, unseen=round(unseen / count, 4))
