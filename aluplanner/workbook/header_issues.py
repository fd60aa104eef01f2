"""What is wrong or doubtful with the header of a table."""

from aluplanner.i18n import tr
from aluplanner.model.calendar import FIRST_YEAR, LAST_YEAR, Horizon
from aluplanner.model.demand import growth_year
from aluplanner.model.issues import Severity
from aluplanner.workbook.header_rows import HeaderBlock
from aluplanner.workbook.headers import LAST_GROWTH
from aluplanner.workbook.table_reading import TableReading


def check_headers(reading: TableReading, block: HeaderBlock) -> None:
    """Report what is wrong with the header; without the column of the key there are no rows to read."""
    _check_titles(reading)
    _check_units(reading, block)
    headers = reading.headers
    known = headers.numbers()
    for column in reading.table.columns:
        if column.required and column.name not in known:
            reading.is_usable = reading.is_usable and column.name not in reading.table.key
            said = (
                tr("The column {title} is missing.", title=column.header),
                tr("Add it to row {row}: {meaning}.", row=reading.header_row, meaning=tr(column.meaning)),
            )
            place = reading.header_place(headers.last + 1)
            reading.report(Severity.ERROR, "missing-column", said, column.name, place=place)


def _check_titles(reading: TableReading) -> None:
    headers = reading.headers
    for number, column in headers.duplicates.items():
        said = tr("The column {title} is there twice.", title=column.header), tr("Rename or delete one of the two.")
        reading.report(Severity.ERROR, "duplicate-header", said, column.name, place=reading.header_place(number))
    for number, (title, column) in headers.doubtful.items():
        said = (
            tr("There is no column “{title}”; it is kept but not used.", title=title),
            tr("Did you mean {title}?", title=column.header),
        )
        reading.report(Severity.WARNING, "unknown-header", said, column.name, place=reading.header_place(number))
    for number, title in headers.bad_years.items():
        _report_year(reading, number, title)


def _check_units(reading: TableReading, block: HeaderBlock) -> None:
    headers = reading.headers
    for number, (column, unit) in headers.foreign_units.items():
        said = (
            tr("{title} is in {unit} here, and not in {own}.", title=column.title, unit=unit, own=tr(column.unit)),
            tr("Convert the figures and write the header as {header}.", header=column.header),
        )
        reading.report(Severity.ERROR, "unit", said, column.name, place=reading.header_place(number))
    if headers.units_above and block.said_in is not None:
        line, number = block.said_in
        titles = ", ".join(headers.columns[other].title for other in sorted(headers.units_above))
        unit = ", ".join(dict.fromkeys(headers.units[other] for other in sorted(headers.units_above)))
        said = (
            tr("The figures of {titles} are read in {unit}, as is said above the table.", titles=titles, unit=unit),
            tr("Write the unit into the headers of columns that are in another one."),
        )
        reading.report(Severity.WARNING, "unit-above", said, "", place=reading.header_place(number, line))


def check_growth_years(reading: TableReading, horizon: Horizon | None) -> None:
    """Report growths of years after the last one, unless the plan begins so late that it can have them."""
    last = LAST_YEAR
    if horizon is not None and horizon.first.year <= LAST_YEAR:
        last = max(last, horizon.first.year + LAST_GROWTH - LAST_YEAR)
    for number, column in reading.headers.columns.items():
        year = growth_year(column.name)
        if year is not None and year > last:
            _report_year(reading, number, column.header)


def _report_year(reading: TableReading, number: int, title: str) -> None:
    said = (
        tr("The year of “{title}” cannot be right.", title=title),
        tr("Write a year between {first} and {last}.", first=FIRST_YEAR, last=LAST_YEAR),
    )
    reading.report(Severity.ERROR, "year", said, "", place=reading.header_place(number))
