"""The ledger: numbers worked out by hand, sums that reconcile, and the same by other ways."""

import json
import math
from dataclasses import replace
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from aluplanner.analysis.answer_table import is_blank
from aluplanner.analysis.ledger import FIGURES, GROUPINGS, LEVELS, LOST, Ledger, Section, ledger
from aluplanner.analysis.ledger_losses import Losses, free_running
from aluplanner.analysis.tracing.figures import Figures
from aluplanner.model.actions import HALT
from aluplanner.model.balance import Balance
from aluplanner.model.layers import with_months
from aluplanner.model.measure import MeasureError
from aluplanner.model.plan import Address, Plan
from aluplanner.model.progress import watched
from aluplanner.model.rows import Rows
from aluplanner.model.schema import fold
from aluplanner.model.solver import SolveCancelled, solve
from tests.model.cases import full_plan
from tests.model.plans import plan_of
from tests.reference.random_plans import plans, random_plan
from tests.reference.run import run
from tests.ui.standing import HAPPENED, STRONG, example

YEAR = 365.0
ALUMINIUM = (Section.ORDER, Section.COMPANY)


def small(actions: list[dict[str, Any]], **assumptions: float | str | bool) -> Plan:
    """Return a plan of two plants and three months, load factor 1, whose arithmetic fits on paper."""
    stated = {"load_factor": 1.0, **assumptions}
    return plan_of(
        {
            "plan": {"title": "By hand", "first_month": "2017-01", "months": 3, "base_year": 2016},
            "plants": [
                {"plant": "East", "province": "Shandong", "group": "One", "built": 1000, "operating": 800},
                {
                    **{"plant": "West", "province": "Xinjiang", "group": "Two", "built": 500, "operating": 500},
                    **{"under_construction": 300, "first_output": "2017-02", "ramp_months": 1},
                },
            ],
            "actions": actions,
            "demand": [{"sector": "Any", "consumption": 1200}],
            "assumptions": [{"assumption": name, "value": value} for name, value in stated.items()],
        }
    )


CLOSE_EAST = {"action": "Close", "kind": "close capacity", "target": "East", "announced": 400, "start": "2017-01"}


def test_that_a_closure_half_carried_out_is_told_in_four_different_numbers() -> None:
    found = ledger(small([{**CLOSE_EAST, "implementation": 0.5, "operating_share": 0.25}]), period="2017-02")
    assert found.amount("announced", "Close") == 400
    assert found.amount("due", "Close") == 400
    assert found.amount("implemented", "Close") == 200
    assert found.amount("gap", "Close") == 200
    assert found.amount("overhang", "Close") == 200
    assert found.amount("out", "Close") == 50
    assert found.amount("output_lost", "Close") == pytest.approx(50 * 28 / YEAR)


def test_that_the_month_it_begins_in_loses_half() -> None:
    found = ledger(small([{**CLOSE_EAST, "operating_share": 1.0}]), period="2017-01")
    assert found.amount("output_lost", "Close") == pytest.approx(0.5 * 400 * 31 / YEAR)


def test_that_an_order_is_not_announced_before_its_month() -> None:
    late = {**CLOSE_EAST, "start": "2017-03", "announced_on": "2017-02"}
    found = ledger(small([late]))
    assert found.figures["announced"][0].tolist() == [0, 400, 400]
    assert found.figures["due"][0].tolist() == [0, 0, 400]
    assert found.figures["overhang"][0].tolist() == [0, 400, 0]


def test_that_closures_beyond_what_runs_share_it_by_what_they_ask() -> None:
    first = {**CLOSE_EAST, "announced": 600, "operating_share": 1.0}
    second = {**CLOSE_EAST, "action": "Again", "announced": 400, "operating_share": 1.0}
    found = ledger(small([first, second]), period="2017-03")
    assert found.amount("effective", "Close") == 600
    assert found.amount("out", "Close") == pytest.approx(480)
    assert found.amount("out", "Again") == pytest.approx(320)


def test_that_a_closure_of_idle_capacity_takes_running_capacity_once_idle_is_gone() -> None:
    idle = {**CLOSE_EAST, "operating_share": 0.0}
    found = ledger(small([idle]), period="2017-03")
    # 1,000 built less 400 leaves 600, where 800 ran; the order itself names no running capacity
    assert found.amount("effective", "Close") == 0
    assert found.amount("out", "Close") == pytest.approx(200)


