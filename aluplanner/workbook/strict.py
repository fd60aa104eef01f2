"""Workbooks in the strict form of the file format, made into the form that everything can read."""

import re
from typing import Final

from aluplanner.workbook.package import Package

_NAMESPACES: Final = (
    (b"http://purl.oclc.org/ooxml/spreadsheetml/main", b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (b"http://purl.oclc.org/ooxml/drawingml/", b"http://schemas.openxmlformats.org/drawingml/2006/"),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/extendedProperties",
        b"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties",
    ),
)
_STRICT: Final = b"http://purl.oclc.org/ooxml/"
_XML: Final = (".xml", ".rels", ".vml")
_CONFORMANCE: Final = re.compile(rb"""\s(?:\w+:)?conformance\s*=\s*["']strict["']""")


def as_transitional(data: bytes) -> bytes:
    """Return the workbook with the namespaces of the transitional form; one that has them is returned as it is."""
    package = Package(data)
    if not any(_STRICT in package[part] for part in package if part.endswith(".rels")):
        return data
    for part in package:
        if part.endswith(_XML):
            package[part] = _mapped(package[part])
    return package.to_bytes()


def _mapped(part: bytes) -> bytes:
    for strict, transitional in _NAMESPACES:
        part = part.replace(strict, transitional)
    return _CONFORMANCE.sub(b"", part, count=1)
