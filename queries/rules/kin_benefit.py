"""Households of officials' kin receive need-tested benefits more often than equally needy others.

Method: per village and official with a say, an exact stratified test (need x clan size) of how
many recipients whose grant began in the tenure are kin households in the avoidance scope; p allows
for all officials looked at, Benjamini-Hochberg for all villages. One finding per village.
Why it matters: benefits for the poor that go to officials' kin are the best documented favouritism.
Innocent explanations: real need (the strata, and the neediest tenth), information that kin have
anyway (kin of former holders as placebo), living close to each other (test within groups).
Exclusions: villages too small for the test to speak, grants that began before or after the tenure.
Source: Fafchamps & Labonne 2017 (placebo by tenure); Mantel & Haenszel 1959; Agresti 1992.
"""

from dataclasses import dataclass
from datetime import date

from graphengine.finding import Assessment, Finding, Outcome, Test, Unavailable
from graphengine.language import Text
from graphengine.rule import Card, Case, Input, Rule, beside, parameter
from graphengine.tables.graph import Graph
from queries.kin.advantage import VillageTest, tenures, village_tests
from queries.kin.benefit_finding import REFUTED, BenefitFrames, finding_of
from queries.kin.deciders import deciders, kin_households
from queries.kin.sight import missing_registers, villages_seen
from queries.kin.welfare import grants, households, reference_day

ID = "kin-benefit"


@dataclass(frozen=True, slots=True)
class Parameters:
    """What a county may set."""

    min_excess: float = parameter(
        2.0, "households", 0.5, 100, Text("超出期望的最少户数", "least households beyond chance")
    )
    min_ratio: float = parameter(
        1.8, "times", 1.0, 50, Text("实际与期望的最低倍数", "least ratio of observed to expected")
    )
    max_p: float = parameter(
        0.05, "probability", 0.0001, 0.2, Text("单村检验的最大 p 值", "largest p of one village")
    )
    max_least_p: float = parameter(
        0.01, "probability", 0.0001, 0.2,
        Text("可达到的最小 p 值上限（小样本保护）", "largest attainable p (small-sample guard)"),
    )  # fmt: skip


def _find(graph: Graph, parameters: Parameters) -> Outcome:
    unavailable = missing_registers(graph, RULE.inputs)
    seen = villages_seen(graph, ID, RULE.inputs, _SEEN)
    day = reference_day(graph)
    if day is None:
        return Outcome((), seen)
    says, kin, given = deciders(graph), kin_households(graph, day), grants(graph)
    frames = BenefitFrames(says, kin, given)
    homes: dict[str, list[str]] = {}
    for official, home in kin.select("official", "household").iter_rows():
        homes.setdefault(official, []).append(home)
    tests = village_tests(households(graph, day), given, tenures(says), homes)
    able = {t.village for t in tests if t.least_p <= parameters.max_least_p}
    assessments = tuple(_guarded(a, able) for a in seen)
    open_to = {a.division for a in assessments if a.evaluated}
    findings: list[Finding] = []
    counted: list[Test] = []
    for test in tests:
        if test.village not in open_to:
            continue
        found = _finding(test, parameters, frames, unavailable)
        findings += found
        counted.append(Test(ID, test.village, test.p if found else 1.0))
    return Outcome(tuple(findings), assessments, tuple(counted))


def _finding(
    test: VillageTest,
    parameters: Parameters,
    frames: BenefitFrames,
    unavailable: tuple[Unavailable, ...],
) -> list[Finding]:
    best = test.best
    if (
        best is None
        or test.p > parameters.max_p
        or best.surplus < parameters.min_excess
        or best.excess.ratio < parameters.min_ratio
    ):
        return []
    return [finding_of(ID, test, best, frames, unavailable)]


def _guarded(assessment: Assessment, able: set[str]) -> Assessment:
    if not assessment.evaluated or assessment.division in able:
        return assessment
    why = Text(
        "可比住户或受助住户太少，任何结果都不足以说明问题",
        "too few comparable or receiving households: no outcome could have told anything",
    )
    return Assessment(ID, assessment.division, evaluated=False, why=why, unseen=1.0)


_SEEN = """
SELECT b.division, count(*) AS rows, count(*) FILTER (WHERE m.source IS NULL) AS unseen
FROM Benefit b JOIN BENEFITS r ON r.target = b.id
LEFT JOIN (SELECT DISTINCT source FROM MEMBER_OF) m ON m.source = r.source
GROUP BY b.division
"""

