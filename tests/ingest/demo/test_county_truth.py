"""What was planted is there: every shape, with evidence that the registers hold."""

from collections import Counter
from datetime import datetime
from itertools import pairwise

import polars as pl

from ingest.demo.county import plan_for, write_county
from ingest.demo.decoys.plan import KINDS
from ingest.demo.schemes import circular_flow, kin_benefit, kin_contract
from tests.ingest.demo.paper import Paper

SHAPES = {
    "kin-contract": set(kin_contract.SHAPES),
    "circular-flow": set(circular_flow.SHAPES),
    "kin-benefit": set(kin_benefit.SHAPES),
    "elite-capture": {"lineage"},
}


def test_every_shape_is_present_and_half_of_the_villages_are_clean(county: Paper) -> None:
    schemes = county.truth["schemes"]
    assert 60 <= len(schemes) <= 95
    for rule, shapes in SHAPES.items():
        assert {s["shape"] for s in schemes if s["rule"] == rule} == shapes
    crooked = {s["division"] for s in schemes}
    assert 13 <= len(crooked) <= 17
    assert crooked <= set(county.truth["villages"])


def test_every_kind_of_decoy_is_present(county: Paper) -> None:
    decoys = county.truth["decoys"]
    assert 60 <= len(decoys) <= 95
    assert {d["kind"] for d in decoys} == {*KINDS, "single-surname"}
    assert all(d["why"]["zh"] and d["why"]["en"] for d in decoys)


def test_evidence_and_subjects_exist(county: Paper) -> None:
    known = county.values("contracts", "contract_id") | county.values("payments", "payment_id")
    persons = county.values("households", "person_id") | county.values("accounts", "holder_id")
    persons |= county.values("shareholders", "holder_id")
    everybody = persons | county.values("contractors", "company_id")
    for planted in (*county.truth["schemes"], *county.truth["decoys"]):
        assert set(planted["evidence"]) <= known
        assert planted["subjects"]
        assert set(planted["subjects"]) <= everybody
    for scheme in county.truth["schemes"]:
        assert scheme["evidence"]
        assert scheme["start"] <= scheme["end"]
        assert float(scheme["amount"]) > 0
        assert scheme["official"] in scheme["subjects"]


def test_circular_flows_keep_time_and_amount(county: Paper) -> None:
    paid = {r["payment_id"]: r for r in county.register("payments").to_dicts()}
    flows = [s for s in county.truth["schemes"] if s["rule"] == "circular-flow"]
    once = 0
    for scheme in flows:
        rows = [paid[i] for i in scheme["evidence"]]
        if scheme["shape"] == "small":
            assert all(float(r["amount"]) < 30_000 for r in rows)
        if sum(r["contract_id"] is not None for r in rows) > 1:
            continue  # two rounds may overlap in time
        once += 1
        assert rows[0]["contract_id"]
        for first, second in pairwise(rows):
            assert first["payee_account"] == second["payer_account"]
            assert first["paid_at"] < second["paid_at"]
            assert 0.849 <= float(second["amount"]) / float(first["amount"]) <= 0.991
        accounts = {r[side] for r in rows for side in ("payer_account", "payee_account")}
        least, most = (5, 8) if scheme["shape"] == "long" else (3, 5)
        assert least <= len(accounts) <= most
        lasted = _moment(rows[-1]) - _moment(rows[0])
        assert lasted.days <= 31
    assert once >= len(flows) / 3


def _moment(row: dict[str, str]) -> datetime:
    return datetime.fromisoformat(row["paid_at"])


def test_kin_contracts_are_untendered_and_small_ones_are_small(county: Paper) -> None:
    contracts = {r["contract_id"]: r for r in county.register("contracts").to_dicts()}
    approved = dict(
        county.register("approvals")
        .filter((pl.col("step") == "approval") & pl.col("contract_id").is_not_null())
        .select("contract_id", "actor_id")
        .iter_rows()
    )
    by_official = Counter[bool]()
    for scheme in county.truth["schemes"]:
        if scheme["rule"] != "kin-contract":
            continue
        rows = [contracts[i] for i in scheme["evidence"]]
        assert {r["method"] for r in rows} <= {"direct", "negotiated", "small"}
        assert {r["division_code"] for r in rows} == {scheme["division"]}
        assert all(r["company_id"] in scheme["subjects"] for r in rows)
        by_official.update(approved[i] == scheme["official"] for i in scheme["evidence"])
        if scheme["shape"] == "small":
            assert len(rows) >= 3
            assert all(float(r["amount"]) < 30_000 for r in rows)
    assert by_official[True] >= 0.8 * by_official.total()


def test_favoured_kin_are_many_and_paid(county: Paper) -> None:
    favoured = [s for s in county.truth["schemes"] if s["rule"] == "kin-benefit"]
    paid = county.register("payments").filter(pl.col("programme").is_not_null())
    known = set(paid["payment_id"])
    for scheme in favoured:
        assert len(scheme["subjects"]) >= 7
        assert set(scheme["evidence"]) <= known
        assert len(scheme["evidence"]) >= 6 * 5


def test_a_clean_county_has_decoys_and_no_scheme(clean_county: Paper) -> None:
    assert clean_county.truth["schemes"] == []
    kinds = {d["kind"] for d in clean_county.truth["decoys"]}
    assert kinds == {*KINDS, "single-surname"}


def test_plans_are_independent_of_one_another(county: Paper) -> None:
    write_county(county.folder.parent / "other", plan_for("village", seed=1))
    again = county.folder.parent / "again"
    write_county(again, plan_for("county", seed=20))
    for name in ("payments.csv", "truth.json", "households.csv"):
        assert (again / name).read_bytes() == (county.folder / name).read_bytes()
