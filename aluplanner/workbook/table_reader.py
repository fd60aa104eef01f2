"""Reading one sheet as the rows of a table."""

from collections.abc import Mapping
from typing import Any

from aluplanner.i18n import tr
from aluplanner.model.assumptions import ASSUMPTIONS
from aluplanner.model.calendar import FIRST_YEAR, LAST_YEAR
from aluplanner.model.cell_text import CellTextError, clean_text
from aluplanner.model.demand import DEMAND, growth_year
from aluplanner.model.issues import Severity
from aluplanner.model.rows import write_cell
from aluplanner.model.schema import Column, Table, Type, Value
from aluplanner.workbook.cells import read_cell, read_untyped
from aluplanner.workbook.headers import nearest, parameter_name, read_headers
from aluplanner.workbook.sheet import Cell, Row, SheetContents
from aluplanner.workbook.table_reading import HEADER_ROW, TableReading


def read_table(table: Table[Any], sheet: str, contents: SheetContents) -> TableReading:
    """Return what a sheet states."""
    reading = TableReading(table, sheet, formulas=contents.formulas)
    rows = contents.rows
    titles = rows[0][1] if rows and rows[0][0] == HEADER_ROW else {}
    reading.headers = read_headers(table, {number: text for number, cell in titles.items() if (text := _title(cell))})
    _check_headers(reading)
    if reading.is_usable:
        _read_rows(reading, rows)
    return reading


def _title(cell: Cell) -> str:
    try:
        return str(read_untyped(cell) or "")
    except CellTextError:
        return ""


def _check_headers(reading: TableReading) -> None:
    """Report what is wrong with the header row; without the column of the key there are no rows to read."""
    headers = reading.headers
    for number, column in headers.duplicates.items():
        said = tr("The column {title} is there twice.", title=column.header), tr("Rename or delete one of the two.")
        reading.report(Severity.ERROR, "duplicate-header", said, column.name, place=reading.header_place(number))
    for number, (column, unit) in headers.foreign_units.items():
        said = (
            tr("{title} is in {unit} here, and not in {own}.", title=column.title, unit=unit, own=tr(column.unit)),
            tr("Convert the figures and write the header as {header}.", header=column.header),
        )
        reading.report(Severity.ERROR, "unit", said, column.name, place=reading.header_place(number))
    for number, (title, column) in headers.doubtful.items():
        said = (
            tr("There is no column “{title}”; it is kept but not used.", title=title),
            tr("Did you mean {title}?", title=column.header),
        )
        reading.report(Severity.WARNING, "unknown-header", said, column.name, place=reading.header_place(number))
    for number, title in headers.bad_years.items():
        said = (
            tr("The year of “{title}” cannot be right.", title=title),
            tr("Write a year between {first} and {last}.", first=FIRST_YEAR, last=LAST_YEAR),
        )
        reading.report(Severity.ERROR, "year", said, "", place=reading.header_place(number))
    known = headers.numbers()
    for column in reading.table.columns:
        if column.required and column.name not in known:
            reading.is_usable = reading.is_usable and column.name not in reading.table.key
            said = (
                tr("The column {title} is missing.", title=column.header),
                tr("Add it to row 1: {meaning}.", meaning=tr(column.meaning)),
            )
            place = reading.header_place(headers.last + 1)
            reading.report(Severity.ERROR, "missing-column", said, column.name, place=place)


def _read_rows(reading: TableReading, rows: list[Row]) -> None:
    columns = {number: column for number, column in reading.headers.columns.items() if not column.derived}
    key = reading.headers.numbers().get(reading.table.key[0], 0)
    for number, cells in rows:
        if number > HEADER_ROW:
            values = _read_row(reading, columns, cells)
            if values:
                if key in cells:
                    reading.key_cells[len(reading.records)] = cells[key]
                reading.row_numbers.append(number)
                reading.records.append(_record(reading.table, values))
    if reading.table is DEMAND:
        _keep_years_without_rates(reading)
        _keep_years_of_texts(reading)


def _read_row(reading: TableReading, columns: Mapping[int, Column], cells: Mapping[int, Cell]) -> dict[str, Value]:
    """Return the values of a row that has any; unreadable and pending cells count as ``None``."""
    position = len(reading.records)
    values: dict[str, Value] = {}
    for number, column in columns.items():
        cell = cells.get(number)
        if cell is None:
            continue
        if column.type is Type.VALUE:
            if not isinstance(cell, str) or clean_text(cell):
                reading.pending[position, column.name] = cell
                values[column.name] = None
            continue
        try:
            value = read_cell(column, cell)
        except CellTextError as error:
            reading.report_unreadable(position, column.name, cell, error)
            values[column.name] = None
        else:
            if value is not None:
                values[column.name] = value
    if values and reading.table.parameters:
        _name_parameter(reading, position, values)
    return values


def _name_parameter(reading: TableReading, position: int, values: dict[str, Value]) -> None:
    """Give a row of a table of parameters its declared name, or say that there is none."""
    table = reading.table
    key = table.key[0]
    written = str(values.get(key) or "")
    name = parameter_name(table, written)
    if name or not written:
        values[key] = name
        return
    meant = nearest(written, [*table.parameters, *(declared.title_zh for declared in table.parameters.values())])
    meant = parameter_name(table, meant) if meant else None
    remedy = tr("Did you mean {title}?", title=meant)
    if table is ASSUMPTIONS:
        severity, code = Severity.ERROR, "unknown-assumption"
        message = tr("There is no assumption “{name}”.", name=written)
        remedy = remedy if meant else tr("Correct the name or delete the row.")
    else:
        severity, code = Severity.ERROR if meant else Severity.WARNING, "unknown-field"
        message = tr("“{name}” is no field of the plan; it is kept but not used.", name=written)
        remedy = remedy if meant else tr("The fields are {names}.", names=", ".join(table.parameters))
    reading.report(severity, code, (message, remedy), key, row=written, position=position)


def _record(table: Table[Any], values: dict[str, Value]) -> Any:
    for column in table.columns:
        # a name that is missing is an empty one, which the rules report
        if column.type is Type.TEXT and column.name in table.key and values.get(column.name) is None:
            values[column.name] = ""
    if table is not DEMAND:
        return table.record(**values)
    rates = {year: values.pop(name) for name in [*values] if (year := growth_year(name)) is not None}
    growth = tuple(sorted((year, rate) for year, rate in rates.items() if rate is not None))
    return table.record(**values, growth=growth)


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
            reading.records[position] = write_cell(reading.records[position], name, None)
