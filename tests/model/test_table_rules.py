"""The rules between cells and rows (sections 1 to 4 of the model page): each broken, and its legal neighbour."""

from typing import Any

import pytest

from aluplanner.model.validation import validate
from tests.model.cases import changed, codes_of, full_plan, full_tables, issues_of, the_issue, with_record

PLAN = full_plan()

Cells = dict[str, Any]

RULES: list[tuple[str, Cells, tuple[str, str, str], Cells]] = [
    ("above-built", {"plants/South/operating": 800.001}, ("plants", "South", "operating"),
     {"plants/South/operating": 800.0}),
    ("above-built", {"plants/South/non_compliant": 801.0}, ("plants", "South", "non_compliant"),
     {"plants/South/non_compliant": 800.0}),
    ("before-horizon", {"plants/North 1/first_output": "2017-06"}, ("plants", "North 1", "first_output"),
     {"plants/North 1/first_output": "2017-07"}),
    ("unknown-target", {"actions/Halt/target": "North; Nowhere"}, ("actions", "Halt", "target"),
     {"actions/Halt/target": " north 1 ;SHANDONG; All; winter REGION;"}),
    ("size", {"actions/Cut/announced": None}, ("actions", "Cut", "announced"),
     {"actions/Cut/announced": None, "actions/Cut/pots": 10.0}),
    ("size", {"actions/Cut/share": 0.1}, ("actions", "Cut", "share"), {"actions/Cut/share": None}),
    ("size", {"actions/Cut/pots": 10.0}, ("actions", "Cut", "pots"), {"actions/Cut/pots": None}),
    ("size", {"actions/Halt/announced": 10.0, "actions/Halt/pots": 5.0}, ("actions", "Halt", "pots"),
     {"actions/Halt/announced": 10.0, "actions/Halt/share": None}),
    ("size", {"actions/New/announced": None}, ("actions", "New", "announced"), {"actions/New/announced": 0.0}),
    ("size", {"actions/New/announced": None, "actions/New/share": 0.1}, ("actions", "New", "share"),
     {"actions/New/announced": 1.0}),
    ("size", {"actions/New/pots": 3.0}, ("actions", "New", "pots"), {"actions/New/pots": None}),
    ("pot-size", {"actions/Cut/announced": None, "actions/Cut/pots": 10.0, "actions/Cut/target": "Shandong; Henan"},
     ("actions", "Cut", "pots"),
     {"actions/Cut/announced": None, "actions/Cut/pots": 10.0, "plants/North 2/pot_size": 0.5,
      "actions/Cut/target": "Shandong; Henan"}),
    ("permanent", {"actions/Closure/end": "2018-01"}, ("actions", "Closure", "end"), {"actions/Halt/end": "2018-01"}),
    ("permanent", {"actions/Closure/phase_out": 2.0}, ("actions", "Closure", "phase_out"),
     {"actions/Halt/phase_out": 2.0}),
    ("permanent", {"actions/New/repeats_yearly": True}, ("actions", "New", "repeats_yearly"),
     {"actions/New/repeats_yearly": False}),
    ("permanent", {"actions/New/end": "2018-05"}, ("actions", "New", "end"),
     {"actions/Restart/end": "2018-05", "actions/Restart/phase_out": 3.0}),
    ("end-before-start", {"actions/Winter/end": "2017-10"}, ("actions", "Winter", "end"),
     {"actions/Winter/end": "2017-11"}),
    ("repeat", {"actions/Cut/repeats_yearly": True}, ("actions", "Cut", "repeats_yearly"),
     {"actions/Winter/repeats_yearly": True}),
    ("repeat", {"actions/Winter/repeats_yearly": True, "actions/Winter/end": "2018-11"},
     ("actions", "Winter", "repeats_yearly"),
     {"actions/Winter/repeats_yearly": True, "actions/Winter/end": "2018-10"}),
    ("credit-without-share", {"actions/Cut/credit": "Closure"}, ("actions", "Cut", "credit"),
     {"actions/Winter/credit": "Closure"}),
    ("credit-without-share", {"actions/Halt/credit": "Closure"}, ("actions", "Halt", "credit"),
     {"actions/Halt/credit": None}),
    ("credit", {"actions/Winter/credit": "Closure; Nothing"}, ("actions", "Winter", "credit"),
     {"actions/Winter/credit": " closure ;CUT"}),
    ("credit", {"actions/Winter/credit": "Winter"}, ("actions", "Winter", "credit"), {"actions/Winter/credit": None}),
    ("credit", {"actions/Winter/credit": "Halt"}, ("actions", "Winter", "credit"), {"actions/Winter/credit": "Cut"}),
    ("credit", {"actions/Winter/credit": "Restart"}, ("actions", "Winter", "credit"), {"actions/Winter/credit": ""}),
    ("required", {"actions/Closure/start": None}, ("actions", "Closure", "start"),
     {"actions/Closure/start": "2018-01"}),
    ("required", {"actions/Closure/kind": None}, ("actions", "Closure", "kind"), {}),
    ("required", {"bauxite/Home/grade": None}, ("bauxite", "Home", "grade"), {"bauxite/Home/grade": 2.0}),
    ("weights", {f"seasonality/{month}/weight": 0.0 for month in range(1, 13)}, ("seasonality", "", "weight"),
     {f"seasonality/{month}/weight": 0.0 for month in range(1, 12)}),
    ("utilisation",
     {"assumptions/alumina_min_utilisation/value": 0.9, "assumptions/alumina_max_utilisation/value": 0.8},
     ("assumptions", "alumina_min_utilisation", "value"),
     {"assumptions/alumina_min_utilisation/value": 0.8, "assumptions/alumina_max_utilisation/value": 0.8}),
]  # fmt: skip


