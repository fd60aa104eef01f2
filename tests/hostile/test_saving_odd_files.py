"""What is odd about a file does not keep it from being saved, and what is the planner's own comes back as it was."""

from typing import Final

import pytest

from aluplanner.workbook.read import read_bytes
from aluplanner.workbook.storable import as_stored
from aluplanner.workbook.tables import read_tables
from aluplanner.workbook.write import plan_bytes
from tests.hostile.case import Case
from tests.hostile.collection import CASES
from tests.hostile.package_parts import OWN
from tests.hostile.zip_parts import parts_of

ODD: Final = [case for case in CASES if case.opens and not case.is_heavy]
_OTHERS: Final = ("an own sheet with a wrong checksum", "strict workbook")
"""Others than byte for byte: what cannot be unpacked, and what is turned into the usual form as a whole."""
KEPT: Final = [case for case in ODD if case.name not in _OTHERS]


@pytest.mark.parametrize("case", ODD, ids=lambda case: case.name)
def test_that_an_odd_file_is_saved_with_a_change(case: Case) -> None:
    data = case.make()
    plan = read_bytes(data).plan
    assert plan is not None
    changed = as_stored(plan.with_value("plants/East/built", 1234.5))
    saved = plan_bytes(changed)
    assert read_tables(saved).plan == changed
    assert plan_bytes(changed) == saved
    assert plan_bytes(plan) == data


@pytest.mark.parametrize("case", KEPT, ids=lambda case: case.name)
def test_that_what_is_no_table_comes_back_byte_for_byte(case: Case) -> None:
    data = case.make()
    plan = read_bytes(data).plan
    assert plan is not None
    before, after = parts_of(data), parts_of(plan_bytes(plan.with_value("plants/East/note", "seen")))
    own = [name for name in before if name.startswith((OWN, "xl/media/", "docProps/", "xl/theme/", "xl/vba"))]
    assert {name: after.get(name) for name in own} == {name: before[name] for name in own}
