"""Texts into cells: what can be read is taken, what cannot stays as text and the balance goes on."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aluplanner.document import edits
from aluplanner.document.entering import enter_texts
from aluplanner.document.scenario_view import ScenarioView
from aluplanner.i18n import PLAIN, NumberStyle, set_number_style
from aluplanner.model.calendar import Month
from aluplanner.model.cell_text import CellTextError, parse
from aluplanner.model.layers import resolve, with_override
from aluplanner.model.plan import Address, Plan
from aluplanner.model.solver import solve
from aluplanner.model.validation import validate
from tests.document.small_plan import small_plan


@pytest.fixture
def german() -> Iterator[None]:
    set_number_style(NumberStyle(",", "."))
    yield
    set_number_style(PLAIN)


def entered(plan: Plan, table: str, *cells: tuple[int, str, str], scenario: str = "Base", new_rows: int = 0) -> Plan:
    return enter_texts(ScenarioView(plan, scenario), table, cells, new_rows).plan


def codes(plan: Plan) -> list[str]:
    return [issue.code for issue in validate(plan) if issue.is_error]


def test_that_good_texts_become_values() -> None:
    plan = entered(
        small_plan(),
        "plants",
        (0, "built", "1,234.5"),
        (0, "operating", "100万吨/年"),
        (1, "first_output", "2018年3月"),
    )
    assert plan.plants[0].built == 1234.5
    assert plan.plants[0].operating == 1000.0
    assert plan.plants[1].first_output == Month.of(2018, 3)


def test_that_a_bad_text_stays_and_the_balance_goes_on_with_the_last_good_value() -> None:
    before = small_plan()
    plan = entered(before, "plants", (0, "operating", "about 900"))
    assert plan.plants.unread_at(0, "operating") == "about 900"
    assert plan.plants[0].operating == before.plants[0].operating
    (issue,) = [issue for issue in validate(plan) if issue.is_error]
    assert (issue.code, issue.address) == ("unread", "plants/North/operating")
    assert "not a number" in issue.message
    assert "Until then 900 counts" in issue.remedy
    assert solve(plan).series("operating")[0] == solve(before).series("operating")[0]


def test_that_a_good_text_takes_the_place_of_a_bad_one_even_if_it_is_the_old_value() -> None:
    before = small_plan()
    plan = entered(entered(before, "plants", (0, "operating", "x")), "plants", (0, "operating", "900"))
    assert plan == before
    assert not codes(plan)


def test_that_texts_that_say_what_is_there_change_nothing() -> None:
    plan = small_plan()
    assert entered(plan, "plants", (0, "operating", "900"), (1, "plant", "South")) is plan


def test_that_a_bad_text_in_a_scenario_is_an_override_and_leaves_the_base_alone() -> None:
    before = small_plan()
    plan = entered(before, "plants", (0, "operating", "x"), scenario="Strict")
    assert plan.plants is before.plants
    shown = ScenarioView(plan, "Strict").rows("plants")
    assert shown.unread_at(0, "operating") == "x"
    assert shown[0].operating == resolve(before, "Strict").plants[0].operating
    assert codes(plan) == ["unread"]
    assert solve(plan, "Strict").measure("operating 2017 end") == solve(before, "Strict").measure("operating 2017 end")
    mended = entered(plan, "plants", (0, "operating", "700"), scenario="Strict")
    assert not codes(mended)
    assert resolve(mended, "Strict").plants[0].operating == 700.0


def test_that_what_a_scenario_builds_on_shows_its_bad_text_too() -> None:
    plan = entered(small_plan(), "plants", (0, "operating", "x"), scenario="Strict")
    assert ScenarioView(plan, "Stricter").rows("plants").unread_at(0, "operating") == "x"
    assert ScenarioView(plan, "Base").rows("plants").unread_at(0, "operating") is None


def test_that_new_rows_come_at_the_end_with_their_names() -> None:
    plan = entered(small_plan(), "plants", (3, "plant", "New"), (3, "built", "5"), (4, "built", "7"), new_rows=2)
    assert plan.plants.keys[3:] == ("New", "New plant (2)")
    assert [plant.built for plant in plan.plants[3:]] == [5.0, 7.0]


def test_that_a_new_cell_with_a_bad_text_has_nothing_to_go_on_with() -> None:
    plan = entered(small_plan(), "plants", (3, "plant", "New"), (3, "built", "many"), new_rows=1)
    assert codes(plan) == ["unreadable"]


def test_that_new_rows_in_a_scenario_are_inert_in_the_base() -> None:
    before = small_plan()
    plan = entered(before, "plants", (3, "plant", "New"), (3, "built", "5"), scenario="Strict", new_rows=1)
    assert plan.plants[3].built is None
    assert ScenarioView(plan, "Strict").rows("plants")[3].built == 5.0
    assert solve(plan).measure("built 2017 end") == solve(before).measure("built 2017 end")


def test_that_rows_can_exchange_their_names_and_take_along_what_names_them() -> None:
    plan = entered(small_plan(), "plants", (0, "plant", "South"), (1, "plant", "North"))
    assert plan.plants.keys[:2] == ("South", "North")
    assert plan.actions[0].target == "South; North"
    assert not codes(plan)


@pytest.mark.parametrize("text", ["South", " south ", ""])
def test_that_a_name_that_cannot_be_stays_as_text_and_the_row_keeps_its_own(text: str) -> None:
    plan = entered(small_plan(), "plants", (0, "plant", text))
    assert plan.plants.keys[0] == "North"
    assert plan.plants.unread_at(0, "plant") == text.strip()
    assert codes(plan) == ["unread"]


@pytest.mark.parametrize(("table", "text"), [("plants", "North; South"), ("scenarios", "base"), ("scenarios", "a;b")])
def test_that_a_name_that_nothing_could_name_stays_as_text(table: str, text: str) -> None:
    before = small_plan()
    key = before.table(table).table.key[0]
    plan = entered(before, table, (0, key, text))
    assert plan.table(table).keys == before.table(table).keys
    assert plan.table(table).unread_at(0, key) == text


def test_that_of_several_rows_that_want_one_name_the_first_gets_it() -> None:
    plan = entered(small_plan(), "plants", (0, "plant", "X"), (1, "plant", "x"), (2, "plant", "West 2"))
    assert plan.plants.keys[:3] == ("X", "South", "West 2")
    assert plan.plants.unread_at(1, "plant") == "x"


def test_that_a_bad_text_follows_its_row_wherever_it_goes() -> None:
    plan = entered(small_plan(), "plants", (1, "built", "x"))
    moved = edits.move_rows(plan, "plants", [1], down=False)
    assert moved.plants.unread_at(0, "built") == "x"
    inserted = edits.insert_rows(moved, "plants", 0, 2)
    assert inserted.plants.unread_at(2, "built") == "x"
    copied = edits.duplicate_rows(plan, "plants", [1])
    assert [place for place, _ in copied.plants.unread] == [1, 2]
    assert not edits.delete_rows(plan, "plants", [1]).plants.unread
    renamed = edits.set_cells(plan, "plants", [(1, "plant", "Far South")])
    assert renamed.plants.unread_at(1, "built") == "x"


def test_that_a_copied_scenario_keeps_the_bad_text() -> None:
    plan = entered(small_plan(), "plants", (0, "operating", "x"), scenario="Strict")
    copied = edits.duplicate_rows(plan, "scenarios", [0])
    assert ScenarioView(copied, copied.scenarios.keys[1]).rows("plants").unread_at(0, "operating") == "x"


@pytest.mark.usefixtures("german")
def test_that_numbers_are_read_as_the_planner_writes_them() -> None:
    plan = entered(small_plan(), "plants", (0, "built", "1.234,5"), (1, "built", "1.234"), (2, "built", "1.5"))
    assert [plant.built for plant in plan.plants[:3]] == [1234.5, 1234.0, 1.5]


@given(st.lists(st.from_regex(r"-?[0-9]{1,12}(\.[0-9]{1,8})?|[0-9]{1,3},[0-9]{3}|1e5|1_000| 7|nan", fullmatch=True)))
def test_that_a_column_is_read_as_its_cells_are_one_by_one(texts: list[str]) -> None:
    plan = edits.insert_rows(small_plan(), "plants", 3, len(texts))
    after = enter_texts(ScenarioView(plan, "Base"), "plants", [(3 + i, "cash_cost", t) for i, t in enumerate(texts)])
    column = plan.find_column("plants", "cash_cost")
    assert column is not None
    for position, text in enumerate(texts, start=3):
        try:
            expected = parse(column, text)
        except CellTextError:
            assert after.plan.plants.unread_at(position, "cash_cost") == text
        else:
            assert after.plan.plants[position].cash_cost == expected


@pytest.mark.parametrize("scenario", ["Base", "Strict", "Stricter"])
def test_that_a_bad_text_entered_again_is_no_step(scenario: str) -> None:
    plan = entered(small_plan(), "plants", (0, "operating", "x"), scenario="Base" if scenario == "Base" else "Strict")
    again = enter_texts(ScenarioView(plan, scenario), "plants", [(0, "operating", "x")])
    assert again.plan is plan
    assert again.refused == ((0, "operating"),)


def test_that_a_month_renamed_in_a_scenario_leaves_alone_what_only_the_scenario_has() -> None:
    before = with_override(small_plan(), "Strict", Address("monthly", "2017-06", "net_imports"), 5.0)
    shown = len(ScenarioView(before, "Strict").rows("monthly"))
    plan = entered(before, "monthly", (1, "month", "2018-02"), scenario="Strict")
    assert plan.monthly.keys == ("2017-01", "2018-02")
    plan = entered(before, "monthly", (shown - 1, "month", "2018-12"), scenario="Strict")
    assert plan.monthly.keys[:2] == before.monthly.keys
    assert plan.monthly.keys[-1] == "2018-12"
