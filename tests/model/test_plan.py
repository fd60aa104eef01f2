import dataclasses

import pytest

from aluplanner.model.calendar import Month
from aluplanner.model.cell_text import CellTextError
from aluplanner.model.issues import PlanError
from aluplanner.model.plan import TABLES, Address, Plan, find_table, plan_from_tables
from aluplanner.model.schema import Type
from aluplanner.model.validation import validate
from tests.model.cases import codes_of, full_plan, with_record

PLAN = full_plan()


def test_that_the_plan_of_these_tests_has_rows_everywhere_and_nothing_wrong() -> None:
    assert validate(PLAN) == ()
    assert all(len(PLAN.table(name)) for name in TABLES)


def test_that_an_edit_makes_a_new_plan_that_shares_what_it_did_not_change() -> None:
    after = PLAN.with_value("plants/South/operating", 700.0)
    assert after.value("plants/South/operating") == 700.0
    assert PLAN.value("plants/South/operating") == 800.0
    assert all(after.table(name) is PLAN.table(name) for name in TABLES if name != "plants")
    assert after.plants[0] is PLAN.plants[0]


def test_that_a_plan_cannot_be_changed_in_place() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        PLAN.plants = PLAN.plants  # type: ignore[misc]


@pytest.mark.parametrize(
    ("address", "text", "value"),
    [
        ("actions/Closure/implementation", "35%", 0.35),
        ("Actions/closure/Implementation (%)", "35%", 0.35),
        ("政策措施/Closure/落实率", "35%", 0.35),
        ("actions/Closure/start", "Aug 2017", Month.of(2017, 8)),
        ("actions/Closure/enabled", "no", False),
        ("plants/South/Under construction", "12 万吨", 120.0),
        ("plants/South/Ramp (months)", "6", 6.0),
        ("plants/South/ramp", "6", 6.0),
        ("demand/Transport/Growth 2018 (%)", "4%", 0.04),
        ("demand/Transport/growth 2030", "4%", 0.04),
        ("seasonality/7/weight", "1.2", 1.2),
        ("monthly/2017-08/net_imports", "-3", -3.0),
        ("assumptions/load_factor/value", "1.05", 1.05),
        ("assumptions/Load_Factor/Value", "1.05", 1.05),
        ("assumptions/known_until/value", "2017-09", Month.of(2017, 9)),
        ("assumptions/market_response/value", "yes", True),
        ("plan/Months/value", "18", 18.0),
        ("bauxite/Guinea/growth", "n/a", None),
    ],
)
def test_that_text_is_read_as_if_typed_into_the_cell(address: str, text: str, value: object) -> None:
    assert PLAN.with_value(address, text).value(address) == value


@pytest.mark.parametrize(
    "address",
    ["plants", "plants/South", "nowhere/South/built", "plants/Nowhere/built", "plants/South/colour", "//",
     "assumptions/nothing/value", "monthly/2030-01/net_imports"],
)  # fmt: skip
def test_that_an_address_of_no_cell_is_an_error_with_a_remedy(address: str) -> None:
    for use in (PLAN.value, lambda text: PLAN.with_value(text, 1.0)):
        with pytest.raises(PlanError) as caught:
            use(address)
        assert [bool(issue.message and issue.remedy) for issue in caught.value.issues] == [True]
    if address.count("/") >= 2:
        assert PLAN.spelled(address) is None


def test_that_a_column_that_follows_from_the_row_cannot_be_set() -> None:
    assert PLAN.value("assumptions/load_factor/unit") == "t/t"
    with pytest.raises(PlanError):
        PLAN.with_value("assumptions/load_factor/unit", "kt")


def test_that_text_of_another_type_is_refused() -> None:
    for address in ("plants/South/built", "actions/Closure/start", "assumptions/market_response/value"):
        with pytest.raises(CellTextError):
            PLAN.with_value(address, "plenty")


def test_that_an_address_may_have_slashes_in_its_row() -> None:
    address = Address.parse("actions/Phase 1/2 closure/share")
    assert address == Address("actions", "Phase 1/2 closure", "share")
    assert Address.parse(str(address)) == address


def test_that_an_address_is_spelled_as_the_plan_does() -> None:
    assert PLAN.spelled("PLANTS/ south /Pot Size") == Address("plants", "South", "pot_size")
    assert PLAN.spelled("需求/South/built") is None


def test_that_tables_are_found_by_name_and_title_in_both_languages() -> None:
    for name, table in TABLES.items():
        assert find_table(name) is find_table(f" {table.title.upper()} ") is find_table(table.title_zh) is table
    assert find_table("nothing") is None


def test_that_columns_are_found_by_field_name_header_and_both_titles() -> None:
    for name in TABLES:
        for column in PLAN.columns(name):
            for text in (column.name, column.title, column.header.upper(), column.title_zh, f" {column.header} "):
                assert PLAN.find_column(name, text) == column


def test_that_demand_has_a_growth_column_for_every_year_of_the_horizon() -> None:
    names = [column.name for column in PLAN.columns("demand")]
    assert names == ["sector", "consumption", "growth 2017", "growth 2018", "source", "note"]


def test_that_a_value_cell_is_of_the_type_of_the_cell_it_names() -> None:
    value = PLAN.cell_column("overrides", PLAN.overrides.keys[0], "value")
    assert value is not None
    assert (value.type, value.name, value.maximum, value.required) == (Type.FRACTION, "value", 1, True)
    low = PLAN.cell_column("uncertainty", "actions/Closure/implementation", "low")
    assert low is not None
    assert low.type is Type.FRACTION
    known = PLAN.cell_column("assumptions", "known_until", "value")
    assert known is not None
    assert known.type is Type.MONTH


def test_that_a_plan_lists_every_assumption_and_field_once_whatever_its_case() -> None:
    plan = plan_from_tables({"assumptions": [TABLES["assumptions"].record("Load_Factor", -3.0)]})
    assert len(plan.assumptions) == len(TABLES["assumptions"].parameters)
    assert plan.assumption("load_factor") == -3.0
    assert plan.assumptions[0].unit == "t/t"
    assert "value" in codes_of(plan)


def horizon_of(first: Month | None, **tables: list[dict[str, object]]) -> tuple[str, int, int] | None:
    plan = full_plan(plan={"first_month": first, "months": None, "base_year": None}, **tables)
    found = plan.horizon
    return (str(found.first), len(found), found.base_year) if found else None


def test_that_the_horizon_defaults_as_the_model_page_says() -> None:
    assert horizon_of(Month.of(2018, 3)) == ("2018-03", 24, 2017)
    assert horizon_of(None) == ("2017-07", 24, 2016)
    assert horizon_of(None, monthly=[]) == ("2017-01", 24, 2016)
    assert horizon_of(None, monthly=[], demand=[{"sector": "S", "growth 2019": 0.1}]) == ("2019-01", 24, 2018)
    assert horizon_of(None, monthly=[], demand=[]) is None


def test_that_blank_facts_and_assumptions_take_their_defaults() -> None:
    plan = Plan()
    assert plan.assumption("load_factor") == 1.02
    assert plan.fact("Months") == 24.0
    assert plan.title == ""
    assert with_record(PLAN, "assumptions", 0, value=None).assumption("opening_stock") == 300.0


def test_that_the_workbook_it_came_from_is_no_part_of_a_plans_value() -> None:
    assert dataclasses.replace(PLAN, source=b"PK") == PLAN
    assert hash(dataclasses.replace(PLAN, source=b"PK")) == hash(PLAN)
