"""The words, rows and path of a finding that public money came round."""

from collections.abc import Sequence

from graphengine.finding import Finding, Statistics, Step, Subject, Unavailable
from graphengine.identifiers import NodeId
from graphengine.language import Text
from queries.kin.dossier import Dossier
from queries.kin.words import money, term, tie
from queries.money.flow import Closing, Flow, Power
from queries.money.known import Known
from queries.money.scheme import Scheme
from queries.money.weighing import signs_of

_POWERS = {
    "approval": Text("审批了该事项", "approved the matter"),
    "post": Text("在付款单位任职", "held a post over the paying body"),
    "duty": Text("分管该事项", "was in charge of such matters"),
}
_SAME_DAY = Text("当天内", "within the day")


def finding_of(
    rule: str, scheme: Scheme, known: Known, told: tuple[Statistics, tuple[Unavailable, ...]]
) -> Finding:
    """Put the finding together: payments, holders of accounts, why the end is no stranger."""
    flow, dossier = scheme.flows[0], Dossier()
    payments = scheme.payments
    path = [
        *_payment_steps(scheme, dossier),
        *_account_steps(scheme, known, dossier),
        *(step for closing in scheme.closings for step in _tie_steps(closing, known, dossier)),
        *(step for power in _shown(scheme) for step in _power_steps(power, dossier)),
    ]
    return Finding(
        rule=rule,
        division=flow.start.place,
        key=flow.route,
        title=_title(flow),
        summary=_summary(scheme, known),
        subjects=_subjects(scheme, known),
        facts=dossier.facts,
        path=tuple(dict.fromkeys(path)),
        amount=sum(p.amount for p in scheme.starts),
        window=(payments[0].day, payments[-1].day),
        statistics=told[0],
        signs=signs_of(scheme, known),
        innocent=scheme.innocents,
        refuted_by=REFUTED,
        unavailable=told[1],
    )


REFUTED = (
    Text(
        "合同、发票和验收单表明途中各笔付款都有真实的货物或劳务",
        "contracts, invoices and acceptance sheets show real goods or work behind every payment",
    ),
    Text(
        "借款合同及更早的银行流水表明末笔是归还真实借款",
        "a loan contract and older statements show that the last payment repaid a real loan",
    ),
    Text(
        "开户资料表明末端账户并非上述人员持有或使用",
        "the bank's files show that the last account is not held or used by the person named",
    ),
)


def _title(flow: Flow) -> Text:
    if flow.closing is None:
        return Text("公款转一圈回到原账户", "Public money came back to the account it left")
    if flow.closing.tie.how == "self":
        return Text("公款转几手到了干部本人账户", "Public money passed on to an official's account")
    return Text("公款转几手到了干部家属账户", "Public money passed on to an official's relative")


def _subjects(scheme: Scheme, known: Known) -> tuple[Subject, ...]:
    """Name the payer, then official and payee of every closing, approvers, and who handed it on."""
    roles: dict[str, str] = {scheme.flows[0].start.body: "payer"}
    for closing in scheme.closings:
        roles.setdefault(closing.tie.official, "official")
        roles.setdefault(closing.tie.person, "kin")
    for power in _shown(scheme):
        roles.setdefault(power.official, "approver")
    for flow in scheme.flows:
        roles.setdefault(flow.start.body, "payer")
        for payment in flow.payments[1:]:
            roles.setdefault(known.holder(payment.source), "intermediary")
    return tuple(Subject(NodeId(node), role) for node, role in roles.items())


def _shown(scheme: Scheme) -> tuple[Power, ...]:
    """Return the powers worth naming: those of the closings, and all approvals of the payments."""
    approvals = (p for flow in scheme.flows for p in flow.powers if p.how == "approval")
    return tuple(dict.fromkeys((*(c.power for c in scheme.closings), *approvals)))


