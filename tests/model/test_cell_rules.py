"""The rules of single cells: each bound of the model page, just outside and just inside."""

from collections.abc import Iterator

import pytest

from aluplanner.model.calendar import Month
from aluplanner.model.demand import growth_column
from aluplanner.model.plan import TABLES, Address, Plan
from aluplanner.model.schema import Column, Type
from aluplanner.model.validation import validate
from tests.model.cases import full_plan, issues_of, override, the_issue, with_record

PLAN = full_plan()

POSITIVE = (
    *("assumptions/reference_price", "assumptions/opening_price", "monthly/actual_price", "assumptions/reference_days"),
    *("assumptions/response_margin", "assumptions/learning_scale", "assumptions/alumina_per_t", "bauxite/grade"),
)
FRACTIONS = (
    *("actions/implementation", "actions/share", "actions/operating_share", "assumptions/visible_share"),
    *("assumptions/price_adjustment", "assumptions/learning", "assumptions/opening_credibility"),
    *("assumptions/restart_speed", "assumptions/idling_speed", "assumptions/disruption"),
    *("assumptions/alumina_min_utilisation", "assumptions/alumina_max_utilisation"),
)
NOT_NEGATIVE = (
    *("plants/built", "plants/operating", "plants/non_compliant", "plants/under_construction", "plants/pot_size"),
    *("actions/announced", "actions/pots", "actions/delay", "actions/phase_in", "actions/phase_out"),
    *("demand/consumption", "seasonality/weight", "monthly/actual_production", "monthly/actual_stock"),
    *("assumptions/opening_stock", "assumptions/alumina_opening_stock", "assumptions/balance_band"),
    *("assumptions/load_factor", "bauxite/available"),
)
ABOVE_MINUS_ONE = ("demand/growth 2017", "bauxite/growth")


def declared(name: str) -> Column:
    table, column = name.split("/")
    found = TABLES[table].parameters.get(column) or PLAN.find_column(table, column)
    assert found is not None
    return found


@pytest.mark.parametrize("name", POSITIVE)
def test_that_what_must_be_positive_is_declared_so(name: str) -> None:
    assert (declared(name).above, declared(name).minimum) == (0, None)


@pytest.mark.parametrize("name", FRACTIONS)
def test_that_fractions_run_from_0_to_1(name: str) -> None:
    column = declared(name)
    assert (column.minimum, column.maximum, column.type) == (0, 1, Type.FRACTION)


@pytest.mark.parametrize("name", NOT_NEGATIVE)
def test_that_what_may_be_nothing_may_not_be_negative(name: str) -> None:
    assert (declared(name).minimum, declared(name).maximum, declared(name).above) == (0, None, None)


@pytest.mark.parametrize("name", ABOVE_MINUS_ONE)
def test_that_growth_stays_above_minus_one(name: str) -> None:
    assert (declared(name).above, declared(name).minimum) == (-1, None)


def bounded_cells() -> Iterator[tuple[Address, Column]]:
    for name, table in TABLES.items():
        for column in (*table.columns, *((growth_column(2018),) if name == "demand" else ())):
            yield Address(name, PLAN.table(name).keys[0], column.name), column
        for row, column in table.parameters.items():
            yield Address(name, row, "value"), column


def trials() -> Iterator[tuple[Address, float, float]]:
    """Yield each bounded cell with a number just outside its bound and one just inside."""
    for address, column in bounded_cells():
        step = 1.0 if address.table == "plan" else 1e-6
        if column.minimum is not None:
            yield address, column.minimum - step, column.minimum
        if column.maximum is not None:
            yield address, column.maximum + step, column.maximum
        if column.above is not None:
            yield address, column.above, column.above + step


TRIALS = list(trials())
SCENARIO_TRIALS = [
    trial for trial in TRIALS if TABLES[trial[0].table].can_vary and trial[0].column not in TABLES[trial[0].table].key
]


def issues_at(plan: Plan, address: Address) -> list[tuple[str, int | None]]:
    position = PLAN.table(address.table).position(address.row)
    found = [
        issue
        for issue in validate(plan)
        if (issue.table, issue.column, issue.position) == (address.table, address.column, position)
        and issue.code in ("bounds", "value")
    ]
    assert all(issue.is_error and issue.message and issue.remedy for issue in found)
    assert {issue.row for issue in found} <= {plan.table(address.table).keys[position or 0]}
    return [(issue.code, issue.position) for issue in found]


@pytest.mark.parametrize(("address", "outside", "inside"), TRIALS, ids=str)
def test_that_a_number_just_outside_a_bound_is_an_issue_at_its_cell(
    address: Address, outside: float, inside: float
) -> None:
    assert len(issues_at(PLAN.with_value(address, outside), address)) == 1
    assert issues_at(PLAN.with_value(address, inside), address) == []


