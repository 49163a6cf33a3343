"""Names of companies and bodies: legal forms, places and writing habits taken off.

Chinese and Japanese forms (有限公司, 株式会社, ㈱, (株)), their romanised and translated forms, and
the habits of minutes and bank slips are understood; what is left is compared by its words, each
weighing as much as it is rare.
"""

import re
import unicodedata
from collections.abc import Collection, Sequence
from typing import Final

import polars as pl

from ingest.resolve.lookalikes import standard_form
from ingest.resolve.sounds import sound_key

_HAN_FORMS: Final = re.compile(
    r"股份有限公司|有限责任公司|有限公司|股份公司|责任公司|总公司|公司$|"
    r"\((?:有限合伙|普通合伙|特殊普通合伙|个体工商户|个体|个人独资|集团)\)|个体工商户$|"
    r"株式会社|有限会社|合同会社|合资会社|合名会社|协同组合|\((?:株|有|合|资|名|协|同|企)\)|(?<=.)集团$"
)
_PLACE: Final = re.compile(
    r"^(?:[\u3400-\u9fff]{2,3}(?:省|自治区))?(?:[\u3400-\u9fff]{1,4}?市)?"
    r"(?:[\u3400-\u9fff]{1,3}?(?:县|旗|区))?(?:[\u3400-\u9fff]{1,4}?(?:镇|乡|街道))?"
)
_LATIN_FORMS: Final = re.compile(
    r"\((?:ltd|stock|with|yes|co|inc|same|corp|yk|kk|limited|work)\.?\)|"
    r"^(?:ltd|stock|co|inc|yk|kk|same|corp|corporation|company|limited|with|yes)\b[.)]*,?|"
    r"\bco\.?\s*,?\s*ltd\b\.?|[\s,](?:ltd|co|inc|corp|llc|plc|yk|kk|limited|corporation|company|"
    r"incorporated|stock)\b\.?(?=[\s,]|$)|^stock\)",
)
_JUNK: Final = re.compile(r"successful bid(?: decision)?|decision$|[?~〜\"*#]|^\W+|\W+$")
_COUNTED: Final = re.compile(
    r"^(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten)\b[.,)\s]+(?=\S)"
)
_SYMBOLS: Final = {"㈱": "(株)", "㈲": "(有)", "㈳": "(社)", "㍿": "株式会社", "㊑": "(株)"}
_BLANK: Final = re.compile(r"\s+")
_HAN: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")


def plain_organisation(written: str) -> str:
    """Return an organisation's name half-width, in standard characters and lower case.

    >>> plain_organisation("恒拓建築工程（集團）㈱")
    '恒拓建筑工程(集团)(株)'
    """
    for sign, spelt in _SYMBOLS.items():
        written = written.replace(sign, spelt)
    folded = unicodedata.normalize("NFKC", written).lower().replace("〔", "(").replace("〕", ")")
    folded = _BLANK.sub(" ", standard_form(folded)).strip()
    return folded.replace(" ", "") if _HAN.search(folded) else folded


def bare_name(written: str) -> str:
    """Return the name without its legal form and without what clerks put around it.

    >>> bare_name("榕川县隆达咨询服务有限公司"), bare_name("(株)阿部工業")
    ('榕川县隆达咨询服务', '阿部工业')
    >>> bare_name("co., ltd. abe industry "), bare_name("four (co.) haze industry")
    ('abe industry', 'haze industry')
    """
    plain = plain_organisation(written)
    if _HAN.search(plain):
        return _HAN_FORMS.sub("", plain) or plain
    left = _JUNK.sub(" ", plain)
    while True:
        stripped = _COUNTED.sub("", _LATIN_FORMS.sub(" ", left.strip()).strip(" .,;:-)("))
        stripped = _BLANK.sub(" ", _JUNK.sub(" ", stripped)).strip(" .,;:-)(")
        if stripped == left or not stripped:
            return stripped or left
        left = stripped


def core_name(written: str) -> str:
    """Return the bare name without the province, city, county and town before it.

    >>> core_name("江西省抚州市榕川县隆达咨询服务有限公司")
    '隆达咨询服务'
    """
    bare = bare_name(written)
    core = _PLACE.sub("", bare, count=1)
    return core if len(core) > 1 else bare


def organisation_table(names: pl.Series) -> pl.DataFrame:
    """Return one row per distinct name of an organisation: written, plain, bare, core, sound."""
    found = names.drop_nulls().unique().sort()
    rows = [(w, plain_organisation(w), bare_name(w), core_name(w)) for w in found]
    return pl.DataFrame(
        [(*row, sound_key(row[2]) if _HAN.search(row[2]) else row[2]) for row in rows],
        schema=dict.fromkeys(("written", "plain", "bare", "core", "sound"), pl.String),
        orient="row",
    )


def brands(bare: Sequence[str], places: Collection[str] = (), heads: int = 4) -> dict[str, str]:
    """Return the brand of every bare name in words: what is its own before the words of its trade.

    Words that follow at least `heads` different first words are words of a trade; a first word that
    is one, or a place, or shorter than three letters, names nobody alone and takes the next one
    with it. Houses of one brand are taken for one firm, as in registers that print the house that
    came to bid.

    >>> names = ["abe industry", "abe civil engineering", "tsuchiura woodworking", "tsuchiura road"]
    >>> sorted(set(brands(names, {"tsuchiura"}).values()))
    ['abe', 'tsuchiuraroad', 'tsuchiurawoodworking']
    """
    first: dict[str, set[str]] = {}
    split = {name: name.replace("(", " ").split() for name in bare}
    for words in split.values():
        for word in words[1:]:
            first.setdefault(word, set()).add(words[0])
    trades = {word for word, before in first.items() if len(before) >= heads}
    found: dict[str, str] = {}
    for name, words in split.items():
        own = 1
        while own < len(words) and (
            words[own - 1] in places or words[own - 1] in trades or len(words[own - 1]) <= _SHORT
        ):
            own += 1
        found[name] = "".join(words[:own])
    return found


_SHORT: Final = 2
