"""XML parts of a workbook, read as a stream without building a tree."""

from collections.abc import Callable, Iterable
from typing import NoReturn
from xml.parsers import expat

StartHandler = Callable[[str, dict[str, str]], None]
EndHandler = Callable[[str], None]
TextHandler = Callable[[str], None]


class PartError(Exception):
    """A part of the workbook is damaged: ``message`` says how, ``remedy`` what to do."""

    def __init__(self, message: str, remedy: str) -> None:
        self.message = message
        self.remedy = remedy
        super().__init__(f"{message} {remedy}")


class LocalNames(dict[str, str]):
    """The local name of every ``namespace name`` met; strict and transitional workbooks differ in the namespace."""

    def __missing__(self, name: str) -> str:
        local = self[name] = name.rpartition(" ")[2]
        return local


def make_parser(start: StartHandler | None, end: EndHandler | None, text: TextHandler | None) -> expat.XMLParserType:
    """Return a parser that hands elements on as ``namespace name`` and refuses document type declarations."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.buffer_size = 1 << 16
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse_doctype
    return parser


def feed(parser: expat.XMLParserType, chunks: Iterable[bytes]) -> None:
    """Parse a part given in pieces.

    Raises
    ------
    xml.parsers.expat.ExpatError
        If it is not well-formed.
    """
    for chunk in chunks:
        parser.Parse(chunk, False)
    parser.Parse(b"", True)


def parse_elements(chunks: Iterable[bytes], start: StartHandler) -> None:
    """Call ``start(local name, attributes)`` for every element of a part; attribute names are local, too."""
    names = LocalNames()

    def on_start(name: str, attributes: dict[str, str]) -> None:
        start(names[name], {names[key]: value for key, value in attributes.items()})

    feed(make_parser(on_start, None, None), chunks)


def _refuse_doctype(*_: object) -> NoReturn:
    raise expat.ExpatError("document type declaration")
