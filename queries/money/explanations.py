"""Innocent explanations of a flow: their words, what they need, and the tests behind them."""

from collections.abc import Callable, Iterable

from graphengine.algo.temporal_cycles.flows import FlowBounds
from graphengine.finding import Innocent
from graphengine.language import Text
from queries.money.bookings import (
    DECISIVE,
    benefit,
    deposit_paid,
    deposit_refunded,
    lent_and_returned,
    loan_repaid,
    rent,
    wage,
)
from queries.money.chance import busy, family, habit, own_firm, standing_pay
from queries.money.flow import Flow
from queries.money.known import Known

Test = Callable[[Flow, Known, FlowBounds], tuple[bool, float]]


def explained(flow: Flow, known: Known, bounds: FlowBounds) -> tuple[Innocent, ...]:
    """Return every explanation with what its test said of this flow."""
    found = []
    for name, (text, register, test) in _EXPLANATIONS.items():
        tested = register is None or register in known.registers
        holds, effect = test(flow, known, bounds) if tested else (False, 0.0)
        found.append(Innocent(name, text, tested, holds, effect if holds else 0.0))
    return tuple(found)


def suppressed(innocents: Iterable[Innocent]) -> bool:
    """Say whether one of the explanations decides the matter."""
    return any(innocent.holds and innocent.effect <= DECISIVE for innocent in innocents)


def texts() -> tuple[Text, ...]:
    """Return the explanations in words, for the rule's card."""
    return tuple(text for text, _, _ in _EXPLANATIONS.values())


_EXPLANATIONS: dict[str, tuple[Text, str | None, Test]] = {
    "deposit-refunded": (
        Text(
            "公款是退还此前由路径上账户交入的保证金或押金（含经代理交退）",
            "the public payment gives back a deposit that an account on the route had paid in, "
            "directly or through an agent",
        ),
        None,
        deposit_refunded,
    ),
    "deposit-paid": (
        Text(
            "最后一笔是同期投标的保证金，或日后已退还的押金",
            "the last payment is a deposit: for a tender of those days, or given back later",
        ),
        None,
        deposit_paid,
    ),
    "loan-repaid": (
        Text(
            "途中一笔是归还公款到账之前收款方确实出借的款项",
            "a payment on the way repays what its payee had really lent before the public money",
        ),
        None,
        loan_repaid,
    ),
    "loan-returned": (
        Text("最后一笔借款日后已经归还", "the last payment was a loan and came back later"),
        None,
        lent_and_returned,
    ),
    "wage": (
        Text(
            "首笔或末笔是用工表所载、付给本人的工资或误工费",
            "the first or last payment is a wage of the labour register, paid to who earned it",
        ),
        "labour",
        wage,
    ),
    "benefit": (
        Text(
            "首笔是补贴发放表所载、付给本人的补贴",
            "the first payment is a benefit of the benefits register, paid to who is entitled",
        ),
        "benefits",
        benefit,
    ),
    "rent": (
        Text(
            "最后一笔是付款方承租集体资产的租金",
            "the last payment is the rent of a collective asset that its payer leases",
        ),
        "leases",
        rent,
    ),
    "habit": (
        Text(
            "最后两方之间一向有同样数额的往来，与公款无关（工资、货款、房租）",
            "the last two have always had payments of that size, public money or not "
            "(pay, trade, rent)",
        ),
        None,
        habit,
    ),
    "standing-pay": (
        Text(
            "首笔是付款单位一向付给该人的报酬，其余各次他都没有转出",
            "the first payment is what the body has always paid that person, who kept it the other "
            "times",
        ),
        None,
        standing_pay,
    ),
    "busy-payer": (
        Text(
            "途中付款方同期向许多人支付相近数额，其中一人恰在末端",
            "a payer on the way pays such sums to many; the last account may be one by chance",
        ),
        None,
        busy,
    ),
    "family": (
        Text(
            "公款直接付给该干部的家人，其后只在家人之间流转（工资、补贴等，由其他规则判断）",
            "the public payment went to the official's family itself and then stayed among them "
            "(pay or benefits: other rules judge that payment)",
        ),
        None,
        family,
    ),
    "own-firm": (
        Text(
            "最后的付款企业为收款人公开持有或任职（利润、报酬）",
            "the last payer is openly the payee's firm (profit or pay)",
        ),
        None,
        own_firm,
    ),
}
