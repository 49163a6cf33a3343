"""One lineage holds a village's posts and also its contracts, benefits or leases beyond its share.

Method: lineages are components of stated blood ties within one surname (where registers state few,
the surname). Per good (posts, contracts, need-tested benefits, leases) an exact test of the
lineage's households within strata of size and need; posts and another good must lie beyond the
share, and their weighted sum is tested by permutation. One finding per village and lineage.
Why it matters: where one family decides and receives, nobody in the village can object.
Innocent explanations: a majority lineage wins elections; the excess over the share is reported.
Exclusions: villages of a single lineage, villages without further lineages of some size.
Source: Bardhan & Mookherjee 2000; Anderson, Francois & Kotwal 2015; Phipson & Smyth 2010.
"""

from dataclasses import dataclass
from datetime import date

import polars as pl

from graphengine.finding import Assessment, Finding, Outcome, Test
from graphengine.language import Text
from graphengine.rule import Card, Case, Input, Rule, beside, parameter
from graphengine.tables.graph import Graph
from queries.kin.capture import Limits, VillageLook, captures
from queries.kin.capture_finding import REFUTED, finding_of
from queries.kin.holdings import held
from queries.kin.lineages import lineages
from queries.kin.sight import missing_registers, villages_seen
from queries.kin.welfare import households, reference_day

ID = "elite-capture"


@dataclass(frozen=True, slots=True)
class Parameters:
    """What a county may set."""

    most_share: float = parameter(
        0.8,
        "share",
        0.3,
        1.0,
        Text("单一家族村的住户份额", "share that makes a one-lineage village"),
    )
    least_homes: int = parameter(
        8, "households", 3, 1000, Text("家族的最少户数", "fewest households of a lineage")
    )
    min_excess: float = parameter(
        1.0, "holdings", 0.5, 100, Text("每项超出期望的最少数量", "least excess of each good")
    )
    min_odds: float = parameter(
        1.8, "times", 1.0, 50, Text("每项实际与期望的最低优势比", "least odds ratio of each good")
    )
    domain_p: float = parameter(
        0.05, "probability", 0.001, 0.5, Text("单项检验的最大 p 值", "largest p of each good")
    )
    max_p: float = parameter(
        0.01, "probability", 0.0001, 0.2, Text("合并检验的最大 p 值", "largest p of all together")
    )


def _find(graph: Graph, parameters: Parameters) -> Outcome:
    seen = villages_seen(graph, ID, RULE.inputs, _SEEN)
    day = reference_day(graph) or _any_day(graph)
    if day is None:
        return Outcome((), seen)
    families = lineages(graph)
    members = families.members.select("household", "home_records", person="id", lives="village")
    goods = held(graph).join(members, on="person").filter(pl.col("village") == pl.col("lives"))
    lineage_of = dict(families.homes.select("household", "lineage").iter_rows())
    limits = Limits(
        parameters.most_share,
        parameters.least_homes,
        parameters.min_excess,
        parameters.min_odds,
        parameters.domain_p,
    )
    looks = {k.village: k for k in captures(households(graph, day), goods, lineage_of, limits)}
    assessments = tuple(_guarded(a, looks.get(a.division), parameters) for a in seen)
    unavailable = missing_registers(graph, RULE.inputs)
    findings: list[Finding] = []
    tests: list[Test] = []
    for assessment in assessments:
        look = looks.get(assessment.division)
        if assessment.evaluated and look is not None and look.best is not None:
            speaks = bool(look.best.beyond) and look.best.p <= parameters.max_p
            tests.append(Test(ID, look.village, look.best.p if speaks else 1.0))
            if speaks:
                own = goods.filter(pl.col("village") == look.village)
                findings.append(finding_of(ID, look.best, own, unavailable))
    return Outcome(tuple(findings), assessments, tuple(tests))


def _any_day(graph: Graph) -> date | None:
    found = graph.sql("SELECT max(signed_on) FROM Contract").item()
    return found if isinstance(found, date) else None


def _guarded(
    assessment: Assessment, look: VillageLook | None, parameters: Parameters
) -> Assessment:
    if not assessment.evaluated or (look is not None and look.tested):
        return assessment
    if look is not None and look.largest_share >= parameters.most_share:
        why = Text(
            "几乎全村同属一个家族，份额无从比较",
            "nearly all households are of one lineage: there is no share to exceed",
        )
    else:
        why = Text("没有达到最少户数的家族", "no lineage has enough households")
    return Assessment(ID, assessment.division, evaluated=False, why=why, unseen=1.0)


_SEEN = """
SELECT h.division, count(*) AS rows, count(*) FILTER (WHERE p.name IS NULL) AS unseen
FROM Household h JOIN MEMBER_OF m ON m.target = h.id JOIN Person p ON p.id = m.source
GROUP BY h.division
"""

