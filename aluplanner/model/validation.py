"""Everything wrong or doubtful with a plan, collected (sections 1 to 3 of the model page)."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from aluplanner.i18n import tr
from aluplanner.model.cell_rules import check_cells
from aluplanner.model.claim_rules import check_claims_table
from aluplanner.model.issues import Issue, PlanError
from aluplanner.model.layer_order import layers_of
from aluplanner.model.layers import is_base, kept_with_overrides, overridden_cells, resolve
from aluplanner.model.plan import TABLES, Address, Plan
from aluplanner.model.scenario_rules import check_overrides, check_scenarios, check_uncertainty
from aluplanner.model.schema import fold
from aluplanner.model.table_rules import (
    check_actions,
    check_assumptions,
    check_horizon,
    check_plants,
    check_seasonality,
)
from aluplanner.model.unread_rules import UNREAD, UNREADABLE, check_unread, follows_from_unreadable

NOT_SOLVED: Final = frozenset({"claims", "uncertainty"})
"""Tables that the balance does not read; what is wrong in them does not keep it from being solved."""


def validate(plan: Plan) -> tuple[Issue, ...]:
    """Return everything wrong or doubtful with the plan, in the base and in each of its scenarios.

    What is wrong in the base is reported once, not again for every scenario.
    """
    return plan.kept("issues", lambda: _find_issues(plan))


def _find_issues(plan: Plan) -> tuple[Issue, ...]:
    found = dict.fromkeys(_base_issues(plan))
    for scenario in plan.scenarios:
        found.update(dict.fromkeys(_scenario_issues(plan, scenario.scenario)))
    return tuple(found)


def validate_for(plan: Plan, scenario: str | None) -> tuple[Issue, ...]:
    """Return what is wrong or doubtful with the base and with one scenario."""
    if is_base(scenario):
        return _base_issues(plan)
    return (*_base_issues(plan), *_scenario_issues(plan, scenario or ""))


def require_solvable(plan: Plan, scenario: str | None) -> None:
    """Raise if errors keep the plan from being solved for ``scenario``.

    Raises
    ------
    PlanError
        With every error that stands in the way.
    """
    layers = frozenset() if is_base(scenario) else frozenset(map(fold, layers_of(plan, scenario or "")))
    issues = validate_for(plan, scenario)
    errors = [issue for issue in issues if issue.is_error and _concerns(plan, issue, layers)]
    if errors:
        raise PlanError(errors)


def _concerns(plan: Plan, issue: Issue, layers: frozenset[str]) -> bool:
    """Return whether an issue keeps the base and the given layers from being solved.

    What is wrong in other scenarios does not, nor does a text for which a cell's last good value stands in.
    """
    if issue.code == UNREAD:
        return False
    if issue.table == "overrides" and issue.position is not None:
        return fold(plan.overrides[issue.position].scenario or "") in layers
    if issue.table == "scenarios":
        return fold(issue.row) in layers
    return issue.table not in NOT_SOLVED


def _base_issues(plan: Plan) -> tuple[Issue, ...]:
    return plan.kept("base issues", lambda: _find_base_issues(plan))


def _find_base_issues(plan: Plan) -> tuple[Issue, ...]:
    own = (issue for table in TABLES for issue in _cell_issues(plan, table))
    found = (*own, *_rules(plan), *_layer_rules(plan))
    return tuple(issue for issue in found if not follows_from_unreadable(plan, issue))


def _cell_issues(plan: Plan, table: str) -> tuple[Issue, ...]:
    """Return what is wrong with a table's cells; kept with the rows unless their columns depend on other tables."""
    rows = plan.table(table)

    def find() -> tuple[Issue, ...]:
        return *check_unread(plan, rows), *check_cells(plan, rows)

    if table == "overrides":
        return kept_with_overrides(plan, "cell issues", find)
    if table == "uncertainty":
        return find()
    columns = plan.growth_years if table == "demand" else ""
    return rows.kept(f"cell issues {columns}", find)


def _rules(plan: Plan) -> Iterator[Issue]:
    yield from check_horizon(plan)
    yield from check_plants(plan)
    yield from check_actions(plan)
    yield from check_seasonality(plan)
    yield from check_assumptions(plan)


def _layer_rules(plan: Plan) -> Iterator[Issue]:
    yield from check_scenarios(plan)
    yield from check_overrides(plan)
    yield from check_uncertainty(plan)
    yield from check_claims_table(plan)


def _scenario_issues(plan: Plan, scenario: str) -> tuple[Issue, ...]:
    return plan.kept(f"issues of {scenario}", lambda: tuple(_find_scenario_issues(plan, scenario)))


def _find_scenario_issues(plan: Plan, scenario: str) -> Iterator[Issue]:
    """Yield what the overrides of a scenario break; nothing while one of those is itself at fault."""
    base = set(_base_issues(plan))
    try:
        cells = overridden_cells(plan, scenario)
        faulty = {
            issue.position for issue in base if issue.is_error and issue.code != UNREAD and issue.table == "overrides"
        }
        if any(layered.position in faulty for layered in cells.values()):
            return
        resolved = resolve(plan, scenario)
    except PlanError as error:
        yield from (issue for issue in error.issues if issue not in base)
        return
    own = [issue for table in TABLES for issue in _changed_table_issues(plan, resolved, table)]
    for issue in (*own, *_rules(resolved)):
        # texts that cannot be read are told of once, where they stand
        if issue.code in (UNREAD, UNREADABLE) or follows_from_unreadable(resolved, issue):
            continue
        if issue not in base:
            yield _at_override(plan, scenario, cells, issue)


def _changed_table_issues(plan: Plan, resolved: Plan, table: str) -> tuple[Issue, ...]:
    return () if resolved.table(table) is plan.table(table) else _cell_issues(resolved, table)


def _at_override(plan: Plan, scenario: str, cells: Any, issue: Issue) -> Issue:
    """Return an issue of a scenario, placed at the override of the cell, else at the last one of its row, if any."""
    row = [layered for address, layered in cells.items() if (address.table, address.row) == (issue.table, issue.row)]
    layered = cells.get(Address(issue.table, issue.row, issue.column)) or (row[-1] if row else None)
    message = tr("In scenario “{scenario}”: {message}", scenario=scenario, message=issue.message)
    if layered is None:
        return replace(issue, scenario=scenario, message=message)
    return replace(
        issue,
        scenario=scenario,
        message=message,
        table="overrides",
        row=plan.overrides.keys[layered.position],
        column="value",
        position=layered.position,
    )
