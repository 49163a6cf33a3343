"""GB/T 4761-2008: what a household's member is to its head, and the same for declared relatives.

Every term has a kin word: the way from the ego (the head, or the person who declares) to the member
as steps U (to a parent), D (to a child) and S (to the spouse). Codes 03 and 98 are those of the
1984 edition, which old registers still carry; the 2008 edition dropped them.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, cast

from graphengine.language import Text

Basis = Literal["blood", "adoption", "step"]
UNKNOWN = "?"
_STEP = re.compile(r"([UDS])([mf]?)([+-]?)")


@dataclass(frozen=True, slots=True)
class KinWord:
    """The way to a relative; `sexes` and `ages` have one mark a step, about the person it reaches.

    Sexes are `m`, `f` or `?`. Ages are `+` (elder), `-` (younger) or `?`: compared with the person
    of the same generation on the way there (an uncle with the parent, a cousin with the ego).
    A term that leaves adoption or step open (养子或继子) counts as step, the weaker claim.
    """

    steps: str
    sexes: str
    ages: str
    basis: Basis = "blood"

    @classmethod
    def parsed(cls, notation: str) -> "KinWord":
        """Read a notation such as `UmUDm+` (father's parent's son, elder) or `Df:adoption`.

        >>> KinWord.parsed("UmUDm+")
        KinWord(steps='UUD', sexes='m?m', ages='??+', basis='blood')
        """
        word, _, basis = notation.partition(":")
        marks = _STEP.findall(word)
        return cls(
            "".join(step for step, _, _ in marks),
            "".join(sex or UNKNOWN for _, sex, _ in marks),
            "".join(age or UNKNOWN for _, _, age in marks),
            cast("Basis", basis or "blood"),
        )


@dataclass(frozen=True, slots=True)
class HouseholdRelation:
    """One code of the standard; `word` has no steps for the head; None is no definite kin."""

    code: str
    title: Text
    synonyms: tuple[str, ...]
    word: KinWord | None


_STANDARD = """
01|self|本人||oneself
02|self|户主|户主本人|head of household
03|self|小集体户户主|集体户户主|head of a small collective household
10|S|配偶|爱人 夫妻 夫妻关系|spouse
11|Sm|夫|丈夫 老公|husband
12|Sf|妻|妻子 老婆 太太|wife
20|Dm|子|儿子 儿|son
21|Dm|独生子|独子|only son
22|Dm|长子|大儿子 大儿 长男|eldest son
23|Dm|次子|二子 二儿子 二儿|second son
24|Dm|三子|三儿子 三儿|third son
25|Dm|四子|四儿子 四儿|fourth son
26|Dm|五子|五儿子 五儿|fifth son
27|Dm:step|养子或继子|养子 继子 养儿子 继儿子|adopted son or stepson
28|DfSm|女婿|婿 姑爷 上门女婿|son-in-law
29|Dm|其他儿子|六子 七子 小儿子 幼子|other son
30|Df|女|女儿 闺女|daughter
31|Df|独生女|独女|only daughter
32|Df|长女|大女儿 大女|eldest daughter
33|Df|次女|二女 二女儿|second daughter
34|Df|三女|三女儿|third daughter
35|Df|四女|四女儿|fourth daughter
36|Df|五女|五女儿|fifth daughter
37|Df:step|养女或继女|养女 继女 养女儿 继女儿|adopted daughter or stepdaughter
38|DmSf|儿媳|儿媳妇 子媳 长媳 次媳|daughter-in-law
39|Df|其他女儿|六女 七女 小女儿 幼女|other daughter
40|DD|孙子、孙女或外孙子、外孙女|孙子女 孙辈 孙子、孙女、外孙子、外孙女|grandchild
41|DmDm|孙子|孙 孙儿 长孙 次孙|grandson (son's son)
42|DmDf|孙女|孙女儿 长孙女|granddaughter (son's daughter)
43|DfDm|外孙子|外孙 外孙儿|grandson (daughter's son)
44|DfDf|外孙女||granddaughter (daughter's daughter)
45|DDmSf|孙媳妇或外孙媳妇|孙媳妇 孙媳 外孙媳妇 外孙媳|grandson's wife
46|DDfSm|孙女婿或外孙女婿|孙女婿 孙婿 外孙女婿|granddaughter's husband
47|DDDm|曾孙子或外曾孙子|曾孙子 曾孙 重孙 重孙子 外曾孙子 曾外孙 曾孙子或曾外孙子|great-grandson
48|DDDf|曾孙女或外曾孙女|曾孙女 重孙女 外曾孙女 曾外孙女 曾孙女或曾外孙女|great-granddaughter
49|DD|其他孙子、孙女或外孙子、外孙女|其他孙辈|other grandchild
50|U|父母||parent
51|Um|父亲|父 爸爸 爸 生父|father
52|Uf|母亲|母 妈妈 妈 生母|mother
53|SmUm|公公|公爹|father-in-law (husband's father)
54|SmUf|婆婆|婆母|mother-in-law (husband's mother)
55|SfUm|岳父|丈人 老丈人|father-in-law (wife's father)
56|SfUf|岳母|丈母娘 丈母|mother-in-law (wife's mother)
57|Um:step|继父或养父|继父 养父|stepfather or adoptive father
58|Uf:step|继母或养母|继母 养母|stepmother or adoptive mother
59|U|其他父母关系|其他父母|other parent
60|UU|祖父母或外祖父母|祖父母、外祖父母|grandparent
61|UmUm|祖父|爷爷 爷|grandfather (father's father)
62|UmUf|祖母|奶奶|grandmother (father's mother)
63|UfUm|外祖父|外公 姥爷|grandfather (mother's father)
64|UfUf|外祖母|外婆 姥姥|grandmother (mother's mother)
65|SUU|配偶的祖父母或外祖父母|配偶的祖父母、外祖父母 配偶的祖父母|spouse's grandparent
66|UUUm|曾祖父|太爷爷|great-grandfather
67|UUUf|曾祖母|太奶奶|great-grandmother
68|SUUU|配偶的曾祖父母或外曾祖父母|配偶的曾祖父母、外曾祖父母|spouse's great-grandparent
69|UU|其他祖父母或外祖父母关系|其他祖父母或外祖父母|other grandparent
70|UD|兄弟姐妹|兄、弟、姐、妹 同胞|sibling
71|UDm+|兄|哥哥 哥 兄长 长兄 大哥 二哥 胞兄|elder brother
72|UDm+Sf|嫂|嫂子 嫂嫂 大嫂|elder brother's wife
73|UDm-|弟|弟弟 胞弟|younger brother
74|UDm-Sf|弟媳|弟媳妇 弟妹 弟妇|younger brother's wife
75|UDf+|姐姐|姐 姊 姊姊 大姐 胞姐|elder sister
76|UDf+Sm|姐夫|姊夫|elder sister's husband
77|UDf-|妹妹|妹 胞妹|younger sister
78|UDf-Sm|妹夫|妹婿|younger sister's husband
79|UD|其他兄弟姐妹||other sibling
80|none|其他|其他关系|other
81|UmUDm+|伯父|大伯 伯伯 伯|uncle (father's elder brother)
82|UmUDm+Sf|伯母|大娘|aunt (father's elder brother's wife)
83|UmUDm-|叔父|叔叔 叔|uncle (father's younger brother)
84|UmUDm-Sf|婶母|婶婶 婶子 叔母|aunt (father's younger brother's wife)
85|UfUDm|舅父|舅舅 舅|uncle (mother's brother)
86|UfUDmSf|舅母|舅妈|aunt (mother's brother's wife)
87|UfUDfSm|姨父|姨夫 姨丈|uncle (mother's sister's husband)
88|UfUDf|姨母|姨妈 姨|aunt (mother's sister)
89|UmUDfSm|姑父|姑夫 姑丈|uncle (father's sister's husband)
90|UmUDf|姑母|姑妈 姑姑 姑|aunt (father's sister)
91|UmUDmD|堂兄弟、堂姐妹|堂兄弟姐妹|cousin (father's brother's child)
92|UUDD|表兄弟、表姐妹|表兄弟姐妹|cousin (of another surname)
93|UDmDm|侄子|侄 侄儿|nephew (brother's son)
94|UDmDf|侄女|侄女儿|niece (brother's daughter)
95|UDfDm|外甥|外甥子 甥|nephew (sister's son)
96|UDfDf|外甥女|甥女|niece (sister's daughter)
97|none|其他亲属|亲属 亲戚 其它亲属 远亲|other relative
98|none|保姆|雇工|domestic helper
99|none|非亲属|无亲属关系 非亲 寄居人|not a relative
"""
# Terms that declarations use and the standard lacks or lumps together: code, kin word, terms.
_DECLARED = """
27|Dm:adoption|养子 养儿子
27|Dm:step|继子 继儿子
37|Df:adoption|养女 养女儿
37|Df:step|继女 继女儿
40|DmD|孙子女 孙子孙女
40|DfD|外孙子女 外孙子外孙女
45|DmDmSf|孙媳妇 孙媳
45|DfDmSf|外孙媳妇 外孙媳
46|DmDfSm|孙女婿 孙婿
46|DfDfSm|外孙女婿
50|U|父亲或母亲
57|Um:step|继父
57|Um:adoption|养父
58|Uf:step|继母
58|Uf:adoption|养母
60|UmU|祖父母
60|UfU|外祖父母
70|UDm|兄弟
70|UDf|姐妹 姊妹
91|UmUDmDm|堂兄弟
91|UmUDmDm+|堂兄 堂哥
91|UmUDmDm-|堂弟
91|UmUDmDf|堂姐妹 堂姊妹
91|UmUDmDf+|堂姐 堂姊
91|UmUDmDf-|堂妹
92|UUDDm|表兄弟
92|UUDDm+|表兄 表哥
92|UUDDm-|表弟
92|UUDDf|表姐妹 表姊妹
92|UUDDf+|表姐 表姊
92|UUDDf-|表妹
97|D|子女 儿女 孩子
97|SU|配偶的父母 配偶父母
97|SUD|配偶的兄弟姐妹 配偶兄弟姐妹
97|DS|子女的配偶 子女配偶
97|DSU|亲家 儿女亲家 子女配偶的父母
97|DSUm|亲家公 亲家翁
97|DSUf|亲家母
97|SfUDm|内兄弟 妻兄弟 舅子
97|SfUDm+|内兄 妻兄 大舅子 大舅哥 妻哥
97|SfUDm-|内弟 妻弟 小舅子
97|SfUDf|妻姐妹 姨子
97|SfUDf+|妻姐 大姨子
97|SfUDf-|妻妹 小姨子
97|SfUDfSm|连襟 襟兄 襟弟 连襟兄弟
97|SfUDmSf|内兄嫂 妻嫂 内弟媳
97|SmUDm|夫兄弟
97|SmUDm+|大伯子 夫兄
97|SmUDm-|小叔子 夫弟
97|SmUDf|夫姐妹
97|SmUDf+|大姑子 夫姐
97|SmUDf-|小姑子 夫妹
97|SmUDmSf|妯娌
97|SmUDfSm|大姑子丈夫 小姑子丈夫
97|SfUDmDm|内侄 妻侄
97|SfUDmDf|内侄女 妻侄女
97|UDmDmSf|侄媳 侄媳妇 侄儿媳妇
97|UDmDfSm|侄女婿 侄婿
97|UDfDmSf|外甥媳妇 外甥媳
97|UDfDfSm|外甥女婿
97|UDmDmDm|侄孙 侄孙子
97|UDmDmDf|侄孙女
97|UmUDmDmSf|堂嫂 堂弟媳
97|UmUDmDfSm|堂姐夫 堂妹夫
97|UUDDmSf|表嫂 表弟媳
97|UUDDfSm|表姐夫 表妹夫
97|UmUDmDmDm|堂侄 堂侄子
97|UmUDmDmDf|堂侄女
97|UmUDm|叔伯 叔叔伯伯
91|UmUDmD|叔伯兄弟姐妹
"""


def _word(notation: str) -> KinWord | None:
    return None if notation == "none" else KinWord.parsed(notation.removeprefix("self"))


def _standard(line: str) -> HouseholdRelation:
    code, notation, zh, synonyms, en = line.split("|")
    return HouseholdRelation(code, Text(zh, en), tuple(synonyms.split()), _word(notation))


RELATIONS: tuple[HouseholdRelation, ...] = tuple(map(_standard, _STANDARD.split("\n")[1:-1]))
RELATION_OF: Mapping[str, HouseholdRelation] = MappingProxyType({r.code: r for r in RELATIONS})
_DECLARED_ROWS = tuple(tuple(line.split("|")) for line in _DECLARED.split("\n")[1:-1])


def _codes() -> dict[str, str]:
    declared = {term: code for code, _, terms in _DECLARED_ROWS for term in terms.split()}
    standard = {term: r.code for r in RELATIONS for term in (r.code, r.title.zh, *r.synonyms)}
    return declared | standard


def _words() -> dict[str, KinWord | None]:
    standard = {term: r.word for r in RELATIONS for term in (r.code, r.title.zh, *r.synonyms)}
    declared = {t: _word(word) for _, word, terms in _DECLARED_ROWS for t in terms.split()}
    return standard | declared


CODE_OF: Mapping[str, str] = MappingProxyType(_codes())
"""Every code and every Chinese term to its code.

Single digits are no codes: `2` may be 子 or 户主, whose zero a spreadsheet dropped.
"""
_WORD_OF: Mapping[str, KinWord | None] = MappingProxyType(_words())


def word_of(term: str) -> KinWord | None:
    """Return the kin word of a code or Chinese term; None where it names no definite kin.

    >>> word_of("侄女婿").steps, word_of("其他亲属")
    ('UDDS', None)
    """
    return _WORD_OF.get(term.strip())
