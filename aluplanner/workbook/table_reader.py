"""Reading one sheet as the rows of a table, column by column."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from aluplanner.i18n import tr
from aluplanner.model.assumptions import ASSUMPTIONS
from aluplanner.model.cell_text import CellTextError, clean_text
from aluplanner.model.demand import DEMAND, growth_year
from aluplanner.model.issues import Severity
from aluplanner.model.records import made
from aluplanner.model.rows import write_cell
from aluplanner.model.schema import Column, Table, Type, Value
from aluplanner.workbook.column_reader import read_column
from aluplanner.workbook.grid import column_of, lines_of, rows_below
from aluplanner.workbook.header_issues import check_headers
from aluplanner.workbook.header_rows import find_header
from aluplanner.workbook.headers import read_headers
from aluplanner.workbook.merged_cells import Area, filled_rows
from aluplanner.workbook.parameters import check_parameter_units, name_parameters
from aluplanner.workbook.sheet import Cell, Row, SheetContents
from aluplanner.workbook.stand_ins import own_lines
from aluplanner.workbook.table_reading import ReadNotes, TableReading
from aluplanner.workbook.totals import find_totals


def read_table(table: Table[Any], sheet: str, contents: SheetContents, read_notes: ReadNotes = dict) -> TableReading:
    """Return what a sheet states.

    Parameters
    ----------
    table
        The table that it holds.
    sheet
        Its name.
    contents
        Its cells.
    read_notes
        Reads the notes on its cells, by (row, column); only called where one may be needed.
    """
    block = find_header(table, contents)
    reading = TableReading(table, sheet, formulas=contents.formulas, header_row=block.row, read_notes=read_notes)
    reading.headers = read_headers(table, block.titles, block.units, block.last)
    check_headers(reading, block)
    if reading.is_usable:
        _read_rows(reading, contents)
    return reading


@dataclass
class _Body:
    """The cells of some rows, column by column.

    Attributes
    ----------
    rows
        The rows, with their lines in the sheet.
    columns
        What the columns of the sheet hold, by their numbers.
    cells
        The cells of each column of the sheet, ``None`` for empty ones.
    values
        What they mean, by the name of the column; cells whose type other tables decide are blank.
    faults
        Why some cells cannot be read, by the name of the column and the index of the row.
    """

    rows: Sequence[Row]
    columns: Mapping[int, Column]
    cells: dict[int, list[Cell | None]]
    values: dict[str, list[Value]]
    faults: dict[str, dict[int, CellTextError]]

    def states_anything(self, key: str) -> list[bool]:
        """Return which rows hold anything at all; ``key`` is the column that nearly every row fills."""
        pending = [self.cells[number] for number, column in self.columns.items() if column.type is Type.VALUE]
        given: list[Sequence[object]] = [*self.values.values(), *pending]
        stated = [value is not None for value in self.values[key]]
        for index, is_stated in enumerate(stated):
            if not is_stated:
                stated[index] = any(column[index] is not None for column in given) or any(
                    index in wrong for wrong in self.faults.values()
                )
        return stated


def _read_rows(reading: TableReading, contents: SheetContents) -> None:
    columns = {number: column for number, column in reading.headers.columns.items() if not column.derived}
    rows = rows_below(contents.rows, reading.header_row)
    rows = _without_totals(reading, columns, rows)
    body = _read_body(reading, columns, rows)
    stated = body.states_anything(reading.table.key[0])
    if not all(stated):
        rows = [row for row, is_stated in zip(rows, stated, strict=True) if is_stated]
    if contents.merged:
        rows = _with_merged(reading, columns, rows, contents.merged)
    if rows is not body.rows:
        body = _read_body(reading, columns, rows)
    _take(reading, body)


def _read_body(reading: TableReading, columns: Mapping[int, Column], rows: Sequence[Row]) -> _Body:
    body = _Body(rows, columns, {}, {}, {})
    for number, column in columns.items():
        cells = body.cells[number] = column_of(rows, number)
        if column.type is Type.VALUE:
            body.cells[number] = [None if isinstance(cell, str) and not clean_text(cell) else cell for cell in cells]
            body.values[column.name] = [None] * len(rows)
            continue
        values, faults = read_column(column, cells, reading.headers.factors.get(number))
        body.values[column.name] = values
        if faults:
            body.faults[column.name] = faults
    return body


def _without_totals(reading: TableReading, columns: Mapping[int, Column], rows: Sequence[Row]) -> Sequence[Row]:
    """Return the rows that are no sums of others, and say which were left out.

    A row that the program itself has put a note on is one of the plan's, whatever its name and its figures.
    """
    left_out = set()
    key = reading.table.key[0]
    number = reading.headers.numbers()[key]
    for total in find_totals(reading.table, columns, rows, reading.formulas):
        line = rows[total.index][0]
        if own_lines(reading.notes.get((line, number), "")):
            continue
        code, said = (
            "no-total",
            (
                tr("“{name}” is read as a row of its own: its figures are not the sums of others.", name=total.name),
                tr("If it is a sum, correct its figures or delete the row."),
            ),
        )
        if total.is_sum:
            left_out.add(total.index)
            reading.totals.append(line)
            code, said = (
                "total",
                (
                    tr("The row “{name}” is left out: it sums up others.", name=total.name),
                    tr("If it is a row of its own, give it another name."),
                ),
            )
        place = reading.header_place(number, line)
        reading.report(Severity.WARNING, code, said, key, place=place)
    return [row for index, row in enumerate(rows) if index not in left_out] if left_out else rows


def _with_merged(
    reading: TableReading, columns: Mapping[int, Column], rows: Sequence[Row], merged: Sequence[Area]
) -> Sequence[Row]:
    """Return the rows with what merged cells say of each; say which merged figures count for the first row alone."""
    filled, reading.filled, counted_once = filled_rows(columns, reading.table.key[0], rows, merged)
    for line, number in counted_once:
        said = (
            tr("{title} is merged over several rows and counts for the first of them.", title=columns[number].title),
            tr("Unmerge the cells and give each row its own."),
        )
        place = reading.header_place(number, line)
        reading.report(Severity.WARNING, "merged", said, columns[number].name, place=place)
    return filled if reading.filled else rows


def _take(reading: TableReading, body: _Body) -> None:
    """Put what was read into the reading."""
    table, key = reading.table, reading.table.key[0]
    reading.row_numbers = lines_of(body.rows)
    for number, column in body.columns.items():
        cells = body.cells[number]
        if column.name == key:
            reading.key_cells = {place: cell for place, cell in enumerate(cells) if cell is not None}
        if column.type is Type.VALUE:
            found = ((place, cell) for place, cell in enumerate(cells) if cell is not None)
            reading.pending |= {(place, column.name): cell for place, cell in found}
        for place, error in body.faults.get(column.name, {}).items():
            reading.report_unreadable(place, column.name, cells[place], error)
    if table.parameters:
        body.values[key] = name_parameters(reading, body.values[key])
    reading.records = _records(table, body.values, len(body.rows))
    if table is ASSUMPTIONS:
        check_parameter_units(reading, body.rows)
    if table is DEMAND:
        _keep_years_without_rates(reading)
        _keep_years_of_texts(reading)


def _records(table: Table[Any], values: dict[str, list[Value]], count: int) -> list[Any]:
    fields: dict[str, Sequence[Any]] = {**values}
    for column in table.columns:
        # a name that is missing is an empty one, which the rules report
        if column.type is Type.TEXT and column.name in table.key:
            names = values.get(column.name, [None] * count)
            fields[column.name] = ["" if name is None else name for name in names]
    if table is DEMAND:
        rates = {year: fields.pop(name) for name in values if (year := growth_year(name)) is not None}
        fields["growth"] = [
            tuple((year, rates[year][index]) for year in sorted(rates) if rates[year][index] is not None)
            for index in range(count)
        ]
    return made(table.record, fields)


def _keep_years_without_rates(reading: TableReading) -> None:
    """Keep the headers' years where no growth at all is stated: they may be all that says when the plan begins."""
    names = [column.name for column in reading.headers.columns.values()]
    empty = tuple((year, None) for year in sorted(filter(None, map(growth_year, names))))
    if empty and not any(sector.growth for sector in reading.records):
        reading.records = [DEMAND.record(s.sector, s.consumption, empty, s.source, s.note) for s in reading.records]


def _keep_years_of_texts(reading: TableReading) -> None:
    """Keep the years whose growth could not be read: without them the table has no column for the texts."""
    for position, name in reading.unreadable:
        if growth_year(name) is not None:
            reading.write(position, write_cell(reading.records[position], name, None))