def test_that_a_curtailment_takes_what_closures_leave_and_a_share_cut_what_both_leave() -> None:
    cut = {"action": "Cut", "kind": "curtail output", "target": "East", "announced": 500, "start": "2017-01"}
    share = {"action": "Share", "kind": "curtail output", "target": "East", "share": 0.5, "start": "2017-01"}
    found = ledger(small([share, cut, {**CLOSE_EAST, "operating_share": 1.0}]), period="2017-03")
    assert found.amount("out", "Close") == pytest.approx(400)
    assert found.amount("out", "Cut") == pytest.approx(400)
    assert found.amount("effective", "Cut") == 500
    assert found.amount("out", "Share") == 0


def test_that_halts_that_overlap_withhold_no_start_twice() -> None:
    halts = [
        {"action": name, "kind": "halt construction", "target": "West", "share": 0.8, "start": "2017-01"}
        for name in ("First", "Second")
    ]
    found = ledger(small(halts), period="2017-03")
    assert found.amount("effective", "First") == pytest.approx(240)
    assert found.amount("out", "First") == pytest.approx(150)
    assert found.amount("out", "Second") == pytest.approx(150)
    assert found.amount("output_lost", "First") == pytest.approx(150 * 31 / YEAR)


def test_that_provinces_share_an_order_by_what_it_reaches_and_lose_where_it_falls() -> None:
    both = {"action": "Both", "kind": "close capacity", "announced": 300, "start": "2017-01"}
    found = ledger(small([both]), by="province", period="2017-03")
    assert found.amount("announced", "Shandong") == pytest.approx(200)
    assert found.amount("announced", "Xinjiang") == pytest.approx(100)
    assert found.amount("out", "Shandong") == pytest.approx(200 * 0.8)
    assert found.amount("out", "Xinjiang") == pytest.approx(100)


def test_that_a_companys_own_cut_stands_apart_and_is_no_order() -> None:
    own = {**CLOSE_EAST, "action": "Own", "policy": False}
    found = ledger(small([CLOSE_EAST, own]), period="2017-03")
    assert [(row.label, row.section) for row in found.rows] == [("Close", Section.ORDER), ("Own", Section.COMPANY)]
    assert found.total("due") == found.read("due", found.series["due"]) == 400
    assert found.total("due", Section.COMPANY) == 400


def test_that_no_more_hangs_over_than_all_that_ran() -> None:
    halt = {"action": "Halt", "kind": "halt construction", "target": "West", "share": 1.0}
    orders = [
        {"action": f"Order {number}", "kind": "close capacity", "announced": 1500, "start": "2017-03"}
        | {"announced_on": "2017-01"}
        for number in (1, 2)
    ]
    found = ledger(small([*orders, {**halt, "start": "2017-03"}]), period="2017-02")
    assert found.total("overhang") == 3000
    assert found.read("overhang", found.cap) == 1300 - 3000
    assert found.read("overhang", found.series["overhang"]) == 1300
    labels = [row[0] for row in found.tables()[0].rows]
    assert "Overhang: no more than all that ran" in labels


def test_that_a_known_month_keeps_its_actual_either_way_and_says_so() -> None:
    plan = small([{**CLOSE_EAST, "operating_share": 1.0}], known_until="2017-02")
    plan = plan_with_actual(plan, "2017-02", 60.0)
    found = ledger(plan, period="2017-02")
    assert found.read(LOST, found.production) == pytest.approx(60)
    assert found.read(LOST, found.without) == pytest.approx(60)
    lost = found.amount("output_lost", "Close")
    # the model makes less than the actual: what is lost counts at the actual's rate
    assert lost == pytest.approx(400 * 60 / (0.5 * (900 + 1200)))
    assert found.read(LOST, found.bridge["known"]) == pytest.approx(-lost)


def plan_with_actual(plan: Plan, month: str, production: float) -> Plan:
    """Return a plan that knows the production of a month."""
    return with_months(plan, [month]).with_value(Address("monthly", month, "actual_production"), production)


# Sums


