"""What can be wrong with a row: one table of codes with reason and remedy.

`rank` orders the problems of one row, the most basic first; its first one heads the entry.
"""

from dataclasses import dataclass

from graphengine.language import Text

_MISSING, _UNREADABLE, _UNKNOWN, _CHECK, _CROSS, _REPEATED = range(6)


@dataclass(frozen=True, slots=True)
class Problem:
    """One way in which a row breaks the contract."""

    code: str
    rank: int
    reason: Text
    remedy: Text


_AS_TEXT = Text(
    "把该列设为文本格式后重新填写并导出",
    "format the column as text, fill it in again and export it",
)
_COMPARE = Text("请对照原件更正号码", "compare it with the original and correct the number")
_DAMAGED = Text(
    "号码被电子表格当作数值，末几位已丢失",
    "a spreadsheet took the number for a figure; its last digits are lost",
)


def _problem(code: str, rank: int, reason: tuple[str, str], remedy: Text) -> Problem:
    return Problem(code, rank, Text(*reason), remedy)


_ALL = (
    _problem(
        "row.columns",
        _MISSING,
        ("列数与表头不符", "the row has other columns than the header"),
        Text("请检查分隔符和引号，或补全该行", "check delimiters and quotes, or complete the row"),
    ),
    _problem(
        "required",
        _MISSING,
        ("必填项为空", "a required cell is empty"),
        Text("请补填该项", "fill it in"),
    ),
    _problem(
        "cell.unresolved",
        _MISSING,
        (
            "更正表中的代号在本工作区找不到原值",
            "the correction sheet's token stands for no cell of this workspace",
        ),
        Text(
            "请在导出更正表的工作区读取，或填入原值",
            "ingest it into the workspace it came from, or fill in the value",
        ),
    ),
    _problem("resident_id.damaged", _UNREADABLE, (_DAMAGED.zh, _DAMAGED.en), _AS_TEXT),
    _problem("uscc.damaged", _UNREADABLE, (_DAMAGED.zh, _DAMAGED.en), _AS_TEXT),
    _problem("party.damaged", _UNREADABLE, (_DAMAGED.zh, _DAMAGED.en), _AS_TEXT),
    _problem("account.damaged", _UNREADABLE, (_DAMAGED.zh, _DAMAGED.en), _AS_TEXT),
    _problem(
        "resident_id.length",
        _UNREADABLE,
        ("身份证号应为 18 位（旧号 15 位）", "a resident ID has 18 digits (15 in old ones)"),
        _COMPARE,
    ),
    _problem(
        "resident_id.characters",
        _UNREADABLE,
        (
            "身份证号只含数字，末位可为 X",
            "a resident ID holds digits only; the last one may be X",
        ),
        _COMPARE,
    ),
    _problem(
        "uscc.length",
        _UNREADABLE,
        (
            "统一社会信用代码应为 18 位",
            "a Unified Social Credit Code has 18 characters",
        ),
        _COMPARE,
    ),
    _problem(
        "uscc.characters",
        _UNREADABLE,
        (
            "统一社会信用代码含有不用的字符（如 I、O、S、V、Z）",
            "the Unified Social Credit Code holds characters that are never used (I, O, S, V, Z)",
        ),
        _COMPARE,
    ),
    _problem(
        "party.unknown",
        _UNREADABLE,
        (
            "不是身份证号、统一社会信用代码或公共机构代码",
            "neither a resident ID, a Unified Social Credit Code nor a public-body code",
        ),
        _COMPARE,
    ),
    _problem(
        "division.characters",
        _UNREADABLE,
        ("行政区划代码只含数字", "a division code holds digits only"),
        Text("请填 12 位代码", "give the code of 12 digits"),
    ),
    _problem(
        "division.length",
        _UNREADABLE,
        (
            "行政区划代码应为 2、4、6、9 或 12 位",
            "a division code has 2, 4, 6, 9 or 12 digits",
        ),
        Text("请填 12 位代码", "give the code of 12 digits"),
    ),
    _problem(
        "date.invalid",
        _UNREADABLE,
        ("日期（时间）无法读懂或不存在", "the date (and time) is not understood or never was"),
        Text("请写成 2024-03-05 或 2024-03-05 09:30:00", "write 2024-03-05 or 2024-03-05 09:30:00"),
    ),
    _problem(
        "period.invalid",
        _UNREADABLE,
        ("发放期无法读懂", "the period is not understood"),
        Text("请写成 2024-03 或 2024", "write 2024-03 or 2024"),
    ),
    _problem(
        "money.invalid",
        _UNREADABLE,
        ("金额无法读懂，或不止两位小数", "the amount is not understood or has over two decimals"),
        Text("请写成 1234.50（元）", "write 1234.50 (yuan)"),
    ),
    _problem(
        "money.brackets",
        _UNREADABLE,
        ("括号中的金额含义不明", "an amount in brackets may or may not be negative"),
        Text("负数请写成 -1234.50", "write a negative amount as -1234.50"),
    ),
    _problem(
        "number.invalid",
        _UNREADABLE,
        ("数字无法读懂", "the number is not understood"),
        Text("请只填数字", "give digits only"),
    ),
    _problem(
        "phone.invalid",
        _UNREADABLE,
        ("电话号码无法读懂", "the telephone number is not understood"),
        Text("请只填一个号码，没有则留空", "give one number, or leave it empty"),
    ),
    _problem(
        "account.invalid",
        _UNREADABLE,
        ("账号无法读懂", "the account number is not understood"),
        Text("请填完整账号", "give the full account number"),
    ),
    _problem(
        "resident_id.birth_date",
        _UNREADABLE,
        ("身份证号中的出生日期不存在", "the resident ID holds a birth date that never was"),
        _COMPARE,
    ),
    _problem(
        "choice.unknown",
        _UNKNOWN,
        ("不在可选项之内", "none of the words to choose from"),
        Text("请改用可选项之一", "use one of the contract's words"),
    ),
    _problem(
        "relation.unknown",
        _UNKNOWN,
        ("与户主关系不在 GB/T 4761 之内", "the relation to the head is not in GB/T 4761"),
        Text("请填 GB/T 4761 的代码或名称", "give a code or term of GB/T 4761"),
    ),
    _problem(
        "money.not_positive",
        _UNKNOWN,
        ("金额应大于零", "the amount must be above zero"),
        Text(
            "冲正请按实际方向另记一笔",
            "record a reversal as a transfer in its true direction",
        ),
    ),
    _problem(
        "share.range",
        _UNKNOWN,
        ("比例应在 0 与 1 之间", "a share lies between 0 and 1"),
        Text("请写成 0.4 或 40%", "write 0.4 or 40%"),
    ),
    _problem(
        "resident_id.check_digit",
        _CHECK,
        ("身份证号校验位不符", "the resident ID's check digit does not fit"),
        _COMPARE,
    ),
    _problem(
        "uscc.check_character",
        _CHECK,
        (
            "统一社会信用代码校验位不符",
            "the Unified Social Credit Code's check character does not fit",
        ),
        _COMPARE,
    ),
    _problem(
        "date.before_start",
        _CROSS,
        ("结束日期早于开始日期", "the end date is before the start date"),
        Text("请核对两个日期", "check both dates"),
    ),
    _problem(
        "account.same",
        _CROSS,
        ("付款账号与收款账号相同", "payer and payee account are the same"),
        Text("请核对两个账号", "check both accounts"),
    ),
    _problem(
        "period.contradicts",
        _REPEATED,
        ("同一任职在另一行中的结束日期不同", "another row gives the same tenure another end"),
        Text("请核对离任日期，只保留一行", "check the end date and keep one of the rows"),
    ),
    _problem(
        "duplicate",
        _REPEATED,
        ("编号与另一行重复", "another row has the same number"),
        Text("请删去重复的一行，或更正编号", "delete the repeated row, or correct its number"),
    ),
)
PROBLEMS: dict[str, Problem] = {problem.code: problem for problem in _ALL}
BESIDE_ANOTHER = frozenset({"duplicate", "period.contradicts"})
"""Problems of a row beside another one, whose file and row the entry's `others` names."""
