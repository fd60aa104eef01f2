import calendar
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aluplanner.model.calendar import Horizon, Month, Period, standard_periods

MONTHS = st.integers(1990 * 12, 2101 * 12 - 1).map(Month)
HORIZON = Horizon(Month.of(2017, 6), 14, 2016)


@given(month=MONTHS)
def test_that_a_month_is_read_back_from_its_text(month: Month) -> None:
    assert Month.parse(str(month)) == month
    assert Month.of(month.year, month.month) == month


@given(month=MONTHS)
def test_that_days_are_those_of_the_calendar(month: Month) -> None:
    following = month + 1
    days = date(following.year, following.month, 1) - date(month.year, month.month, 1)
    assert month.days == days.days
    assert month.days_in_year == (366 if calendar.isleap(month.year) else 365)


@given(month=MONTHS, months=st.integers(-50, 50))
def test_that_adding_months_and_subtracting_them_agree(month: Month, months: int) -> None:
    assert (month + months) - month == months


@pytest.mark.parametrize("text", ["", "2017", "2017-13", "2017-00", "17-06", "2017-6-1", "June 2017", "2017-06-"])
def test_that_what_is_no_month_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="month"):
        Month.parse(text)


def test_that_the_horizon_knows_its_months_and_years() -> None:
    assert len(HORIZON) == 14
    assert HORIZON.labels[0] == "2017-06"
    assert HORIZON.labels[-1] == str(HORIZON.last) == "2018-07"
    assert HORIZON.years == (2017, 2018)
    assert [HORIZON.index(month) for month in HORIZON] == list(range(14))
    assert HORIZON.index(Month.of(2017, 4)) == -2


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2017", "2017-01", "2017-12"),
        ("2017H1", "2017-01", "2017-06"),
        ("2017h2", "2017-07", "2017-12"),
        ("2017Q1", "2017-01", "2017-03"),
        ("2017q4", "2017-10", "2017-12"),
        (" 2017-11 ", "2017-11", "2017-11"),
        ("2017-11..2018-03", "2017-11", "2018-03"),
        ("2017-11..2017-11", "2017-11", "2017-11"),
        ("all", "2017-06", "2018-07"),
        ("ALL", "2017-06", "2018-07"),
    ],
)
def test_that_every_form_of_a_period_is_read(text: str, first: str, last: str) -> None:
    period = Period.parse(text, HORIZON)
    assert (str(period.start), str(period.end)) == (first, last)


@pytest.mark.parametrize(
    "text",
    ["", "2017H3", "2017Q5", "2017Q0", "2017-13", "2017-00", "17", "2018-03..2017-11", "2017-11..", "..", "2017 H1"],
)
def test_that_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"period|month"):
        Period.parse(text, HORIZON)


@pytest.mark.parametrize(
    ("text", "months", "is_part"),
    [
        ("2017H2", range(1, 7), False),
        ("2017", range(7), True),
        ("2018", range(7, 14), True),
        ("2018Q1", range(7, 10), False),
        ("2016", range(0), True),
        ("2019", range(14, 14), True),
        ("all", range(14), False),
    ],
)
def test_that_a_period_is_cut_to_the_horizon(text: str, months: range, is_part: bool) -> None:
    period = Period.parse(text, HORIZON)
    assert list(period.inside(HORIZON)) == list(months)
    assert period.is_part(HORIZON) is is_part


@given(first=MONTHS, length=st.integers(1, 40))
def test_that_years_half_years_and_quarters_each_cover_the_horizon_once(first: Month, length: int) -> None:
    horizon = Horizon(first, length, first.year - 1)
    periods = standard_periods(horizon)
    for months in (12, 6, 3):
        covered = [t for period in periods if period.length == months for t in period.inside(horizon)]
        assert covered == list(range(length))
