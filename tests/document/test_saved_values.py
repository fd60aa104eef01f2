from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from aluplanner.document.document import Document
from aluplanner.document.edits import delete_rows, insert_rows, move_rows, set_cells
from aluplanner.document.plan_file import Order, Written
from aluplanner.document.saved_values import with_saved_values
from aluplanner.document.scenario_edits import ScenarioText, new_scenario
from aluplanner.document.scenario_view import ScenarioView
from aluplanner.model.layers import own_overrides, resolve, with_override, with_overrides, without_override
from aluplanner.model.plan import Address, Plan
from aluplanner.model.rows import Unread
from tests.document.small_plan import small_plan

IMPLEMENTATION = Address("actions", "Cut", "implementation")
OPERATING = Address("plants", "North", "operating")
PLANTS = [(row, column) for row in range(3) for column in ("plant", "built", "operating", "cash_cost")]


def restored(plan: Plan, scenario: str, table: str, *cells: tuple[int, str], saved: Plan | None = None) -> Plan:
    return with_saved_values(ScenarioView(plan, scenario), saved or small_plan(), table, cells).plan


def test_that_cells_of_the_base_are_as_saved_wherever_their_rows_stand_now() -> None:
    plan = set_cells(small_plan(), "plants", [(0, "built", 1.0), (1, "built", None), (2, "operating", 3.0)])
    moved = move_rows(plan, "plants", [0], down=True)
    found = with_saved_values(ScenarioView(moved, "Base"), small_plan(), "plants", PLANTS)
    assert (found.count, found.missing) == (3, 0)
    assert [found.plan.plants.find(name) for name in ("North", "South", "West")] == list(small_plan().plants)


def test_that_rows_that_are_new_or_renamed_stay_and_are_counted() -> None:
    plan = insert_rows(set_cells(small_plan(), "plants", [(0, "plant", "Far north")]), "plants", 3)
    found = with_saved_values(
        ScenarioView(plan, "Base"), small_plan(), "plants", [(0, "built"), (1, "built"), (3, "built")]
    )
    assert found.plan is plan
    assert (found.count, found.missing) == (0, 2)


def test_that_a_scenario_gets_its_own_saved_overrides_back_and_loses_the_new_ones() -> None:
    saved = small_plan()
    changed = with_overrides(saved, "Strict", {IMPLEMENTATION: 0.2, Address("actions", "Cut", "delay"): 2.0})
    plan = without_override(changed, "Strict", [OPERATING])
    after = restored(plan, "Strict", "actions", (0, "implementation"), (0, "delay"), (0, "start"))
    after = restored(after, "Strict", "plants", (0, "operating"))
    assert own_overrides(after, "Strict").keys() == own_overrides(saved, "Strict").keys()
    assert resolve(after, "Strict") == resolve(saved, "Strict").with_table(after.overrides)


def test_that_the_saved_value_of_a_scenario_is_its_own_state_not_a_number() -> None:
    saved = small_plan()
    plan = with_override(saved, "Stricter", IMPLEMENTATION, 0.5)
    plan = with_override(plan, "Strict", IMPLEMENTATION, 0.1)
    after = restored(plan, "Stricter", "actions", (0, "implementation"))
    assert resolve(after, "Stricter").value(IMPLEMENTATION) == 0.1  # inherited from the layer as it is now


def test_that_a_scenario_the_saved_plan_lacks_has_nothing_to_go_back_to() -> None:
    plan = with_override(new_scenario(small_plan(), ScenarioText("New")), "New", IMPLEMENTATION, 0.5)
    found = with_saved_values(ScenarioView(plan, "New"), small_plan(), "actions", [(0, "implementation")])
    assert found.plan is plan
    assert found.missing == 1


def test_that_a_month_that_only_the_scenario_states_goes_back_to_nothing() -> None:
    address = Address("monthly", "2017-07", "net_imports")
    plan = with_override(small_plan(), "Strict", address, 5.0)
    row = resolve(plan, "Strict").monthly.position("2017-07")
    assert row is not None
    after = restored(plan, "Strict", "monthly", (row, "net_imports"))
    assert after == small_plan()


