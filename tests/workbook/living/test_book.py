"""The shell of the workbook and the cells put into it."""

import io

import pytest
from openpyxl import load_workbook

from aluplanner.workbook.living import book as module
from aluplanner.workbook.living.book import Book
from aluplanner.workbook.living.looks import properties


def one_share() -> bytes:
    book = Book("Plan", "")
    page = book.page("One")
    page.grid.write(1, 1, 0.25, "share")
    page.grid.write(1, 2, "=1+1", "i_quoted")
    return book.to_bytes()


def test_that_cells_have_their_looks() -> None:
    sheet = load_workbook(io.BytesIO(one_share()))["One"]
    assert sheet["A1"].number_format.startswith("0.0%")
    assert (sheet["B1"].value, sheet["B1"].data_type, sheet["B1"].quotePrefix) == ("=1+1", "s", True)


def test_that_looks_numbered_otherwise_by_the_library_are_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    last = len(properties()) - 1

    def show_backwards(self: Book, worksheet: object) -> None:
        for number in range(last, 0, -1):
            worksheet.write_blank(0, number, None, self.writer.add_format(properties()[number]))  # type: ignore[attr-defined]
        worksheet.set_column(0, 0, 9, self.writer.add_format({"font_size": 33}))  # type: ignore[attr-defined]

    monkeypatch.setattr(module.Book, "_show_looks", show_backwards)
    sheet = load_workbook(io.BytesIO(one_share()))["One"]
    assert sheet["A1"].number_format.startswith("0.0%")
    assert sheet["B1"].quotePrefix


def test_that_overlapping_blocks_are_refused() -> None:
    book = Book("", "")
    grid = book.page("One").grid
    grid.write_row(1, 1, [1.0, 2.0])
    grid._add(1, 1, "<c/><c/>", 2)
    with pytest.raises(RuntimeError, match="B1"):
        grid.xml()