def _summary(scheme: Scheme, known: Known) -> Text:
    flow = scheme.flows[0]
    place = {s.node: n for n, s in enumerate(_subjects(scheme, known))}
    handed = [f"{{{place[NodeId(known.holder(p.source))]}}}" for p in flow.payments[1:]]
    days = _within(flow.days)
    end, times = _ending(flow, place, known), len(scheme.starts)
    amount, kept = money(flow.payments[0].amount), f"{flow.kept:.0%}"
    again_zh = f"；类似情形共{times}笔公款" if times > 1 else ""
    again_en = f" This happened with {times} public payments." if times > 1 else ""
    return Text(
        f"{{0}}付出的公款{amount}元，{days.zh}经{'、'.join(handed)}转手，"
        f"{end.zh}，金额保留{kept}{again_zh}。",
        f"Public money, CNY {amount} paid by {{0}}, was handed on by {', '.join(handed)} "
        f"{days.en} and {end.en}, {kept} of it kept.{again_en}",
    )


def _within(days: int) -> Text:
    if not days:
        return _SAME_DAY
    return Text(f"{days}天内", "within 1 day" if days == 1 else f"within {days} days")


def _ending(flow: Flow, place: dict[NodeId, int], known: Known) -> Text:
    if flow.closing is None:
        return Text("回到原账户", "came back to the account it had left")
    official = f"{{{place[NodeId(flow.closing.tie.official)]}}}"
    person = f"{{{place[NodeId(flow.closing.tie.person)]}}}"
    power = _POWERS[flow.closing.power.how]
    if flow.closing.tie.how == "self":
        return Text(
            f"到了{official}本人账户，{official}{power.zh}",
            f"reached the account of {official}, who {power.en}",
        )
    what = _relation(flow.closing, known)
    return Text(
        f"到了{official}的{what.zh}{person}账户，{official}{power.zh}",
        f"reached the account of {person}, {what.en} of {official}, who {power.en}",
    )


def _relation(closing: Closing, known: Known) -> Text:
    if not closing.tie.relation:
        return Text("同户成员", "member of the household")
    return term(closing.tie.relation, known.sexes.get(closing.tie.person))


def _payment_steps(scheme: Scheme, dossier: Dossier) -> list[Step]:
    starts = {p.record for p in scheme.starts}
    ends = {flow.payments[-1].record for flow in scheme.flows}
    steps = []
    for payment in scheme.payments:
        amount = money(payment.amount)
        what = Text(f"转付{amount}元", f"handed on: CNY {amount}")
        if payment.record in starts:
            what = Text(f"付出公款{amount}元", f"public money paid: CNY {amount}")
        elif payment.record in ends:
            what = Text(f"到达末端账户{amount}元", f"arrived at the last account: CNY {amount}")
        steps.append(
            Step(
                NodeId(payment.source),
                NodeId(payment.target),
                "PAID",
                Text("付款", "paid"),
                payment.day,
                payment.amount,
                dossier.cite([payment.record], what),
            )
        )
    return steps


def _account_steps(scheme: Scheme, known: Known, dossier: Dossier) -> list[Step]:
    what = Text("账户的持有人", "shows who holds the account")
    return [
        Step(
            NodeId(holder),
            NodeId(account),
            "HAS_ACCOUNT",
            Text("持有账户", "holds the account"),
            facts=dossier.cite(known.account_records.get(account, ()), what),
        )
        for account in scheme.accounts
        if (holder := known.holders[account][0])
    ]


def _tie_steps(closing: Closing, known: Known, dossier: Dossier) -> list[Step]:
    bond = closing.tie
    if bond.how == "self":
        return []
    what = _relation(closing, known)
    facts = dossier.cite(
        bond.records, Text(f"二人关系的记载（{what.zh}）", f"shows what they are ({what.en})")
    )
    if bond.relation:
        detail = tie(bond.relation, known.sexes.get(bond.official))
        return [Step(NodeId(bond.official), NodeId(bond.person), "KIN", detail, facts=facts)]
    member = Text("同户", "of the same household")
    return [
        Step(NodeId(person), NodeId(bond.via), "MEMBER_OF", member, facts=facts)
        for person in (bond.official, bond.person)
    ]


def _power_steps(power: Power, dossier: Dossier) -> Sequence[Step]:
    relation = "ACTED" if power.how == "approval" else "HOLDS"
    what = _POWERS[power.how]
    facts = dossier.cite(power.records, what)
    return [Step(NodeId(power.official), NodeId(power.via), relation, what, facts=facts)]
