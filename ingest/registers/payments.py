"""资金流水: one row per transfer."""

import pandera.polars as pa

from ingest.kinds import ACCOUNT, CODE, DIVISION, MOMENT, NAME, PARTY, POSITIVE_MONEY, TEXT
from ingest.register import Register, column, distinct


class Payments(Register):
    """One row per transfer."""

    _aliases = ("资金流水", "付款流水", "银行流水")

    payment_id: str = column(CODE, "流水号", "交易流水号", required=True, unique=True)
    paid_at: str = column(MOMENT, "交易时间", "付款时间", required=True)
    amount: str = column(POSITIVE_MONEY, "金额", "交易金额", required=True)
    payer_account: str = column(ACCOUNT, "付款账号", required=True)
    payee_account: str = column(ACCOUNT, "收款账号", required=True)
    payer_name: str = column(NAME, "付款户名")
    payee_name: str = column(NAME, "收款户名")
    payer_id: str = column(PARTY, "付款人证件号")
    payee_id: str = column(PARTY, "收款人证件号")
    purpose: str = column(TEXT, "用途", "摘要")
    programme: str = column(TEXT, "项目资金", "补贴项目")
    contract_id: str = column(CODE, "合同编号")
    matter_id: str = column(CODE, "事项编号")
    division_code: str = column(DIVISION, "行政区划代码", "区划代码")

    _accounts_differ = pa.dataframe_check(name="account.same", title="payee_account")(
        distinct("payer_account", "payee_account")
    )
