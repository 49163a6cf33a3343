"""补贴发放: one row per payout to a person."""

from ingest.kinds import ACCOUNT, CODE, DIVISION, MONEY, NAME, PERIOD, RESIDENT_ID, TEXT
from ingest.register import Register, column


class Benefits(Register):
    """One row per payout to a person."""

    _aliases = ("补贴发放", "补贴")

    programme: str = column(TEXT, "补贴项目", "项目资金", required=True)
    person_id: str = column(RESIDENT_ID, "身份证号", "公民身份号码", "身份证号码", required=True)
    name: str = column(NAME, "姓名", required=True)
    household_id: str = column(CODE, "户号")
    division_code: str = column(DIVISION, "行政区划代码", "区划代码", required=True)
    period: str = column(PERIOD, "发放期", required=True)
    amount: str = column(MONEY, "金额", "发放金额", required=True)
    account_no: str = column(ACCOUNT, "账号")
    matter_id: str = column(CODE, "事项编号")
