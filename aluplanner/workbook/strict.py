"""Workbooks in the strict form of the file format, made into the form that everything can read."""

import io
import zipfile
from typing import Final

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


def as_transitional(data: bytes) -> bytes:
    """Return the workbook with the namespaces of the transitional form; one that has them is returned as it is."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {info.filename: archive.read(info) for info in archive.infolist()}
    if not any(_STRICT in part for name, part in parts.items() if name.endswith(".rels")):
        return data
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, _mapped(part) if name.endswith(_XML) else part)
    return made.getvalue()


def _mapped(part: bytes) -> bytes:
    for strict, transitional in _NAMESPACES:
        part = part.replace(strict, transitional)
    return part
