"""Names as offices write them: persons, titles, companies."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.resolve.company_names import bare_name, brands, core_name, organisation_table
from ingest.resolve.lookalikes import shape_key, standard_form
from ingest.resolve.names import kind_of, name_table, person_name, plain_name
from ingest.resolve.sounds import sound_key

_HAN = st.text(alphabet="陈志远王李伟炜明国强芳敏娟曾单仇己已巳大太", min_size=1, max_size=5)


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("陈志远", "陈志远"),
        (" 陈　志 远 ", "陈志远"),
        ("陳志遠", "陈志远"),
        ("陈志远（已故）", "陈志远"),
        ("阿依古丽·买买提", "阿依古丽买买提"),
    ],
)
def test_blanks_variants_and_asides_do_not_matter(written: str, plain: str) -> None:
    assert plain_name(written) == plain


@pytest.mark.parametrize(
    ("written", "surname", "given", "role"),
    [
        ("陈书记", "陈", "", "secretary"),
        ("王会计", "王", "", "accountant"),
        ("欧阳主任", "欧阳", "", "village_director"),
        ("陈志远书记", "陈", "志远", "secretary"),
        ("李监委主任", "李", "", "supervisor"),
        ("老陈", "陈", "", None),
        ("张**", "张", "", None),
        ("欧阳修", "欧阳", "修", None),
        ("司马", "司", "马", None),
    ],
)
def test_a_title_leaves_the_surname_and_a_role(
    written: str, surname: str, given: str, role: str | None
) -> None:
    name = person_name(written)
    assert (name.surname, name.given, name.role) == (surname, given, role)


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("陈志远", "person"),
        ("陈书记", "person"),
        ("买买提·艾力江", "person"),
        ("欧阳正华", "person"),
        ("柳湾村村民委员会", "organisation"),
        ("榕川县财政局", "organisation"),
        ("祥泽餐饮服务部", "organisation"),
        ("恒拓公司", "organisation"),
        ("ABE Construction Ltd", "organisation"),
    ],
)
def test_persons_and_organisations_are_told_apart(written: str, kind: str) -> None:
    assert kind_of(written) == kind


@pytest.mark.parametrize(
    ("one", "other"), [("陈伟", "陈炜"), ("陈伟", "程伟"), ("曾伟", "增伟"), ("林静", "林进")]
)
def test_names_that_sound_alike_share_a_key(one: str, other: str) -> None:
    assert sound_key(one) == sound_key(other)


def test_a_surname_is_read_as_one() -> None:
    assert sound_key("单伟") == sound_key("善伟")
    assert sound_key("单伟") != sound_key("丹伟")


def test_names_that_look_alike_share_a_key() -> None:
    assert shape_key("李己明") == shape_key("李已明")
    assert shape_key("李己明") != shape_key("李己朋明")


@given(_HAN)
def test_keys_depend_on_the_plain_name_alone(name: str) -> None:
    spaced = "　".join(name)
    assert plain_name(spaced) == plain_name(name)
    assert plain_name(plain_name(name)) == plain_name(name)
    assert standard_form(standard_form(name)) == standard_form(name)


@given(st.lists(_HAN, max_size=8), st.randoms())
def test_the_table_of_names_does_not_depend_on_order(names: list[str], random: object) -> None:
    shuffled = list(names)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert name_table(pl.Series(names, dtype=pl.String)).equals(
        name_table(pl.Series(shuffled, dtype=pl.String))
    )


@pytest.mark.parametrize(
    ("written", "bare"),
    [
        ("恒拓建筑工程有限公司", "恒拓建筑工程"),
        ("恒拓建筑工程有限责任公司", "恒拓建筑工程"),
        ("恒拓建筑工程股份有限公司", "恒拓建筑工程"),
        ("恒拓建築工程（集团）有限公司", "恒拓建筑工程"),
        ("株式会社阿部工業", "阿部工业"),
        ("阿部工業㈱", "阿部工业"),
        ("（株）阿部工業", "阿部工业"),
        ("㈲池田商会", "池田商会"),
        ("(ltd.) abe industry ", "abe industry"),
        ("co., ltd. abe industry", "abe industry"),
        ("stock) crs construction ", "crs construction"),
        ("2 yk ikki", "ikki"),
        ("kurusu construction ltd.  ", "kurusu construction"),
        ("有限公司", "有限公司"),
    ],
)
def test_legal_forms_are_taken_off(written: str, bare: str) -> None:
    assert bare_name(written) == bare


def test_places_before_a_name_are_taken_off() -> None:
    assert core_name("榕川县恒拓建筑有限公司") == "恒拓建筑"
    assert core_name("恒拓建筑有限公司") == "恒拓建筑"


def test_each_organisation_stands_once_in_their_table() -> None:
    table = organisation_table(pl.Series(["恒拓建筑有限公司", "恒拓建筑有限公司", None]))
    assert table.rows() == [
        ("恒拓建筑有限公司", "恒拓建筑有限公司", "恒拓建筑", "恒拓建筑", sound_key("恒拓建筑"))
    ]


def test_houses_of_one_brand_are_one_and_places_name_nobody() -> None:
    names = ["abe industry", "abe civil", "tsuchiura wood", "tsuchiura road", "x y z", "q industry"]
    found = brands(names, {"tsuchiura"}, heads=2)
    assert found["abe industry"] == found["abe civil"]
    assert found["tsuchiura wood"] != found["tsuchiura road"]
