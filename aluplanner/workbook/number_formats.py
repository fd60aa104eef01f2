"""Number formats of cells: which show dates, and which suit a column."""

import re
from decimal import Decimal
from typing import Final

from aluplanner.model.calendar import Month
from aluplanner.model.schema import Column, Type, Value

MONTH_FORMAT: Final = "yyyy-mm"
GENERAL: Final = "General"

# 27-36 and 50-58 are the dates of East Asian editions; they carry no code in the file
_DATE_IDS: Final = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_QUOTED = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_MOST_DECIMALS: Final = 4


def is_date_format(number: str, code: str) -> bool:
    """Return whether a number format shows dates or times; ``number`` is its id, ``code`` its code if it has one."""
    if code:
        return is_date_code(code)
    return number.isdecimal() and int(number) in _DATE_IDS


def is_date_code(code: str) -> bool:
    """Return whether a format code shows dates or times."""
    plain = _QUOTED.sub("", code.split(";", 1)[0]).lower()
    return plain != "general" and any(letter in plain for letter in "ymdhs")


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
