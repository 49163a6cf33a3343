"""Names of people: surnames by Zipf, given names by sex and decade, generation characters."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from ingest.demo.calendar import YEAR, Flags, Ints
from ingest.demo.chance import Chance, happens, weighted, zipf_weights

SURNAMES: Final = tuple(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程"
    "苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚"
    "邵万钱严覃武戴莫孔向汤"
)
_MEN: Final = (
    "福生水土根金木火财贵发祥寿长德明有春国才",
    "建国志强国平华明军民文生林德荣和新海云祥",
    "伟强军勇磊涛斌波辉鹏超杰峰刚亮飞华平明俊",
    "浩鑫宇杰俊豪凯帆昊涛博文轩翔龙超旭阳天磊",
    "轩宇涵辰泽睿晨昊博子梓浩然铭皓航恩阳霖逸",
)
_WOMEN: Final = (
    "秀英桂兰玉梅莲香花凤珍菊翠冬妹娥金春仙秋",
    "秀英桂兰玉珍凤琴美华丽萍淑红梅霞芳芬云爱",
    "芳丽敏静燕娟艳霞红萍玲娜梅琴英华洁琳倩莉",
    "婷雪欣怡佳颖慧玲琪梦洁琳倩莹露瑶敏丹思雨",
    "涵萱诗雨欣怡梓妍彤琪瑶馨菲语晨依悦可心妙",
)
_GENERATION: Final = "世代传家久诗书继远长忠厚延宗德仁义定邦昌文章兴国瑞孝友振英良"
_ALONE: Final = np.array([0.04, 0.12, 0.42, 0.30, 0.08])
"""Share of given names of a single character, per era."""

_ERAS: Final = np.array([1948, 1970, 1990, 2005])
_CHARACTERS: Final = ("", *dict.fromkeys("".join((*_MEN, *_WOMEN, _GENERATION))))
_INDEX: Final = {c: i for i, c in enumerate(_CHARACTERS)}


@dataclass(frozen=True, slots=True)
class Bearers:
    """Those who need a name: lineage -1 means that they came from elsewhere."""

    surname: Ints
    male: Flags
    born: Ints
    lineage: Ints
    generation: Ints


def drawn_surnames(rng: Chance, count: int) -> Ints:
    """Draw surnames with the weights of the country at large."""
    return weighted(rng, zipf_weights(len(SURNAMES), 0.9, 1.5), count)


def _tables() -> Ints:
    """Return character numbers by [sex, era, rank]."""
    return np.array([[[_INDEX[c] for c in era] for era in sex] for sex in (_WOMEN, _MEN)])


def drawn_names(who: Bearers, rng: Chance) -> pl.Series:
    """Return full names; men of a lineage often carry its generation's character."""
    count = len(who.born)
    era = np.searchsorted(_ERAS, 1970 + who.born / YEAR, side="right")
    tables = _tables()
    sex = who.male.astype(np.int64)
    weights = zipf_weights(tables.shape[2], 0.6)
    first = tables[sex, era, weighted(rng, weights, count)]
    last = tables[sex, era, weighted(rng, weights, count)]
    first = np.where(happens(rng, _ALONE[era], count) | (first == last), 0, first)
    custom = who.male & (who.lineage >= 0) & (era <= 2) & happens(rng, 0.45, count)  # noqa: PLR2004 -- until 1990
    rank = (who.lineage * 7 + who.generation * 3 + 5) % len(_GENERATION)
    common = np.array([_INDEX[c] for c in _GENERATION])[rank]
    first = np.where(custom & (common != last), common, first)
    surnames = pl.Series(SURNAMES, dtype=pl.String)
    characters = pl.Series(_CHARACTERS, dtype=pl.String)
    parts = (surnames.gather(who.surname), characters.gather(first), characters.gather(last))
    return parts[0] + parts[1] + parts[2]
