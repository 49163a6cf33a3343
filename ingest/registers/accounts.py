"""账户: one row per bank account."""

from ingest.kinds import ACCOUNT, DATE, NAME, PARTY, PHONE, TEXT
from ingest.register import Register, column


class Accounts(Register):
    """One row per bank account."""

    _aliases = ("账户", "银行账户")

    account_no: str = column(ACCOUNT, "账号", required=True)
    holder_id: str = column(PARTY, "证件号", "证件号码", required=True)
    holder_name: str = column(NAME, "户名", required=True)
    bank: str = column(TEXT, "开户行")
    opened_on: str = column(DATE, "开户日期")
    phone: str = column(PHONE, "预留手机号", "手机号")