@pytest.mark.parametrize(("address", "outside", "inside"), SCENARIO_TRIALS, ids=str)
def test_that_an_override_outside_a_bound_is_an_issue_at_the_override(
    address: Address, outside: float, inside: float
) -> None:
    def overridden(value: float) -> list[tuple[str, str, str]]:
        rows = [override("Slow", str(address), value)]
        plan = full_plan(overrides=rows)
        found = [issue for issue in validate(plan) if issue.is_error and issue.code == "value"]
        return [(issue.table, issue.row, issue.column) for issue in found]

    assert overridden(outside) == [("overrides", f"Slow/{address}", "value")]
    assert overridden(inside) == []


@pytest.mark.parametrize(
    "address", ["actions/Winter/share", "actions/Cut/implementation", "assumptions/learning/value"]
)
def test_that_a_bare_30_in_a_share_asks_whether_30_percent_was_meant(address: str) -> None:
    issue = next(issue for issue in validate(PLAN.with_value(address, "30")) if issue.code in ("bounds", "value"))
    assert "30 %" in issue.remedy
    assert not [issue for issue in validate(PLAN.with_value(address, "30%")) if issue.is_error]


def test_that_a_negative_share_names_its_bounds() -> None:
    issue = the_issue(PLAN.with_value("actions/Winter/share", -0.1), "bounds")
    assert "0%" in issue.remedy
    assert "100%" in issue.remedy


@pytest.mark.parametrize(
    ("table", "column"),
    [(name, column.name) for name, table in TABLES.items() for column in table.columns if column.required],
)
def test_that_a_blank_where_something_is_required_is_an_error(table: str, column: str) -> None:
    plan = with_record(PLAN, table, 0, **{column: None})
    found = [issue for issue in validate(plan) if issue.table == table and issue.position == 0 and issue.is_error]
    assert found
    assert all(issue.message and issue.remedy for issue in found)


@pytest.mark.parametrize("table", [name for name, table in TABLES.items() if len(table.key) == 1])
def test_that_a_blank_key_is_an_error_at_its_cell(table: str) -> None:
    key = TABLES[table].key[0]
    plan = with_record(PLAN, table, 0, **{key: None})
    issue = next(issue for issue in validate(plan) if issue.code == "blank-key")
    assert (issue.table, issue.column, issue.position) == (table, key, 0)


@pytest.mark.parametrize("table", [name for name in TABLES if name != "overrides"])
def test_that_a_key_that_stands_twice_is_an_error_at_the_second_row(table: str) -> None:
    rows = PLAN.table(table)
    plan = PLAN.with_table(rows.replaced((*rows, rows[0])))
    issue = next(issue for issue in validate(plan) if issue.code == "duplicate-key")
    assert (issue.table, issue.column, issue.position) == (table, TABLES[table].key[-1], len(rows))
    assert issue.remedy


def test_that_case_and_outer_blanks_do_not_make_another_key() -> None:
    assert issues_of(with_record(PLAN, "plants", 1, plant=" NORTH 1 "), "duplicate-key")


@pytest.mark.parametrize(
    ("table", "position", "column"),
    [
        *(("plants", 0, "product"), ("actions", 0, "kind"), ("actions", 0, "product"), ("actions", 0, "compliance")),
        *(("claims", 0, "relation"), ("uncertainty", 0, "distribution")),
    ],
)
def test_that_a_word_that_is_no_choice_is_an_error_that_lists_them(table: str, position: int, column: str) -> None:
    issue = the_issue(with_record(PLAN, table, position, **{column: "whatever"}), "choice")
    assert (issue.table, issue.column, issue.position) == (table, column, position)
    choices = next(known.choices for known in TABLES[table].columns if known.name == column)
    assert all(choice in issue.remedy for choice in choices)


def test_that_a_misspelt_kind_with_an_end_is_one_issue() -> None:
    plan = with_record(PLAN, "actions", 2, kind="curtial", credit=None)
    assert [issue.code for issue in validate(plan) if issue.is_error] == ["choice"]


@pytest.mark.parametrize("field", ["Months", "Base year"])
def test_that_months_and_years_are_whole(field: str) -> None:
    issue = the_issue(PLAN.with_value(f"plan/{field}/value", 2017.5 if field == "Base year" else 12.5), "whole")
    assert (issue.table, issue.row, issue.column) == ("plan", field, "value")


def test_that_an_assumption_of_another_type_is_an_error_at_its_cell() -> None:
    for row, value in (("market_response", 3.5), ("known_until", True), ("learning", Month.of(2017, 7))):
        position = PLAN.assumptions.position(row)
        assert position is not None
        issue = the_issue(with_record(PLAN, "assumptions", position, value=value), "value")
        assert (issue.table, issue.row, issue.column) == ("assumptions", row, "value")
