"""A village hires a firm that kin of one of its office-holders own, run or represent.

Method: office-holder of the village (post valid on the day of signing), kin within the avoidance
scope (valid that day), at least 5 % of the firm or a leading role in it (valid that day), an award
by that village. One finding per official, firm and village, naming every contract.
Why it matters: it is the commonest forbidden form of village cadres doing business through kin.
Innocent explanations: an open tender decided without the official; the only local firm of its
trade; a declared and recused relative; a market in which those firms win everywhere.
Exclusions: kin out of scope, ties begun after or posts ended before the award, namesakes.
Source: Civil Servant Law (avoidance); Slovenia's integrity act art. 35 (5 %); OCP R030-R034.
"""

from dataclasses import dataclass
from datetime import date

from graphengine.finding import Outcome
from graphengine.language import Text
from graphengine.rule import Card, Case, Input, Rule, beside, parameter
from graphengine.tables.graph import Graph
from queries.kin.contract_finding import finding_of
from queries.kin.contract_weighing import Market, weighed
from queries.kin.links import find_links, paid_under
from queries.kin.market import kin_shares, trades, unrelated_bidders
from queries.kin.schemes import schemes
from queries.kin.sight import missing_registers, villages_seen

ID = "kin-contract"


@dataclass(frozen=True, slots=True)
class Parameters:
    """What a county may set."""

    min_share: float = parameter(
        0.05, "share", 0.001, 1.0, Text("最低持股比例", "smallest share that counts")
    )
    max_sharers: int = parameter(
        2, "parties", 1, 12, Text("共用联系方式的最多方数", "most parties sharing a contact")
    )
    min_rarity: float = parameter(
        0.5, "nats", 0.0, 20.0, Text("共用项的最低稀有度", "least rarity of what is shared")
    )
    min_payouts: int = parameter(
        2, "transfers", 1, 100, Text("无说明付款的最少次数", "fewest unexplained payments to count")
    )
    profit_share: float = parameter(
        0.1,
        "share",
        0.01,
        1.0,
        Text("无说明付款占合同额的最低比例", "least part of the awards paid on"),
    )
    trade_size: int = parameter(
        5,
        "contracts",
        2,
        1000,
        Text("判断唯一供应商所需合同数", "contracts needed to judge a trade"),
    )


def _find(graph: Graph, parameters: Parameters) -> Outcome:
    links = find_links(
        graph,
        min_share=parameters.min_share,
        max_sharers=parameters.max_sharers,
        min_rarity=parameters.min_rarity,
        min_payouts=parameters.min_payouts,
        profit_share=parameters.profit_share,
    )
    bidders = unrelated_bidders(graph, (x.contract for x in links))
    shares = kin_shares(graph, parameters.min_share) if links else {}
    known = trades(graph) if links else {}
    unavailable = missing_registers(graph, RULE.inputs)
    market = Market(bidders, shares, known, parameters.trade_size)
    paid = paid_under(graph, links)
    findings = (
        finding_of(ID, scheme, weighed(scheme, market), paid, (_REFUTED, unavailable))
        for scheme in schemes(links, bidders)
    )
    return Outcome(tuple(findings), villages_seen(graph, ID, RULE.inputs, _SEEN))


_SEEN = """
WITH hands AS (
  SELECT DISTINCT target AS firm FROM OWNS UNION SELECT target FROM REPRESENTS
  UNION SELECT target FROM DIRECTS
)
SELECT c.division, count(*) AS rows, count(*) FILTER (WHERE h.firm IS NULL) AS unseen
FROM AWARDED a JOIN Contract c ON c.id = a.source LEFT JOIN hands h ON h.firm = a.target
GROUP BY c.division
"""

_REFUTED = (
    Text("户籍或婚姻档案表明二人并非上述亲属", "civil records show that they are not such kin"),
    Text(
        "登记档案表明签约时该亲属已不持股、不任职",
        "the company file shows that the relative held nothing on the day of signing",
    ),
    Text(
        "会议记录和回避申请表明该干部未参与决定",
        "minutes and a recusal on paper show that the official took no part",
    ),
)

