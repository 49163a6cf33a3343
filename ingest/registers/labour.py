"""用工表: one row per spell of paid work."""

from ingest.kinds import ACCOUNT, CODE, DATE, DIVISION, MONEY, NAME, NUMBER, RESIDENT_ID
from ingest.register import Register, column


class Labour(Register):
    """One row per spell of paid work."""

    _aliases = ("用工表", "用工")

    work_id: str = column(CODE, "用工编号", required=True)
    person_id: str = column(RESIDENT_ID, "身份证号", "公民身份号码", "身份证号码", required=True)
    name: str = column(NAME, "姓名", required=True)
    contract_id: str = column(CODE, "合同编号")
    matter_id: str = column(CODE, "事项编号")
    worked_from: str = column(DATE, "开始日期", "用工开始日期", required=True)
    worked_to: str = column(DATE, "结束日期", "用工结束日期", required=True)
    days: str = column(NUMBER, "天数", "用工天数")
    wage: str = column(MONEY, "工资", required=True)
    account_no: str = column(ACCOUNT, "账号")
    division_code: str = column(DIVISION, "行政区划代码", "区划代码", required=True)
