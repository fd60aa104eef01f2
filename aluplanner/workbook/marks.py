"""Which sheets of a workbook are the program's own: hidden names point at them, whatever they are called."""

import re
from typing import Final

from aluplanner.workbook.book_part import BookPart, DefinedName

SUMMARY: Final = "Summary"
BALANCE: Final = "Balance"
CHARTS: Final = "Charts"
CHANGES: Final = "Changes"
LIVING: Final = "Living"

_MARK: Final = "AluPlanner.{}"
_REFERRED: Final = re.compile(r"(?:'((?:[^']|'')+)'|([^'!]+))!\$?A\$?1")


def is_marked(book: BookPart, kind: str) -> bool:
    """Return whether a workbook carries a mark, such as that of a living model, wherever it points."""
    mark = _MARK.format(kind).casefold()
    return any(name.name.casefold() == mark for name in book.names)


def marked_sheet(book: BookPart, kind: str) -> str | None:
    """Return the name of the program's own sheet of a kind; ``None`` if there is none, or no longer."""
    mark = _MARK.format(kind).casefold()
    for name in book.names:
        found = _REFERRED.fullmatch(name.refers_to.strip().lstrip("=")) if name.name.casefold() == mark else None
        sheet = (found[1] or found[2]).replace("''", "'") if found else ""
        if found and book.find(sheet) is not None:
            return sheet
    return None


def own_sheet(book: BookPart, kind: str) -> str:
    """Return the name of the program's sheet of a kind, one that is free if there is none yet."""
    name, number = marked_sheet(book, kind) or kind, 1
    if marked_sheet(book, kind):
        return name
    while book.find(name) is not None:
        name = f"{kind} (AluPlanner)" if number == 1 else f"{kind} (AluPlanner {number})"
        number += 1
    return name


def mark_sheet(book: BookPart, kind: str, sheet: str) -> None:
    """Remember that a sheet is the program's own, even if the planner renames it."""
    quoted = sheet.replace("'", "''")
    book.define([DefinedName(_MARK.format(kind), f"'{quoted}'!$A$1", is_hidden=True)])
