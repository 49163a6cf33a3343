"""How a relation reads in a few words: what kin, what share, which role, how often, how much."""

from collections.abc import Callable, Mapping
from datetime import date

from api.cli.screen import said, say
from graphengine.language import Text
from graphengine.masks import Value
from graphengine.subgraph import SubgraphEdge
from graphengine.vocabulary import RELATIONS
from queries.kin.words import money, percent, term

_WORDS: Mapping[str, Text] = {
    "director": Text("董事", "director"),
    "supervisor": Text("监事", "supervisor"),
    "manager": Text("经理", "manager"),
    "beneficial_owner": Text("实际控制人", "beneficial owner"),
    "ownership": Text("持股", "ownership"),
    "holding": Text("控股链", "holding chain"),
    "legal_rep": Text("法定代表人", "legal representative"),
    "application": Text("申请", "application"),
    "approval": Text("审批", "approval"),
    "copying": Text("抄送", "copying"),
    "implementation": Text("实施", "implementation"),
    "feedback": Text("反馈", "feedback"),
    "evaluation": Text("评价", "evaluation"),
    "approved": Text("同意", "approved"),
    "rejected": Text("不同意", "rejected"),
    "returned": Text("退回", "returned"),
    "phone": Text("电话", "phone"),
    "address": Text("地址", "address"),
    "account": Text("账户", "account"),
    "device": Text("设备", "device"),
}
_MONEY = ("amount", "wage", "annual_rent", "price")
Sexes = Mapping[str, str]


def phrase(edge: SubgraphEdge, sexes: Sexes) -> str:
    """Return what a relation is, in the user's language; `sexes` are those of persons by node.

    Kin is named by what the target is to the source.
    """
    if edge.relation == "KIN":
        return said(term(str(edge.properties.get("relation", "")), sexes.get(edge.target)))
    title = said(RELATIONS[edge.relation].title)
    more = _MORE.get(edge.relation)
    parts = [title, " · ".join(part for part in (more(edge.properties) if more else ()) if part)]
    if edge.count > 1:
        parts.append(f"×{edge.count}")
    parts += [f"¥{amount}" for amount in _amounts(edge)]
    return " ".join(part for part in parts if part)


def _amounts(edge: SubgraphEdge) -> list[str]:
    if edge.relation == "ACTED":
        return []
    known = (edge.properties.get(name) for name in _MONEY)
    return [money(value) for value in known if isinstance(value, int)]


def _word(value: Value | None) -> str:
    text = "" if value is None else str(value)
    return said(_WORDS[text]) if text in _WORDS else text


def _share(value: Value | None) -> str:
    return percent(value) if isinstance(value, float) else ""


def _layers(properties: Mapping[str, Value]) -> str:
    count = properties.get("layers")
    if not isinstance(count, int) or count < 2:  # noqa: PLR2004 - one layer goes without saying
        return ""
    return say(f"经{count}层", f"{count} layers")


_MORE: Mapping[str, Callable[[Mapping[str, Value]], tuple[str, ...]]] = {
    "OWNS": lambda p: (_share(p.get("share")),),
    "CONTROLS": lambda p: (_share(p.get("strength")), _word(p.get("how")), _layers(p)),
    "DIRECTS": lambda p: (_word(p.get("role")),),
    "ACTED": lambda p: (_word(p.get("step")), _word(p.get("decision"))),
    "SHARES": lambda p: (_word(p.get("attribute")),),
    "BENEFITS": lambda p: (_word(p.get("programme")),),
    "PAID": lambda p: (_word(p.get("purpose")),),
}


def when(edge: SubgraphEdge) -> str:
    """Return the days of a relation: one day, a span, since or until; nothing where undated."""
    return span(edge.valid_from, edge.valid_to)


def span(first: date | None, last: date | None) -> str:
    """Return a span of days as people read it."""
    if first and last:
        return str(first) if first == last else f"{first} – {last}"
    if first:
        return say(f"{first} 起", f"since {first}")
    return say(f"至 {last}", f"until {last}") if last else ""
