"""What holds for every plan (sections 4 and 7 of the model page), tried on random ones."""

from collections.abc import Iterator
from random import Random
from typing import Any

import numpy as np
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from aluplanner.model.actions import RESTRICTING
from aluplanner.model.balance import Balance
from aluplanner.model.inputs import Inputs
from aluplanner.model.layers import resolve
from aluplanner.model.plan import Plan
from aluplanner.model.solver import run_model, solve
from tests.model.plans import plan_of, result_of
from tests.reference.compare import differences, is_borderline
from tests.reference.random_plans import plans

Tables = dict[str, Any]

patient = settings(suppress_health_check=list(HealthCheck), max_examples=40)


def balances(tables: Tables) -> Iterator[Balance]:
    plan = plan_of(tables)
    for scenario in (None, *plan.scenario_names):
        yield solve(plan, scenario)


@patient
@given(tables=plans())
def test_that_stocks_balance_in_every_month(tables: Tables) -> None:
    for balance in balances(tables):
        held = balance.series("stock") + balance.series("unseen_stock")
        before = np.concatenate([[balance.opening("stock")], held[:-1]])
        flows = balance.series("supply") - balance.series("consumption")
        corrected = flows + balance.series("shortfall") + balance.series("residual")
        scale = np.maximum.reduce(
            [np.ones_like(held), held, np.abs(before), np.abs(flows), balance.series("shortfall")]
        )
        assert (np.abs(held - before - corrected) <= 1e-9 * scale).all()


@patient
@given(tables=plans())
def test_that_no_plant_runs_less_than_nothing_or_more_than_is_built(tables: Tables) -> None:
    plan = plan_of(tables)
    for scenario in (None, *plan.scenario_names):
        run = run_model(Inputs(resolve(plan, scenario), {}, 1))
        built = run.plants.built[0]
        operating = np.array(list(solve(plan, scenario).by_plant("operating").values())).T.reshape(
            built.shape if built.size else (len(run.frame.horizon), 0)
        )
        assert (built >= 0).all()
        assert (operating >= 0).all()
        assert (operating <= np.broadcast_to(built, operating.shape) * (1 + 1e-12) + 1e-9).all()


@patient
@given(tables=plans())
def test_that_no_stock_and_no_amount_is_negative(tables: Tables) -> None:
    for balance in balances(tables):
        for name in ("stock", "production", "consumption", "shortfall", "alumina_stock", "alumina_shortfall", "due",
                     "implemented", "overhang", "built", "operating"):  # fmt: skip
            series = balance.series(name)
            assert np.isnan(series).all() or (series >= -1e-9).all()
        assert (balance.series("price") > 0).all()
        assert (balance.series("landed") <= balance.series("due") + 1e-9).all()
        assert ((balance.series("credibility") >= -1e-12) & (balance.series("credibility") <= 1 + 1e-12)).all()


def shuffled(tables: Tables, rng: Random) -> Tables:
    """Return the tables with plants, actions, sectors and overrides in another order.

    Overrides of one cell by one scenario keep theirs: there the later row stands.
    """
    found = dict(tables)
    for name in ("plants", "actions", "demand"):
        found[name] = rng.sample(tables.get(name) or [], len(tables.get(name) or []))
    rows = tables.get("overrides") or []
    found["overrides"] = rng.sample(rows, len(rows))
    by_cell: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for row in rows:
        by_cell.setdefault(cell_of(row), []).append(row)
    found["overrides"] = [by_cell[cell_of(row)].pop(0) for row in found["overrides"]]
    return found


def cell_of(row: dict[str, Any]) -> tuple[str, ...]:
    return tuple(str(row[name]).strip().casefold() for name in ("scenario", "table", "row", "column"))


@patient
@given(tables=plans(), rng=st.randoms(use_true_random=False))
def test_that_the_order_of_rows_changes_nothing(tables: Tables, rng: Random) -> None:
    plan, other = plan_of(tables), plan_of(shuffled(tables, rng))
    for scenario in (None, *plan.scenario_names):
        ours = result_of(solve(plan, scenario))
        if not is_borderline(tables, {**ours, "scenario": scenario}):
            theirs = result_of(solve(other, scenario))
            assert differences(ours, theirs) == []
            assert set(theirs["operating_by_plant"]) == set(ours["operating_by_plant"])


