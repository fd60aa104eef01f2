"""Cells as text: what a planner types or pastes, and what a cell shows.

The workbook, the table editors and the clipboard all read and write cells through this module.
"""

import math
import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import Final

from aluplanner.i18n import PLAIN, NumberStyle, tr
from aluplanner.model import units
from aluplanner.model.calendar import FIRST_YEAR, LAST_YEAR, Month
from aluplanner.model.schema import Column, Type, Value, fold

MISSING_WORDS: Final = frozenset({"", "-", "–", "—", "n/a", "na", "#n/a"})
_YES: Final = frozenset({"yes", "y", "true", "1", "是"})
_NO: Final = frozenset({"no", "n", "false", "0", "否"})

# control characters, lone surrogates and non-characters have no place in a workbook
_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NUMERIC_MONTH = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?(?:\s*[-/.]?\s*(\d{1,2})\s*日?(?:[ T]00:00(?::00)?)?)?"
)
_NAMED_MONTH = re.compile(r"([A-Za-z]{3,9})\.?\s*[-,]?\s*(\d{4})")
_MONTH_NAMES: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DIGITS_SHOWN: Final = 4
_LONGEST_NUMBER: Final = 1000


class CellTextError(ValueError):
    """A text that a column cannot hold: ``message`` says what is wrong, ``remedy`` what would be right."""

    def __init__(self, message: str, remedy: str) -> None:
        self.message = message
        self.remedy = remedy
        super().__init__(f"{message} {remedy}")


def parse(column: Column, text: str, style: NumberStyle = PLAIN) -> Value:
    """Return what ``text`` means in ``column``; ``None`` for a blank.

    Parameters
    ----------
    column
        The column.
    text
        As typed or pasted.
    style
        How numbers are written. One that can only be read the plain way, such as 1.5 where 1,5 is usual, is.

    Raises
    ------
    CellTextError
        If it cannot be read; nothing is guessed, rounded or dropped.
    """
    return _PARSERS.get(column.type, _parse_text)(column, text, style)


def typed(column: Column, value: Value) -> Value:
    """Return ``value`` as the column stores it; text is read as if typed into the cell.

    Raises
    ------
    CellTextError
        If the value is not of the column's type.
    """
    if value is None:
        return None
    if isinstance(value, str):
        return parse(column, value)
    if isinstance(value, bool) and column.type is Type.YES_NO:
        return value
    if isinstance(value, Month) and column.type is Type.MONTH:
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        if column.is_numeric and math.isfinite(value) and math.isfinite(number := clean_number(float(value))):
            return number
        if column.type in (Type.YES_NO, Type.TEXT, Type.NAMES):
            return parse(column, f"{value:.16g}")
    raise CellTextError(
        tr("{title} cannot hold “{value}”.", title=column.title, value=value),
        tr("It takes: {type}.", type=tr(column.type.value)),
    )


def clean_number(number: float) -> float:
    """Return ``number`` with the 16 significant digits that a workbook can carry."""
    return float(f"{number:.16g}")


def show(column: Column, value: Value, style: NumberStyle = PLAIN) -> str:
    """Return ``value`` as a cell shows it, grouped and rounded for reading."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return tr("yes") if value else tr("no")
    if isinstance(value, float | int):
        return _styled(_shown(column, float(value)), style)
    return str(value)


def _shown(column: Column, number: float) -> str:
    if column.type is Type.FRACTION:
        return _grouped(float(Decimal(repr(number)) * 100), max(0, column.decimals)) + "%"
    shown = _grouped(number, column.decimals)
    return shown if column.is_grouped else shown.replace(",", "")


def _styled(shown: str, style: NumberStyle) -> str:
    """Return a plainly written number in another style."""
    if style is PLAIN:
        return shown
    return shown.translate({ord("."): style.decimal, ord(","): style.group})


def edit_text(column: Column, value: Value, style: NumberStyle = PLAIN) -> str:
    """Return ``value`` as text that :func:`parse` reads back to the same value, digit for digit."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float | int):
        written = repr(float(value))
        if column.type is not Type.FRACTION and "e" not in written:
            return _styled(written.removesuffix(".0"), style)
        exact = Decimal(written)
        if column.type is Type.FRACTION:
            return _styled(_plain(exact * 100), style) + "%"
        return _styled(_plain(exact), style)
    return "" if value is None else str(value)


