"""Finding the numeric cells that a question may vary, by words of their row, column and table."""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from typing import Any, Final

from aluplanner.model.plan import TABLES, Address, Plan
from aluplanner.model.schema import Column, fold
from aluplanner.ui.panels.trace_words import place_text

SEPARATOR: Final = "/"
_AT_MOST: Final = 60


def is_variable(plan: Plan, address: Address) -> bool:
    """Return whether a cell is there, holds a number and can differ between scenarios."""
    table = TABLES.get(address.table)
    if table is None or not table.can_vary or plan.spelled(address) is None:
        return False
    column = plan.cell_column(address.table, address.row, address.column)
    return column is not None and column.is_numeric and not column.derived and address.column not in table.key


def cell_text(address: Address) -> str:
    """Return a cell as it is written in a field: ``Actions / Weiqiao June cut / Implemented``; it can be read back."""
    parts = place_text(address).split(" › ")
    middle = address.row
    column = parts[-1] if len(parts) > 2 else address.column
    return f" {SEPARATOR} ".join((parts[0], middle, column))


def short_cell_text(plan: Plan, address: Address) -> str:
    """Return a cell as :func:`cell_text` does, without its table where row and column alone can be read back."""
    whole = cell_text(address)
    short = whole.partition(f" {SEPARATOR} ")[2]
    return short if read_cell_text(plan, short) == address else whole


def read_cell_text(plan: Plan, text: str) -> Address | None:
    """Return the cell that a text names, by titles or by field names; ``None`` if it names none that can vary.

    The table may be left out where no other has such a cell.
    """
    table, _, rest = text.partition(SEPARATOR)
    row, _, column = rest.rpartition(SEPARATOR)
    found = _spelled(plan, _table_name(table.strip()), row, column)
    if found is not None:
        return found
    row, _, column = text.rpartition(SEPARATOR)
    places = (_spelled(plan, name, row, column) for name, known in TABLES.items() if known.can_vary)
    cells = [cell for cell in places if cell is not None]
    return cells[0] if len(cells) == 1 else None


def _spelled(plan: Plan, table: str, row: str, column: str) -> Address | None:
    found = plan.spelled(Address(table, row.strip(), column.strip())) if row.strip() and column.strip() else None
    return found if found is not None and is_variable(plan, found) else None


def _table_name(written: str) -> str:
    return next(
        (name for name, table in TABLES.items() if fold(written) in (name, fold(table.title), table.title_zh)), written
    )


def find_cells(plan: Plan, wanted: str, most: int = _AT_MOST) -> list[Address]:
    """Return cells that can vary and have every word of a text in their row, column or table; the best ones first.

    Parameters
    ----------
    plan
        The plan.
    wanted
        Words, or parts of them, in any order.
    most
        How many are looked for.
    """
    words = [fold(word) for word in wanted.replace(SEPARATOR, " ").split()]
    if not words:
        return []
    return list(islice(_matches(plan, words), most))


def _matches(plan: Plan, words: list[str]) -> Iterator[Address]:
    """Yield matching cells: first of rows whose names have all the words, then some of them, then none."""
    some: list[Callable[[], Iterator[Address]]] = []
    none: list[Callable[[], Iterator[Address]]] = []
    for table in (table for table in TABLES.values() if table.can_vary):
        columns = [
            (column, fold(f"{column.title} {column.title_zh} {column.name}")) for column in plan.columns(table.name)
        ]
        rows = plan.table(table.name)
        for row, record in zip(rows.keys, rows, strict=True):
            name = fold(row)
            left = [word for word in words if word not in name]
            if not left:
                yield from _in_row(plan, table.name, row, record, columns, left)
            else:
                later = some if len(left) < len(words) else none
                later.append(partial(_in_row, plan, table.name, row, record, columns, left))
    for find in (*some, *none):
        yield from find()


def _in_row(
    plan: Plan, table: str, row: str, record: Any, columns: list[tuple[Column, str]], words: list[str]
) -> Iterator[Address]:
    declared = TABLES[table]
    title = fold(f"{declared.title} {declared.title_zh} {declared.name}")
    for column, titles in columns:
        if column.derived or column.name in declared.key:
            continue
        if plan.record_column(record, column).is_numeric and all(word in titles or word in title for word in words):
            yield Address(table, row, column.name)
