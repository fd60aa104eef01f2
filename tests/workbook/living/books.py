"""What stands in a living workbook, cell by cell, read with nothing but regular expressions."""

import html
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from aluplanner.model.balance import Balance
from aluplanner.model.measure import COUNTRY_SERIES
from aluplanner.workbook.living.area import letters
from aluplanner.workbook.living.filling import column_number
from tests.workbook.living.office import Office

_CELL: Final = re.compile(r'<c r="([A-Z]+)(\d+)"[^>]*?( t="str")?><f>([^<]*)</f><v>([^<]*)</v></c>')
_SHEET: Final = re.compile(r'<sheet name="([^"]*)"')
FIRST_LINE: Final = 5
FIRST_MONTH: Final = 5


@dataclass(frozen=True)
class FormulaCell:
    """A cell with a formula, and the value that stands beside it."""

    sheet: str
    row: int
    column: int
    formula: str
    value: float | str

    @property
    def address(self) -> str:
        return f"{self.sheet}!{letters(self.column)}{self.row}"


def part(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        return book.read(name).decode()


def sheet_names(data: bytes) -> list[str]:
    return [html.unescape(name) for name in _SHEET.findall(part(data, "xl/workbook.xml"))]


def formula_cells(data: bytes) -> dict[str, list[FormulaCell]]:
    return {
        name: list(_cells(name, part(data, f"xl/worksheets/sheet{number}.xml")))
        for number, name in enumerate(sheet_names(data), start=1)
    }


def _cells(sheet: str, xml: str) -> Iterator[FormulaCell]:
    for column, row, is_text, formula, value in _CELL.findall(xml):
        held = html.unescape(value) if is_text else float(value)
        yield FormulaCell(sheet, int(row), column_number(column), html.unescape(formula), held)


def wrong_cells(office: Office, data: bytes) -> list[str]:
    """Return the cells whose value in the file is not what LibreOffice makes of the formula."""
    wrong: list[str] = []
    for sheet, cells in formula_cells(data).items():
        if not cells:
            continue
        corner = f"{letters(max(cell.column for cell in cells))}{max(cell.row for cell in cells)}"
        found = office.read(sheet, f"A1:{corner}")
        for cell in cells:
            calculated = found[cell.row - 1][cell.column - 1]
            if not is_same(calculated, cell.value):
                wrong.append(f"{cell.address}: {cell.value!r} in the file, {calculated!r} calculated: ={cell.formula}")
    return wrong


def is_same(calculated: Any, value: float | str, tolerance: float = 1e-6) -> bool:
    if isinstance(value, str) or not isinstance(calculated, float):
        return bool(calculated == value)
    return abs(calculated - value) <= tolerance * max(1.0, abs(value))


def balance_area(balance: Balance) -> str:
    last = letters(FIRST_MONTH + len(balance.horizon) - 1)
    return f"{letters(FIRST_MONTH)}{FIRST_LINE}:{last}{FIRST_LINE + len(COUNTRY_SERIES) - 1}"


def wrong_months(office: Office, balance: Balance) -> list[str]:
    """Return where the sheet Balance, as calculated, is not the solver's balance."""
    found = office.read("Balance", balance_area(balance))
    wrong = []
    for line, name in zip(found, COUNTRY_SERIES, strict=True):
        for t, (calculated, value) in enumerate(zip(line, balance.series(name).tolist(), strict=True)):
            wanted = "" if np.isnan(value) else value
            if not is_same(calculated, wanted):
                wrong.append(f"{balance.scenario}: {name}[{t}] is {calculated!r}, not {wanted!r}")
    return wrong
