"""Files that are no .xlsx workbooks, under the name of one."""

import gzip
import io
import random
import struct
import tarfile
from typing import Final

from tests.hostile.case import OPENS, Case, refused
from tests.hostile.package_parts import (
    CONTENT_TYPES,
    OFFICE,
    ROOT_RELATIONS,
    TYPES,
    WORKBOOK,
    book,
    content_types,
    parts,
    relations,
)
from tests.hostile.raw_zip import STORED, archive, entry, zipped

_NONE: Final = "not-a-workbook"
_SECTOR: Final = 512
_FREE: Final = 0xFFFFFFFF
_LAST: Final = 0xFFFFFFFE
_ODS: Final = b"application/vnd.oasis.opendocument.spreadsheet"
_MANIFEST: Final = "META-INF/manifest.xml"
_ENTRY: Final = (
    '<manifest:file-entry xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">{}</manifest:file-entry>'
)


def compound_file(*names: str, filler: int = 8) -> bytes:
    """Return a compound file, as Office wrote them before 2007 and writes encrypted ones, with these streams."""
    fat = [0xFFFFFFFD, _LAST, *range(3, filler + 2), _LAST]
    table = struct.pack(f"<{len(fat)}L", *fat).ljust(_SECTOR, b"\xff")
    listed = [_stream("Root Entry", 5, child=1), *(_stream(name, 2) for name in names)]
    directory = b"".join(listed).ljust(_SECTOR, b"\0")
    header = struct.pack("<8s16s6H", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6, 0)
    header += struct.pack("<L9L", 0, 0, 1, 1, 0, 4096, _LAST, 0, _LAST, 0) + struct.pack("<L", 0)
    return header.ljust(_SECTOR, b"\xff") + table + directory + random.Random(1).randbytes(filler * _SECTOR)


def _stream(name: str, kind: int, child: int = _FREE) -> bytes:
    raw = name.encode("utf-16-le")
    line = raw.ljust(64, b"\0") + struct.pack("<HBB3L", len(raw) + 2, kind, 1, _FREE, _FREE, child)
    return line.ljust(116, b"\0") + struct.pack("<LQ", 2, 4096)


def _open_document(kind: bytes = _ODS, **more: bytes) -> bytes:
    made = [entry("mimetype", kind, STORED), entry("content.xml", b"<office/>"), entry("styles.xml", b"<office/>")]
    return archive([*made, entry(_MANIFEST, more.get("manifest", b"<manifest/>"))])


def _package(part: str, kind: str) -> bytes:
    """Return a document of another program, made of parts as workbooks are."""
    types = f'<Types xmlns="{TYPES}"><Override PartName="/{part}" ContentType="{kind}+xml"/></Types>'
    return zipped(
        {
            CONTENT_TYPES: types.encode(),
            ROOT_RELATIONS: relations([("rId1", f"{OFFICE}/officeDocument", part)]).encode(),
            part: b'<document xmlns="urn:any"/>',
        }
    )


def _binary_workbook() -> bytes:
    types = content_types().replace("spreadsheetml.sheet.main+xml", "ms-excel.sheet.binary.macroEnabled.main")
    changed = {
        CONTENT_TYPES: types.replace("workbook.xml", "workbook.bin"),
        ROOT_RELATIONS: relations([("rId1", f"{OFFICE}/officeDocument", "xl/workbook.bin")]),
        "xl/workbook.bin": b"\x83\x01\x00\x80\x01\x32",
        WORKBOOK: None,
    }
    return zipped(parts(changed))


def _tar() -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as made:
        data = book()
        info = tarfile.TarInfo("plan.xlsx")
        info.size = len(data)
        made.addfile(info, io.BytesIO(data))
    return stream.getvalue()