def check_sums(found: Ledger) -> None:
    """Assert that rows add up to totals, totals to the series of the balance, and output to two runs."""
    scale = 1e-9 * max(1.0, float(np.max(found.without, initial=0.0)), float(np.max(found.series["overhang"])))
    for section in Section:
        places = [place for place, row in enumerate(found.rows) if row.section is section]
        for name in LEVELS if section is Section.ALUMINA else FIGURES:
            added = found.figures[name][places].sum(axis=0)
            np.testing.assert_allclose(added, found.totals[section][name], rtol=1e-9, atol=scale)
    for name in ("due", "implemented", "landed"):
        np.testing.assert_allclose(found.totals[Section.ORDER][name], found.series[name], rtol=1e-9, atol=scale)
    overhang = found.totals[Section.ORDER]["overhang"] + found.cap
    np.testing.assert_allclose(overhang, found.series["overhang"], rtol=1e-9, atol=scale)
    lost = np.sum([found.totals[section][LOST] for section in ALUMINIUM], axis=0)
    bridged = lost + np.sum(list(found.bridge.values()), axis=0)
    np.testing.assert_allclose(bridged, found.without - found.production, rtol=1e-9, atol=scale)


@pytest.mark.parametrize("seed", range(30))
def test_that_every_sum_of_a_random_plan_reconciles(seed: int) -> None:
    rng = Random(seed)
    tables = random_plan(rng, ("small", "medium", "large")[seed % 3])
    balance = solve(plan_of(tables), rng.choice([None, *(row["scenario"] for row in tables.get("scenarios") or [])]))
    for by in GROUPINGS:
        check_sums(ledger(balance, by=by))


@given(plans())
@settings(max_examples=40, deadline=None)
def test_that_what_actions_take_out_is_what_would_run_less_what_runs(tables: dict[str, Any]) -> None:
    figures = Figures(solve(plan_of(tables)))
    losses = Losses(figures)
    out, free, runs = losses.of_actions(), free_running(figures), figures.capacity.before_market[0]
    every = np.ones(out.shape[1], dtype=bool)
    scale = 1e-9 * max(1.0, float(free.sum(axis=1).max(initial=0.0)))
    np.testing.assert_allclose(losses.at_plants(every), free - runs, rtol=0.0, atol=scale)
    np.testing.assert_allclose(out.sum(axis=1), (free - runs).sum(axis=1), rtol=0.0, atol=scale)
    assert (out >= -scale).all()


@pytest.mark.parametrize("by", GROUPINGS)
def test_that_every_sum_of_the_2017_case_reconciles_in_every_scenario(by: str) -> None:
    plan = example()
    for scenario in (None, *plan.scenario_names):
        check_sums(ledger(plan, scenario=scenario, by=by, period="2017H2"))


# Other ways to the same numbers


def without_restricting(tables: dict[str, Any]) -> dict[str, Any]:
    """Return a reference plan without its restricting aluminium actions, in every scenario."""
    kept = [
        row
        for row in tables["actions"]
        if row["kind"] in ("restart capacity", "commission capacity") or row.get("product") == "alumina"
    ]
    gone = {fold(row["action"]) for row in tables["actions"]} - {fold(row["action"]) for row in kept}
    dropped = [
        row for row in tables.get("overrides") or [] if row["table"] != "actions" or fold(row["row"]) not in gone
    ]
    return {**tables, "actions": kept, "overrides": dropped, "scenarios": [], "uncertainty": []}


@pytest.mark.parametrize("seed", range(40))
def test_that_two_runs_of_the_reference_implementation_differ_by_the_same_output(seed: int) -> None:
    tables = {**random_plan(Random(seed), "medium"), "scenarios": [], "overrides": []}
    found = ledger(plan_of(tables))
    full, free = run(tables, None), run(without_restricting(tables), None)
    expected = np.array(free["monthly"]["production"]) - np.array(full["monthly"]["production"])
    lost = np.sum([found.totals[section][LOST] for section in ALUMINIUM], axis=0)
    bridged = lost + np.sum(list(found.bridge.values()), axis=0)
    np.testing.assert_allclose(bridged, expected, rtol=1e-9, atol=1e-9 * max(1.0, float(np.abs(found.without).max())))


def switched_off(plan: Plan, wanted: Any) -> Balance:
    """Return the balance without the restricting actions that are wanted off."""
    off = {Address("actions", action.action, "enabled"): False for action in plan.actions if wanted(action)}
    return solve(plan.with_cells(off)) if off else solve(plan)


