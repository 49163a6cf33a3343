"""审批记录: one row per step of a village matter."""

from ingest.kinds import CODE, DIVISION, MOMENT, MONEY, PARTY, RESIDENT_ID, TEXT, choice
from ingest.register import Register, column


class Approvals(Register):
    """One row per step of a village matter."""

    _aliases = ("审批记录", "审批")

    matter_id: str = column(CODE, "事项编号", required=True)
    matter_type: str = column(TEXT, "事项类型", required=True)
    step: str = column(
        choice(
            "application 申请; approval 审批; copying 抄送; implementation 实施; feedback 反馈; "
            "evaluation 评价"
        ),
        "环节",
        required=True,
    )
    acted_at: str = column(MOMENT, "办理时间", required=True)
    recorded_at: str = column(MOMENT, "录入时间")
    actor_id: str = column(RESIDENT_ID, "办理人身份证号", required=True)
    decision: str = column(
        choice("approved 同意 通过; rejected 不同意 否决; returned 退回"), "意见"
    )
    subject_id: str = column(PARTY, "对象证件号")
    contract_id: str = column(CODE, "合同编号")
    programme: str = column(TEXT, "补贴项目", "项目资金")
    amount: str = column(MONEY, "金额")
    division_code: str = column(DIVISION, "行政区划代码", "区划代码", required=True)
