"""A file that cannot be opened leaves the plan that is open as it is, with its history and its file."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from pytestqt.qtbot import QtBot

from aluplanner.document.document import Document
from aluplanner.model.issues import PlanError
from tests.document.small_plan import small_plan
from tests.hostile.case import Case
from tests.hostile.collection import CASES

_ONE_OF_EACH: Final = {min(case.expected): case for case in CASES if case.place == "" and len(case.expected) == 1}
REFUSED: Final = [
    case for code, case in _ONE_OF_EACH.items() if code not in ("opens", "anything") and not case.is_heavy
]


@pytest.fixture
def document(qtbot: QtBot) -> Iterator[Document]:
    made = Document(small_plan())
    qtbot.waitSignal(made.all_solved).wait()
    yield made
    made.close()


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case.name)
def test_that_a_refused_file_leaves_the_open_plan_untouched(case: Case, document: Document, tmp_path: Path) -> None:
    document.set_cell("plants", document.plan.plants.keys[0], "note", "mine")
    before = document.plan, document.path, document.undo_stack.count(), document.is_clean
    path = tmp_path / "plan.xlsx"
    path.write_bytes(case.make())
    with pytest.raises(PlanError):
        document.open(path)
    assert (document.plan, document.path, document.undo_stack.count(), document.is_clean) == before


def test_that_most_codes_are_tried() -> None:
    assert len(REFUSED) >= 15
