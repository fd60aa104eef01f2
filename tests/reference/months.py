"""Calendar months and the horizon (opening paragraph and section 1 of the model page)."""

import calendar
import re
from dataclasses import dataclass
from typing import Any


def month_number(text: str) -> int:
    """Number of a calendar month, so that differences count months: `2017-06` is 2017 * 12 + 5."""
    year, month = text.split("-")
    return int(year) * 12 + int(month) - 1


def month_text(number: int) -> str:
    """The month `2017-06` of a month number."""
    return f"{number // 12:04d}-{number % 12 + 1:02d}"


@dataclass(frozen=True)
class Horizon:
    """The months t = 0 ... T-1 of a plan and the year its demand is stated for (section 1)."""

    first: int
    months: int
    base_year: int

    def index(self, text: str) -> int:
        """Index t of a month; negative before the horizon."""
        return month_number(text) - self.first

    def label(self, t: int) -> str:
        """The month t as text."""
        return month_text(self.first + t)

    def year(self, t: int) -> int:
        """Calendar year of month t."""
        return (self.first + t) // 12

    def month_of_year(self, t: int) -> int:
        """Month of the year, 1 to 12, of month t."""
        return (self.first + t) % 12 + 1

    def days(self, t: int) -> int:
        """Days of month t."""
        return calendar.monthrange(self.year(t), self.month_of_year(t))[1]

    def days_in_year(self, t: int) -> int:
        """Days of the calendar year of month t."""
        return 366 if calendar.isleap(self.year(t)) else 365


def growth_years(demand: list[dict[str, Any]]) -> list[int]:
    """Years that have a growth column, in order (section 1 of the model page, table Demand)."""
    years = set()
    for sector in demand:
        for column in sector:
            match = re.fullmatch(r"growth (\d{4})", column)
            if match:
                years.add(int(match.group(1)))
    return sorted(years)


def read_horizon(plan: dict[str, Any]) -> Horizon:
    """The horizon with its defaults (section 1, "Without a Plan sheet, or one of its fields").

    The first row of Monthly is the first in the table's order.
    """
    fields = plan.get("plan") or {}
    monthly = plan.get("monthly") or []
    if fields.get("first_month") is not None:
        first = month_number(fields["first_month"])
    elif monthly:
        first = month_number(monthly[0]["month"])
    else:
        years = growth_years(plan.get("demand") or [])
        if not years:
            raise ValueError("neither a first month, nor a Monthly row, nor a growth year is given")
        first = years[0] * 12
    months = fields.get("months")
    base_year = fields.get("base_year")
    return Horizon(
        first=first,
        months=24 if months is None else int(months),
        base_year=first // 12 - 1 if base_year is None else int(base_year),
    )
