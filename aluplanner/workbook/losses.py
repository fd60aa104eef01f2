"""What saving cannot carry over from the workbook a plan was read from."""

import io
import re
import zipfile
from collections.abc import Callable
from typing import Final

from aluplanner.i18n import tr
from aluplanner.workbook.markup import PartError
from aluplanner.workbook.sheet import column_letters
from aluplanner.workbook.tables import read_tables

_NAMED: Final = 5

_PARTS: Final[tuple[tuple[str, Callable[[], str]], ...]] = (
    (r"vbaProject\.bin$", lambda: tr("macros")),
    (r"^xl/media/", lambda: tr("pictures")),
    (r"^xl/(slicers|timelines)/", lambda: tr("slicers and timelines")),
    (r"^xl/(activeX|ctrlProps)/", lambda: tr("buttons and other controls")),
    (r"^xl/diagrams/", lambda: tr("SmartArt")),
    (r"^xl/threadedComments/", lambda: tr("threads of comments (the comments stay)")),
    (r"^xl/charts/(style|colors)", lambda: tr("styles of charts (the charts stay)")),
    (r"^customXml/", lambda: tr("data attached by other programs")),
)
_CONTENTS: Final[tuple[tuple[str, bytes, Callable[[], str]], ...]] = (
    (r"^xl/drawings/drawing\d", rb"<(\w+:)?(sp|cxnSp|grpSp)[ >]", lambda: tr("shapes and text boxes")),
    (r"^xl/worksheets/sheet", rb"sparklineGroup[ >]", lambda: tr("sparklines")),
    (
        r"^xl/worksheets/sheet",
        rb"<(\w+:)?(conditionalFormatting|dataValidations)[^>]*office/excel/2006/main",
        lambda: tr("conditional formats and drop-downs of newer kinds"),
    ),
)


def what_saving_loses(source: bytes) -> tuple[str, ...]:
    """Return in words what of a workbook is gone when a plan is written back into it; empty if nothing is.

    Parameters
    ----------
    source
        The bytes of the workbook, :attr:`Plan.source`.
    """
    # heavy, and needed only before a workbook is first written back
    from aluplanner.workbook.update import open_book

    try:
        open_book(source)
    except PartError:
        return (tr("everything that is no part of the plan"),)
    with zipfile.ZipFile(io.BytesIO(source)) as archive:
        names = archive.namelist()
        found = [say() for pattern, say in _PARTS if any(re.search(pattern, name) for name in names)]
        for where, what, say in _CONTENTS:
            if any(re.search(what, archive.read(name)) for name in names if re.search(where, name)):
                found.append(say())
    return (*found, *_formulas(source))


def _formulas(source: bytes) -> tuple[str, ...]:
    """Say which of the plan's own cells are formulas: saving puts their values in their place."""
    cells = [
        f"{reading.sheet}!{column_letters(column)}{row}"
        for reading in read_tables(source).tables.values()
        for row, column in sorted(reading.formulas)
        if column in reading.headers.columns and row in reading.row_numbers
    ]
    if not cells:
        return ()
    named = ", ".join(cells[:_NAMED]) + (" …" if len(cells) > _NAMED else "")
    return (tr("formulas in the plan's own cells, which become their values: {cells}", cells=named),)