def _grouped(number: float, decimals: int) -> str:
    text = f"{number:,.{max(decimals, _DIGITS_SHOWN)}f}"
    whole, _, fraction = text.partition(".")
    fraction = fraction[:decimals] + fraction[decimals:].rstrip("0")
    shown = f"{whole}.{fraction}" if fraction else whole
    return "0" if shown == "-0" else shown


def _plain(number: Decimal) -> str:
    text = format(number, "f")
    return (text.rstrip("0").rstrip(".") or "0") if "." in text else text


def _normalised(text: str) -> str:
    """Return the text with full-width forms, odd blanks and minus signs made plain."""
    # raised figures stay as they are: 950¹ is 950 with a footnote, not 9501
    forms = (char if _is_raised(char) else unicodedata.normalize("NFKC", char) for char in text)
    plain = text if text.isascii() else "".join(forms).replace("−", "-").replace("，", ",")
    return re.sub(r"\s+", " ", plain).strip()


def _is_raised(char: str) -> bool:
    return unicodedata.decomposition(char).startswith(("<super>", "<sub>"))


def clean_text(text: str) -> str:
    """Return text as a workbook can hold it: plain line ends, no control characters, no blanks around it."""
    if text.isprintable():  # nearly all are, and nothing that is printed is taken out
        return text.strip()
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _UNSTORABLE.sub("", text).strip()


def is_storable(text: str) -> bool:
    """Return whether a workbook can hold a text as it is, blanks around it aside."""
    return "\r" not in text and not _UNSTORABLE.search(text)


def _parse_text(_column: Column, text: str, _style: NumberStyle) -> Value:
    return clean_text(text) or None


@lru_cache(maxsize=8)
def _number_pattern(style: NumberStyle) -> re.Pattern[str]:
    group, decimal = f"[{re.escape(style.group)} ]", re.escape(style.decimal)
    return re.compile(
        rf"(?P<number>[+-]?(?:\d{{1,3}}(?:{group}\d{{3}})+|\d+|(?={decimal}\d))(?:{decimal}\d*)?(?:e[+-]?\d+)?)"
        r"\s*(?P<percent>%?)\s*(?P<unit>[^\d\s.,].*)?",
        re.IGNORECASE,
    )


def _match_number(plain: str, style: NumberStyle) -> tuple[str, re.Match[str]] | None:
    """Return the plainly written digits of a number, and what was found; ``None`` if it is no number in any style."""
    for tried in dict.fromkeys((style, PLAIN)):
        found = _number_pattern(tried).fullmatch(plain)
        if found:
            digits = found["number"].replace(" ", "").replace(tried.group, "")
            return digits.replace(tried.decimal, "."), found
    return None


def _parse_number(column: Column, text: str, style: NumberStyle) -> Value:
    plain = _normalised(text) if len(text) <= _LONGEST_NUMBER else text
    if plain.lower() in MISSING_WORDS:
        return None
    matched = _match_number(plain, style) if len(text) <= _LONGEST_NUMBER else None
    if not matched:
        remedy = tr("Write it as 1234.5 or 1,234.5, or leave the cell empty.")
        if column.type is Type.FRACTION:
            remedy = tr("Write it as 30% or 0.3, or leave the cell empty.")
        raise CellTextError(tr("“{text}” is not a number.", text=text.strip()), remedy)
    digits, found = matched
    exact = _exact(digits, text)
    if found["percent"]:
        if column.type is not Type.FRACTION:
            raise CellTextError(
                tr("“{text}” is a percentage.", text=text.strip()),
                tr(
                    "{title} takes a number in {unit}.",
                    title=column.title,
                    unit=column.unit or tr("plain figures"),
                ),
            )
        exact /= 100
    number = clean_number(float(exact * _unit_factor(column, found["unit"], text)))
    if math.isinf(number):
        raise _too_large(text)
    return number


