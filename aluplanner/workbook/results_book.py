"""The sheets of results: Summary, Balance and Charts, in a workbook of their own or to be put into another one."""

import io
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from aluplanner.model.balance import Balance
from aluplanner.model.plan import Plan
from aluplanner.workbook.balance_sheet import add_balance_sheet
from aluplanner.workbook.charts import COMPARED, OF_SCENARIO, ResultCharts
from aluplanner.workbook.looks import RESULT, Formats, make_book, print_areas, set_up_print
from aluplanner.workbook.marks import BALANCE, CHARTS, SUMMARY
from aluplanner.workbook.results_looks import shown_in_detail
from aluplanner.workbook.summary_sheet import (
    FIRST_SCENARIO,
    HEADER_ROW,
    add_summary_sheet,
    add_title_block,
    made_by,
)

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

_LARGE: Final = {"width": 560, "height": 370}
_SMALL: Final = {"width": 460, "height": 250}
_ROW_HEIGHT: Final = 20
_GAP: Final = 8
_COLUMN: Final = 61
_ROWS_A_PAGE: Final = 3
_FIRST_CHART_ROW: Final = 4
_BESIDE: Final = 12
"""Scenarios up to which the summary has room for charts at its right."""


def results_workbook(balances: Mapping[str, Balance]) -> bytes:
    """Return a workbook with the sheets Summary, Balance and Charts; every scenario has its months."""
    stream = io.BytesIO()
    plan = next(iter(balances.values())).plan
    book = make_book(stream, title=plan.title, author=str(plan.fact("Author") or ""))
    add_results(book, plan, balances, {kind: kind for kind in (SUMMARY, BALANCE, CHARTS)}, is_complete=True)
    book.close()
    return stream.getvalue()


def add_results(
    book: "Workbook", plan: Plan, balances: Mapping[str, Balance], names: Mapping[str, str], note: str = "",
    *, is_complete: bool = False,
) -> None:  # fmt: skip
    """Add the sheets of results to a workbook in the making.

    Parameters
    ----------
    book
        The workbook.
    plan
        The plan.
    balances
        The balance of each scenario, by name; the base is ``Base`` and comes first.
    names
        What the sheets of each kind are called.
    note
        What is said of the results besides.
    is_complete
        Whether every scenario has its months and charts, however many there are; if not, the first few.
    """
    summary, below = add_summary_sheet(book, names[SUMMARY], plan, balances, note)
    shown = tuple(balances) if is_complete else shown_in_detail(balances)
    months = add_balance_sheet(book, names[BALANCE], balances, shown)
    charts = ResultCharts(book, months, balances)
    _add_compared(summary, charts, len(balances), below)
    _add_charts_sheet(book, names[CHARTS], plan, charts, shown_in_detail(balances))


def _add_compared(sheet: "Worksheet", charts: ResultCharts, scenarios: int, below: int) -> None:
    """Put one chart for each of the main series beside the summary, or below it where it is wide."""
    is_beside = scenarios <= _BESIDE
    column = FIRST_SCENARIO + scenarios
    if is_beside:
        sheet.set_column(column, column, 2)
    for place, series in enumerate(COMPARED):
        chart = charts.compared(series)
        chart.set_size(_LARGE)
        if is_beside:
            sheet.insert_chart(HEADER_ROW, column + 1, chart, {"y_offset": place * (_LARGE["height"] + _GAP)})
        else:
            sheet.insert_chart(below + 1, 0, chart, {"x_offset": place * (_LARGE["width"] + _GAP)})


def _add_charts_sheet(book: "Workbook", name: str, plan: Plan, charts: ResultCharts, shown: Sequence[str]) -> None:
    """Add a sheet with the charts of each scenario in a row, the same charts below one another."""
    sheet = book.add_worksheet(name)
    sheet.set_tab_color(f"#{RESULT}")
    sheet.hide_gridlines(2)
    add_title_block(sheet, Formats(book), plan, [made_by()])
    # widths that are stated, since programs differ in what a column is without one, and charts are as wide as columns
    sheet.set_column(0, 30, (_COLUMN - 5) / 7)
    tall = -(-(_SMALL["height"] + _GAP) // _ROW_HEIGHT)
    for place, scenario in enumerate(shown):
        for number, chart in enumerate(charts.of_scenario(scenario)):
            chart.set_size(_SMALL)
            left = number * (_SMALL["width"] + _GAP)
            sheet.insert_chart(_FIRST_CHART_ROW + place * tall, 0, chart, {"x_offset": left, "y_offset": _GAP // 2})
    sheet.freeze_panes(_FIRST_CHART_ROW, 0)
    set_up_print(sheet, header_row=None)
    firsts = [_FIRST_CHART_ROW + place * tall for place in range(0, len(shown), _ROWS_A_PAGE)]
    right = -(-OF_SCENARIO * (_SMALL["width"] + _GAP) // _COLUMN) - 1
    print_areas(
        book,
        sheet,
        [(first if number else 0, 0, first + _ROWS_A_PAGE * tall - 1, right) for number, first in enumerate(firsts)],
    )
