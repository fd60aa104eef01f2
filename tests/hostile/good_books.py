"""Good workbooks of several makers, to be spoilt."""

import io
import re
import shutil
import subprocess
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import xlsxwriter
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from aluplanner.model.plan import plan_from_tables
from aluplanner.workbook.read import read_bytes
from aluplanner.workbook.write import plan_bytes
from tests.hostile.package_parts import book
from tests.hostile.raw_zip import zipped
from tests.hostile.zip_parts import parts_of
from tests.workbook.books import ACTIONS, DEMAND, EXAMPLE, PLANTS, as_bytes, plan_sheets
from tests.workbook.books import book as openpyxl_book

_TIME: Final = re.compile(rb"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")
_SCENARIOS: Final = {
    "Scenarios": [["Scenario", "Builds on", "Description"], ["Strong", None, "all at once"]],
    "Overrides": [
        ["Scenario", "Table", "Row", "Column", "Value"],
        ["Strong", "actions", "Close East", "announced", 150],
        ["Strong", "plants", "West", "operating", 750],
    ],
    "Assumptions": [["Assumption", "Value"], ["opening_stock", 300], ["load_factor", 1.01]],
    "Monthly": [["Month", "Net imports (kt)"], [date(2017, 1, 1), 5], [date(2017, 2, 1), 6]],
    "Seasonality": [["Month of year", "Weight"], *([number, 1] for number in range(1, 13))],
    "Ours": [["=Plants!E2", "a note of our own"], ["北方", 12.5]],
}


@cache
def good_books() -> dict[str, bytes]:
    """Return workbooks by the name of what made them."""
    made = {
        "by hand": book(),
        "openpyxl": _by_openpyxl(),
        "XlsxWriter": _by_xlsxwriter(),
        "the program": _by_the_program(),
        "the example": EXAMPLE.read_bytes(),
    }
    return {name: _without_times(data) for name, data in made.items()}


@cache
def books_of_libreoffice() -> dict[str, bytes]:
    """Return some of the workbooks as LibreOffice saves them; none where it is not installed."""
    office = shutil.which("soffice")
    if office is None:
        return {}
    with TemporaryDirectory() as folder:
        source = Path(folder, "plan.xlsx")
        source.write_bytes(good_books()["openpyxl"])
        profile = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"
        command = [
            office,
            profile,
            "--headless",
            "--convert-to",
            "xlsx:Calc MS Excel 2007 XML",
            "--outdir",
            f"{folder}/out",
        ]
        subprocess.run([*command, str(source)], check=True, capture_output=True, timeout=120)
        return {"LibreOffice": _without_times(Path(folder, "out", "plan.xlsx").read_bytes())}


def _without_times(data: bytes) -> bytes:
    """Return a workbook that does not say when it was made: a seed has to give the same bytes on any day."""
    return zipped({name: _TIME.sub(b"2017-06-30T12:00:00Z", contents) for name, contents in parts_of(data).items()})


def _by_openpyxl() -> bytes:
    made = openpyxl_book(plan_sheets(**_SCENARIOS))
    plants: Any = made["Plants"]
    plants["E2"].comment = Comment("checked on site", "Li")
    plants["A2"].fill = PatternFill("solid", fgColor="FFEE00")
    plants.freeze_panes = "B2"
    plants.auto_filter.ref = "A1:F4"
    checked = DataValidation(type="decimal", operator="greaterThanOrEqual", formula1="0")
    checked.add("E2:F500")
    plants.add_data_validation(checked)
    plants["H1"], plants["H2"] = "Mine", "=E2-F2"
    made["Ours"].merge_cells("C1:D2")
    return as_bytes(made)


def _by_xlsxwriter() -> bytes:
    stream = io.BytesIO()
    made = xlsxwriter.Workbook(stream, {"in_memory": True, "default_date_format": "yyyy-mm"})
    bold = made.add_format({"bold": True, "num_format": "#,##0"})
    for title, rows in {"Plants": PLANTS, "Actions": ACTIONS, "Demand": DEMAND}.items():
        sheet = made.add_worksheet(title)
        for number, values in enumerate(rows):
            sheet.write_row(number, 0, values, bold if number == 0 else None)
        sheet.conditional_format("E2:F9", {"type": "data_bar"})
    own = made.add_worksheet("Chart")
    chart = made.add_chart({"type": "column"})
    chart.add_series({"values": "=Plants!$E$2:$E$4"})
    own.insert_chart("B2", chart)
    own.write_rich_string("A1", "plain ", bold, "bold", " plain")
    own.write_comment("A2", "a note")
    made.define_name("Built", "=Plants!$E$2:$E$4")
    made.close()
    return stream.getvalue()


def _by_the_program() -> bytes:
    plan = read_bytes(_by_openpyxl()).plan
    assert plan is not None
    return plan_bytes(plan_from_tables({name: plan.table(name) for name in ("plants", "actions", "demand", "monthly")}))
