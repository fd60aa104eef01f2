"""What the name of a workbook ends in and what it holds: Excel opens no file whose ending says otherwise."""

from pathlib import Path
from typing import Final

from aluplanner.i18n import tr
from aluplanner.workbook.book_part import BookPart
from aluplanner.workbook.markup import PartError
from aluplanner.workbook.package import Package
from aluplanner.workbook.part_copy import owned_parts

PLAIN: Final = ".xlsx"
WITH_MACROS: Final = ".xlsm"

_TYPES: Final = {
    PLAIN: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
    WITH_MACROS: "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
}
_MACROS: Final = "vbaProject"
_MACRO_SHEETS: Final = ("xlMacrosheet", "xlIntlMacrosheet")


def ending_for(path: str | Path, source: bytes | None) -> str:
    """Return how a file must be called that a plan is written to: ``.xlsm`` only where its workbook has macros."""
    asked = Path(path).suffix.lower()
    if asked != WITH_MACROS or source is None:
        return PLAIN
    package = Package(source)
    return WITH_MACROS if package.content_type(BookPart(package).part) == _TYPES[WITH_MACROS] else PLAIN


def fitting(data: bytes, ending: str) -> bytes:
    """Return a workbook as one whose name has an ending; one that is so already stays byte for byte.

    In a file that ends in ``.xlsx`` there are no macros, and no template opens as a new workbook.

    Raises
    ------
    PartError
        If it has sheets of macros, which an ``.xlsx`` cannot hold.
    """
    package = Package(data)
    book = BookPart(package).part
    if package.content_type(book) in (_TYPES[ending], ""):
        return data
    relations = package.relations(book)
    if any(relation.kind in _MACRO_SHEETS for relation in relations):
        raise PartError(
            tr("it has sheets of macros, which a file of this kind cannot hold."),
            tr("Take these sheets out in Excel first."),
        )
    for relation in relations:
        if relation.kind == _MACROS and ending == PLAIN:
            for part in (*owned_parts(package, relation.part), relation.part):
                package.remove(part)
            package.unrelate(book, relation.key)
    package.declare(book, _TYPES[ending])
    return package.to_bytes()
