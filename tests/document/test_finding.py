from collections.abc import Iterator

import pytest

from aluplanner.document.entering import enter_texts
from aluplanner.document.finding import find_cells, take_found
from aluplanner.document.scenario_view import ScenarioView
from aluplanner.i18n import PLAIN, NumberStyle, set_number_style
from aluplanner.model.plan import Plan
from tests.document.small_plan import small_plan


@pytest.fixture
def german() -> Iterator[None]:
    set_number_style(NumberStyle(",", "."))
    yield
    set_number_style(PLAIN)


def places(wanted: str, plan: Plan | None = None, scenario: str = "Base") -> list[str]:
    search = find_cells(ScenarioView(plan or small_plan(), scenario), wanted)
    return [f"{found.table}/{found.row}/{found.column.name}" for found in search if found is not None]


def test_that_names_are_found_wherever_they_stand_whatever_their_case() -> None:
    found = places(" NORTH ")
    assert "plants/North/plant" in found
    assert "actions/Cut/target" in found
    assert "claims/North runs/measure" in found
    assert "uncertainty/plants/North/built/row" in found


@pytest.mark.parametrize("wanted", ["1,500", "1500", "１５００"])
def test_that_a_number_is_found_as_it_is_shown_and_as_it_is_typed(wanted: str) -> None:
    assert places(wanted) == ["demand/Building/consumption"]


def test_that_a_percentage_is_found() -> None:
    assert places("30%") == ["actions/Winter cut/share"]


@pytest.mark.usefixtures("german")
def test_that_numbers_are_found_as_the_planner_writes_them() -> None:
    assert places("1.500") == ["demand/Building/consumption"]


def test_that_what_a_scenario_shows_is_found() -> None:
    assert "plants/North/operating" in places("850", scenario="Strict")
    assert "plants/North/operating" not in places("850")


def test_that_a_text_that_could_not_be_read_is_found() -> None:
    plan = enter_texts(ScenarioView(small_plan(), "Base"), "plants", [(1, "built", "see notice")]).plan
    assert places("notice", plan) == ["plants/South/built"]


@pytest.mark.parametrize("wanted", ["", "  ", "nowhere at all"])
def test_that_nothing_is_found_where_there_is_nothing(wanted: str) -> None:
    assert places(wanted) == []


def test_that_a_search_in_slices_finds_the_same() -> None:
    view = ScenarioView(small_plan(), "Base")
    search, slices = find_cells(view, "o"), []
    is_over = False
    while not is_over:
        found, is_over = take_found(search, lambda: True)
        slices.append(found)
    whole = [found for found in find_cells(view, "o") if found is not None]
    assert [found for part in slices for found in part] == whole
    assert len(slices) > len(whole)
