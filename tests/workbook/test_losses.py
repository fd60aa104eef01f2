import io
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from aluplanner.model.claims import Claim
from aluplanner.model.issues import PlanError
from aluplanner.workbook.losses import what_saving_loses
from aluplanner.workbook.package import Package
from aluplanner.workbook.read import read_bytes, read_plan
from aluplanner.workbook.write import write_plan
from tests.workbook.books import ACTIONS, EXAMPLE, as_bytes, book, book_bytes, patched, plan_sheets


def with_part(name: str, contents: str = "<x/>") -> bytes:
    stream = io.BytesIO(book_bytes(plan_sheets()))
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr(name, contents)
    return stream.getvalue()


def test_that_nothing_is_lost_of_the_example() -> None:
    assert what_saving_loses(EXAMPLE.read_bytes()) == ()


@pytest.mark.parametrize(
    "part",
    [
        "xl/vbaProject.bin",
        "xl/media/image1.png",
        "xl/slicers/slicer1.xml",
        "xl/ctrlProps/ctrlProp1.xml",
        "xl/diagrams/data1.xml",
        "xl/threadedComments/threadedComment1.xml",
        "customXml/item1.xml",
    ],
)
def test_that_parts_of_every_kind_are_carried(tmp_path: Path, part: str) -> None:
    data = with_part(part, "contents")
    assert what_saving_loses(data) == ()
    plan = read_bytes(data).plan
    assert plan is not None
    write_plan(plan.with_value("plants/East/built", 1010), tmp_path / "plan.xlsx")
    with zipfile.ZipFile(tmp_path / "plan.xlsx") as archive:
        assert archive.read(part) == b"contents"


def test_that_a_signature_is_named() -> None:
    (found,) = what_saving_loses(with_part("_xmlsignatures/sig1.xml"))
    assert "signature" in found


def test_that_styles_that_make_no_sense_are_carried(tmp_path: Path) -> None:
    data = patched(book_bytes(plan_sheets()), r"styles\.xml", lambda text: text.replace('fontId="0"', 'fontId="99"'))
    assert what_saving_loses(data) == ()
    plan = read_bytes(data).plan
    assert plan is not None
    changed = plan.with_value("plants/East/built", 1010)
    write_plan(changed, tmp_path / "plan.xlsx")
    assert read_plan(tmp_path / "plan.xlsx") == changed


def test_that_formulas_in_the_plans_own_cells_that_refer_to_others_are_named_and_no_others_are() -> None:
    made = book(plan_sheets(Scratch=[["=1+1", "=Plants!E2"]]))
    made["Plants"]["E2"] = "=600+400"
    made["Plants"]["F2"] = "=E2-100"
    made["Plants"]["H2"] = "=E2*2"
    (found,) = what_saving_loses(as_bytes(made))
    assert found.endswith(": Plants!F2")


def test_that_references_that_cannot_follow_are_named() -> None:
    made = book(
        plan_sheets(Scratch=[['=INDIRECT("Plants!E"&3)', "=SUM(Plants:Demand!E2)", '="INDIRECT("', "=Plants!E2"]])
    )
    (found,) = what_saving_loses(as_bytes(made))
    assert found.endswith(": Scratch!A1, Scratch!B1")


def with_macros() -> bytes:
    data = with_part("xl/vbaProject.bin", "macros")
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    data = patched(
        data,
        r"Content_Types",
        lambda text: text.replace(kind, "application/vnd.ms-excel.sheet.macroEnabled.main+xml").replace(
            "</Types>",
            '<Override PartName="/xl/vbaProject.bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>',
        ),
    )
    relation = (
        '<Relationship Id="rIdMacros" Target="vbaProject.bin" '
        'Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject"/></Relationships>'
    )
    return patched(data, r"workbook\.xml\.rels", lambda text: text.replace("</Relationships>", relation))


@pytest.mark.parametrize(("ending", "is_kept"), [(".xlsm", True), (".xlsx", False)])
@pytest.mark.parametrize("note", [None, "changed"])
def test_that_macros_stay_where_the_name_allows_them(
    tmp_path: Path, ending: str, is_kept: bool, note: str | None
) -> None:
    plan = read_bytes(with_macros()).plan
    assert plan is not None
    data = write_plan(plan.with_value("plants/East/note", note), tmp_path / f"plan{ending}")
    package = Package(data)
    assert ("macroEnabled" in package.content_type("xl/workbook.xml")) == is_kept
    assert ("xl/vbaProject.bin" in package) == is_kept
    assert ("vbaProject" in package["[Content_Types].xml"].decode()) == is_kept
    assert not package.dangling()
    assert read_bytes(data).plan == plan.with_value("plants/East/note", note)


def test_that_a_plan_without_macros_takes_no_name_of_one_with_them(tmp_path: Path) -> None:
    plan = read_bytes(book_bytes(plan_sheets())).plan
    assert plan is not None
    with pytest.raises(PlanError, match=r"\.xlsx"):
        write_plan(plan, tmp_path / "plan.xlsm")


def test_that_a_sheet_that_is_no_table_is_not_replaced_by_one(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as made:
        for title, rows in plan_sheets(Actions=ACTIONS[:1]).items():
            sheet = made.add_worksheet(title)
            for row, values in enumerate(rows):
                sheet.write_row(row, 0, [value for value in values if value is not None])
        chart = made.add_chart({"type": "line"})
        chart.add_series({"values": "=Plants!$E$2:$E$4"})
        made.add_chartsheet("claims").set_chart(chart)
    plan = read_bytes(stream.getvalue()).plan
    assert plan is not None
    claim = Claim("a surplus", "balance 2017 sum", ">", 0.0)
    with pytest.raises(PlanError, match="Claims"):
        write_plan(plan.with_table(plan.claims.replaced([claim])), tmp_path / "plan.xlsx")
    assert not (tmp_path / "plan.xlsx").exists()