def has_unit(text: str, style: NumberStyle = PLAIN) -> bool:
    """Return whether a text is a number with a unit behind it."""
    matched = _match_number(_normalised(text), style)
    return matched is not None and bool(matched[1]["unit"])


def _exact(number: str, text: str) -> Decimal:
    digits, _, exponent = number.lower().partition("e")
    # no float has an exponent of five digits, and decimals of that size raise
    if len(exponent.lstrip("+-0")) > 4:
        raise _too_large(text)
    return Decimal(f"{digits}e{exponent or 0}")


def _too_large(text: str) -> CellTextError:
    return CellTextError(tr("“{text}” is too large.", text=text.strip()), tr("Write a finite number."))


def _unit_factor(column: Column, unit: str | None, text: str) -> Decimal:
    """Return what one of the unit written behind a number is in the column's own unit."""
    if not unit:
        return Decimal(1)
    if "".join(unit.split()).lower() == column.unit.lower():
        return Decimal(1)
    own, written = units.read_unit(column.unit), units.read_unit(unit)
    by = units.factor(own, written) if own and written and column.type is Type.NUMBER else None
    if by is not None:
        return by
    raise CellTextError(
        tr("“{text}” has a unit that {title} does not take.", text=text.strip(), title=column.title),
        tr("Write the figure in {unit}.", unit=column.unit or tr("plain figures")),
    )


def _parse_month(_column: Column, text: str, _style: NumberStyle) -> Value:
    plain = _normalised(text)
    if plain.lower() in MISSING_WORDS:
        return None
    month = _numeric_month(plain) or _named_month(plain)
    if month is None or not FIRST_YEAR <= month.year <= LAST_YEAR:
        raise CellTextError(
            tr("“{text}” is not a month.", text=text.strip()),
            tr("Write it as 2017-06, between {first} and {last}.", first=FIRST_YEAR, last=LAST_YEAR),
        )
    return month


def _numeric_month(plain: str) -> Month | None:
    found = _NUMERIC_MONTH.fullmatch(plain)
    if not found or not 1 <= int(found[2]) <= 12:
        return None
    month = Month.of(int(found[1]), int(found[2]))
    return month if found[3] is None or 1 <= int(found[3]) <= month.days else None


def _named_month(plain: str) -> Month | None:
    found = _NAMED_MONTH.fullmatch(plain)
    if not found:
        return None
    name = found[1].lower()
    for number, short in enumerate(_MONTH_NAMES, start=1):
        if name == short or name == _FULL_NAMES[number - 1] or (name == "sept" and number == 9):
            return Month.of(int(found[2]), number)
    return None


_FULL_NAMES: Final = (
    "january", "february", "march", "april", "may", "june", "july",
    "august", "september", "october", "november", "december",
)  # fmt: skip


def _parse_yes_no(_column: Column, text: str, _style: NumberStyle) -> Value:
    word = _normalised(text).lower()
    if word in MISSING_WORDS:
        return None
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise CellTextError(tr("“{text}” is neither yes nor no.", text=text.strip()), tr("Write yes or no."))


def _parse_choice(column: Column, text: str, _style: NumberStyle) -> Value:
    word = fold(_normalised(text))
    if word in MISSING_WORDS:
        return None
    if word in column.choice_words:
        return column.choice_words[word]
    for choice in column.choices:
        if word == choice or word.replace(" ", "-") == choice:
            return choice
    raise CellTextError(
        tr("“{text}” is not one of the choices of {title}.", text=text.strip(), title=column.title),
        tr("Choose {choices}.", choices=", ".join(column.choices)),
    )


_PARSERS: Final[dict[Type, Callable[[Column, str, NumberStyle], Value]]] = {
    Type.NUMBER: _parse_number,
    Type.FRACTION: _parse_number,
    Type.MONTH: _parse_month,
    Type.YES_NO: _parse_yes_no,
    Type.CHOICE: _parse_choice,
}
