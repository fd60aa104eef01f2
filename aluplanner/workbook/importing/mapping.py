"""Which sheet of a workbook is which table of the plan, and which column is which: what the planner decides."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final, Self

from aluplanner.model.demand import DEMAND, growth_column, growth_year
from aluplanner.model.monthly import MONTHLY
from aluplanner.model.plan import TABLES
from aluplanner.model.schema import Column, Type
from aluplanner.workbook.importing.units import factor

YEAR: Final = Column(
    "year",
    "Year",
    "年份",
    Type.NUMBER,
    is_grouped=False,
    synonyms="年; 年度; years",
    meaning="Year of the months that stand beside it",
)
"""What a sheet may have a column for though Monthly has none: its months are then without a year."""


class Layout(StrEnum):
    """Which way the records of a sheet run."""

    DOWN = "down"  # one below the other
    ACROSS = "across"  # side by side
    MATRIX = "matrix"  # years on one side and months on the other


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """What one column of a sheet holds.

    Attributes
    ----------
    number
        The column of the page, from 1.
    column
        Field name of the plan's column; empty if it is left out.
    unit
        The unit of its figures; empty for the plan's own.
    is_stated
        Whether the sheet states that unit, or the planner has chosen it.
    """

    number: int
    column: str = ""
    unit: str = ""
    is_stated: bool = True


@dataclass(frozen=True, slots=True)
class SheetMapping:
    """What one sheet holds.

    Attributes
    ----------
    sheet
        The sheet's name.
    table
        Name of the table its rows go to; empty if it is left out.
    first_row, header_row
        First and last row of the header; the rows of the table stand below.
    columns
        What its columns hold.
    constants
        Texts that stand in every row, by field name, for columns that the sheet lacks.
    layout
        Which way its records run; rows and columns count as on the page laid out so.
    leaves_out_totals
        Whether rows that sum up others, headings and footnotes are left out.
    """

    sheet: str
    table: str = ""
    first_row: int = 1
    header_row: int = 1
    columns: tuple[ColumnChoice, ...] = ()
    constants: tuple[tuple[str, str], ...] = ()
    layout: Layout = Layout.DOWN
    leaves_out_totals: bool = True

    @property
    def is_turned(self) -> bool:
        """Whether its records run from left to right."""
        return self.layout is Layout.ACROSS

    @property
    def taken(self) -> dict[str, ColumnChoice]:
        """The columns that are not left out, by field name."""
        return {choice.column: choice for choice in self.columns if choice.column}

    def with_choice(self, number: int, **changes: Any) -> Self:
        """Return the mapping with one column changed; a column that had the same plan column before gives it up."""
        changed = {choice.number: choice for choice in self.columns}
        wanted = replace(changed.get(number, ColumnChoice(number)), **changes)
        columns = tuple(
            wanted
            if choice.number == number
            else replace(choice, column="", unit="", is_stated=True)
            if wanted.column and choice.column == wanted.column
            else choice
            for choice in self.columns
        )
        constants = tuple(item for item in self.constants if item[0] != wanted.column)
        return replace(self, columns=columns, constants=constants)

    def with_constant(self, column: str, text: str) -> Self:
        """Return the mapping with the text that stands in every row of a column; an empty one takes it away."""
        others = tuple(item for item in self.constants if item[0] != column)
        return replace(self, constants=(*others, (column, text)) if text.strip() else others)

    def as_json(self) -> dict[str, Any]:
        """Return the mapping as it is remembered."""
        columns = [[c.number, c.column, c.unit, c.is_stated] for c in self.columns]
        return {
            "sheet": self.sheet,
            "table": self.table,
            "rows": [self.first_row, self.header_row],
            "columns": columns,
            "constants": [list(item) for item in self.constants],
            "layout": self.layout.value,
            "totals": self.leaves_out_totals,
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        """Return the mapping that was remembered.

        Raises
        ------
        ValueError, KeyError, TypeError
            If it is none, or of a table or columns that there no longer are.
        """
        table = str(kept["table"])
        columns = tuple(ColumnChoice(int(n), str(c), str(u), bool(s)) for n, c, u, s in kept["columns"])
        constants = tuple((str(name), str(text)) for name, text in kept["constants"])
        first, last = (int(number) for number in kept["rows"])
        if table and table not in TABLES:
            raise ValueError(table)
        for name, unit in [
            *((choice.column, choice.unit) for choice in columns),
            *((name, "") for name, _ in constants),
        ]:
            column = find_column(table, name)
            if column is not None:
                factor(column, unit)
            elif name:
                raise ValueError(name)
        return cls(
            str(kept["sheet"]), table, first, last, columns, constants, Layout(kept["layout"]), bool(kept["totals"])
        )


def find_column(table: str, name: str) -> Column | None:
    """Return a column of a table by field name, of Demand also the growth of any year; ``None`` if there is none.

    Monthly also has the year of its months, which is no column of the plan.
    """
    if table == MONTHLY.name and name == YEAR.name:
        return YEAR
    if table == DEMAND.name and (year := growth_year(name)) is not None:
        return growth_column(year)
    columns = TABLES[table].columns if table in TABLES else ()
    return next((column for column in columns if column.name == name and not column.derived), None)


def table_columns(table: str, growth_years: Iterable[int] = ()) -> tuple[Column, ...]:
    """Return the columns of a table that an import can fill, Demand with the growth of some years."""
    columns = tuple(column for column in TABLES[table].columns if not column.derived)
    if table == MONTHLY.name:
        return (columns[0], YEAR, *columns[1:])
    if table != DEMAND.name:
        return columns
    return (*columns[:2], *map(growth_column, sorted(set(growth_years))), *columns[2:])
