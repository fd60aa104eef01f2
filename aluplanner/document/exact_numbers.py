"""Numbers as a spreadsheet shows them, put right by the value it states beside."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Final

from aluplanner.i18n import PLAIN, NumberStyle

_SHOWN = re.compile(
    r"(?P<before>[^\d.,#]*?)(?P<number>\d[\d.,'’\u00a0\u202f ]*(?:[eE][-+]?\d+)?|[.,]\d+)(?P<after>\D*)", re.ASCII
)
_FORMAT_LITERALS = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_DATE_LETTERS = re.compile(r"[ymdhs@]|boolean", re.IGNORECASE)
_MONEY: Final = frozenset({"rmb", "cny", "usd", "eur"})
_READ_AS_MONTH = re.compile(r"\s*\d{4}\s*[-/.年]\s*\d{1,2}")
_ORIGINS: Final = (date(1899, 12, 30), date(1904, 1, 1))
"""The days from which spreadsheets count."""
_MOST_THOUSANDS: Final = 3
"""Formats may leave out up to so many groups of three digits."""


def exact_text(shown: str, value: str, number_format: str = "", style: NumberStyle = PLAIN) -> str:
    """Return the text of a cell with its number in full.

    Parameters
    ----------
    shown
        What the cell shows: rounded, grouped, perhaps with a unit, or a date, a word or an error.
    value
        The number it stands for, written plainly.
    number_format
        Its format, as far as known.
    style
        How the number is to be written.

    Returns
    -------
    str
        The value with the unit or % shown, where what is shown is that value rounded; a day of a year as 2017-06-01,
        unless a month is read from it as it is shown; otherwise ``shown``, as for other dates and errors.
    """
    try:
        number = Decimal(value)
    except InvalidOperation:
        return shown
    if (day := _day(shown, number, number_format)) is not None:
        return day
    found = _SHOWN.fullmatch(shown.strip())
    if found is None or not number.is_finite() or not _is_sign_or_money(found["before"]):
        return shown
    after = found["after"].strip(" )")
    whole = number * 100 if after == "%" else number
    scale = next((s for read in _readings(found["number"]) if (s := _scale(abs(whole), read)) is not None), None)
    if scale is None:
        is_date = _DATE_LETTERS.search(_FORMAT_LITERALS.sub("", number_format))
        return shown if after or is_date else plain_number(number, style)
    if not after:
        return plain_number(number, style)
    exact = plain_number(whole.scaleb(-3 * scale), style)
    return exact + after if after == "%" else f"{exact} {after}"


def _day(shown: str, number: Decimal, number_format: str) -> str | None:
    """Return the day of a date whose year is shown, ``None`` for anything else."""
    letters = _FORMAT_LITERALS.sub("", number_format).lower()
    if "y" not in letters or "m" not in letters or not number.is_finite() or _READ_AS_MONTH.match(shown):
        return None
    for origin in _ORIGINS:
        try:
            day = origin + timedelta(days=int(number))
        except OverflowError:
            return None
        if f"{day.year % 100:02d}" in shown:
            return day.isoformat()
    return None


def plain_number(number: Decimal, style: NumberStyle = PLAIN) -> str:
    """Return a number without exponent and without zeros at its end."""
    return format(number.normalize(), "f").replace(".", style.decimal)


def _is_sign_or_money(before: str) -> bool:
    """Return whether what stands before a number says nothing that the number lacks."""
    signs = re.sub(r"[\s()+\-−]", "", before)
    return not signs or signs.lower() in _MONEY or all(unicodedata.category(char) == "Sc" for char in signs)


def _readings(digits: str) -> Iterator[Decimal]:
    """Yield the numbers that digits may mean, whichever sign stands before the fraction."""
    bare = re.sub(r"['’\u00a0\u202f ]", "", digits)
    for decimal, group in ((".", ","), (",", ".")):
        try:
            yield Decimal(bare.rstrip(",.").replace(group, "").replace(decimal, "."))
        except InvalidOperation:
            continue


def _scale(number: Decimal, shown: Decimal) -> int | None:
    """Return how many groups of thousands the format leaves out, ``None`` if what is shown is not the number."""
    last_digit = Decimal(1).scaleb(int(shown.as_tuple().exponent))
    for scale in range(_MOST_THOUSANDS + 1):
        if abs(number.scaleb(-3 * scale) - shown) <= last_digit * Decimal("0.5000001"):
            return scale if shown or not scale else None
    return None
