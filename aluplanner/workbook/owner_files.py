"""Who has a workbook open: the small files that Excel and LibreOffice put beside it while they do."""

from pathlib import Path
from typing import Final

from aluplanner.i18n import tr

_EXCEL: Final = "~$"
_NAME_AT: Final = 1
_LONGEST_NAME: Final = 54
_SHORTENED: Final = 2  # letters of long names that Excel leaves out to make room for its sign


def program_with(path: Path) -> str:
    """Return in words which program has a workbook open, and who works in it; empty if none says so.

    A program that was killed leaves its file behind, so this is a reason to ask and none to refuse.

    Parameters
    ----------
    path
        The workbook.
    """
    for name in (f"{_EXCEL}{path.name}", f"{_EXCEL}{path.name[_SHORTENED:]}"):
        owner = _read(path.with_name(name))
        if owner is not None:
            return _words(tr("Excel"), _excel_user(owner))
    owner = _read(path.with_name(f".~lock.{path.name}#"))
    return "" if owner is None else _words(tr("LibreOffice"), _office_user(owner))


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()[:1024]
    except OSError:
        # Excel keeps its own from being read, but not from being seen
        return b"" if path.exists() else None


def _excel_user(owner: bytes) -> str:
    """Return the name that follows its length, in the letters of the user's code page."""
    length = min(owner[0], _LONGEST_NAME) if owner else 0
    return owner[_NAME_AT : _NAME_AT + length].decode("utf-8", "replace").strip("\0 ")


def _office_user(owner: bytes) -> str:
    """Return the name from ``name,login,host,date,profile``."""
    fields = owner.decode("utf-8", "replace").split(",")
    return next((field.strip() for field in fields[:2] if field.strip()), "")


def _words(program: str, user: str) -> str:
    return f"{program} ({user})" if user else program
