"""What a living workbook cannot hold is refused with a sentence, and nothing else is."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from aluplanner.model.actions import CURTAIL, Action
from aluplanner.model.calendar import Month
from aluplanner.model.issues import PlanError
from aluplanner.model.plan import Plan
from aluplanner.model.plants import Plant
from aluplanner.model.rows import Unread
from aluplanner.model.scenarios import Override, Scenario
from aluplanner.workbook.living import living_bytes
from aluplanner.workbook.template import empty_plan


def small_plan() -> Plan:
    plan = empty_plan(Month.of(2017, 1))
    plants = (Plant("North", group="A  B", province="Henan", built=100.0, operating=90.0), Plant("South", built=50.0))
    action = Action("Cut", kind=CURTAIL, share=0.3, start=Month.of(2017, 3), end=Month.of(2017, 5))
    return plan.with_table(plan.plants.replaced(plants)).with_table(plan.actions.replaced((action,)))


def with_scenarios(plan: Plan, *scenarios: Scenario) -> Plan:
    return plan.with_table(plan.scenarios.replaced(scenarios))


def deep(plan: Plan, levels: int) -> Plan:
    chain = [Scenario("S0")] + [Scenario(f"S{n}", f"S{n - 1}") for n in range(1, levels + 1)]
    return with_scenarios(plan, *chain)


def broad(plan: Plan, names: int) -> Plan:
    layers = [Scenario(f"L{n}") for n in range(names)]
    return with_scenarios(plan, *layers, Scenario("All of them", "; ".join(layer.scenario for layer in layers)))


def with_action(plan: Plan, **cells: object) -> Plan:
    return plan.with_table(plan.actions.replaced((replace(plan.actions[0], **cells),)))  # type: ignore[arg-type]


def early_repeat(plan: Plan, phase_out: float) -> Plan:
    return with_action(plan, start=Month.of(2012, 11), end=Month.of(2013, 3), repeats_yearly=True, phase_out=phase_out)


LIMITS: list[tuple[str, Callable[[Plan], Plan], Callable[[Plan], Plan]]] = [
    ("builds on more than 6", lambda plan: broad(plan, 6), lambda plan: broad(plan, 7)),
    ("5 layers deep", lambda plan: deep(plan, 5), lambda plan: deep(plan, 6)),
    ("fades over more than 24", lambda plan: early_repeat(plan, 24.0), lambda plan: early_repeat(plan, 25.0)),
    (
        "holds 240 months",
        lambda plan: plan.with_value("plan/Months/value", 30.0),
        lambda plan: plan.with_value("plan/Months/value", 241.0),
    ),
    (
        "cannot tell the names",
        lambda plan: with_action(plan, target="a  b"),
        lambda plan: with_action(plan, target="a  b").with_table(
            plan.plants.replaced((*plan.plants, Plant("Other", group="A B")))
        ),
    ),
    (
        "cannot be read",
        lambda plan: plan,
        lambda plan: plan.with_table(plan.plants.with_unread({(0, "built"): Unread("much")})),
    ),
]


@pytest.mark.parametrize(("says", "within", "beyond"), LIMITS, ids=[limit[0] for limit in LIMITS])
def test_that_a_plan_beyond_a_limit_is_refused_and_one_within_is_not(
    says: str, within: Callable[[Plan], Plan], beyond: Callable[[Plan], Plan]
) -> None:
    living_bytes(within(small_plan()))
    with pytest.raises(PlanError) as refused:
        living_bytes(beyond(small_plan()))
    assert any(says in issue.message and issue.remedy for issue in refused.value.issues)


def test_that_a_plan_too_large_for_spreadsheets_is_refused_before_any_formula_is_written() -> None:
    plan = small_plan()
    plants = [Plant(f"Plant {n}", built=1.0) for n in range(3000)]
    actions = [replace(plan.actions[0], action=f"Cut {n}") for n in range(300)]
    large = plan.with_table(plan.plants.replaced(plants)).with_table(plan.actions.replaced(actions))
    with pytest.raises(PlanError) as refused:
        living_bytes(large)
    assert "formulas" in refused.value.issues[0].message


def test_that_an_unknown_scenario_is_refused() -> None:
    with pytest.raises(PlanError):
        living_bytes(small_plan(), "No such")


def test_that_an_overridden_target_is_compared_too() -> None:
    plan = with_scenarios(small_plan(), Scenario("S"))
    plan = plan.with_table(plan.overrides.replaced((Override("S", "actions", "Cut", "target", "A\u00a0B"),)))
    plan = plan.with_table(plan.plants.replaced((replace(plan.plants[0], group="A\u00a0B\u00a0"), plan.plants[1])))
    with pytest.raises(PlanError) as refused:
        living_bytes(plan, "S")
    assert any("cannot tell the names" in issue.message for issue in refused.value.issues)
