"""Number formats of cells: which show dates, and which suit a column."""

import re
from decimal import Decimal
from typing import Final

from aluplanner.model.calendar import Month
from aluplanner.model.schema import Column, Type, Value
from aluplanner.workbook.raw.date_formats import is_date_code

MONTH_FORMAT: Final = "yyyy-mm"
GENERAL: Final = "General"

_QUOTED = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_MOST_DECIMALS: Final = 4


def is_percent_code(code: str) -> bool:
    """Return whether a format code shows percent."""
    return "%" in _QUOTED.sub("", code)


def number_format(column: Column, value: Value = None) -> str:
    """Return the format that shows ``value`` in ``column`` with all its digits, up to four after the point."""
    if column.type is Type.MONTH or isinstance(value, Month):
        return MONTH_FORMAT
    if column.type is Type.FRACTION:
        return f"0{_places(column, value, 2)}%"
    if column.type is Type.NUMBER or (column.type is Type.VALUE and isinstance(value, float)):
        # years and counts read better without thousands separators
        whole = "#,##0" if column.unit or column.decimals else "0"
        return f"{whole}{_places(column, value, 0)}"
    return GENERAL


def suits(column: Column, code: str, value: Value) -> bool:
    """Return whether a cell with this format may keep it when it holds ``value`` of ``column``."""
    if isinstance(value, Month):
        return is_date_code(code)
    if isinstance(value, float) and not isinstance(value, bool):
        if is_date_code(code):
            return False
        return is_percent_code(code) == (column.type is Type.FRACTION)
    return True


def _places(column: Column, value: Value, shift: int) -> str:
    """Return the part of a format behind the whole digits: ``.00`` for two decimals."""
    decimals = column.decimals
    if isinstance(value, float):
        exponent = Decimal(repr(value)).normalize().as_tuple().exponent
        needed = -int(exponent) - shift
        decimals = max(decimals, min(needed, _MOST_DECIMALS))
    return "." + "0" * decimals if decimals > 0 else ""
