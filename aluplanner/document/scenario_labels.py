"""Steps of the history that concern scenarios, and switches, in words."""

from collections.abc import Sequence

from aluplanner.document.edits import Cell
from aluplanner.document.labels import cells_label
from aluplanner.document.scenario_edits import ScenarioText
from aluplanner.document.scenario_view import ScenarioView
from aluplanner.i18n import tr
from aluplanner.model.plan import TABLES


def change_label(before: ScenarioText, after: ScenarioText) -> str:
    """Return what giving a scenario another text is called."""
    is_renamed, is_described = before.name != after.name, before.description != after.description
    is_moved = before.layers != after.layers
    if is_renamed + is_described + is_moved > 1:
        return tr("Change scenario {name}", name=after.name)
    if is_renamed:
        return tr("Rename scenario {old} to {new}", old=before.name, new=after.name)
    if is_described:
        return tr("Describe scenario {name}", name=after.name)
    if not after.layers:
        return tr("Build {name} on the base", name=after.name)
    return tr("Build {name} on {layers}", name=after.name, layers=", ".join(after.layers))


def delete_label(names: Sequence[str], heirs: Sequence[str]) -> str:
    """Return what deleting scenarios is called; ``heirs`` take their changes over."""
    what = tr("scenario {name}", name=names[0]) if len(names) == 1 else tr("{count} scenarios", count=len(names))
    if not heirs:
        return tr("Delete {what}", what=what)
    return tr("Delete {what}, changes kept in {heirs}", what=what, heirs=", ".join(heirs))


def switch_label(view: ScenarioView, table: str, cells: Sequence[Cell]) -> str:
    """Return what switching yes/no cells is called: on and off for what takes part or not, else as any entry."""
    if {(table, name) for _, name, _ in cells} != {("actions", "enabled")}:
        return cells_label(view, table, cells)
    rows, is_on = view.rows(table), bool(cells[0][2])
    names = TABLES[table].row_key(rows[cells[0][0]]) if len(cells) == 1 else tr("{count} actions", count=len(cells))
    step = tr("Switch on {what}", what=names) if is_on else tr("Switch off {what}", what=names)
    return step if view.is_base else tr("{step} in {scenario}", step=step, scenario=view.scenario)


def reset_label(view: ScenarioView, table: str, cells: Sequence[tuple[int, str]], *, is_saved: bool) -> str:
    """Return what putting cells back to the saved values, or else to those of the base, is called."""
    if len(cells) == 1:
        position, name = cells[0]
        title = next(column.heading for column in view.plan.columns(table) if column.name == name).partition(" (")[0]
        what = tr("{column} of {row}", column=title, row=TABLES[table].row_key(view.rows(table)[position]))
    else:
        what = tr("{count} cells of {table}", count=len(cells), table=TABLES[table].heading)
    step = tr("Use saved value for {what}", what=what) if is_saved else tr("Use base value for {what}", what=what)
    if view.is_base or not TABLES[table].can_vary:
        return step
    return tr("{step} in {scenario}", step=step, scenario=view.scenario)
