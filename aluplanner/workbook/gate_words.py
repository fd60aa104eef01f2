"""The sentences for what keeps a workbook from being read: what is wrong, and what to do."""

from collections.abc import Callable
from typing import Final

from aluplanner.i18n import tr


def words(code: str, detail: str = "") -> tuple[str, str]:
    """Return message and remedy for a code.

    Parameters
    ----------
    code
        One of :data:`aluplanner.workbook.raw.errors.CODES`.
    detail
        What it is about: the name of a part, a reference, a number.
    """
    return _WORDS[code](detail)


def _again() -> str:
    return tr("Open it in Excel or LibreOffice and save it again, or go back to an earlier copy.")


def _as_xlsx() -> str:
    return tr("Save it as .xlsx and open that.")


def _less() -> str:
    return tr("Take out what does not belong to the plan, or copy its sheets into a new workbook.")


def _damaged_zip(part: str) -> tuple[str, str]:
    if part:
        return tr("The file is damaged: {part} cannot be unpacked.", part=part), _again()
    return tr("The file is damaged or incomplete."), tr("Copy or download it again, or go back to an earlier copy.")


def _too_large(part: str) -> tuple[str, str]:
    if part:
        return tr("The workbook is too large to be a plan: {part} is larger than it may be.", part=part), _less()
    return tr("The workbook is too large to be a plan."), _less()


def _missing(part: str) -> tuple[str, str]:
    if part:
        return tr("The file is damaged: {part} is missing.", part=part), _again()
    return tr("The file is damaged: a part of the workbook is missing."), _again()


def _bad_reference(reference: str) -> tuple[str, str]:
    if reference:
        return tr("The file is damaged: there is no cell “{place}”.", place=reference), _again()
    return tr("The file is damaged: it names a cell that does not exist."), _again()


_WORDS: Final[dict[str, Callable[[str], tuple[str, str]]]] = {
    "file": lambda _: (tr("The file cannot be read."), tr("Check that the drive is there and try again.")),
    "empty": lambda _: (tr("The file is empty."), tr("Go back to an earlier copy.")),
    "not-a-workbook": lambda _: (
        tr("This is not an .xlsx workbook."),
        tr("Open a workbook saved by Excel, LibreOffice or this program."),
    ),
    "old-xls": lambda _: (tr("This is a workbook of the old .xls kind."), _as_xlsx()),
    "xlsb": lambda _: (tr("This is a binary workbook (.xlsb)."), _as_xlsx()),
    "opendocument": lambda _: (tr("This is an OpenDocument file."), _as_xlsx()),
    "encrypted": lambda _: (
        tr("The file is protected by a password."),
        tr("Remove the password in Excel and save it again."),
    ),
    "damaged-zip": _damaged_zip,
    "too-large": _too_large,
    "zip-bomb": lambda _: (
        tr("Unpacked, the workbook would be far larger than any plan; it may have been made to do harm."),
        tr("Do not use it unless you know who made it; ask for the plan in a new workbook."),
    ),
    "too-many-parts": lambda limit: (tr("The workbook has more than {limit} parts.", limit=limit), _less()),
    "duplicate-part": lambda part: (tr("The file is damaged: it holds {part} twice.", part=part), _again()),
    "unsafe-part": lambda part: (
        tr(
            "The file holds a part with a name that no workbook has: {part}.",
            part=_printable(part),
        ),
        tr("Do not use it unless you know who made it; open it in Excel or LibreOffice and save it again."),
    ),
    "dtd": lambda part: (
        tr("The file holds a declaration (DOCTYPE) that no workbook has, in {part}.", part=part),
        tr("Do not use it unless you know who made it; open it in Excel or LibreOffice and save it again."),
    ),
    "damaged-xml": lambda part: (tr("The file is damaged: {part} cannot be read.", part=part), _again()),
    "missing-part": _missing,
    "no-sheets": lambda _: (
        tr("The workbook has no sheets with cells."),
        tr("Open a workbook saved by Excel, LibreOffice or this program."),
    ),
    "bad-reference": _bad_reference,
    "too-many-cells": lambda limit: (tr("A sheet holds more than {limit} cells.", limit=limit), _less()),
    "too-many-merges": lambda limit: (
        tr("A sheet has more than {limit} merged cells.", limit=limit),
        tr("Unmerge them; a table needs none."),
    ),
    "too-many-styles": lambda limit: (
        tr("The workbook has more than {limit} cell styles.", limit=limit),
        tr("Copy the sheets of the plan into a new workbook."),
    ),
    "too-many-texts": lambda limit: (tr("The workbook holds more than {limit} texts.", limit=limit), _less()),
    "too-deep": lambda part: (tr("The file is damaged: {part} is nested too deeply.", part=part), _again()),
    "too-slow": lambda _: (tr("Reading the workbook took too long and was given up."), _less()),
    "too-much-memory": lambda _: (tr("Reading the workbook took too much memory and was given up."), _less()),
    "crashed": lambda reason: (
        tr("Reading the workbook failed ({reason}).", reason=reason or tr("no reason given")),
        tr(
            "Try again; if it fails again, save the workbook anew in Excel or LibreOffice, or install the program anew."
        ),
    ),
}


def _printable(part: str) -> str:
    return "".join(letter if letter.isprintable() else "?" for letter in part)
