"""The registers with the numbers that were found."""

from pathlib import Path

from graphengine.specimen import company_code, resident_id
from ingest.resolve.fill import fill
from ingest.resolve.resolve import resolve
from tests.ingest.resolve.records import told
from tests.ingest.resolve.test_resolve import VILLAGE


def test_found_numbers_stand_where_the_register_left_them_out(tmp_path: Path) -> None:
    connection = told(tmp_path, VILLAGE)
    before = connection.sql("SELECT count(*) FROM payments").fetchall()
    found = resolve(connection)
    fill(connection, found)
    hao = resident_id("hao", "M", 1991)
    assert connection.sql(
        f"SELECT legal_rep_id FROM contractors WHERE company_id = '{company_code('firm')}'"
    ).fetchall() == [(hao,)]
    assert connection.sql(
        "SELECT payer_id, payee_id FROM payments ORDER BY payment_id"
    ).fetchall() == [
        ("361025101201-VC", company_code("firm")),
        (resident_id("chen"), resident_id("lin", "F", 1968)),
        (resident_id("chen"), resident_id("lin", "F", 1968)),
    ]
    assert connection.sql(
        "SELECT relation, relative_id FROM relatives ORDER BY relation"
    ).fetchall() == [("儿子", hao), ("女儿", None)]
    assert connection.sql("SELECT about_id FROM reports ORDER BY report_id").fetchall() == [
        (resident_id("chen"),),
        (resident_id("former"),),
    ]
    assert connection.sql("SELECT count(*) FROM payments").fetchall() == before


def test_what_waits_for_a_person_is_not_filled_in(tmp_path: Path) -> None:
    connection = told(tmp_path, VILLAGE)
    fill(connection, resolve(connection))
    assert connection.sql(
        f"SELECT legal_rep_id FROM contractors WHERE company_id = '{company_code('two')}'"
    ).fetchall() == [(None,)]
