"""附件: one row per attached document."""

from ingest.kinds import CODE, MOMENT, TEXT, choice
from ingest.register import Register, column


class Documents(Register):
    """One row per attached document."""

    _aliases = ("附件", "附件清单")

    document_id: str = column(CODE, "附件编号", "文档编号", required=True)
    matter_id: str = column(CODE, "事项编号")
    contract_id: str = column(CODE, "合同编号")
    kind: str = column(
        choice("minutes 会议记录; quotation 报价单; acceptance 验收单; other 其他"), "种类", "类别"
    )
    text: str = column(TEXT, "内容")
    sha256: str = column(CODE, "摘要值")
    created_at: str = column(MOMENT, "形成时间")
