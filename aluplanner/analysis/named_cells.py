"""Cells as questions name them."""

from aluplanner.analysis.question_error import QuestionError
from aluplanner.i18n import tr
from aluplanner.model.issues import PlanError
from aluplanner.model.layers import override_address
from aluplanner.model.plan import Address, Plan
from aluplanner.model.scenarios import Override


def numeric_cell(plan: Plan, given: Address | str) -> Address:
    """Return a cell that a question varies, as the plan spells it.

    A month of the horizon that Monthly does not list counts as a row of zeros.

    Raises
    ------
    QuestionError
        If the plan has no such cell among those that scenarios can change, or it holds no number.
    """
    address = _parsed(given)
    found = None
    if address is not None:
        found = override_address(plan, Override("", address.table, address.row, address.column))
    if found is None:
        message = tr("The plan has no cell “{cell}” that a scenario could change.", cell=str(given))
        raise QuestionError("address", message, tr("Write table/row/column, as in: assumptions/load_factor/value."))
    column = plan.cell_column(found.table, found.row, found.column)
    if column is None or not column.is_numeric:
        message = tr("“{cell}” does not hold a number, so it cannot be varied.", cell=str(given))
        raise QuestionError("address", message, tr("Name a cell with a number."))
    return found


def _parsed(given: Address | str) -> Address | None:
    try:
        return Address.parse(given) if isinstance(given, str) else given
    except PlanError:
        return None
