"""Rules of the Scenarios, Overrides, Uncertainty and Claims tables (sections 1 and 11 of the model page)."""

from collections.abc import Iterator

from aluplanner.i18n import number_style, tr
from aluplanner.model.cell_rules import cell_issue
from aluplanner.model.cell_text import show
from aluplanner.model.issues import Issue, PlanError, Severity
from aluplanner.model.layer_order import layers_of
from aluplanner.model.layers import (
    conflicts,
    is_base,
    overridden_cells,
    override_address,
    override_addresses,
)
from aluplanner.model.plan import TABLES, Address, Plan, find_table
from aluplanner.model.rows import Rows
from aluplanner.model.scenarios import Override
from aluplanner.model.schema import BLANK, Value, fold
from aluplanner.model.uncertainty import UNIFORM, UncertainCell


def check_scenarios(plan: Plan) -> Iterator[Issue]:
    """Yield broken rules of the Scenarios table, and conflicts of layers as warnings."""
    rows = plan.scenarios
    for position, scenario in enumerate(rows):
        if is_base(scenario.scenario):
            yield cell_issue(
                rows,
                position,
                "scenario",
                "reserved",
                tr("“Base” is the name of the base plan."),
                tr("Give the scenario another name."),
            )
            continue
        try:
            layers_of(plan, scenario.scenario)
        except PlanError as error:
            yield from (found for found in error.issues if fold(found.row) == fold(scenario.scenario))
        else:
            yield from _conflict_warnings(plan, scenario.scenario)


def _conflict_warnings(plan: Plan, scenario: str) -> Iterator[Issue]:
    """Yield the conflicts of a scenario's layers, each at its cell, where the planner meets the value that stands."""
    for conflict in conflicts(plan, scenario):
        address = conflict.address
        yield Issue(
            Severity.WARNING,
            "layer-conflict",
            tr(
                "“{earlier}” sets this to {earlier_value}, “{later}” to {later_value};"
                " in “{scenario}”, “{stands}” stands.",
                earlier=conflict.earlier,
                earlier_value=layer_text(plan, address, conflict.earlier_value),
                later=conflict.later,
                later_value=layer_text(plan, address, conflict.later_value),
                scenario=scenario,
                stands=overridden_cells(plan, scenario)[address].scenario,
            ),
            tr("Change the order of what “{scenario}” builds on, or set the cell in it.", scenario=scenario),
            table=address.table,
            row=address.row,
            column=address.column,
            scenario=scenario,
        )


def layer_text(plan: Plan, address: Address, value: Value) -> str:
    """Return what a layer sets a cell to, as the cell shows it."""
    column = plan.cell_column(address.table, address.row, address.column)
    return tr("blank") if column is None or value in (None, BLANK) else show(column, value, number_style())


def check_overrides(plan: Plan) -> Iterator[Issue]:
    """Yield overrides that belong to no scenario or name no cell, and cells set twice by one scenario."""
    rows = plan.overrides
    seen: dict[tuple[str, object], int] = {}
    for position, (override, address) in enumerate(zip(rows, override_addresses(plan), strict=True)):
        if plan.scenarios.find(override.scenario or "") is None:
            yield cell_issue(
                rows,
                position,
                "scenario",
                "unknown-scenario",
                tr("There is no scenario “{name}”.", name=override.scenario or ""),
                tr("Name one of the rows of the Scenarios table."),
            )
        if address is None:
            yield _no_such_cell(plan, rows, position, override)
        elif (fold(override.scenario or ""), address) in seen:
            yield Issue(
                Severity.WARNING,
                "overridden-twice",
                tr("The scenario sets {address} twice; the later row stands.", address=address),
                tr("Delete one of the two rows."),
                table="overrides",
                row=rows.keys[position],
                column="value",
                position=position,
            )
        else:
            seen[fold(override.scenario or ""), address] = position


def _no_such_cell(
    plan: Plan, rows: Rows[Override] | Rows[UncertainCell], position: int, cell: Override | UncertainCell
) -> Issue:
    """Return the error for a row that names a cell which is not there, at the part that is wrong."""
    table = find_table(cell.table or "")
    if table is None or not table.can_vary:
        names = ", ".join(name for name, known in TABLES.items() if known.can_vary)
        return cell_issue(
            rows,
            position,
            "table",
            "unknown-table",
            tr("There is no table “{name}” to change.", name=cell.table or ""),
            tr("Choose {choices}.", choices=names),
        )
    column = plan.find_column(table.name, cell.column or "")
    if column is None or column.derived or column.name in table.key:
        names = ", ".join(
            known.name for known in plan.columns(table.name) if known.name not in table.key and not known.derived
        )
        return cell_issue(
            rows,
            position,
            "column",
            "unknown-column",
            tr("{table} has no column “{name}” to change.", table=table.title, name=cell.column or ""),
            tr("Choose {choices}.", choices=names),
        )
    return cell_issue(
        rows,
        position,
        "row",
        "unknown-row",
        tr("{table} has no row “{row}”.", table=table.title, row=cell.row or ""),
        tr("Name one of its rows."),
    )


def check_uncertainty(plan: Plan) -> Iterator[Issue]:
    """Yield uncertain cells that do not exist or are not numeric, and bounds out of order."""
    rows = plan.uncertainty
    for position, cell in enumerate(rows):
        address = override_address(plan, Override("", cell.table, cell.row, cell.column))
        if address is None:
            yield _no_such_cell(plan, rows, position, cell)
            continue
        column = plan.cell_column(address.table, address.row, address.column)
        if column is None or not column.is_numeric:
            yield cell_issue(
                rows,
                position,
                "column",
                "not-numeric",
                tr("{address} does not hold a number.", address=address),
                tr("Only numeric cells can be uncertain."),
            )
        yield from _check_order(rows, position, cell)


def _check_order(rows: Rows[UncertainCell], position: int, cell: UncertainCell) -> Iterator[Issue]:
    if cell.mode is None and cell.distribution not in (None, UNIFORM):
        yield cell_issue(
            rows,
            position,
            "mode",
            "required",
            tr("Mode is empty."),
            tr("Give the most likely value, or choose uniform."),
        )
    mode = None if cell.distribution == UNIFORM else cell.mode
    stated = [value for value in (cell.low, mode, cell.high) if isinstance(value, float)]
    if stated != sorted(stated):
        yield cell_issue(
            rows, position, "low", "order", tr("Low, mode and high are not in order."), tr("Write low ≤ mode ≤ high.")
        )
