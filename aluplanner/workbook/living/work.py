"""What every sheet is built from, and the parts that several sheets have."""

from dataclasses import dataclass

import numpy as np

from aluplanner.i18n import tr
from aluplanner.workbook.living.area import Area
from aluplanner.workbook.living.book import Book, Page
from aluplanner.workbook.living.case import Case, Objects
from aluplanner.workbook.living.case_actions import Actions
from aluplanner.workbook.living.case_capacity import Capacities
from aluplanner.workbook.living.grid import serial
from aluplanner.workbook.living.layout import ACTIONS_FROM, MONTHS_FROM, TRACE, Layout
from aluplanner.workbook.living.looks import TAB_RESULT, TAB_WORKINGS

FORMULA_WIDTH = 11


@dataclass(frozen=True)
class Work:
    """A living workbook under way: the book, the scenario it is exported in, and what formulas find there."""

    book: Book
    case: Case
    layout: Layout
    actions: Actions
    capacities: Capacities


def month_page(
    work: Work, sheet: str, title: str, note: str, *, labels: tuple[float, float, float] = (26, 16, 10)
) -> Page:
    """Add a sheet of months with its heads: title, numbers of the months, dates."""
    is_result = sheet == TRACE
    page = work.book.page(sheet, TAB_RESULT if is_result else TAB_WORKINGS)
    months = work.layout.months
    write_title(page, title, note)
    write_dates(work, page)
    for column, width in enumerate((*labels, FORMULA_WIDTH)):
        page.worksheet.set_column(column, column, width)
    page.worksheet.set_column(MONTHS_FROM - 1, MONTHS_FROM + months - 2, 10)
    page.worksheet.freeze_panes(3, MONTHS_FROM - 1)
    set_print(page, months > 24)
    return page


def write_dates(work: Work, page: Page) -> None:
    """Write the numbers of the months into row 2 and the months into row 3, from Months now."""
    layout, sheet = work.layout, page.grid.sheet
    for row, source, values, look in (
        (2, layout.number_of_month, work.case.t + 1, "number_of_month"),
        (3, layout.date, month_days(work.case), "header_month"),
    ):
        area = Area(sheet, row, MONTHS_FROM, 1, layout.months)
        if source.sheet != sheet:
            page.grid.fill(area, f"={source.at(fix='r')}", values[None, :], look)
    for column in range(1, MONTHS_FROM):
        page.grid.write(3, column, tr("Opening") if column == MONTHS_FROM - 1 else None, "header_right")


def month_days(case: Case) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Return the first days of the months as workbooks count them."""
    from datetime import date

    return np.array([float(serial(date(month.year, month.month, 1))) for month in case.horizon])


def action_page(work: Work, sheet: str, title: str, note: str) -> Page:
    """Add a sheet with a column an action, their names in row 3."""
    page = work.book.page(sheet, TAB_WORKINGS)
    write_title(page, title, note)
    layout = work.layout
    area = Area(sheet, 3, ACTIONS_FROM, 1, layout.actions)
    page.grid.height(3, 120)
    names = padded_names(work, "actions")
    page.grid.fill(area, f"={layout.action('name').at(fix='r')}", names[None, :], "header_turned")
    page.worksheet.set_column(0, 0, 26)
    page.worksheet.set_column(1, 2, 9)
    page.worksheet.set_column(ACTIONS_FROM - 1, ACTIONS_FROM + layout.actions - 2, 8)
    page.worksheet.freeze_panes(3, ACTIONS_FROM - 1)
    set_print(page, True)
    return page


def padded_names(work: Work, table: str) -> Objects:
    """Return the keys of a table as TRIM gives them, padded with blanks."""
    from aluplanner.workbook.living.words import trimmed

    names = np.full(work.layout.count(table), "", dtype=object)
    for row, name in enumerate(work.case.plan.table(table).keys):
        names[row] = trimmed(name)
    return names


def write_title(page: Page, title: str, note: str) -> None:
    """Write the title of a sheet with one sentence about it."""
    page.grid.write(1, 1, title, "title")
    page.grid.height(1, 24)
    page.grid.write(2, 1, note, "subtitle")


def write_caption(page: Page, area: Area, text: str, above: int = 2) -> None:
    """Write the caption of a block right above it."""
    page.grid.write(area.top - above, 1, text, "block")
    for column in range(2, area.left + area.columns):
        page.grid.write(area.top - above, column, None, "block_fill")


def write_plants(work: Work, page: Page, area: Area) -> None:
    """Write the names of the plants left of a block of plants."""
    names = Area(page.grid.sheet, area.top, 1, area.rows, 1)
    source = work.layout.plant("name").at(fix="c")
    page.grid.fill(names, f"={source}", padded_names(work, "plants")[:, None], "name")


def set_print(page: Page, is_wide: bool = False) -> None:
    """Print landscape, as wide as one page, with sheet and page number at the foot."""
    sheet = page.worksheet
    sheet.set_landscape()
    sheet.set_paper(8 if is_wide else 9)
    sheet.set_margins(0.4, 0.4, 0.5, 0.6)
    sheet.set_footer("&L&8&F · &A&R&8&P / &N")
    sheet.fit_to_pages(1, 0)


def seen(code: str, source: str) -> str:
    """Return the formula of a cell as the scenario sees it: what a layer puts there, else what the input sheet has.

    Parameters
    ----------
    code
        The number of the cell by which layers know it.
    source
        The cell of the input sheet.
    """
    return f'=IFERROR(INDEX(Ov_value,MATCH({code},Ov_cell,0)),IF({source}="","",{source}))'


def is_yes(cell: str) -> str:
    """Return the expression that is 1 where a cell says yes."""
    return f"IF(OR({cell}=TRUE,SUMPRODUCT(--(W_yes=LOWER(TRIM({cell}))))>0),1,0)"


def number_of_word(words: str, cell: str) -> str:
    """Return the expression for the number of the word in a cell, 0 for an unknown one."""
    return f"SUMPRODUCT(({words}=LOWER(TRIM({cell})))*{words}_no)"


def ordinal(cell: str) -> str:
    """Return the expression for the number of a month that a cell holds as a date."""
    return f"YEAR({cell})*12+MONTH({cell})-1"
