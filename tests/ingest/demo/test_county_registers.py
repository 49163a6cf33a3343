"""What the registers of a synthetic county hold together: numbers, references, amounts."""

import polars as pl
import pytest

from graphengine.identifiers import resident_check_digit, uscc_check_character
from tests.ingest.demo.paper import Paper

_PERSON_COLUMNS = (
    ("households", "person_id"),
    ("households", "father_id"),
    ("households", "mother_id"),
    ("households", "spouse_id"),
    ("officials", "person_id"),
    ("approvals", "actor_id"),
    ("relatives", "relative_id"),
    ("holdings", "person_id"),
    ("labour", "person_id"),
    ("leases", "lessee_id"),
)


@pytest.mark.parametrize(("register", "column"), _PERSON_COLUMNS)
def test_resident_ids_are_valid(county: Paper, register: str, column: str) -> None:
    numbers = county.values(register, column)
    assert numbers
    assert all(len(n) == 18 and resident_check_digit(n[:17]) == n[17] for n in numbers)
    assert all("19000101" <= n[6:14] <= "20241231" for n in numbers)


def test_credit_codes_are_valid_and_distinct(county: Paper) -> None:
    codes = county.register("contractors")["company_id"].to_list()
    assert len(set(codes)) == len(codes)
    assert all(len(c) == 18 and uscc_check_character(c[:17]) == c[17] for c in codes)


@pytest.mark.parametrize(
    ("register", "column", "home", "key"),
    [
        ("payments", "payer_account", "accounts", "account_no"),
        ("payments", "payee_account", "accounts", "account_no"),
        ("benefits", "account_no", "accounts", "account_no"),
        ("labour", "account_no", "accounts", "account_no"),
        ("payments", "contract_id", "contracts", "contract_id"),
        ("payments", "matter_id", "approvals", "matter_id"),
        ("approvals", "contract_id", "contracts", "contract_id"),
        ("contracts", "matter_id", "approvals", "matter_id"),
        ("benefits", "matter_id", "approvals", "matter_id"),
        ("benefits", "household_id", "households", "household_id"),
        ("benefits", "person_id", "households", "person_id"),
        ("contracts", "company_id", "contractors", "company_id"),
        ("bids", "company_id", "contractors", "company_id"),
        ("bids", "contract_id", "contracts", "contract_id"),
        ("shareholders", "company_id", "contractors", "company_id"),
        ("documents", "contract_id", "contracts", "contract_id"),
        ("labour", "contract_id", "contracts", "contract_id"),
        ("reports", "contract_id", "contracts", "contract_id"),
    ],
)
def test_whatever_is_referred_to_exists(
    county: Paper, register: str, column: str, home: str, key: str
) -> None:
    named = county.values(register, column)
    assert named
    assert named <= county.values(home, key)


@pytest.mark.parametrize(
    ("register", "key"),
    [
        ("payments", "payment_id"),
        ("contracts", "contract_id"),
        ("accounts", "account_no"),
        ("households", "person_id"),
        ("contractors", "company_id"),
        ("leases", "asset_id"),
        ("documents", "document_id"),
        ("labour", "work_id"),
        ("reports", "report_id"),
    ],
)
def test_keys_are_distinct(county: Paper, register: str, key: str) -> None:
    column = county.register(register)[key]
    assert column.null_count() == 0
    assert column.n_unique() == len(column)


def test_payments_are_in_order_of_time_and_move_money(county: Paper) -> None:
    paid = county.register("payments")
    assert paid["paid_at"].is_sorted()
    assert paid["paid_at"].str.contains(r"^202[234]-\d\d-\d\d \d\d:\d\d:\d\d$").all()
    assert paid["amount"].str.contains(r"^\d+\.\d\d$").all()
    assert (paid["amount"].cast(pl.Float64) > 0).all()
    assert (paid["payer_account"] != paid["payee_account"]).all()


def test_every_benefit_is_paid_by_one_payment_of_the_county(county: Paper) -> None:
    key = ["programme", "amount", "account_no"]
    granted = county.register("benefits").select(key)
    finance = county.register("accounts").filter(pl.col("holder_id") == "361025000000-FB")[
        "account_no"
    ]
    paid = county.register("payments").filter(pl.col("programme").is_not_null())
    assert set(paid["payer_account"]) == set(finance)
    paid = paid.rename({"payee_account": "account_no"}).select(key)
    assert granted.sort(key).equals(paid.sort(key))


def test_every_household_has_one_head_and_the_relations_fit_the_parents(county: Paper) -> None:
    people = county.register("households")
    head = people.filter(pl.col("relation_to_head") == "02").select(
        "household_id", head="person_id"
    )
    assert head["household_id"].n_unique() == len(head)
    assert set(head["household_id"]) == set(people["household_id"])
    sons = people.join(head, on="household_id").filter(
        pl.col("relation_to_head").is_in(["20", "21", "22", "23", "30", "31", "32"])
    )
    parent = (pl.col("father_id") == pl.col("head")) | (pl.col("mother_id") == pl.col("head"))
    named = sons.filter(pl.col("father_id").is_not_null() & pl.col("mother_id").is_not_null())
    assert len(named) > 1000
    assert named.select(parent.all()).item()


def test_relation_codes_are_as_varied_as_in_life(county: Paper) -> None:
    codes = county.values("households", "relation_to_head")
    assert {"02", "10", "11", "12", "21", "22", "28", "32", "38", "41", "42", "51", "52"} <= codes
    assert codes & {"71", "73", "75", "77"}


def test_whoever_approves_holds_a_post_there_on_that_day(county: Paper) -> None:
    posts = county.register("officials")
    steps = county.register("approvals").filter(
        (pl.col("step") == "approval") & (pl.col("acted_at") >= "2022")
    )
    held = steps.join(
        posts, left_on=["actor_id", "division_code"], right_on=["person_id", "division_code"]
    )
    day = pl.col("acted_at").str.head(10)
    lasting = pl.col("end_date").is_null() | (day <= pl.col("end_date"))
    good = held.filter((pl.col("start_date") <= day) & lasting).select("matter_id").unique()
    assert len(good) >= 0.995 * steps["matter_id"].n_unique()


def test_the_six_steps_follow_one_another(county: Paper) -> None:
    order = ["application", "approval", "copying", "implementation", "feedback", "evaluation"]
    rank = {s: i for i, s in enumerate(order)}
    steps = county.register("approvals").with_columns(
        pl.col("step").replace_strict(rank, return_dtype=pl.Int64).alias("rank")
    )
    in_order = steps.sort("matter_id", "rank").select(
        (pl.col("acted_at").shift() < pl.col("acted_at")).over("matter_id").alias("later")
    )
    assert in_order["later"].drop_nulls().all()
    assert (steps["recorded_at"] > steps["acted_at"]).all()


def test_tenders_have_three_bidders_and_one_winner(county: Paper) -> None:
    tendered = county.register("contracts").filter(pl.col("method").is_in(["open", "invited"]))
    counted = (
        county.register("bids")
        .group_by("contract_id")
        .agg(pl.len().alias("bidders"), (pl.col("won") == "true").sum().alias("winners"))
    )
    joined = tendered.join(counted, on="contract_id", how="left")
    assert len(joined) > 100
    assert (joined["bidders"] >= 3).all()
    assert (joined["winners"] == 1).all()
