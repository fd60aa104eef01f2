"""Putting the selected cells back: to the base, or to what was saved."""

from collections.abc import Sequence

from aluplanner.i18n import tr
from aluplanner.model.layers import LayeredValue
from aluplanner.ui.tables.view import PlanTableView

Layered = tuple[tuple[int, int], LayeredValue]
"""A cell by row and column, and what the selected scenario puts there."""


def overridden_cells(view: PlanTableView) -> list[Layered]:
    """Return the selected cells that the selected scenario or a layer below it changes."""
    # a selection may be the whole table; what a scenario changes is little
    return [(cell, layered) for cell, layered in view.plan_model.layered_cells() if view.is_selected(*cell)]


def can_use_saved_values(view: PlanTableView) -> bool:
    """Return whether the plan is another one than was opened or saved last, and a cell is selected."""
    document = view.plan_model.document
    return document.plan is not document.saved_plan and bool(view.selected_rows())


def use_base_values(view: PlanTableView) -> None:
    """Take the scenario's own overrides of the selected cells back; say where a layer below still has its say."""
    model, found = view.plan_model, overridden_cells(view)
    below = [layered if layered.is_inherited else layered.under for _, layered in found]
    own = [cell for cell, layered in found if not layered.is_inherited]
    model.document.use_base_values(model.table.name, [(row, model.columns[column].name) for row, column in own])
    layers = list(dict.fromkeys(layered.scenario for layered in below if layered is not None))
    if layers:
        view.said.emit(_inherited(model.document.scenario, layers))


def _inherited(scenario: str, layers: Sequence[str]) -> str:
    return tr(
        "“{scenario}” builds on {layers}, which changes this too: change it there, or enter the value wanted here.",
        scenario=scenario,
        layers=", ".join(tr("“{name}”", name=layer) for layer in layers),
    )


def use_saved_values(view: PlanTableView) -> None:
    """Put the selected cells back to what was opened or saved last; say what cannot be."""
    model = view.plan_model
    cells = [cell for cell in view.selected_cells() if model.is_editable(*cell)]
    if not cells:
        return
    names = [(row, model.columns[column].name) for row, column in cells]
    restored = model.document.use_saved_values(model.table.name, names)
    if restored.missing:
        view.said.emit(
            tr(
                "The plan as saved lacks {count} of these cells: their row or the scenario is new or has another name.",
                count=restored.missing,
            )
        )
    elif not restored.count:
        view.said.emit(tr("What is selected is as it was saved."))