_CARD = Card(
    title=Text("优亲厚友：救助", "Kin benefit"),
    reading=Text(
        "村里有审批权的干部，其亲属家庭享受低保等救助的比例明显高于同样困难的其他家庭。",
        "Kin households of officials with a say receive need-tested benefits clearly more often "
        "than households in equal need.",
    ),
    method=Text(
        "按需求层次（劳动力、抚养、高龄、丧亲、车辆、工资、经营）和家族大小分层，对任期内新增受助户中"
        "亲属户的数量作精确检验；对每位干部和全部村庄作多重检验校正。",
        "Strata of need (earners, dependants, frailty, bereavement, vehicles, payroll, firms) and "
        "clan size; exact test of kin households among those newly granted in the tenure; "
        "corrected for all officials and villages looked at.",
    ),
    why_it_matters=Text(
        "救助资金流向干部亲属，困难群众就少一份。",
        "What goes to officials' kin is missing where it is needed.",
    ),
    basis=(
        Text("《社会救助暂行办法》", "Interim Measures for Social Assistance"),
        Text(
            "《中国共产党纪律处分条例》关于优亲厚友的条款", "Party discipline rules on favouritism"
        ),
    ),
    innocent=(
        Text("亲属家庭确实困难", "the kin households are in real need"),
        Text("干部亲属更了解政策、更愿意申请", "kin know the programmes and apply"),
        Text("居住集中", "they live close to each other"),
    ),
    exclusions=(
        Text("任期之外开始的救助", "grants that began outside the tenure"),
        Text("户数太少的村", "villages with too few households"),
    ),
    refuted_by=REFUTED,
    sources=(
        "Fafchamps & Labonne 2017, Do Politicians' Relatives Get Better Jobs?",
        "Agresti 1992, A Survey of Exact Inference for Contingency Tables",
    ),
    owner="civil affairs",
    valid_from=date(2024, 1, 1),
)


def _rows(brothers: int, others: int, born: int = 1980) -> str:
    """Return the households of a village: the secretary, his brothers, unrelated families."""
    head = "household_id,person_id,name,relation_to_head,division_code,spouse_id,father_id\n"
    kin = "".join(
        f"B{i},@b{i}/M{born},陈{i},02,V1,,@old\nB{i},@bw{i}/F{born},林{i},12,V1,@b{i},\n"
        for i in range(brothers)
    )
    rest = "".join(
        f"O{i},@o{i}/M{born},{'王李张赵周吴'[i % 6]}{i},02,V1,,\n"
        f"O{i},@ow{i}/F{born},孙{i},12,V1,@o{i},\n"
        for i in range(others)
    )
    return f"{head}S,@sec/M1975,陈志,02,V1,,@old\nS,@old/M1945,陈福,51,V1,,\n{kin}{rest}"


def _grants(brothers: int, others: int, year: int = 2023) -> str:
    """Return benefits of the first brothers and the first others from March of a year."""
    people = [f"b{i}" for i in range(brothers)] + [f"o{i}" for i in range(others)]
    rows = "".join(
        f"最低生活保障,@{p},某,V1,{year}-{m:02d},520.00\n" for p in people for m in (3, 4, 5)
    )
    return f"programme,person_id,name,division_code,period,amount\n{rows}"


_OFFICIALS = """
person_id,name,post,unit,division_code,start_date,end_date
@sec,陈志,村党支部书记,柳湾村,V1,2021-03-01,
@o50,李某,村民委员会主任,柳湾村,V1,2021-03-01,
"""


def _case(title: Text, clues: int, homes: str, given: str) -> Case:
    return Case(title, {"officials": _OFFICIALS, "households": homes, "benefits": given}, clues)


_CASES = (
    _case(Text("书记七个兄弟家庭受助", "seven of eight brothers"), 1, _rows(8, 60), _grants(7, 3)),
    _case(Text("少数亲属受助", "one brother among many"), 0, _rows(8, 60), _grants(1, 9)),
    _case(Text("任期之前开始", "granted before the tenure"), 0, _rows(8, 60), _grants(7, 3, 2020)),
    _case(
        Text("亲属年老无劳力，同样困难者同样受助", "kin are old, and so are others who receive"),
        0,
        _rows(8, 60, born=1940),
        _grants(4, 28),
    ),
    _case(Text("村太小", "the village is too small"), 0, _rows(2, 4), _grants(2, 0)),
)

RULE: Rule[Parameters] = Rule(
    id=ID,
    version="1",
    dimension=3,
    kind="suspicion",
    card=_CARD,
    inputs=(
        Input("officials", ("person_id", "division_code", "start_date")),
        Input("households", ("person_id", "relation_to_head")),
        Input("benefits", ("programme", "person_id", "period")),
        Input("holdings", ("person_id", "kind"), required=False),
        Input("approvals", ("actor_id",), required=False),
        Input("relatives", ("relative_id",), required=False),
    ),
    parameters=Parameters(),
    find=_find,
    drill_down=beside(__file__),
    cases=_CASES,
    prior=-0.4,
)