_CARD = Card(
    title=Text("亲属承包", "Kin contracting"),
    reading=Text(
        "村里把合同给了村干部近亲属持股、任职或代表的企业。",
        "A village gave contracts to a firm that close kin of its officials own, run or represent.",
    ),
    method=Text(
        "在任干部—回避范围内亲属（含本人）—持股不低于5%或任职—企业—本村合同，各环节在签约日均有效；"
        "乡镇、县干部仅在分管该事项或参与审批时计入。结论按身份证号确定，另报告同类合同的随机期望份额。",
        "Official in office, kin in the avoidance scope (or himself), a share of 5 % or a leading "
        "role, firm, contract of that village, all valid on the day of signing; higher "
        "officials only where they are in charge or approved. Persons are identified by number; "
        "the share that chance would give within the category is reported beside.",
    ),
    why_it_matters=Text(
        "利用亲属企业承揽本村工程是最常见的优亲厚友形式之一。",
        "Work steered to relatives' firms is among the commonest forms of village favouritism.",
    ),
    basis=(
        Text("《公务员法》任职回避和公务回避条款", "Civil Servant Law, articles on avoidance"),
        Text(
            "《农村基层干部廉洁履行职责若干规定》",
            "Provisions on the honest performance of duties by rural cadres",
        ),
    ),
    innocent=(
        Text(
            "公开招标、三家以上无关联投标人且已回避", "open tender, three unrelated bids, recused"
        ),
        Text("当地唯一的合格供应商", "sole qualified local supplier"),
        Text("关系在中标之后形成", "the tie began after the award"),
        Text("同名同姓", "a namesake"),
    ),
    exclusions=(
        Text("不在回避范围内的亲属", "kin outside the scope"),
        Text("离任后的合同", "contracts after the post had ended"),
        Text("仅担任监事", "a mere supervisor of the firm"),
    ),
    refuted_by=_REFUTED,
    sources=(
        "Open Contracting Partnership, Red flags in public procurement, R030-R034",
        "Integrity and Prevention of Corruption Act (Slovenia), art. 35",
    ),
    owner="discipline inspection",
    valid_from=date(2024, 1, 1),
)

_OFFICIALS = """
person_id,name,post,unit,division_code,start_date,end_date,duties
@sec/M1966,陈志,村党支部书记,柳湾村,V1,2018-03-01,,
@dir/M1970,黄平,村民委员会主任,柳湾村,V1,2018-03-01,,
"""
_HOUSEHOLDS = """
household_id,person_id,name,relation_to_head,division_code,spouse_id,father_id,mother_id,phone
H1,@sec,陈志,02,V1,@wife,,,13900001000
H1,@wife/F1968,林珍,12,V1,@sec,,,
H2,@son/M1991,陈浩,02,V1,,@sec,@wife,13800002001
H3,@dir,黄平,02,V1,,,,13900001001
H4,@wang/M1980,王伟,02,V1,,,,13700001004
"""
_FIRMS = """
company_id,name,legal_rep_name,legal_rep_id,registered_on,phone
#a,恒拓建筑,陈浩,@son,2017-04-10,13800009001
#b,宏盛市政,何强,@he/M1978,2009-09-01,13800009002
#c,鸿源商贸,徐磊,@xu/M1979,2009-09-01,13800009003
#d,金茂园林,郭林,@guo/M1975,2009-09-01,13800009004
"""
_CONTRACT = """
contract_id,title,category,division_code,buyer_name,company_id,amount,method,signed_on,matter_id
HT1,道路硬化,道路,V1,柳湾村,#a,186000,direct,2023-04-18,M1
"""
_APPROVAL = """
matter_id,matter_type,step,acted_at,actor_id,decision,contract_id,division_code
M1,工程项目,approval,2023-04-12 10:00,@sec,approved,HT1,V1
"""
_TENDER = """
contract_id,company_id,price,submitted_at,won
HT1,#a,186000,2023-04-10 09:00,true
HT1,#b,190000,2023-04-10 09:00,false
HT1,#c,195000,2023-04-10 09:00,false
HT1,#d,197000,2023-04-10 09:00,false
"""
_SON_OF_NOBODY = _FIRMS.replace("陈浩,@son", "王伟,@wang2/M1985")


