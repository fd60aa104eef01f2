"""The first row of a pasted block, where it holds the titles of columns."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from aluplanner.model.schema import Column, Table
from aluplanner.workbook.headers import plain, read_headers

_BARE_NUMBER = re.compile(r"[\d.,]\s*\Z")


@dataclass(frozen=True, slots=True)
class HeaderRow:
    """What the columns of a block are, by their number from 0.

    Attributes
    ----------
    columns
        The column of the table that each one holds.
    units
        Units stated that are not the column's own.
    unknown
        Titles that name no column of the table, or one that an earlier title named.
    """

    columns: Mapping[int, Column]
    units: Mapping[int, str]
    unknown: Mapping[int, str]

    @property
    def is_complete(self) -> bool:
        """Whether every title names a column."""
        return bool(self.columns) and not self.unknown

    def texts(self, row: Sequence[str]) -> list[tuple[Column, str]]:
        """Return the cells of a row of the block under a known title, each with its column.

        Numbers under another unit get that unit behind them, so that they are read by it.
        """
        return [
            (column, self.with_unit(number, row[number]))
            for number, column in self.columns.items()
            if number < len(row)
        ]

    def with_unit(self, number: int, text: str) -> str:
        """Return a text of a column with the unit of its title, where that is another one and the text has none."""
        unit = self.units.get(number)
        return f"{text.strip()} {unit}" if unit and _BARE_NUMBER.search(text) else text


def read_header_row(table: Table[Any], every_column: Sequence[Column], titles: Sequence[str]) -> HeaderRow:
    """Return what a row of titles says: field names, titles, English or Chinese, with or without a unit.

    Parameters
    ----------
    table
        The table.
    every_column
        All its columns as the plan has them.
    titles
        The texts of the row; an empty one names nothing.
    """
    own = {plain(text): column for column in every_column for text in (column.header, column.heading)}
    by_name = {column.name: column for column in every_column}
    stated = {number: title for number, title in enumerate(titles) if title.strip()}
    read = read_headers(table, stated)
    columns: dict[int, Column] = {}
    for number, title in stated.items():
        found = own.get(plain(title)) or by_name.get(title.strip().lower())
        if found is None and number in read.columns:
            found = by_name.get(read.columns[number].name)
        if found is not None and found not in columns.values():
            columns[number] = found
    # a unit without a fixed value in the column's own is behind the number too: it is refused there, with the reason
    units = read.units | {number: unit for number, (_, unit) in read.foreign_units.items()}
    units = {number: unit for number, unit in units.items() if number in columns}
    return HeaderRow(columns, units, {number: title for number, title in stated.items() if number not in columns})
