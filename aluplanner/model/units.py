"""Units that planners state beside their figures, and what one of them is in a column's own unit.

The only place where conversions are declared. What has two meanings has none here: ``MT`` is a million tonnes to some
and one metric tonne to others, and a month of 31 days has no fixed number of tonnes a day.
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Final

MASS: Final = "mass"
PRICE: Final = "price"
TIME: Final = "time"
SHARE: Final = "share"
RATIO: Final = "ratio"
FOREIGN: Final = "foreign"
"""Kinds of units: tonnes, RMB a tonne, months, percent, tonnes a tonne, and what has no fixed value in any of these."""

YEAR: Final = "year"
MONTH: Final = "month"
DAY: Final = "day"

_TONNES: Final = {
    **dict.fromkeys(("t", "tonne", "tonnes", "ton", "tons", "metrictons", "metrictonnes", "吨"), Decimal("0.001")),
    **dict.fromkeys(("kg", "公斤", "千克"), Decimal("0.000001")),
    **dict.fromkeys(("kt", "ktonnes", "kilotonne", "kilotonnes", "千吨", "千t"), Decimal(1)),
    **dict.fromkeys(("万吨", "万t"), Decimal(10)),
    **dict.fromkeys(("十万吨",), Decimal(100)),
    **dict.fromkeys(("mmt", "百万吨", "百万t"), Decimal(1000)),
    **dict.fromkeys(("千万吨",), Decimal(10_000)),
    **dict.fromkeys(("亿吨",), Decimal(100_000)),
}
"""Kilotonnes in one unit of mass."""

_MULTIPLIERS: Final = {
    **dict.fromkeys(("1000", "1,000", "10^3", "thousand", "'000", "000"), 1000),
    **dict.fromkeys(("10000", "10,000", "10^4"), 10_000),
    **dict.fromkeys(("1000000", "1,000,000", "10^6", "million", "mln", "m"), 1_000_000),
    "10": 10,
}
_PERIODS: Final = {
    **dict.fromkeys(("y", "yr", "year", "a", "annum", "年"), YEAR),
    **dict.fromkeys(("m", "mo", "mth", "month", "月"), MONTH),
    **dict.fromkeys(("d", "day", "日", "天"), DAY),
}
_LONGEST: Final = 40
_IN_A_YEAR: Final = {YEAR: 1, MONTH: 12, DAY: 365}
_SHORT: Final = re.compile(r"(k?t|mt)p([yamd])")
_MILLIONS: Final = re.compile(r"M(?=t(?:on)?)")  # an M before a small t; MT and mt may be metric tonnes

_PER: Final = (
    (re.compile(r"\s+per\s+", re.IGNORECASE), "/"),
    (re.compile(r"\s*\bp\.\s*([amd])\.?$", re.IGNORECASE), r"/\1"),
    (re.compile(r"\s+p([amd])$", re.IGNORECASE), r"/\1"),
)

_YUAN: Final = {
    **dict.fromkeys(("rmb", "cny", "yuan", "rmbyuan", "¥", "元", "人民币", "人民币元"), Decimal(1)),
    **dict.fromkeys(("千元",), Decimal(1000)),
    **dict.fromkeys(("万元",), Decimal(10_000)),
}
_MONTHS: Final = {
    **dict.fromkeys(("month", "months", "mo", "mos", "月", "个月"), Decimal(1)),
    **dict.fromkeys(("quarter", "quarters", "季", "季度"), Decimal(3)),
    **dict.fromkeys(("year", "years", "yr", "yrs", "年"), Decimal(12)),
}
_SHARES: Final = frozenset({"%", "percent", "pct", "百分比", "百分数"})
_FOREIGN: Final = frozenset(
    {
        *("day", "days", "天", "日", "week", "weeks", "周", "mt", "lb", "lbs", "oz", "usd", "us$", "$", "€", "eur"),
        *("美元", "欧元", "磅", "‰", "bp", "bps"),
    }
)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as it is written beside figures.

    Attributes
    ----------
    text
        As a cell may have it behind a number, such as ``万吨/年``.
    kind
        One of the kinds above.
    size
        How much one of it is: in kt, RMB/t, months, shares of 1 per percent figure (1), or t/t.
    period
        What it is stated for: a year, a month, a day, or nothing.
    """

    text: str
    kind: str
    size: Decimal = Decimal(1)
    period: str = ""


