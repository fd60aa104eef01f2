"""Steps of the history in words."""

from collections.abc import Sequence

from aluplanner.document.edits import Cell
from aluplanner.document.scenario_view import ScenarioView
from aluplanner.i18n import tr
from aluplanner.model.cell_text import show
from aluplanner.model.plan import TABLES


def cells_label(view: ScenarioView, table: str, cells: Sequence[Cell]) -> str:
    """Return what setting some cells of a table is called."""
    text = _one_cell(view, table, cells[0]) if len(cells) == 1 else _many_cells(table, cells)
    keys = TABLES[table].key
    if view.is_base or not TABLES[table].can_vary or all(column in keys for _, column, _ in cells):
        return text  # names are the base's, whatever scenario is on view
    return tr("{step} in {scenario}", step=text, scenario=view.scenario)


def _one_cell(view: ScenarioView, table: str, cell: Cell) -> str:
    position, name, value = cell
    rows = view.rows(table)
    column = next(column for column in view.plan.columns(table) if column.name == name)
    record = rows[position]
    key = rows.table.row_key(record)
    if name in rows.table.key and len(rows.table.key) == 1:
        return tr("Rename {row} to {value}", row=key, value=show(column, value))
    if value is None:
        return tr("Clear {column} of {row}", column=_title(column.heading), row=key)
    shown = show(view.plan.record_column(record, column), value)
    return tr("Set {column} of {row} to {value}", column=_title(column.heading), row=key, value=shown)


def _many_cells(table: str, cells: Sequence[Cell]) -> str:
    name = TABLES[table].heading
    if all(value is None for _, _, value in cells):
        return tr("Clear {count} cells of {table}", count=len(cells), table=name)
    return tr("Set {count} cells of {table}", count=len(cells), table=name)


def rows_label(template: str, table: str, names: Sequence[str]) -> str:
    """Return what is done to some rows: named if it is one, else counted.

    Parameters
    ----------
    template
        ``"Add"``, ``"Duplicate"``, ``"Delete"``, ``"Move up"`` or ``"Move down"``.
    table
        Name of the table.
    names
        The keys of the rows.
    """
    what = names[0] if len(names) == 1 else tr("{count} rows", count=len(names))
    return tr("{verb} {what} ({table})", verb=tr(template), what=what, table=TABLES[table].heading)


def _title(heading: str) -> str:
    return heading.partition(" (")[0]
