"""Results as a workbook: a summary by period, the monthly series, and charts."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final, TypeAlias

import numpy as np
from openpyxl import Workbook
from openpyxl.chart import LineChart, Reference, Series
from openpyxl.chart.legend import Legend
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from aluplanner.i18n import tr
from aluplanner.model.balance import BALANCED, SHORTAGE, SLIGHT_SHORTAGE, SLIGHT_SURPLUS, SURPLUS, Balance
from aluplanner.model.calendar import Period
from aluplanner.model.cell_text import clean_text
from aluplanner.workbook.number_formats import MONTH_FORMAT
from aluplanner.workbook.sheet import escape
from aluplanner.workbook.styles import INK, RULE, cell_at, write_header

Figure: TypeAlias = Callable[[Balance, Period], float | str | None]

_CHARTED: Final = ("balance", "stock", "stock_days", "price", "operating", "production", "due", "implemented")
_FORMATS: Final = {
    "kt": "#,##0.0",
    "kt/y": "#,##0",
    "RMB/t": "#,##0",
    "days": "0.0",
    "fraction": "0.0%",
    "TWh": "#,##0.0",
}
_OTHER_FORMAT: Final = "#,##0.00"
# surplus and shortage are told apart by their words first; the tint only helps the eye
_TINTS: Final = {
    SURPLUS: "F8D9B8",
    SLIGHT_SURPLUS: "FCEEDD",
    BALANCED: "EEF2F8",
    SLIGHT_SHORTAGE: "DCEBF7",
    SHORTAGE: "B9D7EF",
}
_FIRST_MONTH_COLUMN: Final = 5
_COLORS: Final = ("1F3864", "C55A11", "2E8B8B", "7F4FA3", "8A8A00", "B03060", "4472C4", "595959")
_DASHES: Final = ("solid", "dash", "sysDot", "dashDot", "lgDash", "sysDash", "lgDashDot", "sysDashDot")


def results_workbook(balances: Mapping[str, Balance]) -> Workbook:
    """Return a workbook with the sheets Summary, Balance and Charts."""
    book = Workbook()
    summary = book.active or book.create_sheet()
    summary.title = "Summary"
    _write_summary(book["Summary"], balances)
    rows = _write_months(book.create_sheet("Balance"), balances)
    _draw_charts(book.create_sheet("Charts"), book["Balance"], balances, rows)
    book.properties.title = next(iter(balances.values())).plan.title or None
    return book


def _figures() -> tuple[tuple[str, str, Figure], ...]:
    """Return the lines of the summary: title, unit and what is shown for a period."""
    return (
        (tr("Balance"), "kt", lambda balance, period: balance.period(period).balance),
        (tr("Market state"), "", lambda balance, period: balance.period(period).state),
        (tr("Apparent consumption"), "kt", lambda balance, period: balance.period(period).consumption),
        (tr("Production"), "kt", lambda balance, period: _reduced(balance, "production", period, np.sum)),
        (tr("Closing stock"), "kt", lambda balance, period: _last(balance, "stock", period)),
        (tr("Stock days at the end"), "days", lambda balance, period: _last(balance, "stock_days", period)),
        (tr("Mean price"), "RMB/t", lambda balance, period: _reduced(balance, "price", period, np.mean)),
        (tr("Operating capacity at the end"), "kt/y", lambda balance, period: _last(balance, "operating", period)),
    )


def _last(balance: Balance, series: str, period: Period) -> float | None:
    value = float(balance.series(series)[period.inside(balance.horizon)[-1]])
    return value if np.isfinite(value) else None


def _reduced(balance: Balance, series: str, period: Period, reduce: Callable[[np.ndarray], np.float64]) -> float | None:
    months = balance.series(series)[period.inside(balance.horizon)]
    stated = months[np.isfinite(months)]
    return float(reduce(stated)) if len(stated) else None


def _write_summary(sheet: Worksheet, balances: Mapping[str, Balance]) -> None:
    """One line a figure and period, the scenarios side by side."""
    titles = (tr("Figure"), tr("Unit"), tr("Period"), *balances)
    _write_header_row(sheet, titles, (30, 8, 12, *[16] * len(balances)))
    row = 2
    for title, unit, figure in _figures():
        for label, part in _labels(balances).items():
            _write_text(sheet, row, 1, title)
            _write_text(sheet, row, 2, unit)
            _write_text(sheet, row, 3, label)
            for number, balance in enumerate(balances.values(), start=4):
                if part.inside(balance.horizon):
                    _write_figure(sheet, row, number, figure(balance, part), unit)
            row += 1
        for number in range(1, len(titles) + 1):
            sheet.cell(row - 1, number).border = Border(bottom=Side("thin", RULE))
    sheet.freeze_panes = "D2"


def _labels(balances: Mapping[str, Balance]) -> dict[str, Period]:
    """Return years and half-years by the text shown; one that the horizon cuts off says so."""
    found: dict[str, Period] = {}
    for balance in balances.values():
        for label, period in balance.periods.items():
            if "Q" not in label:
                found.setdefault(f"{label} {tr('(part)')}" if period.is_part else label, period.period)
    return found


def _write_months(sheet: Worksheet, balances: Mapping[str, Balance]) -> dict[tuple[str, str], int]:
    """Lines down, months across, one block a scenario; return the row of each (scenario, series)."""
    months = next(iter(balances.values())).horizon
    _write_header_row(sheet, (tr("Scenario"), tr("Series"), tr("Title"), tr("Unit")), (24, 20, 30, 8))
    for t, month in enumerate(months):
        cell = cell_at(sheet, 1, _FIRST_MONTH_COLUMN + t)
        write_header(cell, "")
        cell.value = date(month.year, month.month, 1)
        cell.number_format = MONTH_FORMAT
        cell.alignment = Alignment(horizontal="right", vertical="center")
        sheet.column_dimensions[cell.column_letter].width = 11
    rows: dict[tuple[str, str], int] = {}
    row = 1
    for scenario, balance in balances.items():
        for name in balance.names:
            row += 1
            rows[scenario, name] = row
            for number, text in enumerate((scenario, name, balance.title(name), balance.unit(name)), start=1):
                _write_text(sheet, row, number, text)
            for t, value in enumerate(balance.series(name).tolist()):
                _write_figure(sheet, row, _FIRST_MONTH_COLUMN + t, value, balance.unit(name))
    sheet.freeze_panes = f"{get_column_letter(_FIRST_MONTH_COLUMN)}2"
    sheet.auto_filter.ref = f"A1:D{row}"
    return rows


def _write_header_row(sheet: Worksheet, titles: tuple[str, ...], widths: tuple[int, ...]) -> None:
    for number, (title, width) in enumerate(zip(titles, widths, strict=True), start=1):
        cell = cell_at(sheet, 1, number)
        write_header(cell, escape(clean_text(title)))
        cell.data_type = "s"
        sheet.column_dimensions[cell.column_letter].width = width
    sheet.row_dimensions[1].height = 30


def _write_text(sheet: Worksheet, row: int, column: int, text: str) -> None:
    cell = cell_at(sheet, row, column)
    cell.value = escape(clean_text(text))
    cell.data_type = "s"


def _write_figure(sheet: Worksheet, row: int, column: int, value: float | str | None, unit: str) -> None:
    if isinstance(value, str):
        _write_text(sheet, row, column, tr(value))
        cell = cell_at(sheet, row, column)
        cell.fill = PatternFill("solid", fgColor=_TINTS[value])
        cell.font = Font(bold=True, color=INK)
        cell.alignment = Alignment(horizontal="right")
    elif value is not None and np.isfinite(value):
        cell = cell_at(sheet, row, column)
        cell.value = value
        cell.number_format = _FORMATS.get(unit, _OTHER_FORMAT)


def _draw_charts(
    sheet: Worksheet, source: Worksheet, balances: Mapping[str, Balance], rows: Mapping[tuple[str, str], int]
) -> None:
    """Draw one line chart a series, a line a scenario, two charts side by side."""
    first = next(iter(balances.values()))
    last_column = _FIRST_MONTH_COLUMN + len(first.horizon) - 1
    for place, name in enumerate(_CHARTED):
        chart = LineChart()
        chart.title = f"{first.title(name)}, {first.unit(name)}"
        chart.height, chart.width = 8.5, 17
        for index, scenario in enumerate(balances):
            row = rows[scenario, name]
            line = Series(
                Reference(source, min_col=_FIRST_MONTH_COLUMN, max_col=last_column, min_row=row),
                title=clean_text(scenario),
            )
            line.smooth = False
            line.graphicalProperties.line.solidFill = _COLORS[index % len(_COLORS)]
            line.graphicalProperties.line.prstDash = _DASHES[index % len(_DASHES)]
            line.graphicalProperties.line.width = 22_000
            chart.series.append(line)
        chart.set_categories(Reference(source, min_col=_FIRST_MONTH_COLUMN, max_col=last_column, min_row=1))
        chart.x_axis.number_format = MONTH_FORMAT
        chart.x_axis.tickLblPos = "low"
        chart.x_axis.delete = False
        chart.y_axis.delete = False
        chart.y_axis.number_format = _FORMATS.get(first.unit(name), _OTHER_FORMAT)
        chart.legend = Legend()
        chart.legend.position = "b"
        sheet.add_chart(chart, f"{'AK'[place % 2]}{1 + place // 2 * 18}")
    sheet.sheet_view.showGridLines = False
