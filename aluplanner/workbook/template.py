"""An empty plan workbook to fill in."""

import io
from datetime import date
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

from aluplanner.i18n import tr
from aluplanner.model.assumptions import PARAMETERS, Assumption
from aluplanner.model.calendar import Month
from aluplanner.model.demand import MonthWeight
from aluplanner.model.monthly import MonthRow
from aluplanner.model.plan import TABLES, Plan, plan_from_tables
from aluplanner.model.plan_info import FORMAT_VERSION, PlanField
from aluplanner.model.schema import Value
from aluplanner.workbook.files import replace_file, require_ending
from aluplanner.workbook.fresh import new_workbook, show_first
from aluplanner.workbook.styles import INK
from aluplanner.workbook.tables import REQUIRED

_MONTHS = 24


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
    book = new_workbook(empty_plan(Month.of((today or date.today()).year + 1, 1)))
    _add_guide(book)
    stream = io.BytesIO()
    book.save(stream)
    replace_file(path, stream.getvalue())


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


def _add_guide(book: Workbook) -> None:
    """Add a first sheet that says what goes where."""
    sheet = book.create_sheet(tr("Guide"), 0)
    sheet.sheet_view.showGridLines = False
    sheet.column_dimensions["A"].width = 18
    sheet.column_dimensions["B"].width = 100
    lines: list[tuple[str, str]] = [
        (tr("A plan of the aluminium balance"), ""),
        ("", tr("One row is one plant, action, sector or month. Point at a header to read what its column means.")),
        ("", tr("Capacities are in kt/y, flows and stocks in kt, prices in RMB/t. 1 Mt is 1,000 kt, 1 万吨 is 10 kt.")),
        ("", tr("Shares and rates are percent: write 30% or 0.3. Months are written 2017-06.")),
        ("", tr("Headers may stand in any order; columns and sheets of your own are kept.")),
        ("", ""),
    ]
    for name, table in TABLES.items():
        meaning = tr(table.meaning)
        lines.append((table.title, f"{meaning} — {tr('must be filled in')}" if name in REQUIRED else meaning))
    for row, (left, right) in enumerate(lines, start=1):
        sheet.cell(row, 1, left or None).font = Font(bold=True, color=INK, size=16 if row == 1 else 11)
        sheet.cell(row, 2, right or None).alignment = Alignment(wrap_text=True, vertical="top")
    show_first(book, sheet.title)
