import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from graphengine.masks import Names
from graphengine.store.masked import Mask

_LETTERS = "陈王志远 A9x^-]\\[&~|.$(*"
_NUMBER = "11010519491231002X"


@given(
    st.lists(st.text(_LETTERS, max_size=4)),
    st.lists(st.one_of(st.none(), st.text(_LETTERS, max_size=9), st.just(f"致 {_NUMBER} 先生"))),
)
def test_a_column_is_masked_as_its_values_are(names: list[str], said: list[str | None]) -> None:
    known = Names(names)
    found = Mask(known).column(pa.array(said, pa.string())).to_pylist()
    assert found == [None if text is None else known.hidden(text) for text in said]


def test_what_is_a_node_id_stays() -> None:
    ids = pa.array(["person:00ff", "person:00ff 记", None])
    assert Mask(Names(["on:00", "记账"])).column(ids).to_pylist() == [
        "person:00ff", "perso****ff 记", None,
    ]  # fmt: skip
