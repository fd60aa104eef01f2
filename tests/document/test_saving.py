"""How saving ends, when more than one thing happens at a time."""

from pathlib import Path
from threading import Event

import pytest
from pytestqt.qtbot import QtBot

from aluplanner.document.document import Document
from aluplanner.document.plan_file import Order, Written
from tests.document.small_plan import small_plan

FILE = Path("plan.xlsx")


def write(_order: Order) -> Written:
    return Written(b"", ())


def fail(order: Order) -> Written:
    raise PermissionError(13, "Permission denied", str(order.path))


def edit(document: Document, value: float) -> None:
    document.set_cells("plants", [(0, "built", value)])


def test_that_a_plan_opened_while_another_is_saved_keeps_its_own_file(document: Document, qtbot: QtBot) -> None:
    may_go_on = Event()
    other = small_plan()

    def write_later(order: Order) -> Written:
        may_go_on.wait(5)
        return write(order)

    with qtbot.waitSignal(document.saved) as saved:
        document.save(FILE, write=write_later)
        document.new(other, Path("other.xlsx"))
        may_go_on.set()
    assert saved.args == [FILE]
    assert document.path == Path("other.xlsx")
    assert document.saved_plan is other
    assert not document.is_saving


def test_that_a_plan_opened_while_another_fails_to_be_saved_is_clean(document: Document, qtbot: QtBot) -> None:
    may_go_on = Event()

    def fail_later(order: Order) -> Written:
        may_go_on.wait(5)
        return fail(order)

    edit(document, 1.0)
    with qtbot.waitSignal(document.save_failed):
        document.save(FILE, write=fail_later)
        document.new(small_plan())
        may_go_on.set()
    assert document.is_clean
    assert document.path is None


def test_that_a_saving_that_failed_leaves_the_next_one_its_mark(document: Document, qtbot: QtBot) -> None:
    edit(document, 1.0)
    with qtbot.waitSignals([document.save_failed, document.saved]):
        document.save(FILE, write=fail)
        edit(document, 2.0)
        document.save(FILE, write=write)
    assert document.is_clean
    document.undo_stack.undo()
    assert not document.is_clean


@pytest.mark.parametrize("is_edited_between", [False, True])
def test_that_a_plan_is_changed_after_two_savings_failed(
    document: Document, qtbot: QtBot, is_edited_between: bool
) -> None:
    failures: list[Exception] = []
    document.save_failed.connect(failures.append)
    edit(document, 1.0)
    document.save(FILE, write=fail)
    if is_edited_between:
        edit(document, 2.0)
    document.save(FILE, write=fail)
    qtbot.waitUntil(lambda: len(failures) == 2)
    assert not document.is_clean
