"""LibreOffice works the formulas out anew and gets what the solver gets, for every scenario of every plan."""

from random import Random

import pytest

from aluplanner.model.plan import Plan
from aluplanner.model.scenarios import BASE
from aluplanner.model.solver import solve
from aluplanner.resources import resource_path
from aluplanner.workbook.living import living_bytes
from aluplanner.workbook.read import read_plan
from tests.benchmarks.plans import benchmark_plan
from tests.model.plans import plan_of
from tests.reference import run
from tests.reference.compare import is_borderline
from tests.reference.random_plans import random_plan
from tests.workbook.living.books import wrong_cells, wrong_months
from tests.workbook.living.office import Office, stripped

PLANS_AT_ONCE = 5


def check(office: Office, plan: Plan, chosen: str, names: list[str]) -> None:
    """Let LibreOffice calculate a workbook without values, in the scenario it is exported in and in the others."""
    data = living_bytes(plan, chosen)
    office.open(stripped(data))
    if chosen in names:
        assert wrong_cells(office, data) == []
    for name in names:
        office.write("Summary", "B2", name)
        assert wrong_months(office, solve(plan, name)) == []
        assert office.errors() == []


def test_that_the_2017_case_is_the_solvers_in_every_scenario(office: Office) -> None:
    plan = read_plan(resource_path("examples", "china-2017.xlsx"))
    check(office, plan, BASE, [BASE, *plan.scenario_names])


def test_that_a_scenario_exported_is_the_one_shown(office: Office) -> None:
    plan = read_plan(resource_path("examples", "china-2017.xlsx"))
    check(office, plan, "Strong enforcement + strong demand", ["Strong enforcement + strong demand"])


def test_that_a_hard_recalculation_of_more_plants_than_one_thread_takes_finds_no_circle(office: Office) -> None:
    plan = benchmark_plan(150, 6, 14, response=True)
    data = living_bytes(plan)
    office.open(stripped(data))
    office.recalculate()
    assert office.errors() == []
    assert wrong_cells(office, data) == []


@pytest.mark.parametrize("first", range(0, 50, PLANS_AT_ONCE))
def test_that_plans_of_many_features_are_the_solvers_in_every_scenario(office: Office, first: int) -> None:
    for seed in range(first, first + PLANS_AT_ONCE):
        tables = random_plan(Random(seed), "small")
        plan = plan_of(tables)
        names = [BASE, *plan.scenario_names]
        settled = [name for name in names if not is_borderline(tables, run(tables, None if name == BASE else name))]
        check(office, plan, names[seed % len(names)], settled)
