"""What is compared, at which levels, and how each level is said: the model's vocabulary.

A level's prior gives its share among true pairs (m) and among others of the same name (u), in
pseudo-counts: data outweigh it where there are any. Levels are listed from the strongest to the
weakest; the last one of a two-sided comparison is "else", others stay silent where nothing agrees.
"""

from typing import Final

from graphengine.language import Text
from ingest.resolve.comparison import Comparison, Level, agreeing, common, lacking

NAME: Final = Comparison(
    "name",
    "name_l IS NULL AND surname_l IS NULL",
    (
        Level(
            "same",
            "name_l = name_r",
            0.95,
            0.0002,
            Text("姓名相同（登记在册同名者 {n} 人）", "the same name (borne by {n} on file)"),
        ),
        Level(
            "sound",
            "sound_l = sound_r",
            0.025,
            0.0004,
            Text("姓名读音相近", "the names sound alike"),
        ),
        Level(
            "shape",
            "shape_l = shape_r",
            0.008,
            0.0004,
            Text("姓名字形相近", "the names look alike"),
        ),
        Level(
            "one off",
            "length(name_l) = length(name_r) AND length(name_l) > 2 AND surname_l = surname_r AND "
            "(left(given_l, 1) = left(given_r, 1) OR right(given_l, 1) = right(given_r, 1))",
            0.012,
            0.06,
            Text("姓名有一字不同", "one character of the name differs"),
        ),
        Level(
            "surname",
            "given_l IS NULL AND surname_l = surname_r",
            0.006,
            0.15,
            Text("只写了姓，姓氏相同", "only the surname is given, and it is the same"),
        ),
        Level("other", "ELSE", 0.002, 0.79, Text("姓名不同", "the names differ")),
    ),
)
"""Names that are the same, sound or look alike weigh as much as they are rare in the data."""

_PHONES: Final = Comparison(
    "phones",
    lacking("phones_l", "phones_r"),
    (
        Level(
            "shared",
            common("phones", "phones"),
            0.5,
            0.002,
            Text("电话相同", "the same telephone"),
        ),
        Level("other", "ELSE", 0.5, 0.998, Text("电话不同", "other telephones")),
    ),
)
_ACCOUNTS: Final = Comparison(
    "accounts",
    lacking("accounts_l", "accounts_r"),
    (
        Level(
            "shared",
            common("accounts", "accounts"),
            0.9,
            0.002,
            Text(
                "此人的补贴或工资发到该账户", "the account receives the person's benefits or wages"
            ),
        ),
        Level(
            "other",
            "ELSE",
            0.1,
            0.998,
            Text("此人的补贴或工资发到别的账户", "other accounts receive the benefits or wages"),
        ),
    ),
)
_PEOPLE: Final = Comparison(
    "people",
    lacking("people_l", "people_r"),
    (
        Level(
            "several",
            "len(list_intersect(people_l, people_r)) > 1",
            0.25,
            0.001,
            Text(
                "与其多名家人有往来或一同登记", "deals or is registered with several of the family"
            ),
        ),
        Level(
            "one",
            common("people", "people"),
            0.35,
            0.005,
            Text("与其一名家人有往来或一同登记", "deals or is registered with one of the family"),
        ),
        Level(
            "none",
            "ELSE",
            0.4,
            0.994,
            Text("往来对象中没有其家人", "none of the family among those dealt with"),
        ),
    ),
)
_PLACE: Final = Comparison(
    "place",
    lacking("towns_l", "towns_r"),
    (
        Level(
            "village", common("villages", "villages"), 0.7, 0.08, Text("同村", "the same village")
        ),
        Level("town", common("towns", "towns"), 0.2, 0.12, Text("同乡镇", "the same township")),
        Level("elsewhere", "ELSE", 0.1, 0.8, Text("不在一地", "another place")),
    ),
)
_HOMES: Final = Comparison(
    "homes",
    lacking("homes_l", "villages_r"),
    (
        Level(
            "mostly",
            common("haunts", "villages"),
            0.7,
            0.08,
            Text("主要与同村人往来", "deals mostly with people of the same village"),
        ),
        Level(
            "some",
            common("homes", "villages"),
            0.1,
            0.04,
            Text("与同村人有往来", "deals with some people of the same village"),
        ),
        Level(
            "elsewhere",
            "ELSE",
            0.2,
            0.88,
            Text("往来对象都不在其村", "deals with nobody of that village"),
        ),
    ),
)
_ADDRESS: Final = Comparison(
    "address",
    "NOT coalesce(list_has_any(groups_l, groups_r), false)",
    (
        Level(
            "house",
            common("houses", "houses"),
            0.1,
            0.001,
            Text("同一门牌", "the same house"),
        ),
        Level(
            "group",
            common("groups", "groups"),
            0.1,
            0.02,
            Text("同村同组", "the same group of the village"),
        ),
    ),
    one_sided=True,
)
_LIFE: Final = Comparison(
    "life",
    lacking("since_l", "born_r"),
    (
        Level(
            "living",
            "coalesce(died_r > until_l, true) AND born_r <= since_l - INTERVAL 16 YEAR",
            0.97,
            0.7,
            Text("当时在世且已成年", "alive and grown up at the time"),
        ),
        Level(
            "child",
            "born_r > since_l - INTERVAL 16 YEAR",
            0.01,
            0.15,
            Text("当时未满十六岁或尚未出生", "under sixteen or not yet born at the time"),
        ),
        Level(
            "died", "died_r >= since_l", 0.015, 0.05, Text("其间去世", "died in the course of it")
        ),
        Level("dead", "ELSE", 0.005, 0.1, Text("此前已去世", "dead before that")),
    ),
)
_FIRMS: Final = agreeing(
    "firms",
    (0.5, 0.0005),
    Text("在同一企业持股、任职或工作", "holds shares, a post or a job in the same company"),
)
_PAID: Final = agreeing(
    "paid", (0.3, 0.002), Text("收过该企业的款", "was paid by the company"), "holders"
)
_MATTERS: Final = agreeing(
    "matters", (0.5, 0.0005), Text("是同一事项的对象", "is the subject of the same matter")
)
_OFFICES: Final = agreeing(
    "offices", (0.2, 0.004), Text("在付款单位所在地任职", "holds a post where the paying body is")
)
_HOLDERS: Final = agreeing(
    "holders", (0.9, 0.0002), Text("当时在当地担任该职务", "held that post there at the time")
)

