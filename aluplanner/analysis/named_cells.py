"""Cells as questions name them."""

from collections.abc import Sequence
from difflib import get_close_matches

from aluplanner.analysis.question_error import QuestionError
from aluplanner.i18n import tr
from aluplanner.model.issues import PlanError
from aluplanner.model.layers import override_address
from aluplanner.model.plan import TABLES, Address, Plan
from aluplanner.model.scenarios import Override
from aluplanner.model.schema import fold


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
        near = None if address is None else _nearest(plan, address)
        remedy = (
            tr("Write table/row/column, as in: assumptions/load_factor/value.")
            if near is None
            else tr("Did you mean {cell}?", cell=str(near))
        )
        raise QuestionError("address", message, remedy)
    column = plan.cell_column(found.table, found.row, found.column)
    if column is None or not column.is_numeric:
        message = tr("“{cell}” does not hold a number, so it cannot be varied.", cell=str(given))
        raise QuestionError("address", message, tr("Name a cell with a number."))
    return found


def _nearest(plan: Plan, address: Address) -> Address | None:
    """Return the cell whose table, row and column are spelled most like these; ``None`` if one is like nothing."""
    table = _like(address.table, [name for name, each in TABLES.items() if each.can_vary])
    if table is None:
        return None
    row = _like(address.row, plan.table(table).keys)
    column = _like(
        address.column, [each.name for each in plan.columns(table) if each.is_numeric or table == "assumptions"]
    )
    return None if row is None or column is None else Address(table, row, column)


def _like(word: str, known: Sequence[str]) -> str | None:
    folded = {fold(each): each for each in known}
    beginning = [each for name, each in folded.items() if name.startswith(fold(word))]
    close = get_close_matches(fold(word), folded, n=1, cutoff=0.6)
    return beginning[0] if beginning else folded[close[0]] if close else None


def _parsed(given: Address | str) -> Address | None:
    try:
        return Address.parse(given) if isinstance(given, str) else given
    except PlanError:
        return None
