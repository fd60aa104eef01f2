import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from aluplanner.model.issues import PlanError
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
    ("part", "word"),
    [
        ("xl/vbaProject.bin", "macros"),
        ("xl/media/image1.png", "pictures"),
        ("xl/slicers/slicer1.xml", "slicers"),
        ("xl/ctrlProps/ctrlProp1.xml", "controls"),
        ("xl/diagrams/data1.xml", "SmartArt"),
        ("xl/threadedComments/threadedComment1.xml", "threads"),
        ("customXml/item1.xml", "other programs"),
    ],
)
def test_that_parts_that_cannot_be_carried_are_named(part: str, word: str) -> None:
    (found,) = what_saving_loses(with_part(part))
    assert word in found


def test_that_a_workbook_that_cannot_be_carried_at_all_is_named(tmp_path: Path) -> None:
    data = patched(book_bytes(plan_sheets()), r"styles\.xml", lambda text: text.replace('fontId="0"', 'fontId="99"'))
    assert what_saving_loses(data) == ("everything that is no part of the plan",)
    plan = read_bytes(data).plan
    assert plan is not None
    with pytest.raises(PlanError, match="cannot be written back"):
        write_plan(plan, tmp_path / "plan.xlsx")
    write_plan(replace(plan, source=None), tmp_path / "plan.xlsx")
    assert read_plan(tmp_path / "plan.xlsx") == plan


def test_that_shapes_are_told_from_charts() -> None:
    assert what_saving_loses(with_part("xl/drawings/drawing1.xml", "<xdr:wsDr><xdr:graphicFrame/></xdr:wsDr>")) == ()
    (found,) = what_saving_loses(with_part("xl/drawings/drawing1.xml", "<xdr:wsDr><xdr:sp macro=''/></xdr:wsDr>"))
    assert "shapes" in found


def test_that_sparklines_are_named() -> None:
    data = patched(
        book_bytes(plan_sheets()),
        "sheet1",
        lambda text: text.replace("</worksheet>", "<extLst><x14:sparklineGroup xmlns:x14='u'/></extLst></worksheet>"),
    )
    assert what_saving_loses(data) == ("sparklines",)


def test_that_formulas_in_the_plans_own_cells_are_named_and_those_beside_it_are_not() -> None:
    made = book(plan_sheets(Scratch=[["=1+1"]]))
    made["Plants"]["E2"] = "=600+400"
    made["Plants"]["H2"] = "=E2*2"
    (found,) = what_saving_loses(as_bytes(made))
    assert found.endswith("Plants!E2")
