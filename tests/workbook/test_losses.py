import io
import zipfile
from pathlib import Path

import pytest

from aluplanner.workbook.losses import what_saving_loses
from aluplanner.workbook.read import read_bytes, read_plan
from aluplanner.workbook.write import write_plan
from tests.workbook.books import EXAMPLE, as_bytes, book, book_bytes, patched, plan_sheets


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
