"""What firms do and what public bodies buy: trades, categories of contracts, sizes and words."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Trade(StrEnum):
    """Lines of business; the value is how a firm's name says it."""

    BUILDING = "建筑工程有限公司"
    ROADS = "市政工程有限公司"
    WATER = "水利工程有限公司"
    GARDENS = "园林绿化有限公司"
    POWER = "照明电器有限公司"
    MATERIALS = "建材有限公司"
    SHOP = "超市"
    CATERING = "餐饮服务部"
    FARMING = "农机专业合作社"
    PRINTING = "广告印务部"
    OFFICE = "办公用品经营部"
    LABOUR = "劳务有限公司"
    HAULAGE = "运输有限公司"
    TRADING = "商贸有限公司"
    ADVICE = "咨询服务有限公司"
    AGENT = "招标代理有限公司"
    HOLDING = "投资有限公司"


@dataclass(frozen=True, slots=True)
class Category:
    """One kind of contract: who can do it, its usual size in yuan and its spread (log scale)."""

    name: str
    title: str
    trades: tuple[Trade, ...]
    median: float
    sigma: float
    weight: float


_WORKS: Final = (Trade.BUILDING, Trade.ROADS)
CATEGORIES: Final = (
    Category("道路", "{group}组道路硬化", _WORKS, 165_000, 0.7, 0.10),
    Category("水渠", "水渠清淤与衬砌", (Trade.WATER, Trade.BUILDING), 72_000, 0.8, 0.10),
    Category("房屋", "村部修缮", (Trade.BUILDING,), 58_000, 0.8, 0.06),
    Category("绿化", "村庄绿化", (Trade.GARDENS,), 46_000, 0.7, 0.07),
    Category("路灯", "路灯安装与维护", (Trade.POWER,), 38_000, 0.7, 0.06),
    Category("保洁", "{group}组垃圾清运", (Trade.LABOUR, Trade.HAULAGE), 18_000, 0.6, 0.10),
    Category("农资", "农资与农机服务", (Trade.FARMING, Trade.SHOP), 11_000, 0.8, 0.12),
    Category("材料", "砂石水泥采购", (Trade.MATERIALS,), 13_000, 0.8, 0.12),
    Category("办公", "办公用品采购", (Trade.OFFICE, Trade.SHOP), 3_200, 0.7, 0.11),
    Category("宣传", "宣传栏与印刷", (Trade.PRINTING,), 3_800, 0.7, 0.09),
    Category("慰问", "节日慰问品采购", (Trade.SHOP, Trade.TRADING), 5_600, 0.6, 0.07),
)

WEIGHTS: Final[dict[Trade, float]] = {
    Trade.BUILDING: 0.13,
    Trade.ROADS: 0.07,
    Trade.WATER: 0.05,
    Trade.GARDENS: 0.05,
    Trade.POWER: 0.04,
    Trade.MATERIALS: 0.09,
    Trade.SHOP: 0.15,
    Trade.CATERING: 0.07,
    Trade.FARMING: 0.08,
    Trade.PRINTING: 0.04,
    Trade.OFFICE: 0.05,
    Trade.LABOUR: 0.05,
    Trade.HAULAGE: 0.04,
    Trade.TRADING: 0.06,
    Trade.ADVICE: 0.03,
}
SMALL: Final = frozenset({Trade.SHOP, Trade.CATERING, Trade.PRINTING, Trade.OFFICE, Trade.FARMING})
SHELLS: Final = (Trade.TRADING, Trade.ADVICE, Trade.LABOUR, Trade.MATERIALS)
NAME_FIRST: Final = "宏鑫恒盛兴金永泰华安顺瑞福祥德昌远润万康丰源诚信达隆富锦嘉禾茂亿通"
NAME_SECOND: Final = "源盛达泰隆发顺和昌鑫茂丰腾升旺辉诚利益荣泽宇翔鸿运宝成卓立业邦尚"


def categories_for(trade: Trade) -> tuple[int, ...]:
    """Return the numbers of the categories that a trade can serve."""
    return tuple(i for i, c in enumerate(CATEGORIES) if trade in c.trades)
