"""What a sweep says: a sentence, its tables, data for machines."""

from typing import TYPE_CHECKING, Final

from aluplanner.analysis.answer_table import AnswerColumn, AnswerTable, Figure, json_number
from aluplanner.analysis.cell_values import value_text
from aluplanner.analysis.cell_words import cell_title, objective_column, value_column, with_unit
from aluplanner.i18n import tr
from aluplanner.model.inputs import Array

if TYPE_CHECKING:
    from aluplanner.analysis.sweep import Axis, Sweep

_NAMED: Final = 6
"""So many solutions are named in a sentence."""
_SIGNED: Final = frozenset({"balance", "residual", "unseen_stock"})


def verdict_of(answer: "Sweep") -> str:
    """Return in a sentence whether the objective comes to the level somewhere; empty without a level."""
    if answer.level is None:
        return ""
    aim, target = str(answer.objective), objective_text(answer, answer.level)
    near = answer.nearest(answer.level)
    if near is None:
        return tr("{aim} is blank at every point.", aim=aim)
    if answer.is_met:
        return _met_text(answer, aim, target)
    return tr(
        "No point of the grid brings {aim} to {target}: the nearest is {reached}, with {cells}.",
        aim=aim, target=target, reached=objective_text(answer, near.reached), cells=cells_text(answer, near.cells),
    )  # fmt: skip


def _met_text(answer: "Sweep", aim: str, target: str) -> str:
    level = answer.level or 0.0
    if len(answer.axes) == 1:
        values = answer.crossings(level)[0].tolist()
        listed = "; ".join(cells_text(answer, (value,)) for value in values[:_NAMED])
        near = answer.nearest(level)
        if not listed and near is not None:  # it touches the level and turns back, or stays on it
            listed = cells_text(answer, near.cells)
        return tr("{aim} comes to {target} with {cells}.", aim=aim, target=target, cells=listed)
    lines = answer.lines(level)
    if len(lines) != 1:
        return tr("{aim} comes to {target} on {count} lines.", aim=aim, target=target, count=len(lines))
    start, end = sorted((tuple(lines[0][0].tolist()), tuple(lines[0][-1].tolist())))
    return tr(
        "{aim} comes to {target} on a line, from {start} to {end}.",
        aim=aim, target=target, start=cells_text(answer, start), end=cells_text(answer, end),
    )  # fmt: skip


def cells_text(answer: "Sweep", cells: tuple[float, ...]) -> str:
    """Return what the cells are set to: ``Shandong clean-up, Implementation 80 %; …``."""
    return "; ".join(cell_text_of(answer, axis, value) for axis, value in zip(answer.axes, cells, strict=True))


def cell_text_of(answer: "Sweep", axis: "Axis", value: float | None) -> str:
    """Return what a cell is set to, in words."""
    shown = tr("blank") if value is None else value_text(answer.plan, axis.address, value)
    return tr("{cell} {value}", cell=cell_title(answer.plan, axis.address), value=shown)


def objective_text(answer: "Sweep", value: float) -> str:
    """Return a value of the objective with its unit."""
    return with_unit(figure_column(answer), value) or tr("blank")


def figure_column(answer: "Sweep", heading: str = "") -> AnswerColumn:
    """Return how values of the objective are shown."""
    measure = answer.objective.measure
    is_signed = not answer.objective.is_probability and (measure.series in _SIGNED or measure.reducer == "change")
    return objective_column(answer.objective, heading, is_signed=is_signed)


def sweep_tables(answer: "Sweep") -> tuple[AnswerTable, ...]:
    """Return the grid, and with two cells what the first one has to be for the level at each value of the second."""
    if len(answer.axes) == 1:
        return (_curve_table(answer),)
    grid = _grid_table(answer)
    return (grid,) if answer.level is None or not answer.is_met else (grid, _contour_table(answer, answer.level))


def _curve_table(answer: "Sweep") -> AnswerTable:
    axis = answer.axes[0]
    columns = (_axis_column(answer, axis), figure_column(answer))
    rows = tuple(zip(axis.values.tolist(), answer.values.tolist(), strict=True))
    return AnswerTable(
        tr("Sweep"), title_of(answer), columns, rows, notes_of(answer), (axis.address,) * len(rows)
    )  # fmt: skip


def _axis_column(answer: "Sweep", axis: "Axis") -> AnswerColumn:
    return value_column(answer.plan, axis.address, cell_title(answer.plan, axis.address))


