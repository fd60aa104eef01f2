"""Answers of analyses as tables: one form for the terminal, the clipboard, the workbook and the window."""

import math
from dataclasses import dataclass
from typing import Final, Protocol, TypeAlias

from aluplanner.i18n import NumberStyle, number_style, tr
from aluplanner.model.plan import Address

Figure: TypeAlias = str | float | bool | None
"""What stands in a cell of an answer; ``None`` and NaN are blank."""

MINUS: Final = "\N{MINUS SIGN}"


@dataclass(frozen=True, slots=True)
class AnswerColumn:
    """One column of an answer.

    Attributes
    ----------
    heading
        Its title in the language in force, without the unit.
    unit
        Unit of its figures; empty for words and for columns whose rows have units of their own.
    decimals
        How many digits behind the point are shown; ``None`` shows :attr:`digits` significant ones.
    is_percent
        Whether its fractions are shown as percent.
    is_signed
        Whether a plus sign stands before what is above 0.
    digits
        Significant digits where no number of decimals is given.
    """

    heading: str
    unit: str = ""
    decimals: int | None = 0
    is_percent: bool = False
    is_signed: bool = False
    digits: int = 4

    @property
    def title(self) -> str:
        """The title with the unit: ``Balance (kt)``."""
        unit = "%" if self.is_percent and not self.unit else self.unit
        return f"{self.heading} ({unit})" if unit else self.heading


@dataclass(frozen=True, slots=True)
class AnswerTable:
    """One table of an answer.

    Attributes
    ----------
    name
        A short name, unique within the answer: the sheet's name, at most 31 letters.
    title
        What it says, as one line.
    columns, rows
        The figures; every row has one for each column.
    notes
        Sentences that belong to it: how it was reckoned, what does not count.
    addresses
        The cell of the plan that each row speaks of, ``None`` where there is none; empty or one a row.
    """

    name: str
    title: str
    columns: tuple[AnswerColumn, ...]
    rows: tuple[tuple[Figure, ...], ...]
    notes: tuple[str, ...] = ()
    addresses: tuple[Address | None, ...] = ()


class Answer(Protocol):
    """What an analysis answers: tables for people, data for machines."""

    def tables(self) -> tuple[AnswerTable, ...]:
        """Return the answer as tables."""
        ...

    def as_json(self) -> dict[str, object]:
        """Return the answer in full precision, blanks as ``None``, ready for JSON."""
        ...


def is_blank(figure: Figure) -> bool:
    """Return whether a cell has nothing to say."""
    return figure is None or figure == "" or (isinstance(figure, float) and math.isnan(figure))


def figure_text(column: AnswerColumn, figure: Figure, style: NumberStyle | None = None) -> str:
    """Return a cell as it is shown, without its unit; blanks are empty.

    Parameters
    ----------
    column
        How its figures are shown.
    figure
        The figure.
    style
        How numbers are written; by default as the planner writes them.
    """
    if figure is None or is_blank(figure):
        return ""
    if isinstance(figure, bool):
        return tr("yes") if figure else tr("no")
    if isinstance(figure, str):
        return figure
    return _number_text(column, float(figure), style or number_style())


def _number_text(column: AnswerColumn, value: float, style: NumberStyle) -> str:
    if math.isinf(value):
        return "∞" if value > 0 else f"{MINUS}∞"
    shown = value * 100 if column.is_percent else value
    decimals = significant_decimals(shown, column.digits) if column.decimals is None else column.decimals
    plain = f"{abs(shown):,.{decimals}f}"
    text = "".join({",": style.group, ".": style.decimal}.get(sign, sign) for sign in plain)
    is_zero = float(plain.replace(",", "")) == 0.0
    sign = "" if is_zero else MINUS if shown < 0 else "+" if column.is_signed else ""
    return f"{sign}{text}" + (" %" if column.is_percent else "")


def significant_decimals(value: float, digits: int = 4) -> int:
    """Return how many digits behind the point show a number with so many significant ones."""
    if value == 0 or not math.isfinite(value):
        return 0
    return max(0, digits - 1 - math.floor(math.log10(abs(value))))


def json_number(value: float | None) -> float | None:
    """Return a number for JSON, which knows neither NaN nor infinity: these are ``None``."""
    return None if value is None or not math.isfinite(value) else float(value)