@pytest.mark.parametrize("seed", range(40))
def test_that_each_step_of_section_4_takes_what_runs_with_and_without_it_differ_by(seed: int) -> None:
    """Switching steps off from the last to the first never changes what the earlier ones take."""
    plan = plan_of({**random_plan(Random(seed), "medium"), "scenarios": [], "overrides": []})
    balance = solve(plan)
    figures = Figures(balance)
    out = Losses(figures).of_actions()
    steps = (
        lambda action: action.kind == "curtail output" and action.is_share_cut,
        lambda action: action.kind == "curtail output" and not action.is_share_cut,
        lambda action: action.kind == "close capacity",
        lambda action: action.kind == HALT,
    )
    runs = figures.capacity.before_market[0].sum(axis=1)
    off: list[Any] = []
    for step in steps:
        off.append(step)
        freer = switched_off(plan, lambda action: any(gone(action) for gone in off))
        would_run = Figures(freer).capacity.before_market[0].sum(axis=1)
        taken = out[:, [place for place, action in enumerate(figures.run.frame.actions) if step(action)]].sum(axis=1)
        np.testing.assert_allclose(taken, would_run - runs, rtol=0, atol=1e-9 * max(1.0, float(would_run.max())))
        runs = would_run


def test_that_capacity_out_times_days_is_the_output_lost_where_nothing_else_limits() -> None:
    found = ledger(example(), scenario=STRONG)
    balance = solve(example(), STRONG)
    load = balance.plan.assumption("load_factor")
    assert isinstance(load, float)
    rate = load * np.array([month.days / month.days_in_year for month in balance.horizon])
    for place, row in enumerate(found.rows):
        if row.section is not Section.ALUMINA:
            out = found.figures["out"][place]
            mean = [0.5 * (out[t] + (out[t - 1] if t else 0.0)) for t in range(len(out))]
            np.testing.assert_allclose(found.figures[LOST][place], mean * rate, rtol=1e-9, atol=1e-9)


def test_that_the_order_of_rows_does_not_matter() -> None:
    plan = example()
    turned = plan_with_actions_turned(plan)
    one, other = ledger(plan, period="2017H2"), ledger(turned, period="2017H2")
    for name in FIGURES:
        if name != LOST:
            found = dict(zip([row.label for row in other.rows], other.amounts(name), strict=True))
            for row, value in zip(one.rows, one.amounts(name), strict=True):
                assert value == pytest.approx(found[row.label], rel=1e-9, abs=1e-9), (name, row.label)


def plan_with_actions_turned(plan: Plan) -> Plan:
    """Return a plan with the rows of Actions and Plants upside down."""
    turned = {
        name: Rows(getattr(plan, name).table, tuple(reversed(tuple(getattr(plan, name)))))
        for name in ("actions", "plants")
    }
    return replace(plan, **turned)


# The 2017 case


def test_that_two_million_tonnes_of_words_in_april_2017_took_next_to_nothing_by_june() -> None:
    found = ledger(example(), period="2017H1")
    building, running = "Xinjiang April order - construction", "Xinjiang April order - running"
    assert found.amount("announced", building) + found.amount("announced", running) == pytest.approx(2000)
    assert found.amount("implemented", building) == pytest.approx(1200)
    assert found.amount("implemented", running) == pytest.approx(20)
    assert found.amount("out", running) == pytest.approx(20)
    assert found.amount("output_lost", building) + found.amount("output_lost", running) < 10
    assert found.total("announced") > 5 * found.total("due") > 5 * found.total("implemented")
    assert found.total("implemented") > 8 * found.total("out")


# Tables, JSON, refusals


def test_that_tables_hold_every_row_its_subtotals_and_the_cells_they_speak_of() -> None:
    found = ledger(example(), period="2017H2", step="quarter")
    main, sums, output, steps = found.tables()
    assert [column.title for column in main.columns][2:] == [
        "Announced (kt/y)", "Due (kt/y)", "Implemented (kt/y)", "Gap (kt/y)", "Overhang (kt/y)",
        "Out of operation (kt/y)", "Output lost (kt)",
    ]  # fmt: skip
    for row, address in zip(main.rows, main.addresses, strict=True):
        assert (address is None) == str(row[0]).startswith(("All ", "Orders and"))
        if address is not None:
            assert address == Address("actions", str(row[0]), "implementation")
    rows = {row[0]: row for row in main.rows}
    assert rows["All orders"][3] == pytest.approx(found.read("due", found.series["due"]))
    assert is_blank(rows["Alumina winter cut 30 %"][-1])
    assert max(abs(row[-1]) for row in sums.rows if isinstance(row[-1], float)) < 1e-9
    lines = [row[1] for row in output.rows]
    assert sum(lines[:5]) == pytest.approx(lines[5], abs=1e-9)
    assert lines[6] - lines[7] == pytest.approx(lines[5], abs=1e-9)
    assert {row[2] for row in steps.rows} == {"2017Q3", "2017Q4"}
    by_quarter = [row[-1] for row in steps.rows if row[0] == "All orders"]
    assert sum(by_quarter) == pytest.approx(rows["All orders"][-1])


