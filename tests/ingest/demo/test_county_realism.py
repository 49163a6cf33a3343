"""The county looks like a county: households, names, money per head, need and benefits."""

import polars as pl

from tests.ingest.demo.paper import Paper


def _residents(county: Paper) -> pl.DataFrame:
    return county.register("households").filter(pl.col("status") == "active")


def test_size_of_the_county(county: Paper) -> None:
    assert 24_000 <= len(_residents(county)) <= 26_000
    assert len(county.truth["villages"]) == 30


def test_household_size(county: Paper) -> None:
    people = _residents(county)
    assert 2.2 <= len(people) / people["household_id"].n_unique() <= 4.5


def test_surnames_follow_zipf_and_some_villages_have_one(county: Paper) -> None:
    people = _residents(county).with_columns(pl.col("name").str.head(1).alias("surname"))
    shares = people["surname"].value_counts(sort=True, normalize=True)["proportion"]
    assert 0.04 <= shares[0] <= 0.2
    assert shares.head(10).sum() <= 0.65
    heads = people.filter(pl.col("relation_to_head") == "02")
    top = (
        heads.group_by("division_code", "surname")
        .len()
        .with_columns((pl.col("len") / pl.col("len").sum().over("division_code")).alias("share"))
        .group_by("division_code")
        .agg(pl.col("share").max())
    )
    assert 2 <= (top["share"] > 0.7).sum() <= 8
    assert (top["share"] < 0.5).sum() >= 15


def test_homonyms(county: Paper) -> None:
    names = _residents(county)["name"]
    assert 0.3 <= names.n_unique() / len(names) <= 0.8
    assert (names == "王伟").sum() >= 3


def test_ages(county: Paper) -> None:
    born = _residents(county)["person_id"].str.slice(6, 4).cast(pl.Int64)
    age = 2024 - born
    assert 0.12 <= (age >= 60).mean() <= 0.35  # type: ignore[operator]
    assert 0.1 <= (age < 16).mean() <= 0.25  # type: ignore[operator]


def test_payments_per_person(county: Paper) -> None:
    payments = county.register("payments")
    assert 5 <= len(payments) / len(_residents(county)) <= 10


def test_need_tested_benefits_reach_few_and_mostly_the_weak(county: Paper) -> None:
    benefits = county.register("benefits").filter(pl.col("programme") == "最低生活保障")
    homes = _residents(county).with_columns(
        (2024 - pl.col("person_id").str.slice(6, 4).cast(pl.Int64)).alias("age")
    )
    workers = homes.group_by("household_id").agg(
        pl.col("age").is_between(18, 59).sum().alias("workers")
    )
    helped = workers.with_columns(
        pl.col("household_id").is_in(benefits["household_id"].unique().to_list()).alias("helped")
    )
    rate = helped["helped"].mean()
    assert isinstance(rate, float)
    assert 0.03 <= rate <= 0.12
    weak = helped.filter(pl.col("workers") == 0)["helped"].mean()
    strong = helped.filter(pl.col("workers") >= 2)["helped"].mean()
    assert isinstance(weak, float)
    assert isinstance(strong, float)
    assert weak > 4 * strong


def test_legal_representatives_are_often_without_number(county: Paper) -> None:
    firms = county.register("contractors")
    assert 0.2 <= firms["legal_rep_id"].null_count() / len(firms) <= 0.4


def test_parents_are_partly_missing(county: Paper) -> None:
    people = county.register("households")
    missing = people["father_id"].null_count() / len(people)
    assert 0.1 <= missing <= 0.6