@lru_cache(maxsize=4096)
def read_unit(text: str) -> Unit | None:
    """Return the unit that a text is, ``None`` if it is none that is known."""
    plain = _plain(text) if len(text) <= _LONGEST and not text[-1:].isdecimal() else ""
    if not plain:
        return None
    shown = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    found = _mass(plain) or _price(plain)
    if found is not None:
        kind, size, period = found
        return Unit(_behind_number(shown, kind, size, period), kind, size, period)
    if plain in _MONTHS:
        return Unit(shown, TIME, _MONTHS[plain])
    numerator, _, period = plain.partition("/")
    if numerator in _SHARES and (not period or period in _PERIODS):
        return Unit(shown, SHARE, Decimal(1), _PERIODS.get(period, ""))
    masses = [_TONNES.get(part) for part in plain.split("/")]
    if len(masses) == 2 and masses[0] and masses[1]:
        return Unit(shown, RATIO, masses[0] / masses[1])
    return Unit(shown, FOREIGN) if plain in _FOREIGN or plain.partition("/")[0] in _FOREIGN else None


def factor(own: Unit, written: Unit, period: str = "") -> Decimal | None:
    """Return by what a figure in the unit ``written`` is multiplied to be one in ``own``.

    Parameters
    ----------
    own
        The unit of the plan's column.
    written
        The unit stated beside the figure.
    period
        What figures of a column of kt are for, where ``own`` does not say: those of Monthly are for a month.

    Returns
    -------
    Decimal or None
        The factor; ``None`` where the one has no fixed value in the other.
    """
    if own.kind != written.kind or own.kind == FOREIGN:
        return None
    size = written.size / own.size
    if own.kind != MASS or not written.period:  # a capacity in 万吨 is one in 万吨 a year
        return size
    if own.period == YEAR:
        return size * _IN_A_YEAR[written.period]
    return size if written.period == (own.period or period) else None


def looks_like_unit(text: str) -> bool:
    """Return whether a text that is no known unit seems to be one all the same."""
    return "/" in text and not any(char.isdigit() for char in text)


def to_plan(number: float, by: float) -> float:
    """Return a figure of a sheet in the plan's unit.

    Decimal places move exactly; any other factor gives the 15 digits that a spreadsheet shows, so that a figure of the
    plan comes back from the sheet it was written to.
    """
    exact = Decimal(repr(number)) * _exact(by)
    return float(f"{exact:.16g}" if _is_decimal(by) else f"{exact:.15g}")


def to_sheet(number: float, by: float) -> float | None:
    """Return the figure of a sheet that is ``number`` in the plan's unit; ``None`` if no double of 16 digits is."""
    quotient = float(f"{Decimal(repr(number)) / _exact(by):.16g}")
    return quotient if to_plan(quotient, by) == number else None


def _exact(by: float) -> Decimal:
    return Decimal(repr(by))


@lru_cache(maxsize=64)
def _is_decimal(by: float) -> bool:
    return set(_exact(by).as_tuple().digits) <= {0, 1} and sum(_exact(by).as_tuple().digits) == 1


def _plain(text: str) -> str:
    """Return a unit as it is compared: no blanks, small letters, ``/`` for per; ``Mt`` becomes a million tonnes."""
    known = unicodedata.normalize("NFKC", text).strip()
    for pattern, meant in _PER:
        known = pattern.sub(meant, known)
    return re.sub(r"\s+", "", _MILLIONS.sub("million", known)).casefold()


def _mass(plain: str) -> tuple[str, Decimal, str] | None:
    if short := _SHORT.fullmatch(plain.replace("milliont", "mt", 1)):
        plain = f"{short[1].replace('mt', 'milliont')}/{short[2]}"
    mass, slash, period = plain.partition("/")
    size = _mass_size(mass)
    if size is None or (slash and period not in _PERIODS):
        return None
    return MASS, size, _PERIODS.get(period, "")


def _mass_size(mass: str) -> Decimal | None:
    if mass in _TONNES:
        return _TONNES[mass]
    for word, times in _MULTIPLIERS.items():
        rest = mass.removeprefix(word)
        if rest != mass and rest in _TONNES and not (word == "m" and rest == "t"):
            return times * _TONNES[rest]
    return None


def _price(plain: str) -> tuple[str, Decimal, str] | None:
    money, _, mass = plain.partition("/")
    if money not in _YUAN or not mass:
        return None
    size = Decimal("0.001") if mass == "mt" else _TONNES.get(mass)
    return None if size is None else (PRICE, _YUAN[money] * Decimal("0.001") / size, "")


_WORDS: Final = {
    Decimal("0.000001"): "kg",
    Decimal("0.001"): "t",
    Decimal(1): "kt",
    Decimal(10): "万吨",
    Decimal(1000): "Mt",
}
_BEHIND: Final = {YEAR: "/y", MONTH: "/month", DAY: "/d", "": ""}


def _behind_number(shown: str, kind: str, size: Decimal, period: str) -> str:
    """Return a unit in a form that can stand behind a number: ``10kt`` cannot."""
    is_fit = kind != MASS or not shown[:1].isdigit()
    return shown if is_fit or size not in _WORDS else f"{_WORDS[size]}{_BEHIND[period]}"
