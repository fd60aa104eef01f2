"""What kind of file the first bytes and the names of the parts say it is."""

from typing import Final

from aluplanner.workbook.raw import limits
from aluplanner.workbook.raw.archive import Archive
from aluplanner.workbook.raw.errors import RawError

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_SHIFT: Final = 30  # where the size of sectors is stated, as a power of two
_OLE_DIRECTORY: Final = 48  # where the first sector of the directory is stated
_OLE_CLASS: Final = 80  # where in the first entry of the directory
_LARGEST_SHIFT: Final = 12
_OTHER_CLASSES: Final = tuple(
    bytes.fromhex(each) for each in ("0609020000000000c000000000000046", "108d81649b4fcf1186ea00aa00b929e8")
)
"""Of Word and PowerPoint."""
_EXCEL_CLASSES: Final = tuple(bytes.fromhex(f"{each}020000000000c000000000000046") for each in ("1008", "2008"))
_OLD_RECORDS: Final = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08\x08\x00")
_HEAD: Final = 4096
_OTHER: Final = "not-a-workbook"


def check_size(size: int) -> None:
    """Refuse a file of a size, in bytes, that no workbook has.

    Raises
    ------
    RawError
        If it is empty or too large.
    """
    if not size:
        raise RawError("empty")
    if size > limits.LARGEST_FILE:
        raise RawError("too-large")


def open_archive(data: bytes) -> Archive:
    """Return the archive that the bytes of a workbook are.

    Raises
    ------
    RawError
        If they are another kind of file, or a damaged one.
    """
    check_size(len(data))
    if data.startswith(_OLE):
        raise RawError(_ole_kind(data))
    if data.startswith(_OLD_RECORDS):
        raise RawError("old-xls")
    if b"urn:oasis:names:tc:opendocument" in data[:_HEAD] and data.lstrip().startswith(b"<"):
        raise RawError("opendocument")
    # what begins as an archive is a damaged one if its directory is not there
    if not data.startswith(b"PK") and b"PK\x05\x06" not in data[-(1 << 16) - 22 :]:
        raise RawError(_OTHER)
    return Archive(data)


def foreign_kind(archive: Archive) -> str:
    """Return the code for an archive that says of no part that it is the workbook."""
    if archive.find("xl/workbook.bin"):
        return "xlsb"
    if archive.find("content.xml") or archive.find("META-INF/manifest.xml"):
        return "opendocument"
    return (
        "missing-part" if archive.find("xl/workbook.xml") or archive.find("[Content_Types].xml") else "not-a-workbook"
    )


def _ole_kind(data: bytes) -> str:
    """Return the code for a file in the form that Office used before 2007, and uses for encrypted files."""

    def has(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if has("EncryptedPackage") or has("EncryptionInfo"):
        return "encrypted"
    # documents of one kind hold others within them: the class of the whole tells them apart, where it is stated
    stated = _ole_class(data)
    if stated in _OTHER_CLASSES:
        return _OTHER
    if stated in _EXCEL_CLASSES or has("Workbook\0") or has("Book\0"):
        return "old-xls"
    return _OTHER if stated.strip(b"\0") or has("WordDocument") or has("PowerPoint Document") else "old-xls"


def _ole_class(data: bytes) -> bytes:
    """Return the class that the root of such a file states; zeros if none, less if the file is cut."""
    shift = int.from_bytes(data[_OLE_SHIFT : _OLE_SHIFT + 2], "little")
    sector = int.from_bytes(data[_OLE_DIRECTORY : _OLE_DIRECTORY + 4], "little")
    root = (sector + 1) << min(shift, _LARGEST_SHIFT)
    return data[root + _OLE_CLASS : root + _OLE_CLASS + 16]
