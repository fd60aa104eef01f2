"""What keeps a workbook from being read: a closed list of codes."""

from typing import Final

CODES: Final = frozenset(
    {
        "file",  # it cannot be opened at all: missing, a folder, no right to read it
        "empty",
        "not-a-workbook",
        "old-xls",
        "xlsb",
        "opendocument",
        "encrypted",
        "damaged-zip",
        "too-large",
        "zip-bomb",
        "too-many-parts",
        "duplicate-part",
        "unsafe-part",
        "dtd",
        "damaged-xml",
        "missing-part",
        "no-sheets",
        "bad-reference",
        "too-many-cells",
        "too-many-merges",
        "too-many-styles",
        "too-many-texts",
        "too-deep",
        "too-slow",
        "too-much-memory",
        "crashed",
    }
)

PROCESS_CODES: Final = frozenset({"too-slow", "too-much-memory", "crashed"})
"""After one of these nothing more can be read of a workbook, whichever sheet it was met in."""


class RawError(Exception):
    """A workbook, or a part of it, cannot be read.

    Attributes
    ----------
    code
        One of :data:`CODES`.
    detail
        What it is about: the name of a part, a reference, a number.
    """

    def __init__(self, code: str, detail: str = "") -> None:
        self.code = code
        self.detail = detail
        super().__init__(f"{code} {detail}".strip())
