"""What saving cannot carry over from the workbook a plan was read from."""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Final

from aluplanner.i18n import tr
from aluplanner.workbook.package import Package
from aluplanner.workbook.sheet import column_letters
from aluplanner.workbook.strict import as_transitional
from aluplanner.workbook.surgery.book_change import FORMULA_SIGNS, UNREADABLE
from aluplanner.workbook.surgery.book_text import BookText
from aluplanner.workbook.surgery.formula_cells import FormulaCell, formula_cells
from aluplanner.workbook.surgery.plain_parts import as_plain
from aluplanner.workbook.surgery.references import references
from aluplanner.workbook.surgery.sheet_text import SheetText
from aluplanner.workbook.tables import WorkbookReading, read_tables

_NAMED: Final = 5

_PARTS: Final[tuple[tuple[str, Callable[[], str]], ...]] = (
    (r"^_xmlsignatures/.*\.xml$", lambda: tr("the digital signature, which holds for the file as it was signed")),
    (r"^xl/revisions/", lambda: tr("the record of changes of a shared workbook, which says nothing of this one")),
)


def what_saving_loses(source: bytes) -> tuple[str, ...]:
    """Return in words what of a workbook is gone when a plan is written back into it; empty if nothing is.

    All parts of the workbook stay. What does not survive every edit are signatures, formulas in the plan's own cells
    that refer to cells of the plan, and references that no formula spells out.

    Parameters
    ----------
    source
        The bytes of the workbook, :attr:`Plan.source`.
    """
    package = Package(as_transitional(as_plain(source)))
    found = [say() for pattern, say in _PARTS if any(re.search(pattern, part) for part in package)]
    formulas, reading = dict(_formulas(package)), read_tables(source)
    own = [*_own_formulas(formulas, reading)]
    if own:
        found.append(
            tr(
                "formulas in the plan's own cells, which become their values where what they refer to changes: {cells}",
                cells=_listed(own),
            )
        )
    unbound = [
        f"{sheet}!{_place(cell)}" for sheet, cells in formulas.items() for cell in cells if _is_unbound(sheet, cell)
    ]
    if unbound and reading.tables:
        found.append(
            tr(
                "references that formulas put together as text, or to several sheets at once; they do not follow rows "
                "that move: {cells}",
                cells=_listed(unbound),
            )
        )
    return tuple(found)


def _formulas(package: Package) -> Iterator[tuple[str, list[FormulaCell]]]:
    for sheet, part in BookText(package).sheets.items():
        contents = package[part]
        if any(sign in contents for sign in FORMULA_SIGNS):
            with suppress(*UNREADABLE):  # a damaged sheet stays as it is
                yield sheet, formula_cells(SheetText.of(contents))


def _own_formulas(formulas: dict[str, list[FormulaCell]], reading: WorkbookReading) -> Iterator[str]:
    """Yield the plan's own cells whose formulas refer to others."""
    for table in reading.tables.values():
        rows = set(table.row_numbers)
        for cell in formulas.get(table.sheet, ()):
            column = table.headers.columns.get(cell.column)
            if cell.row in rows and column is not None and not column.derived and _refers(table.sheet, cell):
                yield f"{table.sheet}!{_place(cell)}"


def _refers(sheet: str, cell: FormulaCell) -> bool:
    found = references(cell.text, sheet.casefold())
    return bool(found.areas or found.names or found.is_unbound)


def _is_unbound(sheet: str, cell: FormulaCell) -> bool:
    return references(cell.text, sheet.casefold()).is_text


def _place(cell: FormulaCell) -> str:
    return f"{column_letters(cell.column)}{cell.row}"


def _listed(cells: list[str]) -> str:
    return ", ".join(cells[:_NAMED]) + (" …" if len(cells) > _NAMED else "")
