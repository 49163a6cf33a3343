"""Columns with few words: choices, yes or no, and relations to the head of a household."""

import unicodedata
from collections.abc import Mapping

import polars as pl

from graphengine.household_relation import CODE_OF
from graphengine.language import Text
from ingest.cleaning import trimmed
from ingest.kinds.kind import Demand, Kind, once

_TRUE = "true 是 1 y yes t 对 中标 有 √ 1.0"
_FALSE = "false 否 0 n no f 不是 未中标 无 × 0.0"


def plain_word(text: str) -> str:
    """Return a word as it is compared: half-width, lower case, without blanks and hyphens.

    >>> plain_word(" Beneficial-Owner ")
    'beneficial_owner'
    """
    folded = unicodedata.normalize("NFKC", text).casefold().strip()
    return (
        "".join(folded.split()).replace("-", "_")
        if not folded.isascii()
        else ("_".join(folded.replace("-", " ").replace("_", " ").split()))
    )


def _worded(name: str, title: Text, words: Mapping[str, str], code: str) -> Kind:
    known = {plain_word(word): meant for word, meant in words.items()}
    meanings = sorted(set(known.values()))

    def tidy(series: pl.Series) -> pl.Series:
        return once(trimmed(series), lambda text: known.get(plain_word(text), text))

    return Kind(name, title, tidy, (Demand(code, lambda text: text.is_in(meanings)),))


def choice(words: str) -> Kind:
    """Return a choice; `words` lists each canonical word with its synonyms, `;` between choices.

    >>> choice("active 正常; moved 迁出").tidy(pl.Series(["迁出", " Active"])).to_list()
    ['moved', 'active']
    """
    rows = [row.split() for row in words.split(";")]
    meant = {word: row[0] for row in rows for word in row}
    title = Text(
        "、".join(row[min(1, len(row) - 1)] for row in rows), ", ".join(r[0] for r in rows)
    )
    return _worded("choice", title, meant, "choice.unknown")


def _flag() -> Kind:
    words = dict.fromkeys(_TRUE.split(), "true") | dict.fromkeys(_FALSE.split(), "false")
    kind = _worded("flag", Text("是或否", "yes or no"), words, "choice.unknown")
    return Kind(
        kind.name,
        kind.title,
        kind.tidy,
        kind.demands,
        pl.Boolean(),
        lambda series: series == "true",
    )


FLAG = _flag()
HOUSEHOLD_RELATION = _worded(
    "relation", Text("与户主关系（GB/T 4761）", "relation to head (GB/T 4761)"), CODE_OF,
    "relation.unknown",
)  # fmt: skip
