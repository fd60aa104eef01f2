"""A planner's workbook with everything that Excel lets one put into it, made by XlsxWriter."""

import io
import struct
import zlib
from datetime import date

import xlsxwriter
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from tests.workbook.books import DEMAND

PLANTS = (
    ("East", "Shandong", 1000, 900, "keep an eye"),
    ("West", "Xinjiang", 800, 800, None),
    ("North", "Henan", 500, 300, "old pots"),
)
BUILT = {name: built for name, _, built, *_ in PLANTS}
TOTAL = sum(BUILT.values())


def rich_book() -> bytes:
    """Return a workbook with own columns, formulas, rules, a chart, a picture, a shape, sparklines, names and links.

    The plants stand under two rows of titles: header in row 3, plants in rows 4 to 6, their sum in row 7.
    """
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        _plants(book, book.add_worksheet("Plants"))
        _actions(book, book.add_worksheet("Actions"))
        _demand(book.add_worksheet("Demand"))
        _scratch(book, book.add_worksheet("Scratch"))
        book.define_name("East_built", "=Plants!$C$4")
        book.define_name("All_built", "=Plants!$C$4:$C$6")
        book.set_properties({"title": "Mine", "created": date(2020, 1, 1)})
    return stream.getvalue()


def picture() -> io.BytesIO:
    """Return a red dot as PNG."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">2I5B", 1, 1, 8, 2, 0, 0, 0)
    parts = chunk(b"IHDR", header), chunk(b"IDAT", zlib.compress(b"\0\xff\0\0")), chunk(b"IEND", b"")
    return io.BytesIO(b"\x89PNG\r\n\x1a\n" + b"".join(parts))


def _plants(book: Workbook, sheet: Worksheet) -> None:
    bold, money = book.add_format({"bold": True}), book.add_format({"num_format": "#,##0.0", "bg_color": "#FFF2CC"})
    sheet.write("A1", "My smelters", bold)
    sheet.write("A2", "figures of the association")
    sheet.write_row("A3", ["Plant", "Province", "Built (kt/y)", "Operating (kt/y)", "Note", "Share", "So far", "Trend"])
    sheet.write_row("J3", ["Mine", "see"])
    so_far = 0.0
    for row, (name, province, built, operating, note) in enumerate(PLANTS, start=3):
        line, so_far = row + 1, so_far + built
        sheet.set_row(row, 30 * (row - 2))
        sheet.write_row(row, 0, [name, province])
        sheet.write(row, 2, built, money)
        sheet.write(row, 3, operating, money)
        sheet.write(row, 4, note)
        sheet.write_formula(row, 5, f"=C{line}/C$7", None, built / TOTAL)
        sheet.write_formula(row, 6, f"=SUM(C$4:C{line})", None, so_far)
        sheet.add_sparkline(row, 7, {"range": f"Plants!C{line}:D{line}"})
        sheet.write(row, 9, f"about {name}")
        sheet.write_url(row, 10, f"https://example.org/{name}", string=name)
        sheet.write_comment(row, 1, f"where {name} is")
        sheet.insert_image(row, 11, "dot.png", {"image_data": picture(), "object_position": 1})
    sheet.write("A7", "Total")
    sheet.write_formula("C7", "=SUM(C4:C6)", money, TOTAL)
    sheet.write("J9", "below")
    sheet.write_url("J10", "internal:Plants!C6", string="go to North")
    sheet.autofilter("A3:K6")
    sheet.print_area("A1:K7")
    sheet.repeat_rows(2)
    sheet.data_validation("B4:B6", {"validate": "list", "source": ["Shandong", "Xinjiang", "Henan"]})
    sheet.data_validation("D4:D6", {"validate": "decimal", "criteria": "<=", "value": "=C4"})
    sheet.conditional_format("C4:C6", {"type": "formula", "criteria": "=C4>$C$4*0.7", "format": bold})
    sheet.conditional_format("D4:D6", {"type": "data_bar", "data_bar_2010": True})
    chart = book.add_chart({"type": "column"})
    chart.add_series({"categories": "=Plants!$A$4:$A$6", "values": "=Plants!$C$4:$C$6"})
    sheet.insert_chart("B12", chart)
    sheet.insert_textbox("H12", "my thoughts")
    sheet.freeze_panes(3, 1)


def _actions(book: Workbook, sheet: Worksheet) -> None:
    month = book.add_format({"num_format": "mmm yyyy"})
    sheet.write_row("A1", ["Action", "Kind", "Target", "Announced (kt/y)", "Start (month)", "Part of East"])
    sheet.write_row("A2", ["Close East", "close capacity", "East", 100])
    sheet.write_datetime("E2", date(2017, 6, 1), month)
    sheet.write_formula("F2", "=D2/Plants!C4", None, 0.1)
    sheet.write_row("A3", ["Cut West", "curtail output", "West", 50])
    sheet.write_datetime("E3", date(2017, 7, 1), month)
    sheet.write_formula("F3", "=D3/East_built", None, 0.05)


def _demand(sheet: Worksheet) -> None:
    for row, values in enumerate(DEMAND):
        sheet.write_row(row, 0, [value for value in values if value is not None])
    sheet.add_table("A1:D3", {"name": "Use", "columns": [{"header": title} for title in DEMAND[0]]})


def _scratch(book: Workbook, sheet: Worksheet) -> None:
    sheet.write_formula("A1", "=SUM(Plants!C4:C6)", None, TOTAL)
    sheet.write_formula("A2", "=Plants!C5*2", None, 1600)
    sheet.write_formula("A3", "=A2+1", None, 1601)
    sheet.write_formula("A4", "=SUM(All_built)", None, TOTAL)
    sheet.write_formula("A5", "=6*7", None, 42)
    sheet.write_formula("A6", '=VLOOKUP("North",Plants!$A$4:$D$6,3,0)', None, 500)
    sheet.write_formula("A7", "=SUM(Use[Consumption (kt)])", None, 2000)
    sheet.write_rich_string("A9", "plain ", book.add_format({"bold": True}), "and bold")
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": "=Scratch!$A$1:$A$6"})
    sheet.insert_chart("C1", chart)
    sheet.data_validation("B1", {"validate": "list", "source": "=Plants!$A$4:$A$6"})
