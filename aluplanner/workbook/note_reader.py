"""The notes on the cells of one worksheet, as the file holds them."""

import re
from collections.abc import Iterable

from aluplanner.workbook.markup import LocalNames, feed, make_parser
from aluplanner.workbook.sheet import column_number, unescape

_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")


class NoteReader:
    """Reads the notes of a sheet; rich text is joined, phonetic guides are left out.

    Attributes
    ----------
    notes
        Their texts by (row, column) of the cell; both count from 1.
    """

    def __init__(self) -> None:
        self.notes: dict[tuple[int, int], str] = {}
        self._names = LocalNames()
        self._reference = ""
        self._parts: list[str] = []
        self._is_text = False
        self._is_phonetic = False

    def read(self, chunks: Iterable[bytes]) -> None:
        """Read the part that holds them.

        Raises
        ------
        xml.parsers.expat.ExpatError
            If it is not well-formed.
        """
        feed(make_parser(self._start, self._end, self._text), chunks)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = self._names[name]
        if local == "comment":
            self._reference, self._parts = attributes.get("ref", ""), []
        elif local == "t":
            self._is_text = not self._is_phonetic
        elif local == "rPh":
            self._is_phonetic = True

    def _end(self, name: str) -> None:
        local = self._names[name]
        if local == "t":
            self._is_text = False
        elif local == "rPh":
            self._is_phonetic = False
        elif local == "comment" and (found := _REFERENCE.fullmatch(self._reference)):
            self.notes[int(found[2]), column_number(found[1])] = unescape("".join(self._parts))

    def _text(self, text: str) -> None:
        if self._is_text:
            self._parts.append(text)
