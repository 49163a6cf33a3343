"""投标: one row per bid."""

from ingest.kinds import CODE, COMPANY_CODE, FLAG, MOMENT, MONEY, PHONE
from ingest.register import Register, column


class Bids(Register):
    """One row per bid."""

    _aliases = ("投标", "投标记录")

    contract_id: str = column(CODE, "合同编号", required=True)
    company_id: str = column(COMPANY_CODE, "统一社会信用代码", "投标企业代码", required=True)
    price: str = column(MONEY, "报价", "投标报价", required=True)
    submitted_at: str = column(MOMENT, "投标时间")
    won: str = column(FLAG, "是否中标", required=True)
    contact_phone: str = column(PHONE, "联系电话", "联系人电话")
    ip: str = column(CODE, "IP地址")
    mac: str = column(CODE, "MAC地址")
