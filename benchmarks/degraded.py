"""A demo county spoilt as real registers are: names misspelt, numbers missing; the truth is kept.

Of the companies 30 % lose their representative's number (`--harsh`: also the numbers of that
person's shares and posts in the company), of the payees' accounts 20 % lose their row in the
register of accounts and every number the bank states; the bank then names the holder. Printed
names are misspelt at random: 5 % in the bank's and the companies' registers, 1 % in the households.
"""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
import polars as pl

from ingest.resolve.names import plain_name
from ingest.resolve.sounds import syllable

_REPRESENTATIVES: Final = 0.30
_PAYEES: Final = 0.20
_MISSPELT: Final = 0.05
_MISSPELT_AT_HOME: Final = 0.01
_SHAPES: Final = (
    "己已 未末 晴睛 伟炜 辉晖 杨扬 芬纷 芳坊 娟捐 莲连 萍苹 宏弘 玲铃 琳林 瑜愉 瑶遥 婷停 "
    "浩皓 晨辰 宇字 博搏 萱宣 菲非 锋峰 斌彬 涛祷 磊垒 刚钢 鹏朋 财材 秀季 英莫 珍诊 妹姝 "
    "仙汕 秋愁 淑叔 凤风 梅悔 敏每 燕蒸 艳绝 霞暇 红江 丽俪 静净 洁结 倩情 颖颍 慧惠 怡恰 "
    "欣掀 雪雷 超赵 亮壳 明朋 军车"
)


@dataclass(frozen=True, slots=True)
class Truth:
    """Whom the mentions without a number mean: columns kind, anchor, plain, number."""

    mentions: pl.DataFrame


@cache
def _pool() -> dict[str, list[str]]:
    """Return the 3,755 common characters of GB 2312 by their blurred reading."""
    found: dict[str, list[str]] = {}
    for row in range(16, 56):
        for place in range(1, 95):
            try:
                character = bytes((row + 0xA0, place + 0xA0)).decode("gb2312")
            except UnicodeDecodeError:
                continue
            found.setdefault(syllable(character), []).append(character)
    return found


@cache
def _every() -> list[str]:
    return [c for group in _pool().values() for c in group]


def misspelt(name: str, rng: np.random.Generator) -> str:
    """Return the name with one slip: a homophone, a look-alike, any other character, or blanks."""
    place = int(rng.integers(0 if rng.random() < 0.1 else 1, max(len(name), 2)))  # noqa: PLR2004 - surnames are rarely misspelt
    place = min(place, len(name) - 1)
    character, slip = name[place], rng.random()
    if slip < 0.15:  # noqa: PLR2004 - blanks between the characters
        return "　".join(name) if rng.random() < 0.5 else name[:1] + " " + name[1:]  # noqa: PLR2004
    if slip < 0.35:  # noqa: PLR2004 - look-alikes
        alike = [g.replace(character, "") for g in _SHAPES.split() if character in g]
        options: Sequence[str] = alike or _pool().get(syllable(character), [])
    elif slip < 0.85:  # noqa: PLR2004 - homophones
        options = _pool().get(syllable(character), [])
    else:
        options = _every()
    options = [c for c in options if c != character] or _every()
    return name[:place] + options[int(rng.integers(len(options)))] + name[place + 1 :]


def _spoilt(names: pl.Series, rng: np.random.Generator, share: float) -> pl.Series:
    hit = rng.random(len(names)) < share
    return pl.Series(
        names.name,
        [misspelt(n, rng) if h and n else n for n, h in zip(names, hit, strict=True)],
        dtype=pl.String,
    )


def _chosen(values: pl.Series, share: float, rng: np.random.Generator) -> pl.Series:
    distinct = values.drop_nulls().unique().sort()
    return distinct.filter(pl.Series(rng.random(len(distinct)) < share))


def _truth(kind: str, rows: pl.DataFrame) -> pl.DataFrame:
    """Key rows (anchor, written, number) as mentions are keyed."""
    plain = [plain_name(w).casefold() for w in rows["written"]]
    return rows.select(
        pl.lit(kind).alias("kind"),
        "anchor",
        pl.Series("plain", plain, dtype=pl.String),
        "number",
    ).unique()


