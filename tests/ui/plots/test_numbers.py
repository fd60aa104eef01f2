"""How numbers, months and periods are written."""

import pytest
from PySide6.QtCore import QLocale

from aluplanner.model.calendar import Month
from aluplanner.ui.plots.numbers import month_text, number_text, percent_text, period_text


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (1234.4, 0, "1,234"),
        (-1234567.0, 0, "−1,234,567"),
        (0.0, 0, "0"),
        (-0.2, 0, "0"),
        (12.34, 1, "12.3"),
        (float("nan"), 0, "–"),
        (None, 0, "–"),
    ],
)
def test_that_numbers_are_grouped_with_a_true_minus(value: float | None, decimals: int, text: str) -> None:
    assert number_text(value, decimals) == text


def test_that_a_signed_number_says_plus() -> None:
    assert number_text(1994.3, signed=True) == "+1,994"
    assert number_text(0.3, signed=True) == "0"


def test_that_the_plain_locale_groups_too() -> None:
    QLocale.setDefault(QLocale.c())
    assert number_text(12345.0) == "12,345"


def test_that_fractions_are_written_as_percent() -> None:
    assert percent_text(0.0567, 1) == "5.7 %"
    assert percent_text(None) == "–"


def test_that_months_have_short_names() -> None:
    assert month_text(Month.of(2017, 1)) == "Jan 17"
    assert month_text(Month.of(2008, 12)) == "Dec 08"


@pytest.mark.parametrize(("label", "text"), [("2017H2", "H2 2017"), ("2018Q3", "Q3 2018"), ("2017", "2017")])
def test_that_periods_are_named(label: str, text: str) -> None:
    assert period_text(label) == text