_TEXTS: Final = {
    "comma separated values": b"Plant,Built (kt/y)\nEast,1000\n",
    "values in an old Chinese encoding": "企业,建成产能\n魏桥,1000\n".encode("gbk"),
    "a page of the web": b"<html><body><table><tr><td>Plant</td></tr></table></body></html>",
    "a page that Excel exported": b'<html xmlns:x="urn:schemas-microsoft-com:office:excel"><table/></html>',
    "an XML spreadsheet of 2003": b'<?xml?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
    "a mail": b"From: li@example.org\nSubject: plan\n\nsee attachment\n",
    "one letter": b"P",
    "JSON": b'{"plants": []}',
    "rich text": b"{\\rtf1 Plants}",
    "a document type and nothing else": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
}
_BINARIES: Final = {
    "a megabyte of zeros": bytes(1 << 20),
    "noise": random.Random(2).randbytes(50_000),
    "PDF": b"%PDF-1.7\n%\xe2\xe3\n1 0 obj<<>>endobj\n",
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(200),
    "a RAR archive": b"Rar!\x1a\x07\x01\x00" + bytes(200),
    "a 7-Zip archive": b"7z\xbc\xaf\x27\x1c" + bytes(200),
    "a program": b"MZ\x90\x00" + bytes(300),
    "gzip around a workbook": gzip.compress(book(), mtime=0),
}


def _zips() -> list[Case]:
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main"
    slides = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main"
    return [
        refused(_NONE, "Word document", lambda: _package("word/document.xml", word)),
        refused(_NONE, "PowerPoint presentation", lambda: _package("ppt/presentation.xml", slides)),
        refused(_NONE, "archive with nothing in it", lambda: archive([])),
        refused(_NONE, "archive of tables", lambda: zipped({"plants.csv": b"Plant\nEast\n"})),
        refused(_NONE, "archive with the workbook in it", lambda: zipped({"plan.xlsx": book()})),
        refused(_NONE, "archive of archives", lambda: zipped({"a.zip": zipped({"b.zip": zipped({"c.xlsx": book()})})})),
        refused(_NONE, "Java program", lambda: zipped({"META-INF/MANIFEST.MF": b"Manifest-Version: 1.0\n"})),
        refused(_NONE, "workbook one folder deeper", lambda: zipped({f"plan/{k}": v for k, v in parts().items()})),
        refused("opendocument", "OpenDocument spreadsheet", _open_document),
        refused("opendocument", "OpenDocument text", lambda: _open_document(_ODS.replace(b"spreadsheet", b"text"))),
        refused(
            "opendocument",
            "OpenDocument without its type first",
            lambda: zipped({"content.xml": b"<a/>", _MANIFEST: b"<a/>"}),
        ),
        refused(
            {"opendocument", "encrypted"},
            "OpenDocument under a password",
            lambda: _open_document(manifest=_ENTRY.encode()),
        ),
        refused("xlsb", "binary workbook", _binary_workbook),
    ]


def _compound_files() -> list[Case]:
    return [
        refused("old-xls", "old workbook", lambda: compound_file("Workbook")),
        refused("old-xls", "workbook of Excel 5", lambda: compound_file("Book")),
        refused("encrypted", "workbook under a password", lambda: compound_file("EncryptionInfo", "EncryptedPackage")),
        refused("encrypted", "long workbook under a password", lambda: compound_file("EncryptedPackage", filler=100)),
        refused({"old-xls", _NONE}, "old Word document", lambda: compound_file("WordDocument")),
        refused({"old-xls", _NONE}, "old document without contents", lambda: compound_file()[:_SECTOR]),
        refused({"old-xls", _NONE}, "first bytes of an old document", lambda: compound_file()[:8]),
    ]


CASES: Final = (
    refused("empty", "nothing at all", lambda: b""),
    *(refused(_NONE, name, lambda data=data: data) for name, data in (_TEXTS | _BINARIES).items()),
    refused({_NONE, "damaged-zip"}, "two letters", lambda: b"PK"),
    refused({_NONE, "damaged-zip", OPENS}, "a tape archive of a workbook", _tar),
    *_zips(),
    *_compound_files(),
)