_CARD = Card(
    title=Text("家族占据", "Elite capture"),
    reading=Text(
        "一个家族在村里的职务、合同、救助或租赁中所占份额，明显超过其住户份额。",
        "A lineage's share of the village's posts, contracts, benefits or leases is clearly beyond "
        "its share of households.",
    ),
    method=Text(
        "家族为同姓血缘连通分支（血缘登记不足时以同姓代替）；按户规模和困难程度分层，逐项精确检验；"
        "职务和至少另一项均须超出，再对加权合计作分层置换检验，并对家族数和全部村庄校正。",
        "Lineages are components of blood ties within a surname (where few are stated, the "
        "surname); strata of household size and need; each good is tested exactly; posts and "
        "another good must exceed the share; their weighted sum is tested by permutation and "
        "corrected for lineages and villages looked at.",
    ),
    why_it_matters=Text(
        "决定者与受益者同属一家，监督便形同虚设。",
        "Where those who decide and those who receive are one family, oversight is void.",
    ),
    basis=(
        Text("《村民委员会组织法》第三十二条", "Organic Law of Villagers' Committees, art. 32"),
        Text("中央纪委关于整治“家族支部”的要求", "CCDI guidance on family branches"),
    ),
    innocent=(
        Text("单姓村或多数家族", "a village of one surname, or a majority lineage"),
        Text("该家族人口多、困难户多", "the lineage is large or poor (size and need are strata)"),
    ),
    exclusions=(
        Text("单一家族的村", "villages of one lineage"),
        Text("只有职务超出份额", "an excess of posts alone"),
    ),
    refuted_by=REFUTED,
    sources=(
        "Bardhan & Mookherjee 2000, Capture and Governance at Local and National Levels",
        "Anderson, Francois & Kotwal 2015, Clientelism in Indian Villages",
    ),
    owner="organization department",
    valid_from=date(2024, 1, 1),
)

_POSTS = ("村党支部书记", "村民委员会主任", "村会计", "村民委员会委员", "第一村民小组长")


def _homes(chen: int, others: int) -> str:
    """Return households of one lineage (brothers of one father) and of other surnames."""
    head = "household_id,person_id,name,relation_to_head,division_code,father_id\n"
    own = "".join(f"C{i},@c{i}/M1970,陈{i},02,V1,@root\n" for i in range(chen))
    rest = "".join(
        f"O{i},@o{i}/M1970,{'王李张'[i % 3]}{i},02,V1,@root{i % 3}\n" for i in range(others)
    )
    return head + own + rest


def _held(posts: str, firms: str, leases: str) -> dict[str, str]:
    """Return registers in which the persons named hold the posts, firms with contracts, leases."""
    officials = "person_id,name,post,unit,division_code,start_date\n" + "".join(
        f"@{p},某,{title},柳湾村,V1,2018-03-01\n"
        for p, title in zip(posts.split(), _POSTS, strict=True)
    )
    contractors = "company_id,name,legal_rep_name,legal_rep_id,registered_on\n" + "".join(
        f"#{p},企业{p},某,@{p},2015-01-01\n" for p in firms.split()
    )
    contracts = (
        "contract_id,title,category,division_code,company_id,amount,method,signed_on\n"
        + "".join(f"HT{p},工程,道路,V1,#{p},20000,small,2023-05-01\n" for p in firms.split())
    )
    rented = "asset_id,description,division_code,lessee_id,annual_rent,start_date\n" + "".join(
        f"ZC{p},鱼塘,V1,@{p},1000,2023-01-01\n" for p in leases.split()
    )
    return {
        "officials": officials,
        "contractors": contractors,
        "contracts": contracts,
        "leases": rented,
    }


def _case(title: Text, clues: int, homes: str, held_by: tuple[str, str, str]) -> Case:
    return Case(title, {"households": homes, **_held(*held_by)}, clues)


_CASES = (
    _case(
        Text("十二户的家族占有全部职务、合同和租赁", "twelve households hold posts and contracts"),
        1,
        _homes(12, 60),
        ("c0 c1 c2 c3 c4", "c5 c6 c7 c0 o1", "c8 c9 c1 o2"),
    ),
    _case(
        Text("单姓村", "a village of one lineage"),
        0,
        _homes(66, 6),
        ("c0 c1 c2 c3 c4", "c5 c6 c7 c0 c9", "c8 c9 c1 c3"),
    ),
    _case(
        Text("只有职务集中", "posts alone"),
        0,
        _homes(12, 60),
        ("c0 c1 c2 c3 c4", "o5 o6 o7 o8 o9", "o10 o11 o12"),
    ),
    _case(
        Text("分散于各家族", "spread over the lineages"),
        0,
        _homes(12, 60),
        ("c0 o1 o2 o3 o4", "c5 o6 o7 o8 o9", "o10 o11 c1"),
    ),
)

RULE: Rule[Parameters] = Rule(
    id=ID,
    version="1",
    dimension=4,
    kind="suspicion",
    card=_CARD,
    inputs=(
        Input("officials", ("person_id", "division_code")),
        Input("households", ("person_id", "name")),
        Input("contracts", ("company_id", "division_code"), required=False),
        Input("contractors", ("legal_rep_id",), required=False),
        Input("shareholders", ("holder_id",), required=False),
        Input("benefits", ("person_id",), required=False),
        Input("leases", ("lessee_id",), required=False),
    ),
    parameters=Parameters(),
    find=_find,
    drill_down=beside(__file__),
    cases=_CASES,
    prior=0.0,
)
