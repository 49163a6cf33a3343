"""Public money that comes back to where it left, or to those who had power over it.

Method: every payment from a public body's account is followed from account to account: strictly
later, within the window, every hop keeping its share of the amount, over 3 to 8 accounts, never
through another public body. A flow counts if it closes at the account it left, or at an account of
an official with power over that payment on its day, of a member of his household or of his kin in
the avoidance scope. Flows over the same route or with a payment in common are one finding.
Why it matters: a contract that was never performed leaves its money nowhere else to go.
Innocent explanations: deposits given back, loans repaid, wages, benefits, rent, standing business;
each tested on rows of registers, never on the purpose of a payment alone.
Exclusions: rings among private parties, single payments to kin, sums that shrink on the way.
Source: Kumar & Calders, 2SCENT (VLDB 2018), for time-respecting cycles; FATF on round-tripping.
"""

from dataclasses import dataclass
from datetime import date

from graphengine.algo.temporal_cycles.flows import MILLION, FlowBounds
from graphengine.finding import Innocent, Outcome, Statistics
from graphengine.language import Text
from graphengine.rule import Card, Input, Rule, beside, parameter
from graphengine.tables.graph import Graph
from queries.kin.sight import missing_registers
from queries.money.circular_cases import CASES
from queries.money.closing import closed_flows
from queries.money.explanations import explained, suppressed, texts
from queries.money.flow import Flow
from queries.money.known import what_is_known
from queries.money.scheme import schemes
from queries.money.search import follow, read_ledger
from queries.money.sight import assessments
from queries.money.telling import REFUTED, finding_of

ID = "circular-flow"
_DAY = 86_400
_FEN = 100


@dataclass(frozen=True, slots=True)
class Parameters:
    """What a county may set; all limits are inclusive."""

    min_accounts: int = parameter(
        3, "accounts", 3, 8, Text("最少账户数", "fewest accounts on the way")
    )
    max_accounts: int = parameter(
        8, "accounts", 3, 12, Text("最多账户数", "most accounts on the way")
    )
    window_days: int = parameter(
        30, "days", 1, 365, Text("首笔到末笔的最长天数", "longest time from first to last payment")
    )
    max_loss_per_hop: float = parameter(
        0.15, "share", 0.0, 0.9, Text("每一手最多截留比例", "largest share kept back at a hop")
    )
    max_gain_per_hop: float = parameter(
        0.02, "share", 0.0, 1.0, Text("每一手最多增加比例", "largest share added at a hop")
    )
    # Seven hops at the largest loss still keep 0.32: by default the hops alone decide.
    min_kept_total: float = parameter(
        0.3, "share", 0.0, 1.0, Text("末笔与首笔之比的下限", "least share that reaches the end")
    )
    # Below this lie monthly relief and a day's wages, where equal sums meet by chance; schemes are
    # cut to stay under 30,000, not under 1,000. Small sums gathered from many are another rule's.
    min_amount: int = parameter(
        1000, "yuan", 0, 100_000_000, Text("公款首笔的最低金额", "least public payment followed")
    )
    budget: int = parameter(
        200_000,
        "transfers",
        1000,
        1_000_000_000,
        Text("每笔公款最多查看的转账数", "most transfers looked at for one public payment"),
    )

    def bounds(self) -> FlowBounds:
        """Return the kernel's bounds; shares in millionths."""
        return FlowBounds(
            window=self.window_days * _DAY,
            least_accounts=self.min_accounts,
            most_accounts=max(self.min_accounts, self.max_accounts),
            keep=MILLION - round(self.max_loss_per_hop * MILLION),
            grow=MILLION + round(self.max_gain_per_hop * MILLION),
            kept=round(self.min_kept_total * MILLION),
            budget=self.budget,
        )


def _find(graph: Graph, parameters: Parameters) -> Outcome:
    bounds, ledger = parameters.bounds(), read_ledger(graph)
    followed = follow(graph, ledger, bounds, parameters.min_amount * _FEN)
    flows = closed_flows(graph, ledger, followed.flows, parameters.min_accounts)
    known = what_is_known(graph, ledger, flows)
    weighed = [(flow, explained(flow, known, bounds)) for flow in flows]
    standing = [pair for pair in weighed if not suppressed(pair[1])]
    told = (
        _statistics(standing, len(followed.starts)),
        missing_registers(graph, RULE.inputs),
    )
    findings = tuple(finding_of(ID, scheme, known, told) for scheme in schemes(standing))
    return Outcome(findings, assessments(graph, ID, followed))


