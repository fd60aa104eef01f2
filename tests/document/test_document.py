from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from aluplanner.document.change import Change, Origin
from aluplanner.document.document import Document
from aluplanner.document.edits import set_cells
from aluplanner.document.new_plan import empty_plan
from aluplanner.document.plan_file import Order, Written
from aluplanner.document.solving import Solution
from aluplanner.model.calendar import Month
from aluplanner.model.plan import Plan
from tests.document.small_plan import small_plan


def changes_of(document: Document) -> list[Change]:
    found: list[Change] = []
    document.changed.connect(found.append)
    return found


def edit(document: Document, value: float = 950.0) -> None:
    document.set_cell("plants", "North", "operating", value)


# Undo


def test_that_undo_puts_the_very_plan_back(document: Document) -> None:
    before = document.plan
    edit(document)
    after = document.plan
    document.undo_stack.undo()
    assert document.plan is before
    document.undo_stack.redo()
    assert document.plan is after


def test_that_everyone_hears_what_changed_and_who_asked(document: Document) -> None:
    changes = changes_of(document)
    before, origin = document.plan, object()
    document.set_cell("plants", "North", "operating", 950.0, origin)
    document.undo_stack.undo()
    assert [(change.before, change.after) for change in changes] == [
        (before, changes[0].after),
        (changes[0].after, before),
    ]
    assert [change.origin for change in changes] == [origin, Origin.HISTORY]


def test_that_the_history_says_each_step_in_words(document: Document) -> None:
    edit(document)
    document.set_cells("plants", [(0, "built", None), (1, "built", None)])
    document.set_cell("actions", "Cut", "action", "First cut")
    document.select_scenario("Strict")
    document.set_cell("actions", "First cut", "implementation", 0.5)
    document.set_cell("actions", "First cut", "action", "Cut")
    assert [document.undo_stack.text(i) for i in range(5)] == [
        "Set Operating of North to 950",
        "Clear 2 cells of Plants",
        "Rename Cut to First cut",
        "Set Implementation of First cut to 50% in Strict",
        "Rename First cut to Cut",
    ]


def test_that_the_same_plan_is_no_step(document: Document) -> None:
    document.apply(document.plan, "Nothing")
    assert document.undo_stack.count() == 0


def test_that_undoing_to_the_saved_state_clears_the_mark(document: Document, qtbot: QtBot, tmp_path: Path) -> None:
    edit(document)
    assert not document.is_clean
    with qtbot.waitSignal(document.saved):
        document.save(tmp_path / "plan.xlsx", write=lambda order: Written(b"", ()))
    assert document.is_clean
    edit(document, 960.0)
    assert not document.is_clean
    document.undo_stack.undo()
    assert document.is_clean
    document.undo_stack.undo()
    assert not document.is_clean


# Scenarios


def test_that_choosing_a_scenario_is_no_step(document: Document, qtbot: QtBot) -> None:
    with qtbot.waitSignal(document.scenario_changed, check_params_cb=lambda name: name == "Strict"):
        document.select_scenario("strict")
    assert document.undo_stack.count() == 0
    assert document.is_clean


def test_that_an_edit_in_a_scenario_leaves_the_base_alone(document: Document) -> None:
    document.select_scenario("Stricter")
    document.set_cell("plants", "South", "built", 700.0)
    assert document.plan.plants[1].built == 600.0
    assert document.view.rows("plants")[1].built == 700.0
    last = document.plan.overrides[-1]
    assert (last.scenario, last.table, last.row, last.column, last.value) == (
        "Stricter", "plants", "South", "built", 700.0,
    )  # fmt: skip


def test_that_a_name_is_changed_in_the_base_whatever_scenario_is_on_view(document: Document) -> None:
    document.select_scenario("Strict")
    document.set_cell("plants", "North", "plant", "Far North")
    assert document.plan.plants.keys[0] == "Far North"
    assert document.view.rows("plants")[0].operating == 850.0


def test_that_tables_that_cannot_vary_are_edited_in_the_base(document: Document) -> None:
    document.select_scenario("Strict")
    document.set_cell("claims", "North runs", "value", 5.0)
    assert document.plan.claims[1].value == 5.0
    assert len(document.plan.overrides) == 3


def test_that_a_base_value_comes_back_in_one_step(document: Document) -> None:
    document.select_scenario("Strict")
    document.use_base_values("plants", [(0, "operating")], "Use base value")
    assert document.view.rows("plants")[0].operating == 900.0
    assert len(document.plan.overrides) == 2
    assert document.undo_stack.count() == 1


def test_that_the_selected_scenario_is_followed_through_a_renaming_and_back(document: Document) -> None:
    document.select_scenario("Strict")
    document.set_compared(["Stricter", "Strict"])
    document.set_cell("scenarios", "Strict", "scenario", "Hard")
    assert (document.scenario, document.compared) == ("Hard", ("Stricter", "Hard"))
    document.undo_stack.undo()
    assert (document.scenario, document.compared) == ("Strict", ("Stricter", "Strict"))


def test_that_the_base_is_shown_when_the_scenario_is_deleted(document: Document) -> None:
    document.select_scenario("Stricter")
    document.set_compared(["Stricter", "Base"])
    scenarios = document.plan.scenarios
    document.apply(document.plan.with_table(scenarios.replaced(scenarios[:1])), "Delete")
    assert (document.scenario, document.compared) == ("Base", ("Base",))


def test_that_a_scenario_that_builds_on_itself_shows_the_base(document: Document) -> None:
    document.select_scenario("Strict")
    document.set_cell("scenarios", "Strict", "builds_on", "Stricter")
    assert document.view.rows("plants") is document.plan.plants
    assert not document.view.overridden


