"""Claims: each relation, its edge, its tolerance and its margin."""

import pytest

from aluplanner.analysis.claims import check_claims
from aluplanner.model.calendar import Month
from aluplanner.model.claims import Claim
from aluplanner.model.plan import Plan, plan_from_tables
from aluplanner.model.plan_info import PlanField
from aluplanner.model.solver import solve


def plan_with(claim: Claim) -> Plan:
    """Return a plan whose stock stays at its opening 300 kt."""
    return plan_from_tables(
        {"plan": [PlanField("First month", Month.of(2017, 1)), PlanField("Months", 12.0)], "claims": [claim]}
    )


@pytest.mark.parametrize(
    ("relation", "value", "upper", "tolerance", "holds", "margin"),
    [
        ("=", 300.0, None, None, True, 0.0),
        ("equals", 310.0, None, 10.0, True, 0.0),
        ("equals", 311.0, None, 10.0, False, -1.0),
        ("<", 300.0, None, None, False, 0.0),
        ("below", 300.0, None, 5.0, True, 5.0),
        ("<=", 300.0, None, None, True, 0.0),
        ("at most", 290.0, None, None, False, -10.0),
        (">=", 300.0, None, None, True, 0.0),
        ("at least", 305.0, None, 5.0, True, 0.0),
        (">", 300.0, None, None, False, 0.0),
        ("above", 299.0, None, None, True, 1.0),
        ("between", 290.0, 350.0, None, True, 10.0),
        ("between", 310.0, 350.0, 10.0, True, 0.0),
        ("between", 310.0, 350.0, None, False, -10.0),
    ],
)
def test_that_a_claim_holds_up_to_its_edge(
    relation: str, value: float, upper: float | None, tolerance: float | None, holds: bool, margin: float
) -> None:
    claim = Claim("stock", "stock 2017-06 end", relation, value, upper, tolerance)
    (found,) = check_claims(solve(plan_with(claim)))
    assert (found.value, found.holds, found.margin) == (300.0, holds, pytest.approx(margin))


def test_that_a_claim_about_a_blank_measure_fails_and_says_why() -> None:
    (found,) = check_claims(solve(plan_with(Claim("days", "stock_days 2017 mean", ">", 0.0))))
    assert (found.value, found.holds) == (None, False)
    assert "blank" in found.problem


def test_that_a_claim_that_cannot_be_read_is_neither_held_nor_failed() -> None:
    (found,) = check_claims(solve(plan_with(Claim("nonsense", "stocks of hope", ">", 0.0))))
    assert found.holds is None
    assert "“stocks”" in found.problem
