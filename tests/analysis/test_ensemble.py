"""Several plans under the same draws."""

import numpy as np
import pytest

from aluplanner.analysis.ensemble import ensemble
from aluplanner.analysis.monte_carlo import monte_carlo
from aluplanner.model.issues import PlanError
from aluplanner.model.plan import Plan
from aluplanner.resources import resource_path
from aluplanner.workbook.read import read_plan

BALANCE = "balance 2017H2 sum"
DRAWS = 300


@pytest.fixture(scope="module")
def june() -> Plan:
    return read_plan(resource_path("examples", "china-2017.xlsx"))


@pytest.fixture(scope="module")
def july(june: Plan) -> Plan:
    """The plan of a month later, in which 100 kt more are consumed in a month whose change is not uncertain."""
    return june.with_value("monthly/2017-06/consumption_change", 100.0)


def test_that_each_plan_says_what_its_own_monte_carlo_says(june: Plan, july: Plan) -> None:
    found = ensemble({"June": june, "July": july}, [BALANCE], scenarios=["Base", "Weak demand"], draws=DRAWS, seed=4)
    alone = monte_carlo(july, draws=DRAWS, seed=4, scenarios=["Weak demand"], measures=[BALANCE])
    together = found.members["July"].of("Weak demand")
    assert np.array_equal(together.measured, alone.of("Weak demand").measured)


def test_that_a_difference_no_chance_touches_is_the_same_in_every_draw(june: Plan, july: Plan) -> None:
    found = ensemble({"June": june, "July": july}, ["balance 2017H1 sum"], draws=DRAWS)
    (difference,) = found.differences()
    assert difference.mean == pytest.approx(-100.0)
    assert difference.percentiles == pytest.approx([-100.0] * 5)
    assert difference.tighter == 1.0
    assert (difference.first, difference.second) == ("July, Base", "June, Base")


def test_that_tables_have_a_row_for_each_plan_and_scenario(june: Plan, july: Plan) -> None:
    found = ensemble(
        {"June": june, "July": july}, [BALANCE, "stock 2017 end"], scenarios=["Base", "Strong demand"], draws=50
    )
    first, second, differences = found.tables()
    assert [row[:2] for row in first.rows] == [
        ("June", "Base"), ("June", "Strong demand"), ("July", "Base"), ("July", "Strong demand"),
    ]  # fmt: skip
    assert len(second.rows) == 4
    assert len(differences.rows) == 4
    assert set(found.as_json()) == {"plans", "differences"}


def test_that_a_scenario_a_plan_lacks_is_left_out_there_and_refused_if_it_has_none(june: Plan) -> None:
    other = june.with_table(june.scenarios.replaced([])).with_table(june.overrides.replaced([]))
    found = ensemble({"June": june, "Bare": other}, [BALANCE], scenarios=["Base", "Weak demand"], draws=20)
    assert found.members["Bare"].names == ("Base",)
    with pytest.raises(PlanError, match="none of the scenarios"):
        ensemble({"Bare": other}, [BALANCE], scenarios=["Weak demand"], draws=20)
    with pytest.raises(PlanError, match="No plan"):
        ensemble({}, [BALANCE])


def test_that_a_scenario_that_no_plan_has_is_refused_and_not_left_out(june: Plan) -> None:
    with pytest.raises(PlanError, match="Wek demand"):
        ensemble({"June": june}, [BALANCE], scenarios=["Base", "Wek demand"], draws=20)
