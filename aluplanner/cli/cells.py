"""Cells and their values as typed on the command line."""

from aluplanner.cli.exits import UsageError
from aluplanner.i18n import PLAIN, tr
from aluplanner.model.cell_text import CellTextError, parse
from aluplanner.model.plan import Address, Plan


def cell_value(plan: Plan, address: Address, text: str) -> float:
    """Return a number as it would be typed into a cell: ``20%`` or 0.2 for a share.

    Raises
    ------
    UsageError
        If the cell would not take it.
    """
    column = plan.cell_column(address.table, address.row, address.column)
    if column is None:
        raise UsageError(tr("The plan has no cell “{cell}”.", cell=str(address)))
    try:
        value = parse(column, text, PLAIN)
    except CellTextError as error:
        raise UsageError(f"{error.message} {error.remedy}") from None
    if not isinstance(value, float | int):
        raise UsageError(tr("“{text}” is not a number for {cell}.", text=text, cell=str(address)))
    return float(value)
