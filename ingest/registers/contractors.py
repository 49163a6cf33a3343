"""承包商: one row per company."""

from ingest.kinds import COMPANY_CODE, DATE, MONEY, NAME, PHONE, RESIDENT_ID, TEXT, WHOLE, choice
from ingest.register import Register, column


class Contractors(Register):
    """One row per company."""

    _aliases = ("承包商", "企业名录")

    company_id: str = column(COMPANY_CODE, "统一社会信用代码", "社会信用代码", required=True)
    name: str = column(NAME, "企业名称", "公司名称", required=True)
    legal_rep_name: str = column(NAME, "法定代表人", "法定代表人姓名", required=True)
    legal_rep_id: str = column(RESIDENT_ID, "法定代表人身份证号")
    registered_on: str = column(DATE, "成立日期", required=True)
    capital: str = column(MONEY, "注册资本")
    employees: str = column(WHOLE, "参保人数")
    address: str = column(TEXT, "地址", "住所")
    phone: str = column(PHONE, "电话", "联系电话", "手机号")
    status: str = column(choice("active 存续 在业 开业; revoked 吊销; cancelled 注销"), "登记状态")