def _case(title: Text, clues: int, **changed: str) -> Case:
    village = {
        "officials": _OFFICIALS,
        "households": _HOUSEHOLDS,
        "contractors": _FIRMS,
        "contracts": _CONTRACT,
        "approvals": _APPROVAL,
    }
    return Case(title, village | changed, clues)


_CASES = (
    _case(Text("书记之子的企业获直接委托", "the secretary's son's firm, hired directly"), 1),
    _case(
        Text("经控股企业持有", "held through a holding firm"),
        1,
        contractors=_SON_OF_NOBODY,
        shareholders="""
company_id,holder_name,holder_id,role,share,start_date
#h,陈浩,@son,shareholder,0.6,2018-01-01
#a,浩大控股,#h,shareholder,0.3,2018-01-01
""",
    ),
    _case(
        Text("法定代表人与书记之子共用电话", "the firm's representative shares the son's phone"),
        1,
        contractors=_SON_OF_NOBODY,
        accounts="""
account_no,holder_id,holder_name,phone
acct:wang,@wang2,王伟,13800002001
""",
        households=_HOUSEHOLDS + "H9,@wang2,王伟,02,V2,,,,13800002001\n",
    ),
    _case(
        Text("同一企业两份合同、两名干部同为其亲属，仍是一条", "two contracts, two officials: one"),
        1,
        officials=_OFFICIALS + "@wife,林珍,村民委员会委员,柳湾村,V1,2018-03-01,,\n",
        contracts=_CONTRACT + "HT2,水渠清淤,水渠,V1,柳湾村,#a,8000,small,2023-09-12,\n",
    ),
    _case(
        Text("公开招标、三家无关联投标人且书记未审批", "open tender, unrelated bidders, recused"),
        0,
        contracts=_CONTRACT.replace("direct", "open"),
        approvals=_APPROVAL.replace("@sec", "@dir"),
        bids=_TENDER,
    ),
    _case(
        Text("离任之后的合同", "awarded after the post had ended"),
        0,
        officials=_OFFICIALS.replace("2018-03-01,,", "2018-03-01,2022-12-31,", 1),
    ),
    _case(
        Text("入股在签约之后", "the share was bought after the award"),
        0,
        contractors=_SON_OF_NOBODY,
        shareholders="""
company_id,holder_name,holder_id,role,share,start_date
#a,陈浩,@son,shareholder,0.6,2024-01-01
""",
    ),
    _case(Text("同名不同人", "a namesake"), 0, contractors=_SON_OF_NOBODY.replace("王伟", "陈浩")),
    _case(
        Text("另一个村的合同", "another village's contract"),
        0,
        contracts=_CONTRACT.replace("V1", "V2"),
        approvals=_APPROVAL.replace("V1", "V2").replace("@sec", "@he"),
    ),
    _case(
        Text("持股百分之三", "three per cent"),
        0,
        contractors=_SON_OF_NOBODY,
        shareholders="""
company_id,holder_name,holder_id,role,share,start_date
#a,陈浩,@son,shareholder,0.03,2018-01-01
""",
    ),
)

RULE: Rule[Parameters] = Rule(
    id=ID,
    version="1",
    dimension=1,
    kind="suspicion",
    card=_CARD,
    inputs=(
        Input("officials", ("person_id", "division_code", "start_date")),
        Input("households", ("person_id", "relation_to_head")),
        Input("contracts", ("company_id", "signed_on", "division_code")),
        Input("contractors", ("legal_rep_id",), required=False),
        Input("shareholders", ("holder_id", "share"), required=False),
        Input("approvals", ("actor_id",), required=False),
        Input("bids", ("company_id",), required=False),
        Input("relatives", ("relative_id",), required=False),
    ),
    parameters=Parameters(),
    find=_find,
    drill_down=beside(__file__),
    cases=_CASES,
    prior=0.8,
)