def test_that_a_text_that_could_not_be_read_comes_back() -> None:
    saved = small_plan()
    saved = saved.with_table(saved.plants.with_unread({(0, "built"): Unread("1o00")}))
    saved = saved.with_table(saved.overrides.with_unread({(0, "value"): Unread("lots")}))
    plan = with_override(set_cells(saved, "plants", [(0, "built", 1.0)]), "Strict", IMPLEMENTATION, 0.3)
    assert not plan.plants.unread
    assert not plan.overrides.unread
    plan = restored(plan, "Base", "plants", (0, "built"), saved=saved)
    assert restored(plan, "Strict", "actions", (0, "implementation"), saved=saved) == saved


def test_that_the_overrides_themselves_can_be_restored_in_their_table() -> None:
    plan = set_cells(small_plan(), "overrides", [(0, "value", 0.1), (1, "note", "why not")])
    cells = [(row, column) for row in range(3) for column in ("value", "note")]
    assert restored(plan, "Stricter", "overrides", *cells) == small_plan()


CHANGES = st.lists(
    st.tuples(
        st.sampled_from(["Strict", "Stricter"]),
        st.sampled_from([IMPLEMENTATION, OPERATING]),
        st.sampled_from([None, 0.5, 700.0]),
    ),
    max_size=6,
)


@given(changes=CHANGES, gone=st.lists(st.integers(0, 2), unique=True))
def test_that_restoring_every_cell_restores_every_scenario(
    changes: list[tuple[str, Address, float | None]], gone: list[int]
) -> None:
    plan = delete_rows(small_plan(), "overrides", gone)
    for scenario, address, value in changes:
        plan = with_override(plan, scenario, address, value)
    for scenario in plan.scenario_names:
        for table in ("plants", "actions"):
            columns = [column.name for column in plan.columns(table)]
            cells = [(row, column) for row in range(len(plan.table(table))) for column in columns]
            plan = restored(plan, scenario, table, *cells)
    assert all(resolve(plan, name).plants == resolve(small_plan(), name).plants for name in plan.scenario_names)
    assert set(plan.overrides) == set(small_plan().overrides)


def test_that_the_document_knows_the_plan_as_opened_and_as_saved(
    document: Document, qtbot: QtBot, tmp_path: Path
) -> None:
    opened = document.plan
    document.set_cell("plants", "North", "built", 1200.0)
    assert document.saved_plan is opened
    with qtbot.waitSignal(document.saved):
        document.save(tmp_path / "saved.xlsx", write=lambda order: Written(b"", ()))
    document.set_cell("plants", "North", "built", 1300.0)
    assert document.saved_plan.plants[0].built == 1200.0
    found = document.use_saved_values("plants", [(0, "built")], "Use saved value")
    assert (found.count, found.missing) == (1, 0)
    assert document.plan.plants[0].built == 1200.0
    assert document.undo_stack.undoText() == "Use saved value"
    document.undo_stack.undo()
    assert document.plan.plants[0].built == 1300.0
    document.new(opened)
    assert document.saved_plan is opened


def test_that_a_saving_that_failed_is_no_saving(document: Document, qtbot: QtBot, tmp_path: Path) -> None:
    def fail(_order: Order) -> Written:
        raise OSError("full")

    document.set_cell("plants", "North", "built", 1200.0)
    with qtbot.waitSignal(document.save_failed):
        document.save(tmp_path / "full.xlsx", write=fail)
    assert document.saved_plan.plants[0].built == 1000.0


@pytest.mark.parametrize("scenario", ["Base", "Strict"])
def test_that_cells_as_saved_make_no_step(document: Document, scenario: str) -> None:
    document.select_scenario(scenario)
    assert document.use_saved_values("plants", PLANTS, "Use saved value").count == 0
    assert document.undo_stack.count() == 0
