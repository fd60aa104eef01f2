"""Writing a plan back into the workbook it came from, so that everything else in there stays."""

from collections.abc import Iterable
from functools import lru_cache

from aluplanner.i18n import tr
from aluplanner.model.plan import TABLES, Plan
from aluplanner.workbook.book_part import BookPart
from aluplanner.workbook.markup import PartError
from aluplanner.workbook.package import Package
from aluplanner.workbook.storable import is_blank
from aluplanner.workbook.strict import as_transitional
from aluplanner.workbook.surgery.archive import save_anew
from aluplanner.workbook.surgery.book_change import UNREADABLE, BookChange
from aluplanner.workbook.surgery.plain_parts import as_plain
from aluplanner.workbook.surgery.table_change import stated
from aluplanner.workbook.tables import WorkbookReading, read_tables


@lru_cache(maxsize=1)
def reading_of(source: bytes) -> WorkbookReading:
    """Return what the sheets of a workbook state; a plan is written many times into the same one."""
    return read_tables(source)


def updated_package(source: bytes, plan: Plan) -> Package:
    """Return the workbook a plan came from with the plan in it; one that says the same already stays byte for byte.

    Sheets and columns the plan does not know, charts, pictures, widths, notes, fills and number formats stay; what
    stands beside a row follows it when rows are moved, inserted or deleted, and so does what refers to it.

    Parameters
    ----------
    source
        The bytes of the workbook.
    plan
        The plan.

    Raises
    ------
    PartError
        If a part of the workbook is in the way.
    """
    reading = reading_of(source)
    package = Package(as_transitional(as_plain(source)))
    try:
        BookChange(package, reading, plan).put()
        missing = [
            table.title
            for name, table in TABLES.items()
            if name not in reading.tables
            and any(not is_blank(table, record) for record in stated(plan.table(name), ()))
        ]
        if missing:
            _refuse_taken(package, missing)
            # XlsxWriter takes its time, and few workbooks lack a sheet
            from aluplanner.workbook.graft import graft
            from aluplanner.workbook.surgery.new_book import new_package

            made = new_package(plan, is_1904=BookPart(package).is_1904)
            graft(package, made.to_bytes(), {title: title for title in missing})
    except UNREADABLE as error:
        raise PartError(
            tr("a part of the workbook it came from is not as it should be."),
            save_anew(),
        ) from error
    return package


def _refuse_taken(package: Package, titles: Iterable[str]) -> None:
    """Raise if a sheet that is none of the plan's, such as a chart's own, has the name that a table needs."""
    book = BookPart(package)
    taken = [title for title in titles if book.find(title) is not None]
    if taken:
        raise PartError(
            tr("it has a sheet called “{name}” that is no table.", name=taken[0]),
            tr("Rename that sheet in Excel or LibreOffice, or save the plan as a new workbook."),
        )
