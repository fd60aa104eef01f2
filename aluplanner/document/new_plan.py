"""Plans to begin with."""

from dataclasses import replace
from datetime import date

from aluplanner.model.calendar import Month
from aluplanner.model.plan import Plan, plan_from_tables
from aluplanner.model.plan_info import PlanField
from aluplanner.resources import resource_path


def empty_plan(first: Month | None = None) -> Plan:
    """Return a plan without rows whose horizon begins with ``first``, by default this year's January."""
    start = first or Month.of(date.today().year, 1)
    return plan_from_tables({"plan": [PlanField("First month", start), PlanField("Months", 24.0)]})


def example_plan() -> Plan:
    """Return the 2017 case that comes with the program.

    It is not checked against the rules, as files are: the tests have seen to that.
    """
    from aluplanner.workbook.tables import read_tables

    source = resource_path("examples", "china-2017.xlsx").read_bytes()
    return replace(read_tables(source).plan, source=source)
