"""The table of texts that the cells of a workbook share."""

import re

from aluplanner.workbook.raw.errors import RawError
from aluplanner.workbook.raw.limits import MOST_TEXTS
from aluplanner.workbook.raw.markup import ElementReader
from aluplanner.workbook.raw.plain_text import IrregularError, plain_texts
from aluplanner.workbook.raw.prolog import is_plain_utf_8
from aluplanner.workbook.raw.values import unescape

_ITEM = re.compile(rb'<si><t(?: xml:space="preserve")?>([^<]*+)</t></si>')
_FIRST = b"<si>"
_LAST = b"</si>"


def read_texts(part: str, contents: bytes) -> list[str]:
    """Return the shared texts by index; rich text is joined, phonetic guides are left out.

    Raises
    ------
    RawError
        If the part is damaged or holds too many.
    """
    if contents.count(b"<si") > MOST_TEXTS:
        raise RawError("too-many-texts", str(MOST_TEXTS))
    try:
        return _scan(part, contents)
    except IrregularError:
        reader = _TextReader()
        reader.read(part, contents)
        return reader.texts


def _scan(part: str, contents: bytes) -> list[str]:
    """Return the texts of a table of plain ones; raise IrregularError if it is more than that."""
    start, end = contents.find(_FIRST), contents.rfind(_LAST) + len(_LAST)
    if start < 0 or end < start:
        raise IrregularError
    outside = contents[:start] + contents[end:]
    if not is_plain_utf_8(outside):
        raise IrregularError
    around = _TextReader()
    try:
        around.read(part, outside)
    except RawError:
        raise IrregularError from None  # the parser will say what is wrong
    pieces = _ITEM.split(contents[start:end])
    if around.texts or any(pieces[::2]):
        raise IrregularError
    texts = plain_texts(pieces[1::2])
    return [unescape(text) for text in texts] if b"_x" in contents else texts


class _TextReader(ElementReader):
    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._pieces: list[str] = []
        self._is_text = False
        self._is_phonetic = False

    def start(self, name: str, _: dict[str, str]) -> None:
        if name == "t":
            self._is_text = not self._is_phonetic
        elif name == "rPh":
            self._is_phonetic = True
        elif name == "si":
            self._pieces = []

    def end(self, name: str) -> None:
        if name == "t":
            self._is_text = False
        elif name == "rPh":
            self._is_phonetic = False
        elif name == "si":
            self.texts.append(unescape("".join(self._pieces)))
            if len(self.texts) > MOST_TEXTS:
                raise RawError("too-many-texts", str(MOST_TEXTS))

    def text(self, text: str) -> None:
        if self._is_text:
            self._pieces.append(text)
