"""Persons' names as offices write them: plain form, surname and given name, a title instead."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final, Literal

import polars as pl

from ingest.resolve.lookalikes import shape_key, standard_form
from ingest.resolve.sounds import sound_key

NameKind = Literal["person", "organisation"]
Role = Literal[
    "secretary", "village_director", "accountant", "member", "group_leader", "township_head",
    "deputy", "supervisor", "office_head", "women",
]  # fmt: skip

_DOUBLE: Final = frozenset(
    [
        "欧阳",
        "司马",
        "上官",
        "诸葛",
        "东方",
        "皇甫",
        "尉迟",
        "公孙",
        "慕容",
        "令狐",
        "司徒",
        "夏侯",
        "端木",
        "长孙",
        "宇文",
        "轩辕",
        "南宫",
        "独孤",
        "呼延",
        "申屠",
        "淳于",
        "太史",
        "钟离",
        "闻人",
        "赫连",
        "澹台",
        "公冶",
        "宗政",
        "濮阳",
        "单于",
        "公羊",
        "万俟",
        "拓跋",
        "百里",
        "东郭",
        "西门",
        "第五",
        "鲜于",
        "司空",
        "司寇",
        "完颜",
        "纳兰",
        "叶赫",
        "张简",
        "范姜",
    ]
)
_TITLES: Final[tuple[tuple[str, Role], ...]] = (
    ("监督委员会主任", "supervisor"), ("监委会主任", "supervisor"), ("监委主任", "supervisor"),
    ("村委会主任", "village_director"), ("居委会主任", "village_director"),
    ("妇女主任", "women"), ("妇联主席", "women"), ("副书记", "deputy"), ("副主任", "deputy"),
    ("支部书记", "secretary"), ("村支书", "secretary"), ("支书", "secretary"),
    ("书记", "secretary"), ("村主任", "village_director"), ("村长", "village_director"),
    ("主任", "village_director"), ("会计", "accountant"), ("出纳", "accountant"),
    ("文书", "accountant"), ("委员", "member"), ("组长", "group_leader"),
    ("队长", "group_leader"), ("副镇长", "deputy"), ("副乡长", "deputy"), ("镇长", "township_head"),
    ("乡长", "township_head"), ("局长", "office_head"), ("所长", "office_head"),
    ("站长", "office_head"),
)  # fmt: skip
_ROLES: Final = dict(_TITLES)
_TITLED: Final = re.compile(rf"^(.{{1,4}}?)({'|'.join(_ROLES)})$")
ROLE_POSTS: Final[dict[Role, str]] = {
    "secretary": "书记", "township_head": "^镇长|^乡长|街道办事处主任",
    "village_director": "村民委员会主任|村委会主任|村主任|居民委员会主任|办主任",
    "accountant": "会计|报账|出纳|文书|财务", "member": "委员", "group_leader": "组长|队长",
    "deputy": "副", "supervisor": "监督|监委",
    "office_head": "局长|所长|站长|科长", "women": "妇女|妇联",
}  # fmt: skip
"""For every role the posts of the officials' register that it may mean, as a pattern."""

_ASIDE: Final = re.compile(r"[(（\[【][^)）\]】]*[)）\]】]")
_MARKS: Final = re.compile(r"[\s·•・．.,，、'\"`_\-]+")
_HAN: Final = re.compile(r"^[\u3400-\u9fff々〇]+$")
_NEAT: Final = re.compile(r"^[\u4e00-\u9fff]+$")
_MASK: Final = re.compile(r"[*＊xX×某○●?？]")
_BODY_WORDS: Final = re.compile(
    r"公司|厂|店|部$|行$|社$|中心|委员会|政府|局$|所$|站$|院$|学校|小学|中学|大学|协会|合作|集团|银行|"
    r"工程|队$|场$|馆$|处$|工作室|企业|经营|农场|加工|商行|超市|酒楼|饭店|股份|有限|会$|办$|厅$|"
    r"株式|有限会社|Ltd|Co\b|Inc",
)
_LONGEST: Final = 4


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name taken apart; `given` is empty where only a surname (and perhaps a role) is known."""

    plain: str
    surname: str
    given: str
    role: Role | None = None


def plain_name(written: str) -> str:
    """Return a name half-width, in standard characters, without blanks, marks and asides.

    >>> plain_name(" 陳　志遠（已故）")
    '陈志远'
    """
    if _NEAT.match(written):
        return standard_form(written)
    folded = _ASIDE.sub("", unicodedata.normalize("NFKC", written))
    return standard_form(_MARKS.sub("", folded))


def kind_of(written: str) -> NameKind:
    """Tell a person's name from that of a company or public body by its form alone.

    >>> kind_of("陈志远"), kind_of("柳湾村村民委员会"), kind_of("陈书记")
    ('person', 'organisation', 'person')
    """
    plain = plain_name(written)
    if not _HAN.match(_MASK.sub("", plain) or plain):
        return "organisation"
    if _titled(plain)[1] is not None and len(plain) <= _LONGEST + 3:
        return "person"
    if len(plain) > _LONGEST and "·" not in written and plain[:2] not in _DOUBLE:
        return "organisation"
    return "organisation" if len(plain) > 2 and _BODY_WORDS.search(plain) else "person"  # noqa: PLR2004 - a surname and a word


def _titled(plain: str) -> tuple[str, Role | None]:
    """Return what stands before a title, and the title's role."""
    found = _TITLED.match(plain)
    return (found[1], _ROLES[found[2]]) if found else (plain, None)


def person_name(written: str) -> PersonName:
    """Take a person's name apart.

    >>> person_name("陈书记")
    PersonName(plain='陈', surname='陈', given='', role='secretary')
    >>> person_name("欧阳志远").surname
    '欧阳'
    """
    plain, role = _titled(plain_name(written))
    if plain[:1] in ("老", "小", "阿") and len(plain) == 2:  # noqa: PLR2004 - 老陈, 小陈
        plain = plain[1:]
    double = plain[:2] in _DOUBLE and (len(plain) > 2 or role is not None)  # noqa: PLR2004 - 东方 may be a full name
    length = 2 if double else 1
    surname, given = plain[:length], plain[length:]
    if _MASK.search(given):
        given = ""
    return PersonName(surname + given, surname, given, role)


def name_table(names: pl.Series) -> pl.DataFrame:
    """Return one row per distinct written name, sorted: its kind, parts and keys.

    Columns: written, kind, plain, name, surname, given, role, sound, shape; the parts from `name`
    on are null for organisations (see `ingest.resolve.company_names`).
    """
    distinct = names.drop_nulls().unique().sort()
    rows = [_row(written) for written in distinct]
    return pl.DataFrame(rows, schema=dict.fromkeys(_COLUMNS, pl.String), orient="row")


_COLUMNS: Final = ("written", "kind", "plain", "name", "surname", "given", "role", "sound", "shape")


def _row(written: str) -> tuple[str | None, ...]:
    kind, plain = kind_of(written), plain_name(written).casefold()
    if kind == "organisation":
        return (written, kind, plain, None, None, None, None, None, None)
    name = person_name(written)
    if not name.given or name.surname == "某":
        return (written, kind, plain, None, name.surname, None, name.role, None, None)
    return (
        written, kind, plain, name.plain, name.surname, name.given, name.role,
        sound_key(name.plain), shape_key(name.plain),
    )  # fmt: skip
