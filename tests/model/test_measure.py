import numpy as np
import pytest

from aluplanner.model.balance import Balance
from aluplanner.model.measure import COUNTRY_SERIES, REDUCERS, MeasureError, parse_measure
from aluplanner.model.solver import solve
from tests.model.cases import full_plan, full_tables

PLAN = full_plan()
BALANCE = solve(PLAN)

PERIODS = {
    "2017": range(6),
    "2018": range(6, 12),
    "2017H2": range(6),
    "2018h1": range(6, 12),
    "2017Q3": range(3),
    "2018Q2": range(9, 12),
    "2017-11": range(4, 5),
    "2017-11..2018-03": range(4, 9),
    "2016-01..2017-08": range(2),
    "2018-06..2030-01": range(11, 12),
    "all": range(12),
}


def number(balance: Balance, text: str) -> float:
    found = balance.measure(text)
    assert found is not None
    return found


@pytest.mark.parametrize("period", PERIODS)
def test_that_every_period_is_reduced_in_every_way(period: str) -> None:
    stock = BALANCE.series("stock")
    months = PERIODS[period]
    part = stock[months.start : months.stop]
    before = stock[months.start - 1] if months.start else 400.0
    expected = {
        **{"sum": part.sum(), "mean": part.mean(), "min": part.min(), "max": part.max()},
        **{"start": part[0], "end": part[-1], "change": part[-1] - before},
    }
    assert set(expected) == set(REDUCERS)
    for reducer, value in expected.items():
        assert number(BALANCE, f"stock {period} {reducer}") == pytest.approx(value)


@pytest.mark.parametrize("period", ["2016", "2019", "2018H2", "2017Q1", "2017-06", "2018-07..2019-01"])
@pytest.mark.parametrize("reducer", REDUCERS)
def test_that_a_period_outside_the_horizon_has_no_value(period: str, reducer: str) -> None:
    assert BALANCE.measure(f"stock {period} {reducer}") is None


OPENINGS = {"built": 2400, "operating": 2200, "idle": 200, "under_construction": 120, "stock": 400,
            "alumina_stock": 1500, "price": 13000, "credibility": 0.6}  # fmt: skip


@pytest.mark.parametrize("series", COUNTRY_SERIES)
def test_that_change_begins_at_the_opening_value(series: str) -> None:
    values = BALANCE.series(series)
    assert BALANCE.opening(series) == pytest.approx(OPENINGS.get(series, 0.0))
    assert number(BALANCE, f"{series} all change") == pytest.approx(values[-1] - OPENINGS.get(series, 0.0))
    assert number(BALANCE, f"{series} 2017-09..2017-10 change") == pytest.approx(values[3] - values[1])


def test_that_blank_months_are_left_out_and_only_blanks_are_blank() -> None:
    tables = full_tables()
    tables["monthly"] = [{"month": month, "consumption_change": -9999} for month in ("2017-07", "2017-08")]
    balance = solve(full_plan(monthly=tables["monthly"]))
    days = balance.series("stock_days")
    assert np.isnan(days).tolist() == [True, True, *[False] * 10]
    assert number(balance, "stock_days 2017Q3 mean") == days[2] == number(balance, "stock_days 2017Q3 sum")
    for text in ("stock_days 2017-07..2017-08 min", "stock_days 2017Q3 start", "stock_days 2017-09 change"):
        assert balance.measure(text) is None


def test_that_alumina_without_refineries_is_blank() -> None:
    tables = full_tables()
    balance = solve(full_plan(plants=tables["plants"][:3]))
    for text in (
        "alumina_stock all end",
        "bauxite_use all sum",
        "bauxite_use[Home] 2017-07 max",
        "bauxite_cover all min",
    ):
        assert balance.measure(text) is None
    assert number(balance, "alumina_requirement all sum") > 0


def by(name: str, *plants: str) -> np.ndarray:
    return np.sum([BALANCE.by_plant(name)[plant] for plant in plants], axis=0)


@pytest.mark.parametrize(
    ("names", "plants"),
    [
        ("South", ["South"]),
        ("Shandong", ["North 1"]),
        ("north", ["North 1", "North 2"]),
        ("North; Henan; NORTH 2", ["North 1", "North 2"]),
        ("Yunnan ;South;", ["South"]),
        ("Refinery", ["Refinery"]),
        ("Henan; Refinery", ["North 2", "Refinery"]),
    ],
)
def test_that_places_are_summed_and_a_plant_named_twice_counts_once(names: str, plants: list[str]) -> None:
    assert number(BALANCE, f"operating[{names}] 2017-12 end") == pytest.approx(by("operating", *plants)[5])
    opening = sum(PLAN.plants.find(plant).operating or 0.0 for plant in plants)  # type: ignore[union-attr]
    change = number(BALANCE, f"operating [{names}] all change")
    assert change == pytest.approx(by("operating", *plants)[-1] - opening)


