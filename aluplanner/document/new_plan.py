"""Plans to begin with."""

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
    """Return the 2017 case that comes with the program."""
    from aluplanner.workbook.read import read_plan

    return read_plan(resource_path("examples", "china-2017.xlsx"))
