"""The cells of a result table as a block for the clipboard, digit for digit."""

from collections.abc import Sequence

from aluplanner.analysis.result_table import Step
from aluplanner.document.pasting import Grid
from aluplanner.i18n import tr
from aluplanner.ui.results.model import ResultModel
from aluplanner.ui.results.texts import rows_title, rule_text, scenario_text, unit_text

Cells = set[tuple[int, int]]


def block_of(model: ResultModel, cells: Cells) -> Grid:
    """Return the block around some cells; what is not among them is left blank."""
    rows, columns = _spans(cells)
    return [_figures(model, row, columns, cells) for row in rows]


def block_with_headers(model: ResultModel, cells: Cells) -> Grid:
    """Return the block around some cells under its periods, each row with what it is, scenario, unit and rule."""
    rows, columns = _spans(cells)
    return [_head(model, columns), *(_row(model, row, columns, cells) for row in rows)]


def whole_table(model: ResultModel) -> Grid:
    """Return the whole table with its headers; headings of topics, which have no figures, are left out."""
    lines = (row for row, line in enumerate(model.lines) if not line.is_heading)
    return block_with_headers(model, {(row, column) for row in lines for column in range(model.columnCount())})


def _spans(cells: Cells) -> tuple[list[int], list[int]]:
    return sorted({row for row, _ in cells}), sorted({column for _, column in cells})


def _figures(model: ResultModel, row: int, columns: Sequence[int], cells: Cells) -> list[str]:
    return [model.exact(row, column) if (row, column) in cells else "" for column in columns]


def _head(model: ResultModel, columns: Sequence[int]) -> list[str]:
    sheet = model.sheet
    if sheet is None:
        return []
    titles = [rows_title(sheet.breakdown.by), tr("Scenario"), tr("Unit"), tr("Over a period")]
    labels = [
        f"{sheet.periods[column].label} {tr('(part)')}" if sheet.parts[column] else sheet.periods[column].label
        for column in columns
    ]
    return titles + labels


def _row(model: ResultModel, row: int, columns: Sequence[int], cells: Cells) -> list[str]:
    line, sheet = model.lines[row], model.sheet
    if sheet is None:
        return []
    unit = unit_text(line.row.unit, sheet.is_difference) if line.row.unit else ""
    rule = "" if sheet.step is Step.MONTHS else rule_text(line.row)
    scenario = scenario_text(line.scenario, sheet.is_difference)
    return [line.row.label, scenario, unit, rule, *_figures(model, row, columns, cells)]
