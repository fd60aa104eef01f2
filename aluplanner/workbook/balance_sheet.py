"""The sheet Balance: every monthly series of the scenarios, one line each, months across."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

import numpy as np

from aluplanner.analysis.announced import announced_so_far
from aluplanner.i18n import tr
from aluplanner.model.balance import Balance
from aluplanner.model.calendar import Horizon
from aluplanner.model.cell_text import clean_text
from aluplanner.model.inputs import Array
from aluplanner.workbook.looks import INK, MUTED, RESULT, RULE, Formats, print_areas, set_up_print
from aluplanner.workbook.number_formats import MONTH_FORMAT
from aluplanner.workbook.results_looks import unit_format

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

ANNOUNCED: Final = "announced"
FIRST_MONTH: Final = 5
"""Column of the first month, counted from 0."""

_OPENING: Final = 4
_GROUP_ENDS: Final = ("halted", "balance", "residual", "credibility", "overhang", "bauxite_cover")
"""Series under which a line is drawn: capacities, flows, stocks, prices, policy, alumina."""
_LEVELS: Final = (
    "built", "operating", "idle", "under_construction", "stock", "price", "credibility", "alumina_stock",
)  # fmt: skip
"""Series that say what is there at a month's end, and so have an opening value."""
_WIDTHS: Final = (22, 18, 27, 6, 9)
_LEAST_WIDTH: Final = 8
_MONTHS_A_PAGE: Final = 24


@dataclass(frozen=True)
class MonthRows:
    """Where the months of the scenarios stand.

    Attributes
    ----------
    sheet
        The sheet's name.
    horizon
        The months.
    rows
        The row of each (scenario, series), counted from 0.
    figures
        What stands there, each of shape ``(months,)``.
    """

    sheet: str
    horizon: Horizon
    rows: Mapping[tuple[str, str], int]
    figures: Mapping[tuple[str, str], Array]

    def months(self) -> list[str | int]:
        """Return the cells of the header that hold the months."""
        return [self.sheet, 0, FIRST_MONTH, 0, FIRST_MONTH + len(self.horizon) - 1]

    def values(self, scenario: str, series: str) -> list[str | int]:
        """Return the cells of a series."""
        row = self.rows[scenario, series]
        return [self.sheet, row, FIRST_MONTH, row, FIRST_MONTH + len(self.horizon) - 1]

    def title(self, scenario: str, series: str) -> list[str | int]:
        """Return the cell that holds the title of a series."""
        return [self.sheet, self.rows[scenario, series], 2]

    def scenario(self, scenario: str) -> list[str | int]:
        """Return a cell that holds the name of a scenario."""
        return [self.sheet, next(row for (name, _), row in self.rows.items() if name == scenario), 0]


@dataclass(frozen=True)
class _Line:
    """One line of the sheet; ``opening`` is ``None`` where nothing is there before the first month."""

    scenario: str
    series: str
    title: str
    unit: str
    values: Array
    opening: float | None
    is_ruled: bool


def add_balance_sheet(book: "Workbook", name: str, balances: Mapping[str, Balance], shown: Sequence[str]) -> MonthRows:
    """Add the months of the ``shown`` scenarios to a workbook in the making; return where they stand."""
    sheet = book.add_worksheet(name)
    formats = Formats(book)
    horizon = next(iter(balances.values())).horizon
    lines = [line for scenario in shown for line in _lines(scenario, balances[scenario])]
    _add_header(sheet, formats, horizon, _month_width(lines))
    for row, line in enumerate(lines, start=1):
        _add_line(sheet, formats, row, line)
    sheet.autofilter(0, 0, len(lines), FIRST_MONTH - 1)
    rows = {(line.scenario, line.series): row for row, line in enumerate(lines, start=1)}
    _set_up(book, sheet, len(horizon), [rows[scenario, balances[scenario].names[0]] for scenario in shown], len(lines))
    return MonthRows(name, horizon, rows, {(line.scenario, line.series): line.values for line in lines})