def _companies(
    contractors: pl.DataFrame, shares: pl.DataFrame, rng: np.random.Generator, *, harsh: bool
) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Hide representatives: all whom the demo leaves out, and more up to the share."""
    known = shares.select("company_id", legal_rep_name="holder_name", meant="holder_id").unique()
    told = contractors.join(
        known, on=["company_id", "legal_rep_name"], how="left", maintain_order="left"
    )
    told = told.unique("company_id", keep="first", maintain_order=True)
    number = told["legal_rep_id"].fill_null(told["meant"])
    more = max(0.0, _REPRESENTATIVES - told["legal_rep_id"].null_count() / len(told))
    hidden = pl.Series(rng.random(len(told)) < more / 0.7) | told["legal_rep_id"].is_null()
    meant = told.select("company_id").with_columns(number=number).filter(hidden)
    printed = _spoilt(told["legal_rep_name"], rng, _MISSPELT)
    made = told.drop("meant").with_columns(
        printed, legal_rep_id=pl.when(hidden).then(None).otherwise(number)
    )
    truth = [
        _truth("firm", made.filter(hidden).select(
            anchor="company_id", written="legal_rep_name").with_columns(number=meant["number"]))
    ]  # fmt: skip
    if harsh:
        gone = shares.join(
            meant.rename({"number": "holder_id"}).with_columns(gone=pl.lit(value=True)),
            on=["company_id", "holder_id"], how="left", maintain_order="left",
        )["gone"].fill_null(value=False)  # fmt: skip
        spelt = (
            shares.filter(gone)
            .select("company_id", "holder_id", "holder_name")
            .unique(maintain_order=True)
        )
        spelt = spelt.with_columns(spelt=_spoilt(spelt["holder_name"], rng, _MISSPELT))
        shares = shares.join(spelt, on=["company_id", "holder_id", "holder_name"], how="left",
                             maintain_order="left")  # fmt: skip
        truth.append(_truth("firm", shares.filter(gone).select(
            anchor="company_id", written="spelt", number="holder_id")))  # fmt: skip
        shares = shares.with_columns(
            holder_name=pl.coalesce("spelt", "holder_name"),
            holder_id=pl.when(gone).then(None).otherwise("holder_id"),
        ).drop("spelt")
    return made, shares, pl.concat(truth)


def _payees(
    payments: pl.DataFrame, accounts: pl.DataFrame, rng: np.random.Generator
) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Hide the holders of some payees' accounts; the bank prints their names."""
    private = accounts.filter(~pl.col("holder_id").str.contains("-"))
    paid = payments.select(account_no="payee_account").unique()
    chosen = _chosen(private.join(paid, on="account_no", how="semi")["account_no"], _PAYEES, rng)
    held = private.join(chosen.to_frame(), on="account_no", how="semi").sort("account_no")
    names = pl.DataFrame(
        {
            "account": private["account_no"],
            "printed": _spoilt(private["holder_name"], rng, _MISSPELT),
        }
    ).with_columns(hidden=pl.col("account").is_in(chosen.implode()))
    for side in ("payer", "payee"):
        payments = payments.join(
            names.rename({"account": f"{side}_account"}), on=f"{side}_account", how="left",
            maintain_order="left",
        )  # fmt: skip
        lost = pl.col("hidden").fill_null(value=False)
        named = pl.col(f"{side}_name").is_not_null()
        payments = payments.with_columns(
            pl.when(lost | named)
            .then(pl.coalesce("printed", f"{side}_name"))
            .alias(f"{side}_name"),
            pl.when(~lost).then(f"{side}_id").alias(f"{side}_id"),
        ).drop("printed", "hidden")
    truth = held.select(anchor="account_no", number="holder_id").join(
        names.select(anchor="account", written="printed"), on="anchor"
    )
    left = accounts.filter(~pl.col("account_no").is_in(chosen.implode()))
    return payments, left, _truth("account", truth)


def degrade(source: Path, target: Path, seed: int, *, harsh: bool = False) -> Truth:
    """Write a spoilt copy of a demo county's CSV registers; return what was hidden."""
    rng = np.random.default_rng([seed, 20_250])
    target.mkdir(parents=True)
    read = {p.stem: pl.read_csv(p, infer_schema=False) for p in sorted(source.glob("*.csv"))}
    contractors, shares, reps = _companies(
        read["contractors"], read["shareholders"], rng, harsh=harsh
    )
    payments, accounts, payees = _payees(read["payments"], read["accounts"], rng)
    homes = read["households"]
    read |= {
        "contractors": contractors,
        "shareholders": shares,
        "payments": payments,
        "accounts": accounts,
        "households": homes.with_columns(_spoilt(homes["name"], rng, _MISSPELT_AT_HOME)),
    }
    for name, rows in read.items():
        rows.write_csv(target / f"{name}.csv")
    if (source / "truth.json").exists():
        shutil.copy(source / "truth.json", target / "truth.json")
    return Truth(pl.concat([reps, payees]).sort("kind", "anchor", "plain"))
