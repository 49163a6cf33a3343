"""The small parts: words, clusters of bidders, the grouping of links, dossiers."""

from dataclasses import replace
from datetime import date

import pytest

from graphengine.language import Text
from queries.kin.dossier import Dossier
from queries.kin.links import Link
from queries.kin.market import clusters
from queries.kin.schemes import is_cleared, schemes
from queries.kin.words import term, tie

LINK = Link(
    contract="contract:1", firm="company:f", division="v", signed_on=date(2023, 4, 1), amount=100,
    method="direct", category=None, contract_records=(1,), official="person:o", post="post:1",
    role="secretary", level="village", post_records=(2,), acted_matter=None, acted_on=None,
    acted_records=(), recorded=True, kin="person:k", official_sex="M", kin_sex="M",
    relation="D", degree=1, declared=False, kin_records=(3,), kin_via=(), how="represents",
    place=1, share=None, via=(), partner=None, stake_records=(4,), held_since=None,
)  # fmt: skip


@pytest.mark.parametrize(
    ("word", "sex", "english", "chinese"),
    [
        ("D", "M", "son", "儿子"),
        ("DS", "F", "daughter-in-law", "儿媳"),
        ("SUD", "M", "spouse's brother", "配偶的兄弟"),
        ("UUUDDD", "M", "relative", "亲属"),
    ],
)
def test_kin_words_are_said_plainly(word: str, sex: str, english: str, chinese: str) -> None:
    assert term(word, sex) == Text(chinese, english)


def test_the_arrow_says_what_the_source_is_to_the_target() -> None:
    assert tie("DS", "F").en == "mother-in-law of"
    assert tie("UDD", "M").en == "uncle of"


def test_related_bidders_count_once() -> None:
    bidders = {"a": ["b"], "b": ["a", "c"], "c": ["b"], "d": [], "e": []}
    assert clusters(bidders) == 3


def test_one_firm_and_kin_in_common_is_one_scheme() -> None:
    deputy = replace(LINK, official="person:p", role="deputy", relation="UDD", degree=3)
    found = schemes([LINK, deputy], {})
    assert len(found) == 1
    assert found[0].official == "person:o"
    assert [x.official for x in found[0].others] == ["person:p"]


def test_officials_with_other_kin_are_other_schemes() -> None:
    other = replace(LINK, official="person:p", kin="person:q")
    assert len(schemes([LINK, other], {})) == 2


def test_a_weak_tie_is_silent_beside_a_firm_one() -> None:
    weak = replace(LINK, official="person:p", kin="person:q", how="phone", place=6)
    assert [s.official for s in schemes([LINK, weak], {})] == ["person:o"]
    assert [s.is_weak for s in schemes([weak], {})] == [True]


@pytest.mark.parametrize(
    ("changed", "bidders", "cleared"),
    [
        ({"method": "open"}, 3, True),
        ({"method": "open"}, 2, False),
        ({"method": "direct"}, 5, False),
        ({"method": "open", "acted_matter": "matter:1"}, 5, False),
        ({"method": "open", "recorded": False}, 5, False),
    ],
)
def test_what_clears_an_open_tender(
    changed: dict[str, object], bidders: int, *, cleared: bool
) -> None:
    link = replace(LINK, **changed)  # type: ignore[arg-type] # fields of a link
    assert is_cleared(link, {"contract:1": bidders}) is cleared
    assert len(schemes([link], {"contract:1": bidders})) == (not cleared)


def test_a_row_is_cited_once_with_its_first_reading() -> None:
    dossier = Dossier()
    assert dossier.cite([7, 8], Text("甲", "a")) == (0, 1)
    assert dossier.cite([8, 9, 9], Text("乙", "b")) == (1, 2)
    assert [f.what.en for f in dossier.facts] == ["a", "a", "b"]
