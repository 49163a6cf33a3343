"""The words, rows and path of a finding that a relative's firm was hired."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise

from graphengine.finding import Finding, Step, Subject, Unavailable
from graphengine.identifiers import NodeId
from graphengine.language import Text
from queries.kin.contract_weighing import Weighing
from queries.kin.dossier import Dossier
from queries.kin.links import Link, Paid
from queries.kin.schemes import Scheme
from queries.kin.stakes import HOLD_RELATIONS
from queries.kin.words import money, percent, term, tie

_ROLES = {
    "secretary": Text("书记", "secretary"),
    "village_director": Text("村主任", "village director"),
    "deputy": Text("副职", "deputy"),
    "accountant": Text("财会人员", "accountant"),
    "supervisor": Text("监督人员", "supervisor"),
    "group_leader": Text("小组长", "group leader"),
    "member": Text("委员", "committee member"),
    "township_head": Text("乡镇长", "township head"),
    "office_head": Text("部门负责人", "office head"),
}
_OFFICE = Text("公职人员", "office-holder")
_HOLDS = {
    "represents": Text("任{}的法定代表人", "is the legal representative of {}"),
    "manager": Text("任{}的经理", "manages {}"),
    "director": Text("任{}的董事", "is a director of {}"),
    "beneficial_owner": Text("是{}的实际控制人", "is the beneficial owner of {}"),
    "controls": Text("控制{}", "controls {}"),
    "phone": Text("与{}共用电话", "shares a phone with {}"),
    "address": Text("与{}共用地址", "shares an address with {}"),
    "account": Text("与{}共用账户", "shares an account with {}"),
    "device": Text("与{}共用设备", "shares a device with {}"),
    "profits": Text("收取{}的利润或无说明的款项", "was paid profits or unexplained sums by {}"),
}
_METHODS = {
    "open": Text("公开招标", "open tender"),
    "invited": Text("邀请招标", "invited tender"),
    "negotiated": Text("竞争性谈判", "negotiation"),
    "direct": Text("直接委托", "direct award"),
    "small": Text("小额采购", "small purchase"),
}
_RELATIONS = {**HOLD_RELATIONS, "profits": "PAID"}
_OTHERS = 6
"""Further officials or kin tied to the same firm that the path still shows."""
_PAYMENTS = 60
"""Payments under the contracts that are named as rows, the last ones of each."""


def role_title(role: str) -> Text:
    """Return what a post's role is called."""
    return _ROLES.get(role, _OFFICE)


def hold_text(link: Link, firm: Text) -> Text:
    """Return how the kin holds the firm, with the firm called as given."""
    share = percent(link.share or 0)
    held = _HOLDS.get(link.how) or Text(f"持有{{}}{share}的股份", f"owns {share} of {{}}")
    if link.how == "owns_through":
        held = Text(f"经其他企业持有{{}}{share}的股份", f"owns {share} of {{}} through other firms")
    return Text(held.zh.format(firm.zh), held.en.format(firm.en))


def finding_of(
    rule: str,
    scheme: Scheme,
    weighing: Weighing,
    paid: Mapping[str, Sequence[Paid]],
    told: tuple[tuple[Text, ...], tuple[Unavailable, ...]],
) -> Finding:
    """Put the finding together: who, how, which contracts, and every row behind it.

    `paid` holds the payments by contract; `told` what would refute the finding, and what was not
    available.
    """
    himself = scheme.official == scheme.kin
    nodes = [(scheme.official, "official"), (scheme.kin, "kin"), (scheme.firm, "supplier")]
    subjects = tuple(Subject(NodeId(n), r) for n, r in nodes if not (himself and r == "kin"))
    dossier = Dossier()
    contracts = _contract_steps(scheme, paid, dossier)
    persons = [s for x in (scheme.strongest, *scheme.links) for s in _person_steps(x, dossier)]
    approvals = _approval_steps(scheme, dossier)
    others = [s for link in scheme.others[:_OTHERS] for s in _person_steps(link, dossier)]
    path = (*persons, *contracts, *approvals, *others)
    return Finding(
        rule=rule,
        division=scheme.division,
        key=(scheme.key_official, scheme.firm, scheme.division),
        title=_title(scheme),
        summary=_summary(scheme, himself=himself),
        subjects=subjects,
        facts=dossier.facts,
        path=tuple(dict.fromkeys(path)),
        amount=scheme.amount,
        window=_window(scheme, paid),
        statistics=weighing.statistics,
        signs=weighing.signs,
        innocent=weighing.innocent,
        refuted_by=told[0],
        unavailable=told[1],
    )


def _title(scheme: Scheme) -> Text:
    if scheme.is_weak:
        return Text(
            "中标企业与干部或其亲属共用联系方式或有利润往来",
            "A hired firm shares contacts or profits with an office-holder or a relative",
        )
    if scheme.official == scheme.kin:
        return Text("干部本人的企业承包本村业务", "An office-holder's own firm was hired")
    return Text("干部亲属的企业承包本村业务", "A firm of an office-holder's relative was hired")


