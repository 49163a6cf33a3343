"""The words, rows and path of a finding that one lineage holds more than its share of a village."""

from datetime import date
from typing import Any

import polars as pl

from graphengine.finding import Finding, Innocent, Statistics, Step, Subject, Unavailable
from graphengine.identifiers import NodeId
from graphengine.language import Text
from queries.kin.capture import SEED, Capture
from queries.kin.dossier import Dossier
from queries.kin.stakes import HOLD_RELATIONS

MOST_SUBJECTS = 14
_MOST_ROWS = {"posts": 20, "contracts": 50, "leases": 10, "benefits": 30}
_HOME = Text("姓氏和所在住户", "the surname and the household")
_WORDS = {
    "posts": Text("现有或曾有人任村干部", "households with a village post now or before"),
    "contracts": Text("村级合同", "village contracts"),
    "benefits": Text("享受按需救助", "households with need-tested benefits"),
    "leases": Text("集体资产租赁", "leases of collective assets"),
}
_UNITS = {"posts": "户", "contracts": "份", "benefits": "户", "leases": "份"}
_SHOWN = {
    "posts": (
        "HOLDS",
        Text("任职", "in office as"),
        Text("该家族成员任职", "a post of the lineage"),
    ),
    "contracts": (
        "AWARDED",
        Text("授予", "awarded to"),
        Text("该家族成员的企业承包", "a contract of a firm of the lineage"),
    ),
    "benefits": (
        "BENEFITS",
        Text("享受救助", "receives"),
        Text("该家族住户受助", "a benefit of a household of the lineage"),
    ),
    "leases": (
        "LEASES",
        Text("承租", "leases"),
        Text("该家族成员承租集体资产", "a collective asset leased to the lineage"),
    ),
}
# What the sentence counts, and so what has to be shown: households, contracts, leases.
_ONE = {"posts": "household", "contracts": "target", "benefits": "household", "leases": "target"}
_ROLE = {"posts": "official", "contracts": "owner", "leases": "lessee", "benefits": "recipient"}
_NULL = Text(
    "户规模和困难程度相同的住户之间，家族归属可互换：按层置换，各项加权合计（单侧），并校正家族数",
    "the lineage's label is exchangeable among households of equal size and need: permutation "
    "within strata of the weighted sum of goods, one-sided, allowing for the lineages looked at",
)


def finding_of(
    rule: str, capture: Capture, held: pl.DataFrame, unavailable: tuple[Unavailable, ...]
) -> Finding:
    """Put together the finding of one lineage; `held` are all rows of the village."""
    own = held.filter(
        pl.col("household").is_in(list(capture.homes)) & pl.col("domain").is_in(capture.beyond)
    ).sort("domain", "since", "person", "target", nulls_last=True)
    dossier = Dossier()
    steps = tuple(s for domain in capture.beyond for s in _steps(domain, own, dossier))
    days: list[date] = own.filter(pl.col("domain") != "posts")["since"].drop_nulls().to_list()
    money = own.filter(pl.col("domain") == "contracts").unique("target")["amount"].sum()
    return Finding(
        rule=rule,
        division=capture.village,
        key=(capture.village, capture.lineage),
        title=Text("一个家族占有的职务和利益超出其份额", "One lineage holds more than its share"),
        summary=_summary(capture),
        subjects=_subjects(capture, own),
        facts=dossier.facts,
        path=steps,
        amount=int(money) or None,
        window=(min(days), max(days)) if days else None,
        statistics=Statistics(
            "permutation" if capture.sampled else "exact",
            _NULL,
            p=capture.p,
            n=len(capture.homes),
            base_rate=round(capture.share, 4),
            seed=SEED if capture.sampled else None,
        ),
        signs=_signs(capture),
        innocent=_innocent(capture),
        refuted_by=REFUTED,
        unavailable=unavailable,
    )


def _summary(capture: Capture) -> Text:
    parts = [(_WORDS[d], _UNITS[d], capture.excess[d]) for d in capture.beyond]
    zh = "、".join(f"{w.zh}{e.observed}{u}（期望{e.expected:.1f}{u}）" for w, u, e in parts)
    en = ", ".join(f"{w.en} {e.observed} ({e.expected:.1f} expected)" for w, _, e in parts)
    homes, share = len(capture.homes), f"{capture.share:.0%}"
    return Text(
        f"{{0}}所在家族共{homes}户，占全村住户的{share}，但占有的份额更高：{zh}。",
        f"The lineage of {{0}} has {homes} households, {share} of the village, but holds more "
        f"than that share: {en}.",
    )


def _subjects(capture: Capture, own: pl.DataFrame) -> tuple[Subject, ...]:
    """Name those who hold posts first, then owners with their firms, lessees, recipients."""
    found: dict[str, str] = {}
    for domain in capture.beyond:
        rows = own.filter(pl.col("domain") == domain).select("person", "via")
        for person, via in rows.iter_rows():
            found.setdefault(person, _ROLE[domain])
            if via != person and via is not None:
                found.setdefault(via, "supplier" if domain == "contracts" else "lessee")
    return tuple(Subject(NodeId(n), role) for n, role in list(found.items())[:MOST_SUBJECTS])


def _steps(domain: str, own: pl.DataFrame, dossier: Dossier) -> list[Step]:
    relation, detail, shows = _SHOWN[domain]
    rows = own.filter(pl.col("domain") == domain).unique(_ONE[domain], maintain_order=True)
    return [
        step
        for row in rows.head(_MOST_ROWS[domain]).iter_rows(named=True)
        for step in _step(
            row,
            relation,
            detail,
            (*dossier.cite(row["records"], shows), *dossier.cite(row["home_records"] or (), _HOME)),
        )
    ]


def _step(row: dict[str, Any], relation: str, detail: Text, facts: tuple[int, ...]) -> list[Step]:
    person, via, target = NodeId(row["person"]), NodeId(row["via"]), NodeId(row["target"])
    steps = []
    if via != person:
        held = Text("持有或代表", "owns or represents")
        steps.append(Step(person, via, HOLD_RELATIONS.get(row["how"], "OWNS"), held, facts=facts))
    ends = (target, via) if relation == "AWARDED" else (via, target)
    steps.append(Step(*ends, relation, detail, row["since"], row["amount"], facts))
    return steps


def _signs(capture: Capture) -> dict[str, float]:
    """Weigh how many goods and how far beyond the share; the weights are reasoned, not learned."""
    odds = [min(capture.odds[d], 12.0) for d in capture.beyond]
    return {
        "goods-beyond-share": 0.5 * (len(capture.beyond) - 2),
        "excess-odds": min(1.0, 0.1 * (sum(odds) / len(odds) - 1)),
    }


def _innocent(capture: Capture) -> tuple[Innocent, ...]:
    return (
        Innocent(
            "majority",
            Text("该家族占全村多数，当选较多并不意外", "the lineage is the village's majority"),
            tested=True,
            holds=capture.share >= 0.5,  # noqa: PLR2004 -- a majority
            effect=-0.6,
        ),
        Innocent(
            "chance",
            Text("按随机分配也可能出现", "it might have come about by chance"),
            tested=True,
            holds=False,
        ),
    )


REFUTED = (
    Text(
        "选举和评议程序合规，且非该家族成员亦有同等机会", "elections and reviews were open to all"
    ),
    Text(
        "同姓者并非一个家族，或户籍记载的血缘有误",
        "those of the surname are not one lineage, or the stated blood ties are wrong",
    ),
)
