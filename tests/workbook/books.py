"""Workbooks for tests, built cell by cell."""

import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook

from aluplanner.model.issues import Issue
from aluplanner.resources import resource_path

EXAMPLE = resource_path("examples", "china-2017.xlsx")

PLANTS = [
    ["Plant", "Product", "Group", "Province", "Built (kt/y)", "Operating (kt/y)"],
    ["East", "aluminium", "G1", "Shandong", 1000, 900],
    ["West", "aluminium", "G2", "Xinjiang", 800, 800],
    ["North", "aluminium", "G2", "Henan", 500, 300],
]
ACTIONS = [
    ["Action", "Kind", "Target", "Announced (kt/y)", "Start (month)"],
    ["Close East", "close capacity", "East", 100, date(2017, 6, 1)],
    ["Cut West", "curtail output", "West", 50, date(2017, 7, 1)],
]
DEMAND = [
    ["Sector", "Consumption (kt)", "Growth 2017 (%)", "Growth 2018 (%)"],
    ["Construction", 1200, 0.05, 0.04],
    ["Transport", 800, 0.08, None],
]

Rows = Sequence[Sequence[Any]]


def book(sheets: Mapping[str, Rows]) -> Workbook:
    """Return a workbook with these sheets and rows; ``None`` leaves a cell out."""
    made = Workbook()
    made.remove(made.worksheets[0])
    for title, rows in sheets.items():
        sheet = made.create_sheet(title)
        for row, values in enumerate(rows, start=1):
            for column, value in enumerate(values, start=1):
                if value is not None:
                    sheet.cell(row, column, value)
    return made


def as_bytes(made: Workbook) -> bytes:
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def book_bytes(sheets: Mapping[str, Rows]) -> bytes:
    return as_bytes(book(sheets))


def plan_sheets(**changed: Rows) -> dict[str, Rows]:
    """Return the sheets of a small correct plan, some of them changed or added."""
    return {"Plants": PLANTS, "Actions": ACTIONS, "Demand": DEMAND} | changed


def reopened(path: Path) -> Workbook:
    return load_workbook(path)


def patched(data: bytes, part: str, change: Callable[[str], str]) -> bytes:
    """Return the workbook with the text of the parts whose name matches changed."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            contents = old.read(name)
            new.writestr(name, change(contents.decode()).encode() if re.search(part, name) else contents)
    return made.getvalue()


def places(issues: Sequence[Issue]) -> list[str]:
    return [issue.place for issue in issues]
