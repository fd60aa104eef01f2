"""A plan small enough to follow by eye, with a row in every table."""

from aluplanner.model.actions import CURTAIL, Action
from aluplanner.model.bauxite import Origin
from aluplanner.model.calendar import Month
from aluplanner.model.claims import Claim
from aluplanner.model.demand import Sector
from aluplanner.model.monthly import MonthRow
from aluplanner.model.plan import Plan, plan_from_tables
from aluplanner.model.plan_info import PlanField
from aluplanner.model.plants import Plant
from aluplanner.model.scenarios import Override, Scenario
from aluplanner.model.uncertainty import UncertainCell

START = Month.of(2017, 1)


def small_plan() -> Plan:
    """Return a plan without errors: three plants, two actions, two scenarios of which one builds on the other."""
    return plan_from_tables(
        {
            "plan": [PlanField("Title", "Small"), PlanField("First month", START), PlanField("Months", 12.0)],
            "plants": [
                Plant("North", group="One", province="Shandong", built=1000.0, operating=900.0),
                Plant("South", group="Two", province="Henan", built=600.0, operating=500.0),
                Plant("West", group="Two", province="Xinjiang", built=800.0, operating=800.0),
            ],
            "actions": [
                Action("Cut", kind=CURTAIL, target="North; South", announced=100.0, start=START + 3),
                Action("Winter cut", kind=CURTAIL, share=0.3, start=START + 6, credit="Cut"),
            ],
            "demand": [Sector("Building", 1500.0, ((2017, 0.05),)), Sector("Cables", 700.0)],
            "monthly": [MonthRow(START, 10.0), MonthRow(START + 1, 12.0)],
            "bauxite": [Origin("Guinea", 1000.0, grade=2.4)],
            "scenarios": [Scenario("Strict", None, "Everything lands"), Scenario("Stricter", "Strict")],
            "overrides": [
                Override("Strict", "actions", "Cut", "implementation", 0.9),
                Override("Strict", "plants", "North", "operating", 850.0),
                Override("Stricter", "actions", "Cut", "target", "North"),
            ],
            "claims": [
                Claim("Much is cut", "implemented[Cut; Winter cut] 2017 max", ">=", 100.0),
                Claim("North runs", "operating[North] 2017 end", ">", 0.0),
            ],
            "uncertainty": [UncertainCell("plants", "North", "built", "uniform", 900.0, None, 1100.0)],
        }
    )
