import pytest
from hypothesis import given
from hypothesis import strategies as st

from aluplanner.model.calendar import Horizon, Month
from aluplanner.model.plan import TABLES
from aluplanner.model.schema import Column
from aluplanner.ui.panels.slider_scale import Scale, can_slide, number_of, suit, value_of

COLUMNS = [
    column
    for table in TABLES.values()
    for column in (*table.columns, *table.parameters.values())
    if can_slide(column) and column.name not in table.key
]
HORIZON = Horizon(Month.of(2017, 1), 24, 2016)


def column(table: str, name: str) -> Column:
    declared = TABLES[table]
    return declared.parameters.get(name) or next(each for each in declared.columns if each.name == name)


def scale_of(declared: Column, value: float | None, others: tuple[float, ...] = ()) -> Scale:
    return Scale.of(declared, *suit(declared, value, others, HORIZON))


@pytest.mark.parametrize(
    ("table", "name", "value", "expected"),
    [
        ("actions", "implementation", 0.6, (0.0, 1.0, 0.01)),
        ("actions", "announced", 1_200.0, (0.0, 2_500.0, 20.0)),
        ("actions", "delay", 0.0, (0.0, 12.0, 1.0)),
        ("plants", "ramp_months", 5.0, (0.0, 12.0, 1.0)),
        ("monthly", "net_imports", 7.0, (0.0, 15.0, 0.1)),
        ("monthly", "net_imports", -7.0, (-15.0, 15.0, 0.2)),
        ("bauxite", "growth", 0.03, (-0.06, 0.06, 0.001)),
        ("assumptions", "load_factor", 1.0138, (0.8, 1.25, 0.002)),
        ("assumptions", "demand_elasticity", 0.0, (-1.0, 1.0, 0.02)),
        ("plan", "Months", 24.0, (1.0, 600.0, 5.0)),
    ],
)  # fmt: skip
def test_that_the_range_suits_the_cell(table: str, name: str, value: float, expected: tuple[float, ...]) -> None:
    scale = scale_of(column(table, name), value)
    assert (scale.low, scale.high, scale.step) == expected


def test_that_a_bound_that_is_itself_left_out_is_not_reached() -> None:
    declared = column("assumptions", "reference_price")
    assert declared.above == 0
    assert scale_of(declared, 14_000.0).low == 200.0


def test_that_a_blank_cell_takes_its_size_from_the_others() -> None:
    assert scale_of(column("actions", "announced"), None, (350.0, 40.0)).high == 400.0
    assert scale_of(column("actions", "announced"), None).high == 100.0


def test_that_a_month_slides_over_the_horizon() -> None:
    scale = scale_of(column("actions", "start"), float(Month.of(2017, 5).ordinal))
    assert (scale.low, scale.high) == (Month.of(2017, 1).ordinal, Month.of(2018, 12).ordinal)
    assert value_of(column("actions", "start"), scale.number_at(3)) == Month.of(2017, 4)


def test_that_every_place_is_exact() -> None:
    scale = scale_of(column("actions", "implementation"), 0.6)
    assert [scale.number_at(place) for place in (7, 29, 58, 72)] == [0.07, 0.29, 0.58, 0.72]


def test_that_a_number_beyond_the_range_stretches_it() -> None:
    scale = Scale(0.0, 100.0, 1.0)
    assert scale.covering(140.0).high == 140.0
    assert scale.covering(-3.5).low == -3.5
    assert scale.covering(50.0) is scale


@given(st.sampled_from(COLUMNS), st.floats(-1e6, 1e6), st.lists(st.floats(-1e5, 1e5), max_size=3))
def test_that_a_scale_keeps_the_bounds_and_leads_from_end_to_end(
    declared: Column, value: float, others: list[float]
) -> None:
    value = float(f"{value:.6g}")
    low = declared.minimum if declared.above is None else declared.above
    value = min(max(value, -1e6 if low is None else low + 0.5), 1e6 if declared.maximum is None else declared.maximum)
    if isinstance(declared.default, Month) or declared.type == "month":
        value = float(Month.of(2017, 6).ordinal)
    scale = scale_of(declared, value, tuple(others))
    numbers = [scale.number_at(place) for place in range(scale.last + 1)]
    assert numbers[0] == scale.low
    assert numbers[-1] == scale.high
    assert numbers == sorted(set(numbers))
    assert scale.last <= 620
    assert [scale.place_of(number) for number in numbers] == list(range(scale.last + 1))
    if declared.minimum is not None:
        assert scale.low >= declared.minimum
    if declared.maximum is not None:
        assert scale.high <= declared.maximum
    if declared.above is not None:
        assert scale.low > declared.above


def test_that_a_yes_or_a_text_is_no_number() -> None:
    assert number_of(True) is None
    assert number_of("(blank)") is None
    assert number_of(Month(5)) == 5.0
