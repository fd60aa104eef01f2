"""Cells and objectives in words, for the answers of analyses."""

from collections.abc import Sequence

from aluplanner.analysis.answer_table import AnswerColumn, figure_text
from aluplanner.analysis.objective import Objective
from aluplanner.i18n import tr
from aluplanner.model.measure import Measure
from aluplanner.model.plan import Address, Plan, find_table
from aluplanner.model.schema import Column, Type


def cell_title(plan: Plan, address: Address) -> str:
    """Return a cell in words, without its table: ``Shandong clean-up, Implementation``."""
    column = plan.cell_column(address.table, address.row, address.column)
    table = find_table(address.table)
    title = _title(column) if column is not None else address.column
    is_parameter = table is not None and bool(table.parameters)
    return title if is_parameter else tr("{row}, {column}", row=address.row, column=title)


def _title(column: Column) -> str:
    """Return a column's title without its unit."""
    return column.heading.removesuffix(f" ({column.unit})").removesuffix(f"({tr(column.unit)})")


def cells_title(plan: Plan, addresses: Sequence[Address]) -> str:
    """Return several cells that move together in words: one column of several rows, or one after the other."""
    columns = {(address.table, address.column) for address in addresses}
    if len(addresses) > 1 and len(columns) == 1:
        column = plan.cell_column(addresses[0].table, addresses[0].row, addresses[0].column)
        rows = "; ".join(address.row for address in addresses)
        return tr("{column} of {rows}", column=_title(column) if column else addresses[0].column, rows=rows)
    return "; ".join(cell_title(plan, address) for address in addresses)


def value_column(plan: Plan, address: Address, heading: str = "") -> AnswerColumn:
    """Return how values of a cell are shown in an answer."""
    column = plan.cell_column(address.table, address.row, address.column)
    is_percent = column is not None and column.type is Type.FRACTION
    unit = "" if column is None or is_percent else column.unit
    return AnswerColumn(heading or cell_title(plan, address), unit, 1 if is_percent else None, is_percent)


def objective_column(objective: Objective, heading: str = "", *, is_signed: bool = False) -> AnswerColumn:
    """Return how values of an objective are shown in an answer."""
    return _figure_column(heading or str(objective), objective.unit, is_signed)


def measure_column(measure: Measure, heading: str, *, is_signed: bool = False) -> AnswerColumn:
    """Return how values of a measure are shown in an answer."""
    return _figure_column(heading, measure.unit, is_signed)


def _figure_column(heading: str, unit: str, is_signed: bool) -> AnswerColumn:
    is_percent = unit == "fraction"
    decimals = 3 if unit in ("t/t", "TWh") else 1 if is_percent or unit == "days" else 0
    return AnswerColumn(heading, "" if is_percent else unit, decimals, is_percent, is_signed)


def with_unit(column: AnswerColumn, value: float | None) -> str:
    """Return a value with its unit: ``1,993 kt``, ``43.5 %``."""
    text = figure_text(column, value)
    return f"{text} {column.unit}" if column.unit and text else text
