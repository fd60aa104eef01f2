"""Which sheet of a workbook holds which table."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, TypeAlias

from aluplanner.i18n import tr
from aluplanner.model.issues import Issue, Severity
from aluplanner.model.plan import TABLES
from aluplanner.model.schema import Table
from aluplanner.workbook.container import SheetPart
from aluplanner.workbook.headers import sheet_table

HasHeader: TypeAlias = Callable[[SheetPart, Table[Any]], bool]
"""Says whether a sheet has the header of a table."""

_NUMBERED: Final = re.compile(r"[\s_\-.]*\(?\d[\d\s_\-./年月]*\)?$")
_NUMBER_FIRST: Final = re.compile(r"^\(?\d[\d年月]*\)?[\s_\-.、]*")


def choose_sheets(sheets: Sequence[SheetPart], has_header: HasHeader) -> tuple[dict[str, SheetPart], list[Issue]]:
    """Return the sheet of each table that has one, by the table's name, in the order of the sheets.

    A sheet of a table's own name holds it. Where there is none, ``Plants 2017`` does, if it has the header of the
    table and is the only one of its kind; of several nothing tells which one counts.

    Parameters
    ----------
    sheets
        The sheets.
    has_header
        Says whether a sheet has the header of a table; asked only of sheets with such a name.

    Returns
    -------
    tuple
        The sheets, and what is wrong or doubtful with them.
    """
    chosen: dict[str, SheetPart] = {}
    issues: list[Issue] = []
    for sheet in sheets:
        table = sheet_table(sheet.name)
        if table is None:
            continue
        if table.name in chosen:
            issues.append(_second_sheet(table, sheet.name, chosen[table.name].name))
        else:
            chosen[table.name] = sheet
    for name, alike in _numbered(sheets, chosen).items():
        found = [sheet for sheet in alike if has_header(sheet, TABLES[name])]
        if len(found) == 1:
            chosen[name] = found[0]
            issues.append(_taken(TABLES[name], found[0].name))
        elif found:
            issues.append(_several(TABLES[name], [sheet.name for sheet in found]))
    issues += [_hidden(TABLES[name], sheet.name) for name, sheet in chosen.items() if sheet.is_hidden]
    order = {sheet.part: index for index, sheet in enumerate(sheets)}
    return dict(sorted(chosen.items(), key=lambda item: order[item[1].part])), issues


def _numbered(sheets: Sequence[SheetPart], chosen: Mapping[str, SheetPart]) -> dict[str, list[SheetPart]]:
    """Return the sheets that are called like a table without a sheet, but for a number, by the table's name."""
    alike: dict[str, list[SheetPart]] = {}
    for sheet in sheets:
        table = _table_but_for_number(sheet.name)
        if table is not None and table.name not in chosen:
            alike.setdefault(table.name, []).append(sheet)
    return alike


def _table_but_for_number(name: str) -> Table[Any] | None:
    plain = unicodedata.normalize("NFKC", name).strip()
    for pattern in (_NUMBERED, _NUMBER_FIRST):
        bare = pattern.sub("", plain, count=1)
        if bare != plain and (table := sheet_table(bare)) is not None:
            return table
    return None


def _second_sheet(table: Table[Any], sheet: str, first: str) -> Issue:
    message = tr(
        "“{sheet}” is a second sheet of {title}, beside “{first}”.", sheet=sheet, title=table.title, first=first
    )
    remedy = tr("Rename or delete one of the two.")
    return Issue(Severity.ERROR, "duplicate-sheet", message, remedy, table=table.name, place=f"{sheet}!A1")


def _taken(table: Table[Any], sheet: str) -> Issue:
    message = tr("“{sheet}” is read as the sheet {title}.", sheet=sheet, title=table.title)
    remedy = tr("Rename it if it is another one.")
    return Issue(Severity.WARNING, "sheet-name", message, remedy, table=table.name, place=f"{sheet}!A1")


def _several(table: Table[Any], sheets: Sequence[str]) -> Issue:
    names = ", ".join(f"“{name}”" for name in sheets)
    message = tr("Any of {names} may be the sheet {title}; none is read.", names=names, title=table.title)
    remedy = tr("Rename the one that counts to {title}.", title=table.title)
    return Issue(Severity.ERROR, "several-sheets", message, remedy, table=table.name, place=f"{sheets[0]}!A1")


def _hidden(table: Table[Any], sheet: str) -> Issue:
    message = tr("“{sheet}” is hidden, and its rows count.", sheet=sheet)
    remedy = tr("Unhide it to see them, or rename it if they shall not count.")
    return Issue(Severity.WARNING, "hidden-sheet", message, remedy, table=table.name, place=f"{sheet}!A1")
