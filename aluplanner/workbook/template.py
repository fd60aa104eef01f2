"""An empty plan workbook to fill in."""

import io
from datetime import date
from pathlib import Path
from typing import Final

from aluplanner.i18n import tr
from aluplanner.model.assumptions import PARAMETERS, Assumption
from aluplanner.model.calendar import Month
from aluplanner.model.demand import MonthWeight
from aluplanner.model.monthly import MonthRow
from aluplanner.model.plan import TABLES, Plan, plan_from_tables
from aluplanner.model.plan_info import FORMAT_VERSION, PlanField
from aluplanner.model.schema import Value
from aluplanner.workbook.book_part import BookPart
from aluplanner.workbook.files import replace_file, require_ending
from aluplanner.workbook.graft import graft
from aluplanner.workbook.looks import HISTORY, INK, INPUT, Formats, make_book, set_up_print
from aluplanner.workbook.tables import REQUIRED

GUIDE: Final = "Guide"

_MONTHS: Final = 24


def write_template(path: str | Path, today: date | None = None) -> None:
    """Write an empty plan workbook: every sheet with drop-downs, bounds and help, and the default assumptions.

    It is a plan that can be opened as it is: 24 months from January of the next year.

    Parameters
    ----------
    path
        The file; one that is there is replaced.
    today
        The day that decides what the next year is; by default today.

    Raises
    ------
    PlanError
        If it cannot be written.
    """
    require_ending(path, ".xlsx")
    from aluplanner.workbook.surgery.new_book import new_package  # XlsxWriter takes its time

    package = new_package(empty_plan(Month.of((today or date.today()).year + 1, 1)))
    graft(package, _guide(), {GUIDE: tr("Guide")})
    book = BookPart(package)
    book.move_first(len(book.sheets) - 1)
    replace_file(path, package.to_bytes())


def empty_plan(first: Month) -> Plan:
    """Return a plan without plants, actions and sectors that begins in the month ``first``."""
    facts: dict[str, Value] = {
        "First month": first,
        "Months": float(_MONTHS),
        "Base year": float(first.year - 1),
        "Format": float(FORMAT_VERSION),
    }
    return plan_from_tables(
        {
            "plan": [PlanField(name, facts.get(name)) for name in TABLES["plan"].parameters],
            "seasonality": [MonthWeight(float(month), 1.0) for month in range(1, 13)],
            "monthly": [MonthRow(first + t) for t in range(_MONTHS)],
            "assumptions": [Assumption(name, declared.default) for name, declared in PARAMETERS.items()],
        }
    )


def _guide() -> bytes:
    """Return a workbook with one sheet that says what goes where."""
    stream = io.BytesIO()
    book = make_book(stream)
    formats = Formats(book)
    sheet = book.add_worksheet(GUIDE)
    sheet.set_tab_color(f"#{HISTORY}")
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 110)
    sheet.write_string(0, 0, tr("A plan of the aluminium balance"), formats.of(bold=True, font_size=16, font_color=INK))
    sheet.set_row(0, 28)
    text = formats.of(text_wrap=True, valign="top", font_color=INK)
    for row, line in enumerate(_rules(), start=1):
        sheet.write_string(row, 1, line, text)
    first = len(_rules()) + 2
    header, name = formats.header(INPUT), formats.of(bold=True, valign="top", font_color=INPUT)
    sheet.write_string(first, 0, tr("Sheet"), header)
    sheet.write_string(first, 1, tr("What it holds"), header)
    for row, (key, table) in enumerate(TABLES.items(), start=first + 1):
        meaning = tr(table.meaning)
        sheet.write_string(row, 0, table.title, name)
        sheet.write_string(row, 1, f"{meaning} — {tr('must be filled in')}" if key in REQUIRED else meaning, text)
    set_up_print(sheet, header_row=None)
    book.close()
    return stream.getvalue()


def _rules() -> tuple[str, ...]:
    return (
        tr("One row is one plant, action, sector or month. Point at a header to read what its column means."),
        tr("Capacities are in kt/y, flows and stocks in kt, prices in RMB/t. 1 Mt is 1,000 kt, 1 万吨 is 10 kt."),
        tr("Shares and rates are percent: write 30% or 0.3. Months are written 2017-06."),
        tr("Headers may stand in any order; columns and sheets of your own are kept."),
    )
