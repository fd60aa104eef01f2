"""Lines that add up to a monthly series, and the ways of telling it: one story each."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

import numpy as np

from aluplanner.i18n import tr
from aluplanner.model.inputs import Array
from aluplanner.model.plan import Address

ROUNDING: Final = 1e-11
"""What is left over is rounding if it is no larger than this part of the lines."""


class Kind(StrEnum):
    """What a part stands for."""

    PLANT = "plant"
    PLACE = "place"  # a group or a province
    ACTION = "action"
    SECTOR = "sector"
    ORIGIN = "origin"
    MONTH = "month"  # of the Monthly table, or of the period
    ASSUMPTION = "assumption"
    OPENING = "opening"  # the level before the period
    SERIES = "series"
    REMAINDER = "remainder"  # what limits take or give


@dataclass(frozen=True, eq=False)
class Line:
    """One line of a story.

    Attributes
    ----------
    label
        What it is, in the language in force.
    kind
        What it stands for.
    values
        Its part of the series by month, in the series' unit, shape ``(months,)``.
    opening
        Its part of the series' opening value.
    link
        The cell it follows from.
    monthly, month_table
        Column that states it month by month, and its table, Monthly or Seasonality; the link is to the month's row.
    series, names
        The measure that tells more about it.
    is_month
        Whether it is one month of the period rather than a part of every month.
    carries
        Name of the series whose level of the month before this is.
    """

    label: str
    kind: Kind
    values: Array
    opening: float = 0.0
    link: Address | None = None
    monthly: str = ""
    month_table: str = "monthly"
    series: str = ""
    names: tuple[str, ...] = ()
    is_month: bool = False
    carries: str = ""


@dataclass(frozen=True, eq=False)
class Story:
    """One way to tell what a series is made of.

    Attributes
    ----------
    key, title
        Its name, and its name in the language in force.
    lines
        Makes the lines.
    note
        What one must know to read it, such as the order of the lines.
    """

    key: str
    title: str
    lines: Callable[[], Sequence[Line]]
    note: str = ""


def total(lines: Iterable[Line], months: int) -> Array:
    """Return the sum of some lines by month."""
    added: Array = np.sum([np.zeros(months), *(line.values for line in lines)], axis=0)
    return added


def scaled(lines: Iterable[Line], factor: Array | float, label: str = "{name}") -> list[Line]:
    """Return lines times a factor, one number or one a month; ``label`` says what that makes of their ``{name}``."""
    return [
        replace(line, label=label.replace("{name}", line.label), values=line.values * factor, opening=0.0)
        for line in lines
    ]


def signed(lines: Iterable[Line]) -> list[Line]:
    """Return lines that are taken off."""
    return [replace(line, values=-line.values, opening=-line.opening) for line in lines]


def with_rest(lines: Sequence[Line], series: Array, label: str) -> list[Line]:
    """Return lines and, where limits make the series differ from their sum, what the limits take or give."""
    rest = series - total(lines, len(series))
    scale = np.sum([np.zeros(len(series)), *(np.abs(line.values) for line in lines)], axis=0)
    rest = np.where(np.abs(rest) <= ROUNDING * scale, 0.0, rest)
    return [*lines, Line(label, Kind.REMAINDER, rest)]


def assumption(name: str) -> Address:
    """Return the cell of an assumption."""
    return Address("assumptions", name, "value")


def limits_at_plants() -> str:
    """Return what the caps of section 4 of the model page are called."""
    return tr("Limits at the plants")