ORGANISATION_NAME: Final = Comparison(
    "name",
    "plain_l IS NULL",
    (
        Level(
            "same",
            "plain_l = plain_r",
            0.95,
            0.0005,
            Text("名称相同（登记在册同名者 {n} 家）", "the same name (borne by {n} on file)"),
        ),
        Level(
            "bare",
            "bare_l = bare_r",
            0.012,
            0.0005,
            Text("除企业类型外名称相同", "the same name but for the legal form"),
        ),
        Level(
            "core",
            "core_l = core_r",
            0.012,
            0.001,
            Text("除地区和企业类型外名称相同", "the same name but for place and legal form"),
        ),
        Level(
            "sound",
            "sound_l = sound_r",
            0.012,
            0.0005,
            Text("名称读音相同", "the names sound the same"),
        ),
        Level(
            "one off",
            "length(bare_l) > 4 AND levenshtein(bare_l, bare_r) = 1",
            0.01,
            0.002,
            Text("名称有一字不同", "one character of the name differs"),
        ),
        Level("other", "ELSE", 0.004, 0.99, Text("名称不同", "the names differ")),
    ),
)
_CONTRACTS: Final = agreeing(
    "contracts",
    (0.3, 0.005),
    Text("付款所依合同由其承揽或投标", "won or bid for the contract that is paid"),
)
_SEATS: Final = agreeing("seats", (0.5, 0.01), Text("在同一区划", "in the same division"))

COMPARISONS: Final[dict[str, tuple[Comparison, ...]]] = {
    "firm": (NAME, _LIFE, _PHONES, _ADDRESS, _PEOPLE, _FIRMS, _PAID, _PLACE),
    "account": (NAME, _LIFE, _ACCOUNTS, _PEOPLE, _FIRMS, _MATTERS, _OFFICES, _PLACE, _HOMES),
    "relative": (NAME, _PHONES, _PEOPLE, _FIRMS, _HOMES),
    "report": (NAME, _LIFE, _FIRMS, _HOLDERS, _PLACE),
    "organisation": (ORGANISATION_NAME, _CONTRACTS, _SEATS),
}
"""What is compared for each kind of mention."""
