"""Steps of the history in words."""

from collections.abc import Mapping, Sequence

from aluplanner.document.edits import Cell
from aluplanner.document.entering import TextCell, TextColumns
from aluplanner.document.scenario_view import ScenarioView
from aluplanner.i18n import number_style, tr
from aluplanner.model.cell_text import CellTextError, parse, show
from aluplanner.model.plan import TABLES
from aluplanner.model.schema import Column


def cells_label(view: ScenarioView, table: str, cells: Sequence[Cell]) -> str:
    """Return what setting some cells of a table is called."""
    if len(cells) > 1:
        is_clearing = all(value is None for _, _, value in cells)
        return _in_scenario(view, table, [name for _, name, _ in cells], _many_cells(table, len(cells), is_clearing))
    position, name, value = cells[0]
    column = _column(view, table, name)
    shown = show(view.plan.record_column(view.rows(table)[position], column), value, number_style())
    return _in_scenario(view, table, [name], _one_cell(view, table, position, column, shown))


def texts_label(view: ScenarioView, table: str, texts: Sequence[TextCell] | TextColumns) -> str:
    """Return what entering some texts into a table is called."""
    if isinstance(texts, Mapping):
        count = sum(len(rows) for rows, _ in texts.values())
        return _in_scenario(view, table, list(texts), _many_cells(table, count, False))
    names = [name for _, name, _ in texts]
    rows = view.rows(table)
    if len(texts) != 1 or texts[0][0] >= len(rows):
        is_clearing = not any(text for _, _, text in texts)
        return _in_scenario(view, table, names, _many_cells(table, len(texts), is_clearing))
    position, name, text = texts[0]
    column = _column(view, table, name)
    declared = view.plan.record_column(rows[position], column)
    try:
        shown = show(declared, parse(declared, text, number_style()), number_style())
    except CellTextError:
        shown = tr("“{text}”", text=text)
    return _in_scenario(view, table, names, _one_cell(view, table, position, column, shown))


def _in_scenario(view: ScenarioView, table: str, names: Sequence[str], step: str) -> str:
    keys = TABLES[table].key
    if view.is_base or not TABLES[table].can_vary or all(name in keys for name in names):
        return step  # names are the base's, whatever scenario is on view
    return tr("{step} in {scenario}", step=step, scenario=view.scenario)


def _one_cell(view: ScenarioView, table: str, position: int, column: Column, shown: str) -> str:
    rows = view.rows(table)
    key = rows.table.row_key(rows[position])
    if column.name in rows.table.key and len(rows.table.key) == 1:
        return tr("Rename {row} to {value}", row=key, value=shown)
    if not shown:
        return tr("Clear {column} of {row}", column=_title(column.heading), row=key)
    return tr("Set {column} of {row} to {value}", column=_title(column.heading), row=key, value=shown)


def _many_cells(table: str, count: int, is_clearing: bool) -> str:
    name = TABLES[table].heading
    if is_clearing:
        return tr("Clear {count} cells of {table}", count=count, table=name)
    return tr("Set {count} cells of {table}", count=count, table=name)


def _column(view: ScenarioView, table: str, name: str) -> Column:
    return next(column for column in view.plan.columns(table) if column.name == name)


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