@pytest.mark.parametrize(("code", "broken", "place", "legal"), RULES)
def test_that_a_broken_rule_is_an_error_at_its_cell_and_its_neighbour_is_none(
    code: str, broken: Cells, place: tuple[str, str, str], legal: Cells
) -> None:
    issue = the_issue(changed(PLAN, broken), code)
    assert issue.is_error
    assert (issue.table, issue.row, issue.column) == place
    assert [str(found) for found in validate(changed(PLAN, legal)) if found.is_error] == []


def test_that_seasonality_has_all_twelve_months_or_none() -> None:
    rows = full_tables()["seasonality"]
    issue = the_issue(full_plan(seasonality=rows[:11]), "months-missing")
    assert (issue.table, issue.is_error) == ("seasonality", True)
    assert "12" in issue.message
    assert validate(full_plan(seasonality=[])) == validate(full_plan(seasonality=rows)) == ()


def test_that_a_month_of_the_year_is_whole() -> None:
    issue = next(iter(issues_of(with_record(PLAN, "seasonality", 6, month_of_year=7.5), "whole")))
    assert (issue.table, issue.column, issue.position) == ("seasonality", "month_of_year", 6)


def test_that_an_unknown_assumption_is_an_error_and_its_case_does_not_matter() -> None:
    plan = with_record(PLAN, "assumptions", 0, assumption="opening_stok")
    issue = the_issue(plan, "unknown-assumption")
    assert (issue.table, issue.column, issue.position) == ("assumptions", "assumption", 0)
    assert validate(with_record(PLAN, "assumptions", 0, assumption="Opening_Stock")) == ()


def test_that_a_plan_without_a_first_month_is_an_error() -> None:
    plan = full_plan(plan={"months": 12}, monthly=[], demand=[], claims=[], overrides=[])
    issue = the_issue(plan, "horizon")
    assert (issue.table, issue.row, issue.column) == ("plan", "First month", "value")


def test_that_a_horizon_of_no_month_is_an_error() -> None:
    assert {"value", "horizon"} <= codes_of(PLAN.with_value("plan/Months/value", 0.0))
    assert validate(full_plan(plan={"first_month": "2017-07", "months": 1, "base_year": 2016})) == ()


def test_that_an_action_that_reaches_no_plant_is_a_warning() -> None:
    issue = the_issue(
        changed(PLAN, {"actions/Halt/product": "alumina", "actions/Halt/target": "Yunnan"}), "reaches-nothing"
    )
    assert (issue.is_error, issue.table, issue.row, issue.column) == (False, "actions", "Halt", "target")
    assert "reaches-nothing" not in codes_of(changed(PLAN, {"actions/Halt/product": "alumina"}))


def test_that_winter_region_needs_a_plant_there() -> None:
    issue = the_issue(PLAN.with_value("plants/North 1/winter_region", False), "unknown-target")
    assert (issue.table, issue.row, issue.column) == ("actions", "Winter", "target")


def test_that_an_action_that_starts_before_the_horizon_is_a_warning() -> None:
    issue = the_issue(PLAN.with_value("actions/Closure/start", "2017-06"), "starts-before-horizon")
    assert (issue.is_error, issue.table, issue.row, issue.column) == (False, "actions", "Closure", "start")
    off = {"actions/Closure/start": "2017-06", "actions/Closure/enabled": False}
    assert "starts-before-horizon" not in codes_of(changed(PLAN, off))
