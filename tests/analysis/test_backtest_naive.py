"""Forecasts that take no model."""

import numpy as np
import pytest

from aluplanner.analysis.backtest_naive import naive_forecast, no_change_forecast

BLANK = float("nan")


def test_that_the_naive_forecast_is_last_year_times_the_last_growth() -> None:
    year = [100.0, 110.0, 120.0, 130.0, 140.0, 150.0, 160.0, 170.0, 180.0, 190.0, 200.0, 210.0]
    found = naive_forecast(np.array([*year, 105.0, 121.0, *[BLANK] * 12]))
    growth = 121 / 110
    assert found[:14].tolist() == [*year, 105.0, 121.0]
    assert found[14:24].tolist() == pytest.approx([value * growth for value in year[2:]])
    # more than a year ahead last year's month is a known one again, or naive itself
    assert found[24:].tolist() == pytest.approx([105 * growth, 121 * growth])


def test_that_the_naive_forecast_is_blank_where_no_year_before_is_known() -> None:
    assert np.isnan(naive_forecast(np.array([100.0, *[BLANK] * 14]))[1:]).all()
    assert np.isnan(naive_forecast(np.array([100.0, 110.0]))).sum() == 0
    found = naive_forecast(np.array([100.0, *[BLANK] * 11, 120.0, BLANK, BLANK]))
    assert found[12] == 120.0
    assert np.isnan(found[13:]).all()


def test_that_a_growth_from_nothing_is_none() -> None:
    found = naive_forecast(np.array([0.0, 50.0, *[BLANK] * 10, 120.0, BLANK]))
    assert np.isnan(found[13])


def test_that_no_change_keeps_the_last_known_value_a_day() -> None:
    days = np.array([31.0, 28.0, 31.0, 30.0])
    found = no_change_forecast(np.array([BLANK, 140.0, BLANK, BLANK]), 4.0, days)
    assert found.tolist() == [124.0, 140.0, 155.0, 150.0]
