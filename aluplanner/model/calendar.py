"""Months, the horizon and periods."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Self

FIRST_YEAR: Final = 1990
LAST_YEAR: Final = 2100

_MONTH = re.compile(r"(\d{4})-(\d{1,2})")


@dataclass(frozen=True, order=True, slots=True)
class Month:
    """A calendar month, counted as ``year * 12 + month - 1``."""

    ordinal: int

    @classmethod
    def of(cls, year: int, month: int) -> Self:
        """Return the month ``month`` (1-12) of ``year``."""
        if not 1 <= month <= 12:
            raise ValueError(f"no month {month}")
        return cls(year * 12 + month - 1)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the month written ``2017-06``.

        Raises
        ------
        ValueError
            If the text is not of that form.
        """
        found = _MONTH.fullmatch(text.strip())
        if not found:
            raise ValueError(f"not a month: {text!r}")
        return cls.of(int(found[1]), int(found[2]))

    @property
    def year(self) -> int:
        """The calendar year."""
        return self.ordinal // 12

    @property
    def month(self) -> int:
        """The month of the year, 1-12."""
        return self.ordinal % 12 + 1

    @property
    def days(self) -> int:
        """Days in the month."""
        return calendar.monthrange(self.year, self.month)[1]

    @property
    def days_in_year(self) -> int:
        """Days in the month's year: 365 or 366."""
        return 366 if calendar.isleap(self.year) else 365

    def __add__(self, months: int) -> "Month":
        return Month(self.ordinal + months)

    def __sub__(self, other: "Month") -> int:
        return self.ordinal - other.ordinal

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"


@dataclass(frozen=True)
class Horizon:
    """The months that are modelled: ``t = 0 … length - 1`` from ``first`` on.

    ``base_year`` is the calendar year the consumption of the Demand table is stated for.
    """

    first: Month
    length: int
    base_year: int

    def __len__(self) -> int:
        return self.length

    def __iter__(self) -> Iterator[Month]:
        return iter(self.months)

    @cached_property
    def months(self) -> tuple[Month, ...]:
        """The months, in order."""
        return tuple(self.first + t for t in range(self.length))

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """The months as ``2017-06``."""
        return tuple(str(month) for month in self.months)

    @property
    def last(self) -> Month:
        """The last month."""
        return self.first + (self.length - 1)

    @cached_property
    def years(self) -> tuple[int, ...]:
        """The calendar years the horizon touches."""
        return tuple(range(self.first.year, self.last.year + 1))

    def index(self, month: Month) -> int:
        """Return ``t`` of a month; negative or past the end when it lies outside."""
        return month - self.first


_PERIOD = re.compile(r"(\d{4})(?:H([12])|Q([1-4])|-(\d{2}))?")


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of whole months, both ends included (section 11 of the model page)."""

    label: str
    start: Month
    end: Month

    @classmethod
    def parse(cls, text: str, horizon: Horizon) -> Self:
        """Return the period written ``2017``, ``2017H2``, ``2017Q3``, ``2017-11``, ``2017-11..2018-03`` or ``all``.

        Raises
        ------
        ValueError
            If the text is none of these.
        """
        text = text.strip()
        if text.lower() == "all":
            return cls("all", horizon.first, horizon.last)
        if ".." in text:
            first, last = (Month.parse(part) for part in text.split("..", 1))
            if last < first:
                raise ValueError(f"period ends before it starts: {text!r}")
            return cls(text, first, last)
        found = _PERIOD.fullmatch(text.upper())
        if not found:
            raise ValueError(f"not a period: {text!r}")
        year = int(found[1])
        half, quarter, month = (int(part) if part else None for part in found.groups()[1:])
        if month is not None:
            start, length = Month.of(year, month), 1
        elif quarter:
            start, length = Month.of(year, quarter * 3 - 2), 3
        elif half:
            start, length = Month.of(year, half * 6 - 5), 6
        else:
            start, length = Month.of(year, 1), 12
        return cls(text.upper(), start, start + (length - 1))

    @property
    def length(self) -> int:
        """Number of months."""
        return self.end - self.start + 1

    def inside(self, horizon: Horizon) -> range:
        """Return the indices ``t`` of the period's months inside the horizon, possibly none."""
        first = max(0, horizon.index(self.start))
        return range(first, max(first, min(len(horizon), horizon.index(self.end) + 1)))

    def is_part(self, horizon: Horizon) -> bool:
        """Return whether the horizon cuts some of the period's months off."""
        return len(self.inside(horizon)) < self.length


def standard_periods(horizon: Horizon) -> tuple[Period, ...]:
    """Return every year, half-year and quarter that the horizon touches, years first."""
    labels = [f"{year}" for year in horizon.years]
    labels += [f"{year}H{half}" for year in horizon.years for half in (1, 2)]
    labels += [f"{year}Q{quarter}" for year in horizon.years for quarter in (1, 2, 3, 4)]
    periods = (Period.parse(label, horizon) for label in labels)
    return tuple(period for period in periods if len(period.inside(horizon)))