def test_that_production_of_places_leaves_refineries_out() -> None:
    assert number(BALANCE, "production[North] all sum") == pytest.approx(by("production", "North 1", "North 2").sum())
    assert BALANCE.measure("production[Refinery] all sum") == 0.0


@pytest.mark.parametrize("series", ["due", "implemented", "effective"])
def test_that_actions_are_summed_by_name(series: str) -> None:
    actions = BALANCE.by_action(series)
    total = (actions["Closure"] + actions["Cut"]).sum()
    assert number(BALANCE, f"{series}[closure; Cut; CLOSURE] all sum") == pytest.approx(total)


def test_that_the_announced_size_of_an_action_is_a_level() -> None:
    assert number(BALANCE, "announced[Winter] 2017-07 end") == pytest.approx(BALANCE.announced_by_action["Winter"])


def test_that_a_disabled_action_counts_nothing() -> None:
    balance = solve(PLAN.with_value("actions/Cut/enabled", "no"))
    assert balance.measure("implemented[Cut] all max") == 0.0
    assert number(balance, "implemented[Cut; Closure] all max") == pytest.approx(100.0)


def test_that_sectors_and_origins_have_measures() -> None:
    sector = BALANCE.consumption_by_sector["Transport"]
    assert number(BALANCE, "consumption[transport] 2018 mean") == pytest.approx(sector[6:].mean())
    use = BALANCE.bauxite_use
    assert number(BALANCE, "bauxite_use all sum") == pytest.approx(sum(origin.sum() for origin in use.values()))
    assert number(BALANCE, "bauxite_use[Guinea] all sum") == pytest.approx(use["Guinea"].sum())


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "not a measure"),
        ("balance", "not a measure"),
        ("balance 2017H2", "not a measure"),
        ("balance 2017H2 sum of all", "not a measure"),
        ("happiness 2017 sum", "no series"),
        ("output_factor 2017 sum", "no series"),
        ("balance 2017 median", "not a way to reduce"),
        ("balance 2017H3 sum", "not a period"),
        ("balance 2017-13 sum", "not a period"),
        ("balance 2017-00 sum", "not a period"),
        ("balance 2018..2017 sum", "not a period"),
        ("operating[Nowhere] 2017 end", "knows no “Nowhere”"),
        ("operating[South; Nowhere] 2017 end", "knows no “Nowhere”"),
        ("operating[Transport] 2017 end", "knows no “Transport”"),
        ("implemented[South] 2017 end", "knows no “South”"),
        ("consumption[South] 2017 end", "knows no “South”"),
        ("bauxite_use[South] 2017 end", "knows no “South”"),
        ("operating[] 2017 end", "brackets are empty"),
        ("operating[ ; ] 2017 end", "brackets are empty"),
        ("price[South] 2017 end", "for the country only"),
        ("effective 2017 end", "per action"),
        ("announced all end", "per action"),
    ],
)
def test_that_a_measure_of_nothing_is_an_error_with_a_remedy(text: str, says: str) -> None:
    with pytest.raises(MeasureError, match=says) as caught:
        BALANCE.measure(text)
    assert caught.value.message.strip()
    assert caught.value.remedy.strip()


def test_that_a_measure_reads_back_from_its_text() -> None:
    for text in ("balance 2017H2 sum", "operating[South; Henan] 2017-11..2018-03 mean", "stock all end"):
        measure = parse_measure(f"  {text.upper().replace('SOUTH; HENAN', 'South; Henan')} ", PLAN)
        assert parse_measure(str(measure), PLAN) == measure
        assert number(BALANCE, text) == BALANCE.measure(measure)


def test_that_measures_have_the_unit_of_their_series() -> None:
    units = {text: parse_measure(f"{text} all end", PLAN).unit for text in ("price", "effective[Cut]", "bauxite_use")}
    assert units == {"price": "RMB/t", "effective[Cut]": "kt/y", "bauxite_use": "kt"}


def test_that_names_may_hold_brackets_and_dots() -> None:
    plan = PLAN.with_value("plants/South/plant", "South [2nd line]").with_value("actions/New/target", "Yunnan")
    assert number(solve(plan), "operating[South [2nd line]; Henan] 2017-07 end") > 0
