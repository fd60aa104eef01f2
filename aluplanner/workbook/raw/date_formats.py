"""Number formats that show dates."""

import re
from typing import Final

# 27-36 and 50-58 are the dates of East Asian editions; they carry no code in the file
_DATE_IDS: Final = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_QUOTED = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_LONGEST_ID: Final = 9


def is_date_format(number: str, code: str) -> bool:
    """Return whether a number format shows dates or times; ``number`` is its id, ``code`` its code if it has one."""
    if code:
        return is_date_code(code)
    return number.isdecimal() and len(number) < _LONGEST_ID and int(number) in _DATE_IDS


def is_date_code(code: str) -> bool:
    """Return whether a format code shows dates or times."""
    plain = _QUOTED.sub("", code.split(";", 1)[0]).lower()
    return plain != "general" and any(letter in plain for letter in "ymdhs")
