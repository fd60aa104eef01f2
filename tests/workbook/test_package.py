"""The parts of a workbook's container."""

import io
import zipfile

from aluplanner.workbook.package import Package
from tests.workbook.books import EXAMPLE, book_bytes, patched, plan_sheets


def entries(data: bytes) -> dict[str, tuple[int, int, bytes]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {info.filename: (info.CRC, info.compress_size, archive.read(info)) for info in archive.infolist()}


def test_that_parts_nobody_touched_stay_as_they_are_packed() -> None:
    data = EXAMPLE.read_bytes()
    package = Package(data)
    assert not package.is_changed
    package["xl/new.xml"] = b"<x/>"
    assert package.is_changed
    after = entries(package.to_bytes())
    assert after.pop("xl/new.xml")[2] == b"<x/>"
    assert after == entries(data)
    assert package.to_bytes() == package.to_bytes()


def test_that_a_part_put_back_as_it_was_is_no_change() -> None:
    package = Package(EXAMPLE.read_bytes())
    before = package["xl/workbook.xml"]
    package["xl/workbook.xml"] = b"<x/>"
    package["xl/workbook.xml"] = before
    assert not package.is_changed
    del package["docProps/app.xml"]
    assert package.is_changed


def test_that_the_content_types_come_first_and_names_may_be_chinese() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book_bytes(plan_sheets()))) as old, zipfile.ZipFile(made, "w") as new:
        for name in sorted(old.namelist(), reverse=True):
            new.writestr(name, old.read(name))
    package = Package(made.getvalue())
    package["xl/图.xml"] = b"<x/>"
    assert next(iter(entries(package.to_bytes()))) == "[Content_Types].xml"
    assert "xl/图.xml" in entries(package.to_bytes())


def test_that_relations_and_types_written_in_any_way_are_found_added_and_taken_away() -> None:
    def long(text: str) -> str:
        text = text.replace("<Relationship ", "<r:Relationship ").replace("<Relationships ", "<r:Relationships ")
        text = (
            text.replace(" />", "/>")
            .replace("/>", "></r:Relationship>")
            .replace("</Relationships>", "</r:Relationships>")
        )
        return text.replace("xmlns=", "xmlns:r=")

    package = Package(patched(book_bytes(plan_sheets()), r"workbook\.xml\.rels$", long))
    before = package.relations("xl/workbook.xml")
    assert len(before) >= 4
    package["xl/calcChain.xml"] = b"<x/>"
    key = package.relate("xl/workbook.xml", "calcChain", "xl/calcChain.xml")
    package.declare("xl/calcChain.xml", "some/type")
    assert package.content_type("xl/calcChain.xml") == "some/type"
    again = Package(package.to_bytes())
    assert again.relations("xl/workbook.xml")[-1].part == "xl/calcChain.xml"
    again.remove("xl/calcChain.xml")
    assert again.dangling() == {("xl/workbook.xml", "xl/calcChain.xml")}
    again.unrelate("xl/workbook.xml", key)
    assert again.relations("xl/workbook.xml") == before
    assert again.content_type("xl/calcChain.xml") == ""
    assert again["xl/_rels/workbook.xml.rels"] == Package(package.to_bytes()).get("xl/_rels/workbook.xml.rels").replace(
        b'<r:Relationship Id="' + key.encode() + b'" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        b'relationships/calcChain" Target="/xl/calcChain.xml"/>',
        b"",
    )