def _lines(scenario: str, balance: Balance) -> list[_Line]:
    """Return the series of a balance, with what is announced before what is due of it."""
    names = list(balance.names)
    found = []
    for name in names:
        if name == "due":
            title, values = tr("Announced so far"), announced_so_far(balance)
            found.append(_Line(scenario, ANNOUNCED, title, balance.unit("due"), values, None, is_ruled=False))
        values = balance.series(name)
        opening = balance.opening(name) if name in _LEVELS and np.isfinite(values).any() else None
        is_ruled = name in (*_GROUP_ENDS, names[-1])
        found.append(_Line(scenario, name, balance.title(name), balance.unit(name), values, opening, is_ruled))
    return found


def _month_width(lines: Iterable[_Line]) -> int:
    """Return the width, in characters, that the longest figure needs."""
    tops = (np.abs(line.values[np.isfinite(line.values)]).max(initial=0.0) for line in lines)
    return max(_LEAST_WIDTH, len(f"-{max(tops, default=0.0):,.1f}"))


def _add_header(sheet: "Worksheet", formats: Formats, horizon: Horizon, month_width: int) -> None:
    titles = (tr("Scenario"), tr("Series"), tr("Title"), tr("Unit"), tr("Opening"))
    for column, (title, width) in enumerate(zip(titles, _WIDTHS, strict=True)):
        is_number = column == _OPENING
        sheet.write_string(0, column, title, formats.header(RESULT, align="right" if is_number else "left"))
        sheet.set_column(column, column, width)
    month = formats.header(RESULT, align="right", num_format=MONTH_FORMAT)
    for t, each in enumerate(horizon):
        sheet.write_datetime(0, FIRST_MONTH + t, date(each.year, each.month, 1), month)
    sheet.set_column(FIRST_MONTH, FIRST_MONTH + len(horizon) - 1, month_width)
    sheet.set_row(0, 24)


def _add_line(sheet: "Worksheet", formats: Formats, row: int, line: _Line) -> None:
    rule: dict[str, object] = {"bottom": 1, "bottom_color": RULE} if line.is_ruled else {}
    is_main = line.series == "balance"
    muted = formats.of(rule, font_color=MUTED)
    number = formats.of(rule, num_format=unit_format(line.unit), bold=is_main)
    sheet.write_string(row, 0, clean_text(line.scenario), muted)
    sheet.write_string(row, 1, line.series, muted)
    sheet.write_string(row, 2, line.title, formats.of(rule, bold=is_main, font_color=INK))
    sheet.write_string(row, 3, "" if line.unit == "fraction" else tr(line.unit), muted)
    figures = [np.nan if line.opening is None else line.opening, *line.values.tolist()]
    for column, value in enumerate(figures, start=_OPENING):
        if math.isfinite(value):
            sheet.write_number(row, column, value, number)
        elif rule:
            sheet.write_blank(row, column, None, number)


def _set_up(book: "Workbook", sheet: "Worksheet", months: int, firsts: Sequence[int], last: int) -> None:
    """Print each scenario, whose first row is given, on a page, a long horizon on several with the names repeated."""
    sheet.set_tab_color(f"#{RESULT}")
    sheet.freeze_panes(1, FIRST_MONTH)
    sheet.hide_gridlines(2)
    set_up_print(sheet)
    sheet.repeat_columns(0, FIRST_MONTH - 1)
    ends = [*(first - 1 for first in firsts[1:]), last]
    stretches = [(t, min(t + _MONTHS_A_PAGE, months)) for t in range(0, months, _MONTHS_A_PAGE)]
    areas = [
        (first, 0 if start == 0 else FIRST_MONTH + start, end, FIRST_MONTH + stop - 1)
        for first, end in zip(firsts, ends, strict=True)
        for start, stop in stretches
    ]
    print_areas(book, sheet, areas)