def _summary(scheme: Scheme, *, himself: bool) -> Text:
    link, role = scheme.strongest, role_title(scheme.strongest.role)
    kin = term(link.relation, link.kin_sex)
    place = "{1}" if himself else "{2}"
    firm = Text(place, place)
    if link.partner:
        firm = Text(f"{place}的代表人", f"the representative of {place}")
    held = hold_text(link, firm)
    who_zh = f"{role.zh}{{0}}本人" if himself else f"{role.zh}{{0}}的{kin.zh}{{1}}"
    who_en = f"{role.en} {{0}}" if himself else f"{{1}}, {kin.en} of {role.en} {{0}},"
    won = _won(scheme)
    return Text(f"{who_zh}{held.zh}；{won.zh}。", f"{who_en} {held.en}; {won.en}.")


def _won(scheme: Scheme) -> Text:
    """Say how many contracts there were, which in the official's time, which he approved."""
    count, during, amount = len(scheme.contracts), len(scheme.links), money(scheme.amount)
    approved = _approved(scheme)
    awarded = f"it was awarded {'one contract' if count == 1 else f'{count} contracts'}"
    if during == count:
        return Text(
            f"{{0}}任职期间，该企业承包了{count}份合同，共{amount}元，{approved.zh}",
            f"while {{0}} was in office {awarded} worth CNY {amount}, {approved.en}",
        )
    return Text(
        f"该企业在本村承包了{count}份合同，共{amount}元，其中{during}份签于{{0}}任职期间，{approved.zh}",
        f"{awarded} worth CNY {amount} by the village, {during} of them while {{0}} was in office, "
        f"{approved.en}",
    )


def _approved(scheme: Scheme) -> Text:
    count, approved = len(scheme.contracts), sum(x.approved for x in scheme.links)
    if approved:
        if count == 1:
            return Text("由{0}审批", "approved by {0}")
        return Text(f"其中{approved}份由{{0}}审批", f"{approved} of them approved by {{0}}")
    if any(x.recorded for x in scheme.contracts):
        return Text("未见{0}审批的记录", "with no approval by {0} on record")
    return Text("审批人没有记录", "with no record of who approved")


def _window(scheme: Scheme, paid: Mapping[str, Sequence[Paid]]) -> tuple[date, date]:
    """Return the days of the first award and of the last award or payment."""
    days = [p.day for x in scheme.contracts for p in paid.get(x.contract, ())]
    return min(scheme.window), max(*scheme.window, *days)


def _contract_steps(
    scheme: Scheme, paid: Mapping[str, Sequence[Paid]], dossier: Dossier
) -> list[Step]:
    steps = []
    most = max(1, _PAYMENTS // len(scheme.contracts))
    for link in scheme.contracts:
        method = _METHODS.get(link.method or "", Text("方式不详", "method unknown"))
        facts = dossier.cite(
            link.contract_records,
            Text(
                f"合同授予该企业：{money(link.amount)}元，{method.zh}",
                f"contract awarded to the firm: CNY {money(link.amount)}, {method.en}",
            ),
        )
        for payment in paid.get(link.contract, ())[-most:]:
            what = Text("按合同付给该企业", "paid to the firm under the contract")
            facts += dossier.cite([payment.record], what)
        steps.append(
            Step(
                NodeId(link.contract),
                NodeId(link.firm),
                "AWARDED",
                Text("授予", "awarded to"),
                link.signed_on,
                link.amount,
                facts,
            )
        )
    return steps


def _person_steps(link: Link, dossier: Dossier) -> list[Step]:
    role = role_title(link.role)
    posts = dossier.cite(
        link.post_records,
        Text(f"签约时在任：{role.zh}", f"in office when the contract was signed: {role.en}"),
    )
    steps = [
        Step(NodeId(link.official), NodeId(link.post), "HOLDS", Text("任职", "in office as"),
             facts=posts)
    ]  # fmt: skip
    if link.official != link.kin:
        kin = term(link.relation, link.kin_sex)
        rows = dossier.cite(
            link.kin_records,
            Text(f"亲属关系的记载（{kin.zh}）", f"shows the kinship ({kin.en})"),
        )
        detail = tie(link.relation, link.official_sex)
        steps.append(Step(NodeId(link.official), NodeId(link.kin), "KIN", detail, facts=rows))
    return [*steps, *_hold_steps(link, dossier)]


def _hold_steps(link: Link, dossier: Dossier) -> list[Step]:
    held = hold_text(link, Text("该企业", "the firm"))
    rows = dossier.cite(
        link.stake_records, Text(f"与企业的关系：{held.zh}", f"the tie to the firm: {held.en}")
    )
    relation = _RELATIONS.get(link.how, "SHARES")
    stops = [link.kin, *link.via, link.firm]
    if link.partner:
        stops = [link.kin, link.partner, link.firm]
    steps = [Step(NodeId(a), NodeId(b), relation, held, facts=rows) for a, b in pairwise(stops)]
    if link.partner:
        last = Step(
            NodeId(link.partner), NodeId(link.firm), "REPRESENTS",
            Text("法定代表人或控股人", "represents or controls"), facts=rows,
        )  # fmt: skip
        steps[-1] = last
    return steps


def _approval_steps(scheme: Scheme, dossier: Dossier) -> list[Step]:
    steps = []
    for link in scheme.links:
        if link.acted_matter is None:
            continue
        rows = dossier.cite(link.acted_records, Text("由{0}审批该事项", "{0} approved the matter"))
        steps.append(
            Step(
                NodeId(link.official),
                NodeId(link.acted_matter),
                "ACTED",
                Text("审批", "approved"),
                link.acted_on,
                facts=rows,
            )
        )
    return steps