def with_assumptions(tables: Tables, **values: Any) -> Tables:
    rows = [row for row in tables.get("assumptions") or [] if row["assumption"] not in values]
    return {**tables, "assumptions": [*rows, *({"assumption": name, "value": v} for name, v in values.items())]}


def base_only(tables: Tables) -> Tables:
    return {name: rows for name, rows in tables.items() if name not in ("scenarios", "overrides", "uncertainty")}


@patient
@given(tables=plans())
def test_that_without_actions_the_opening_is_carried_forward(tables: Tables) -> None:
    calm = with_assumptions(base_only(tables), market_response=False)
    calm["actions"] = [{**row, "enabled": False} for row in tables["actions"]]
    calm["plants"] = [{**row, "first_output": None} for row in tables["plants"]]
    balance = solve(plan_of(calm))
    for plant in balance.plan.plants:
        assert (balance.by_plant("operating")[plant.plant] == (plant.operating or 0.0)).all()
    for name in ("built", "operating", "under_construction"):
        np.testing.assert_allclose(balance.series(name), balance.opening(name), rtol=1e-12, atol=1e-9)
    for name in ("closed", "closed_running", "curtailed", "restarted", "halted", "commissioned", "due", "implemented",
                 "landed", "overhang", "premium"):  # fmt: skip
        assert (balance.series(name) == 0).all()
    assert (balance.series("credibility") == balance.opening("credibility")).all()
    assert balance.by_action("effective") == {}


@patient
@given(tables=plans())
def test_that_disabled_actions_might_as_well_not_be_there(tables: Tables) -> None:
    tables = base_only(tables)
    disabled = [row["action"] for row in tables["actions"] if row.get("enabled") is False]
    assume(disabled)
    names = {name.strip().casefold() for name in disabled}
    kept = [dict(row) for row in tables["actions"] if row.get("enabled") is not False]
    for row in kept:
        credits = [name for name in (row.get("credit") or "").split(";") if name.strip().casefold() not in names]
        row["credit"] = ";".join(credits) or None
    ours, theirs = solve(plan_of(tables)), solve(plan_of({**tables, "actions": kept}))
    for name in ours.names:
        np.testing.assert_allclose(ours.series(name), theirs.series(name), rtol=1e-9, atol=1e-6, err_msg=name)


EXCUSES = {"over-closed", "over-curtailed", "credited twice"}


def restricting(plan: Plan) -> list[str]:
    return [action.action for action in plan.actions if action.kind in RESTRICTING and action.enabled is not False]


def is_within_limits(balance: Balance) -> bool:
    """Return whether more restriction must lower what runs (section 4 of the model page).

    Besides what a warning tells, two things are left out: closures that take more running capacity
    than there is because an operating share says so, and a cut that takes credit while another cut
    is in force at the same plant, for what the one gives back the other still takes.
    """
    if any(issue.code in EXCUSES for issue in balance.warnings):
        return False
    run = run_model(Inputs(balance.plan, {}, 1))
    plants, cuts = run.plants, run.frame.share_cuts
    could_run = plants.opening("operating") + plants.restarted
    in_force = (run.forces.first.phi[0][:, cuts] > 0).astype(float) @ run.frame.reach[cuts].astype(float)
    overlap = bool(run.frame.credited) and bool((in_force > 1).any())
    return not overlap and bool((plants.closing_running <= could_run * (1 + 1e-12) + 1e-9).all())


@patient
@given(tables=plans(), data=st.data())
def test_that_more_restriction_never_raises_operating_capacity(tables: Tables, data: st.DataObject) -> None:
    plan = plan_of(with_assumptions(base_only(tables), market_response=False))
    names = restricting(plan)
    assume(names)
    name = data.draw(st.sampled_from(names))
    less, more = sorted(data.draw(st.tuples(st.floats(0, 1), st.floats(0, 1))))
    looser, tighter = (solve(plan.with_value(f"actions/{name}/implementation", part)) for part in (less, more))
    assume(is_within_limits(looser) and is_within_limits(tighter))
    before, after = looser.series("operating"), tighter.series("operating")
    assert (after <= before + 1e-9 * np.maximum(1.0, before)).all(), name
