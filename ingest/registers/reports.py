"""群众举报: one row per report from the public."""

from ingest.kinds import CODE, DIVISION, MOMENT, NAME, PARTY, TEXT
from ingest.register import Register, column


class Reports(Register):
    """One row per report from the public."""

    _aliases = ("群众举报", "举报")

    report_id: str = column(CODE, "举报编号", required=True)
    received_at: str = column(MOMENT, "收到时间", "举报时间", required=True)
    division_code: str = column(DIVISION, "行政区划代码", "区划代码", required=True)
    channel: str = column(TEXT, "渠道")
    text: str = column(TEXT, "内容", required=True)
    about_id: str = column(PARTY, "被反映人证件号", "被反映人身份证号")
    about_name: str = column(NAME, "被反映人姓名", "被反映人")
    contract_id: str = column(CODE, "合同编号")
    programme: str = column(TEXT, "补贴项目", "项目资金")