def test_that_rows_without_anything_in_the_period_are_left_out_and_counted() -> None:
    found = ledger(example(), period="2017-01")
    main = found.tables()[0]
    assert len(main.rows) < len(found.rows)
    assert any("nothing in the period" in note for note in main.notes)


def test_that_a_mean_reads_capacities_over_all_months() -> None:
    plan = small([{**CLOSE_EAST, "start": "2017-03"}])
    assert ledger(plan, reading="mean").amount("due", "Close") == pytest.approx(400 / 3)
    assert ledger(plan, reading="end").amount("due", "Close") == 400


def test_that_json_has_every_month_and_no_number_that_json_lacks() -> None:
    found = ledger(example(), scenario=HAPPENED, by="province", period="2017H2", step="month")
    data = json.loads(json.dumps(found.as_json(), allow_nan=False))
    assert len(data["months"]) == 24
    assert data["steps"] == list(found.horizon.labels[6:12])
    for row, shown in zip(found.rows, data["rows"], strict=True):
        assert shown["label"] == row.label
        assert shown["due"] == pytest.approx(found.figures["due"][found.rows.index(row)].tolist())
    assert data["totals"]["order"]["over_period"]["due"] == pytest.approx(found.total("due"))


def test_that_a_balance_does_as_well_as_a_plan() -> None:
    plan = full_plan()
    one, other = ledger(solve(plan, "Slow")), ledger(plan, scenario="Slow")
    assert one.scenario == other.scenario == "Slow"
    assert np.array_equal(one.figures["due"], other.figures["due"])


@pytest.mark.parametrize("step", ["month", "quarter", "half", "year"])
def test_that_steps_cover_the_period_once(step: str) -> None:
    found = ledger(example(), period="2017", step=step)
    months = [t for period in found.steps for t in period.inside(found.horizon)]
    assert months == list(range(12))


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"period": "never"}, "“never” is not a period"),
        ({"period": "2031"}, "No month of 2031 is in the plan"),
        ({"by": "colour"}, "“colour”"),
        ({"reading": "loud"}, "“loud”"),
        ({"step": "week"}, "“week”"),
    ],
)
def test_that_what_cannot_be_told_is_refused_in_a_sentence(asked: dict[str, str], said: str) -> None:
    with pytest.raises(MeasureError, match=said) as caught:
        ledger(full_plan(), **asked)
    assert caught.value.remedy


def test_that_it_stops_when_nobody_wants_it_and_says_how_far_it_is() -> None:
    told: list[float] = []
    with watched(progress=told.append):
        ledger(example())
    assert told == sorted(told)
    assert told[-1] <= 1
    with pytest.raises(SolveCancelled):
        ledger(example(), cancelled=lambda: True)


def test_that_a_plan_without_restricting_actions_has_an_empty_ledger() -> None:
    found = ledger(small([]))
    assert found.rows == ()
    assert found.tables()[0].rows == ()
    assert math.isclose(found.read(LOST, found.without), found.read(LOST, found.production))
    json.dumps(found.as_json(), allow_nan=False)


def test_that_steps_that_reach_beyond_the_period_are_said_to() -> None:
    assert ledger(small([CLOSE_EAST]), period="2017-02", step="quarter").tables()[-1].notes
    assert not ledger(small([CLOSE_EAST]), period="2017-02", step="month").tables()[-1].notes


def test_that_the_whole_horizon_is_called_by_its_months() -> None:
    main, _, output = ledger(small([CLOSE_EAST])).tables()
    assert "2017-01 to 2017-03" in main.title
    assert output.columns[1].title == "2017-01 to 2017-03 (kt)"
