"""What a spreadsheet shows, put right by the value it states."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aluplanner.document.exact_numbers import exact_text
from aluplanner.i18n import NumberStyle


@pytest.mark.parametrize(
    ("shown", "value", "number_format", "expected"),
    [
        ("0.12", "0.123456789", "", "0.123456789"),
        ("1,234.6", "1234.5678", "#,##0.0", "1234.5678"),
        ("1.234,6", "1234.5678", "Standard", "1234.5678"),
        ("1 234,6", "1234.5678", "", "1234.5678"),
        ("-5", "-5.25", "", "-5.25"),
        ("(1,235)", "-1234.5678", "#,##0_);(#,##0)", "-1234.5678"),
        ("12.35%", "0.123456", "0.00%", "12.3456%"),
        ("12 %", "0.123456", "0 %", "12.3456%"),
        ("1.2E+05", "123456", "0.0E+00", "123456"),
        ("1E+300", "1E+300", "", "1" + "0" * 300),
        (".5", "0.5", "", "0.5"),
        ("¥14,000.00", "14000.004", "[$¥-804]#,##0.00", "14000.004"),
        ("RMB 14,000", "14000.4", "", "14000.4"),
        ("1.3 Mt/y", "1.25", '0.0" Mt/y"', "1.25 Mt/y"),
        ("1.3 Mt", "1250000", '0.0,," Mt"', "1.25 Mt"),
        ("30万吨", "30.25", '0"万吨"', "30.25 万吨"),
        ("1", "1250", "0,", "1250"),
        ("0", "0", "", "0"),
        ("0", "0.4", "0", "0.4"),
        ("#DIV/0!", "0", "", "#DIV/0!"),
        ("#N/A", "0", "", "#N/A"),
        ("2017-06", "42887", "YYYY-MM", "2017-06"),
        ("2017", "42887", "YYYY", "2017"),
        ("3月", "42795", "M月", "3月"),
        ("Jun 17", "42887", "MMM YY", "2017-06-01"),
        ("Jun 17", "41425", "MMM YY", "2017-06-01"),
        ("Jun 17", "39000", "MMM YY", "Jun 17"),
        ("06/01/2017", "42887", "MM/DD/YYYY", "2017-06-01"),
        ("01.06.17", "42887.5", "DD.MM.YY HH:MM", "2017-06-01"),
        ("1/1/17", "1e99", "M/D/YY", "1/1/17"),
        ("12:30", "0.520833", "HH:MM", "12:30"),
        ("TRUE", "1", "BOOLEAN", "TRUE"),
        ("1 1/2", "1.5", "# ?/?", "1 1/2"),
        ("Q1", "1", '"Q"0', "Q1"),
        ("", "0", "", ""),
        ("###", "123", "", "###"),
        ("12", "nonsense", "", "12"),
        ("12", "NaN", "", "12"),
    ],
)
def test_that_numbers_are_put_right_and_nothing_else(shown: str, value: str, number_format: str, expected: str) -> None:
    assert exact_text(shown, value, number_format) == expected


@given(st.decimals(-(10**9), 10**9, places=6), st.integers(0, 4), st.booleans(), st.booleans())
def test_that_a_number_is_found_again_however_it_is_rounded(
    number: Decimal, digits: int, is_grouped: bool, has_comma: bool
) -> None:
    shown = f"{number:{',' if is_grouped else ''}.{digits}f}"
    if has_comma:
        shown = shown.translate({ord(","): ".", ord("."): ","})
    assert Decimal(exact_text(shown, str(number))) == number
    assert exact_text(shown, str(number), style=NumberStyle(",", ".")).replace(",", ".") == exact_text(
        shown, str(number)
    )