@pytest.mark.parametrize("ask", [lambda d: d.select_scenario("?"), lambda d: d.set_compared(["?"])])
def test_that_an_unknown_scenario_is_refused(document: Document, ask: object) -> None:
    with pytest.raises(KeyError):
        ask(document)  # type: ignore[operator]


# Balances


def test_that_balances_come_for_the_base_the_selected_and_the_compared(document: Document, qtbot: QtBot) -> None:
    document.select_scenario("Strict")
    document.set_compared(["Stricter"])
    with qtbot.waitSignal(document.solved) as solved:
        edit(document)
    (solution,) = solved.args
    assert isinstance(solution, Solution)
    assert solution.plan is document.plan
    assert list(solution.balances) == ["Base", "Strict", "Stricter"]
    assert solution.selected is solution.balances["Strict"]
    assert document.solution is solution


def test_that_a_known_scenario_is_shown_at_once(document: Document) -> None:
    document.select_scenario("Stricter")
    assert document.solution is not None
    assert document.solution.scenario == "Stricter"
    assert not document.is_busy


def test_that_claims_are_checked_in_every_scenario(document: Document) -> None:
    assert set(document.claims) == {"Base", "Strict", "Stricter"}
    assert [result.holds for result in document.claims["Base"]] == [True, True]


def test_that_errors_keep_the_last_good_balances(document: Document, qtbot: QtBot) -> None:
    good = document.solution
    with qtbot.waitSignal(document.issues_changed):
        edit(document, 5000.0)
    assert document.solution is good
    assert [(issue.table, issue.row, issue.column) for issue in document.issues if issue.is_error] == [
        ("plants", "North", "operating")
    ]
    with qtbot.waitSignal(document.solved):
        document.undo_stack.undo()
    assert not document.issues


def test_that_an_error_in_a_compared_scenario_leaves_the_others_on_view(document: Document, qtbot: QtBot) -> None:
    document.set_compared(["Strict"])
    broken = set_cells(document.plan, "overrides", [(1, "value", 5000.0)])
    with qtbot.waitSignal(document.solved) as solved:
        document.apply(broken, "Break Strict")
    assert list(solved.args[0].balances) == ["Base"]
    assert any(issue.is_error for issue in document.issues)


def test_that_closing_lets_the_history_go_and_nobody_hears_of_it(document: Document, qtbot: QtBot) -> None:
    edit(document)
    with qtbot.assertNotEmitted(document.file_changed), qtbot.assertNotEmitted(document.changed):
        document.close()
        document.close()
    assert document.undo_stack.count() == 0


# Files


def test_that_another_plan_forgets_the_history_and_the_scenario(document: Document, qtbot: QtBot) -> None:
    changes = changes_of(document)
    document.select_scenario("Strict")
    edit(document)
    other = small_plan()
    with qtbot.waitSignal(document.solved) as solved:
        document.new(other, Path("other.xlsx"))
    assert document.plan is other
    assert changes[-1].is_other_plan
    assert (document.scenario, document.path) == ("Base", Path("other.xlsx"))
    assert document.undo_stack.count() == 0
    assert document.is_clean
    assert solved.args[0].plan is other


def test_that_an_empty_plan_can_be_solved(document: Document, qtbot: QtBot) -> None:
    with qtbot.waitSignal(document.solved) as solved:
        document.new(empty_plan(Month.of(2020, 1)))
    assert solved.args[0].selected.horizon.labels[0] == "2020-01"
    assert not document.issues


def test_that_saving_writes_the_plan_of_the_moment(document: Document, qtbot: QtBot, tmp_path: Path) -> None:
    written: list[tuple[Plan, Path]] = []
    plan = document.plan

    def write(order: Order) -> Written:
        written.append((order.plan, order.path))
        return Written(b"", ())

    with qtbot.waitSignal(document.saved):
        document.save(tmp_path / "a.xlsx", write=write)
        assert document.is_saving
        edit(document)
    assert written == [(plan, tmp_path / "a.xlsx")]
    assert document.path == tmp_path / "a.xlsx"
    assert not document.is_clean
    assert not document.is_saving


def test_that_a_plan_that_could_not_be_saved_stays_changed(document: Document, qtbot: QtBot, tmp_path: Path) -> None:
    def fail(order: Order) -> Written:
        raise PermissionError(13, "Permission denied", str(order.path))

    edit(document)
    with qtbot.waitSignal(document.save_failed) as failed:
        document.save(tmp_path / "a.xlsx", write=fail)
    assert isinstance(failed.args[0], PermissionError)
    assert not document.is_clean
    assert document.path is None


def test_that_a_plan_without_changes_stays_so_where_saving_fails(document: Document, qtbot: QtBot) -> None:
    def fail(order: Order) -> Written:
        raise PermissionError(13, "Permission denied", str(order.path))

    with qtbot.waitSignal(document.save_failed):
        document.save(Path("a.xlsx"), write=fail)
    assert document.is_clean
    edit(document)
    assert not document.is_clean
    document.undo_stack.undo()
    assert document.is_clean


def test_that_a_plan_without_a_file_needs_one_to_be_saved(document: Document) -> None:
    with pytest.raises(ValueError, match="path"):
        document.save()


def test_that_a_saved_plan_opens_again(document: Document, qtbot: QtBot, tmp_path: Path) -> None:
    edit(document)
    with qtbot.waitSignal(document.saved):
        document.save(tmp_path / "a.xlsx")
    saved = document.plan
    document.new(empty_plan())
    document.open(tmp_path / "a.xlsx")
    assert document.plan.plants == saved.plants
    assert document.plan.overrides == saved.overrides
    assert document.path == tmp_path / "a.xlsx"