def _statistics(standing: list[tuple[Flow, tuple[Innocent, ...]]], starts: int) -> Statistics:
    """Return how many public payments were followed and which share of them comes round."""
    closing = len({flow.payments[0].record for flow, _ in standing})
    return Statistics("deterministic", n=starts, base_rate=closing / starts if starts else None)


_CARD = Card(
    title=Text("公款循环回流", "Circular flow of public money"),
    reading=Text(
        "公款付出后，几乎原数经几个账户转手，短期内回到原账户，或到了有权经手该款项的干部及其家人、近亲属账户。",
        "Public money was handed on nearly whole through a few accounts and within days came "
        "back to the account it left, or to an official with power over it, his home or his kin.",
    ),
    method=Text(
        "逐笔跟踪公共机构账户付出的款项：时间严格递增，首末不超过30天，每一手保留不少于85%且不多于102%，"
        "涉及3至8个账户，不穿过其他公共机构；末端为原账户，或为付款当日有权干部（本村任职、付款单位负责人、"
        "分管该事项的乡镇县干部、审批人）本人、同户成员或回避范围内亲属的账户。同一路径或共用付款的合并为一条。"
        "确定性规则，同时报告全部公款中闭合的比例。",
        "Every payment out of a public account is followed: strictly later, 30 days from first to "
        "last, each hop keeping 85 % to 102 %, 3 to 8 accounts, never through another public body. "
        "It closes at the account it left, or at that of an official with power on the day (a post "
        "of the paying village, the head of the paying body, a town or county official in charge "
        "of the matter, whoever approved it), of his household, or of kin in the avoidance scope. "
        "Flows over one route or with a payment in common are one clue. Deterministic; the share "
        "of all public payments that close is reported beside.",
    ),
    why_it_matters=Text(
        "虚假合同套取的资金最终要回到决策者手中，资金闭环是最直接的痕迹。",
        "Money drawn by a sham contract has to return to whoever decided; the loop is its trace.",
    ),
    basis=(
        Text(
            "《农村基层干部廉洁履行职责若干规定（试行）》关于不得套取、侵占集体资金的规定",
            "Provisions on the honest performance of duties by rural cadres: no drawing off or "
            "taking of collective funds",
        ),
        Text(
            "《公务员法》任职回避和公务回避条款（亲属范围）",
            "Civil Servant Law, articles on avoidance (scope of kin)",
        ),
    ),
    innocent=texts(),
    exclusions=(
        Text(
            "民营主体之间的资金循环，不以公款开始", "rings of private money without a public start"
        ),
        Text(
            "付给公共机构的税费，不再向后跟踪", "taxes and fees: not followed beyond a public body"
        ),
        Text(
            "同一持有人自己账户之间的划转",
            "transfers between accounts of one holder: they are not handed on",
        ),
        Text(
            "没有职权联系的乡镇、县干部", "town or county officials without a link to the payment"
        ),
        Text("少量返还（低于每一手保留比例）", "small sums given back, below what a hop must keep"),
    ),
    refuted_by=REFUTED,
    sources=(
        "Kumar & Calders, 2SCENT: enumerating all simple temporal cycles, PVLDB 11(11), 2018",
        "Open Contracting Partnership, Red flags in public procurement, R064-R070",
    ),
    owner="discipline inspection",
    valid_from=date(2024, 1, 1),
)

RULE: Rule[Parameters] = Rule(
    id=ID,
    version="1",
    dimension=15,
    kind="suspicion",
    card=_CARD,
    inputs=(
        Input("payments", ("paid_at", "amount", "payer_account", "payee_account")),
        Input("accounts", ("account_no", "holder_id"), required=False),
        Input("officials", ("person_id", "division_code", "start_date"), required=False),
        Input("households", ("person_id", "relation_to_head"), required=False),
        Input("approvals", ("actor_id", "step"), required=False),
        Input("contractors", ("registered_on",), required=False),
        Input("benefits", ("person_id", "amount"), required=False),
        Input("labour", ("person_id", "wage"), required=False),
        Input("leases", ("lessee_id", "annual_rent"), required=False),
        Input("bids", ("company_id",), required=False),
        Input("relatives", ("relative_id",), required=False),
    ),
    parameters=Parameters(),
    find=_find,
    drill_down=beside(__file__),
    cases=CASES,
    # Public money that returns nearly whole within the month to a person with power over it is more
    # often than not worth a look (odds 3 to 2); the signs and explanations move it from there.
    prior=0.4,
)
