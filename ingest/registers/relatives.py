"""亲属申报: one row per declared relative."""

from ingest.kinds import NAME, PHONE, RESIDENT_ID, TEXT
from ingest.register import Register, column


class Relatives(Register):
    """One row per declared relative."""

    _aliases = ("亲属申报", "亲属")

    person_id: str = column(
        RESIDENT_ID, "身份证号", "公民身份号码", "申报人身份证号", required=True
    )
    relation: str = column(TEXT, "关系", required=True)
    relative_id: str = column(RESIDENT_ID, "亲属身份证号")
    relative_name: str = column(NAME, "亲属姓名", required=True)
    relative_phone: str = column(PHONE, "亲属电话", "亲属手机号")
    relative_employer: str = column(TEXT, "亲属工作单位")
