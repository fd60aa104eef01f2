"""Rows of a sheet that are written in an unusual way, written again in the usual one."""

from typing import Final
from xml.parsers import expat

from aluplanner.workbook.sheet import LAST_ROW, column_letters, column_number
from aluplanner.workbook.surgery.markup_text import escaped

_DIGITS: Final = "0123456789"


def plain_rows(head: str, data: str) -> dict[int, str]:
    """Return the rows of a sheet as text by number, in order, each cell with its place.

    Parameters
    ----------
    head
        The part up to the rows, whose declarations of namespaces count for them.
    data
        The rows.

    Raises
    ------
    xml.parsers.expat.ExpatError
        If they are not well-formed.
    """
    reader = _Rows()
    # the elements that are open at the end of the head are left open: what is missing never comes
    reader.read(head, data)
    return {number: _row(number, reader.starts[number], reader.cells[number]) for number in sorted(reader.starts)}


def _row(number: int, given: dict[str, str], cells: dict[int, str]) -> str:
    start = {"r": str(number)} | {name: value for name, value in given.items() if name not in ("r", "spans")}
    return f"<row{_written(start)}>{''.join(cells[column] for column in sorted(cells))}</row>"


def _written(given: dict[str, str]) -> str:
    return "".join(f' {name}="{escaped(value)}"' for name, value in given.items())


class _Rows:
    """Collects rows and cells; what stands in a cell is written down as it comes."""

    def __init__(self) -> None:
        self.starts: dict[int, dict[str, str]] = {}
        self.cells: dict[int, dict[int, str]] = {}
        self._row = self._column = 0
        self._depth = 0
        self._is_open = False
        self._written: list[str] = []

    def read(self, head: str, data: str) -> None:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.Parse(head.encode(), False)
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.Parse(data.encode(), False)

    def _start(self, name: str, given: dict[str, str]) -> None:
        self._depth += 1
        if self._depth == 1 and name == "row":
            number = given.get("r", "")
            self._row = min(int(number), LAST_ROW) if number.isdecimal() and int(number) else self._row + 1
            self._column = 0
            self.starts.setdefault(self._row, {}).update(given)
            self.cells.setdefault(self._row, {})
        elif self._depth == 2 and name == "c":
            letters = given.get("r", "").rstrip(_DIGITS)
            self._column = column_number(letters) if letters.isalpha() and letters.isupper() else self._column + 1
            place = {"r": f"{column_letters(self._column)}{self._row}"}
            self._written = [f"<c{_written(place | {key: value for key, value in given.items() if key != 'r'})}>"]
        elif self._depth > 2:
            self._written.append(f"<{name}{_written(given)}>")

    def _end(self, name: str) -> None:
        if self._depth == 2 and name == "c":
            self._written.append("</c>")
            self.cells[self._row][self._column] = "".join(self._written)
        elif self._depth > 2:
            self._written.append(f"</{name}>")
        self._depth -= 1

    def _text(self, text: str) -> None:
        if self._depth > 2:
            self._written.append(escaped(text))
