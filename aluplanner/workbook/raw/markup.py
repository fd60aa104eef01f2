"""XML parts of a workbook, read as a stream without building a tree."""

from collections.abc import Callable
from typing import NoReturn
from xml.parsers import expat

from aluplanner.workbook.raw.errors import RawError
from aluplanner.workbook.raw.limits import DEEPEST

StartHandler = Callable[[str, dict[str, str]], None]
EndHandler = Callable[[str], None]
TextHandler = Callable[[str], None]

_PIECE = 1 << 18
_OUT_OF_MEMORY = 1  # expat's number for it


class LocalNames(dict[str, str]):
    """The local name of every ``namespace name`` met; strict and transitional workbooks differ in the namespace."""

    def __missing__(self, name: str) -> str:
        local = self[name] = name.rpartition(" ")[2]
        return local


class ElementReader:
    """Reads a part element by element; what a part means is left to those that derive from it.

    Their :meth:`start`, :meth:`end` and :meth:`text` get local names, without namespaces.
    """

    def __init__(self) -> None:
        self.names = LocalNames()
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.buffer_size = 1 << 16
        self.parser.StartDoctypeDeclHandler = _refuse_doctype
        self._depth = 0
        self.listen(self.start, self.end, self.text)

    def listen(self, start: StartHandler, end: EndHandler, text: TextHandler | None) -> None:
        """Hand what is read to these from now on; the first two are called with local names."""
        names = self.names

        def on_start(name: str, attributes: dict[str, str]) -> None:
            self._depth += 1
            if self._depth > DEEPEST:
                raise RawError("too-deep")
            start(names[name], attributes)

        def on_end(name: str) -> None:
            self._depth -= 1
            end(names[name])

        self.parser.StartElementHandler = on_start
        self.parser.EndElementHandler = on_end
        self.parser.CharacterDataHandler = text

    def read(self, part: str, contents: bytes) -> None:
        """Read a part.

        Raises
        ------
        RawError
            If it is not well-formed, or holds what it may not.
        """
        view = memoryview(contents)
        try:
            for position in range(0, len(contents), _PIECE):
                self.parser.Parse(bytes(view[position : position + _PIECE]), False)
            self.parser.Parse(b"", True)
        except RawError as error:
            raise RawError(error.code, error.detail or part) from error
        except expat.ExpatError as error:
            if error.code == _OUT_OF_MEMORY:
                raise MemoryError from error
            raise RawError("damaged-xml", part) from error
        except (ValueError, LookupError) as error:  # an encoding that nobody knows
            raise RawError("damaged-xml", part) from error

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take note of the start of an element."""

    def end(self, name: str) -> None:
        """Take note of the end of an element."""

    def text(self, text: str) -> None:
        """Take note of text; it may come in pieces."""


def local_attributes(names: LocalNames, attributes: dict[str, str]) -> dict[str, str]:
    """Return attributes by their local names."""
    return {names[key]: value for key, value in attributes.items()}


def _refuse_doctype(*_: object) -> NoReturn:
    raise RawError("dtd")