def title_of(answer: "Sweep") -> str:
    """Return what the sweep shows, as one line."""
    cells = tr(" × ").join(cell_title(answer.plan, axis.address) for axis in answer.axes)
    return tr("{aim} by {cells}, {scenario}", aim=str(answer.objective), cells=cells, scenario=answer.scenario)


def _grid_table(answer: "Sweep") -> AnswerTable:
    """Return the grid as the picture has it: the second cell rises from the bottom to the top."""
    across, up = answer.axes
    shape = figure_column(answer)
    heads = (
        AnswerColumn(value_text(answer.plan, across.address, value), "", shape.decimals, shape.is_percent,
                     shape.is_signed)
        for value in across.values.tolist()
    )  # fmt: skip
    columns = (_axis_column(answer, up), *heads)
    rows: list[tuple[Figure, ...]] = [
        (value, *row) for value, row in zip(up.values.tolist(), answer.values.tolist(), strict=True)
    ]
    unit = "%" if shape.is_percent else shape.unit
    note = tr("From left to right: {cell}. Figures in {unit}.", cell=cell_title(answer.plan, across.address), unit=unit)
    return AnswerTable(
        tr("Sweep"), title_of(answer), columns, tuple(reversed(rows)), (*notes_of(answer), note),
        (up.address,) * len(rows),
    )  # fmt: skip


def _contour_table(answer: "Sweep", level: float) -> AnswerTable:
    """Return what one cell has to be at each value of the other: the one that gets there more often."""
    by = [answer.crossings(level, axis) for axis in (0, 1)]
    solved = 1 if _met(by[1]) > _met(by[0]) else 0
    sought, given = answer.axes[solved], answer.axes[1 - solved]
    most = max(1, *(len(row) for row in by[solved]))
    columns = [_axis_column(answer, sought)] + [value_column(answer.plan, sought.address, tr("or"))] * (most - 1)
    rows = [
        (value, *map(float, row), *(None,) * (most - len(row)))
        for value, row in zip(given.values.tolist(), by[solved], strict=True)
    ]
    title = tr("Where {aim} comes to {target}", aim=str(answer.objective), target=objective_text(answer, level))
    note = tr("Between the points of the grid by straight lines; blank: nowhere between its bounds.")
    return AnswerTable(
        tr("Contour"), title, (_axis_column(answer, given), *columns), tuple(rows), (note,),
        (sought.address,) * len(rows),
    )  # fmt: skip


def _met(found: tuple[Array, ...]) -> float:
    """Return the part of rows that a level is reached in."""
    return sum(bool(len(row)) for row in found) / len(found)


def notes_of(answer: "Sweep") -> tuple[str, ...]:
    """Return what a reader should know of a sweep."""
    own = "; ".join(cell_text_of(answer, axis, axis.own) for axis in answer.axes)
    notes = [verdict_of(answer)] if answer.level is not None else []
    notes.append(
        tr("Scenario {scenario} as it stands, {cells}: {value}.", scenario=answer.scenario, cells=own,
           value=objective_text(answer, answer.own))
    )  # fmt: skip
    if answer.draws:
        notes.append(
            tr("Over {draws} draws with seed {seed}, the same at every point; a cell that is swept is not drawn.",
               draws=f"{answer.draws:,}", seed=answer.seed)
        )  # fmt: skip
    return tuple(notes)


def sweep_json(answer: "Sweep") -> dict[str, object]:
    """Return a sweep in full precision; rows go with the second cell, columns with the first."""
    return {
        "scenario": answer.scenario,
        "objective": str(answer.objective),
        "unit": answer.objective.unit,
        "axes": [
            {"address": str(axis.address), "values": axis.values.tolist(), "own": axis.own} for axis in answer.axes
        ],
        "values": _blanks_as_none(answer.values),
        "own": json_number(answer.own),
        "level": answer.level,
        "is_met": answer.is_met,
        "lines": [] if answer.level is None else [line.tolist() for line in answer.lines(answer.level)],
        "crossings": [] if answer.level is None else [row.tolist() for row in answer.crossings(answer.level)],
        "draws": answer.draws,
        "seed": answer.seed if answer.draws else None,
        "notes": list(notes_of(answer)),
    }


def _blanks_as_none(values: Array) -> object:
    if values.ndim == 1:
        return [json_number(value) for value in values.tolist()]
    return [_blanks_as_none(row) for row in values]
