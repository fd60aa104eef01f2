"""Blocks of cells as HTML, exact where the text alone is rounded."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aluplanner.document.grid_html import read_html_grid, write_html_grid
from aluplanner.i18n import NumberStyle

COMMA = NumberStyle(",", ".")

LIBREOFFICE = """<html><body>
<table cellspacing="0" border="0">
    <colgroup span="5" width="128"></colgroup>
    <tr>
        <td height="17" align="left"><font face="DejaVu Sans">Plant</font></td>
        <td align="right" sdval="0.123456789012346" sdnum="1033;0;0.00%"><font color="#000">12.35%</font></td>
        <td align="right" sdval="1234.5678" sdnum="1033;0;#,##0.00"><font>1,234.57</font></td>
        <td align="right" sdval="42887" sdnum="1033;0;YYYY\\-MM"><font>2017-06</font></td>
        <td align="left"><br></td>
    </tr>
    <tr>
        <td height="17" align="left" sdnum="1033;0;@">two  spaces &amp; a<br>line</td>
        <td align="right" sdval="1" sdnum="1033;0;BOOLEAN">TRUE</td>
        <td align="right" sdval="1E+300" sdnum="1033;">1E+300</td>
        <td colspan=2 align="right" sdval="14000" sdnum="1033;0;[$¥-804]#,##0.00">¥14,000.00</td>
    </tr>
</table>
</body></html>"""


def test_that_values_are_read_in_full_and_dates_as_shown() -> None:
    read = read_html_grid(LIBREOFFICE)
    assert read is not None
    assert read[0] == ["Plant", "12.3456789012346%", "1234.5678", "2017-06", ""]
    assert read[1][0] == "two  spaces & a\nline"
    assert read[1][1:] == ["TRUE", "1" + "0" * 300, "14000", ""]


def test_that_numbers_are_read_in_the_style_of_the_locale() -> None:
    read = read_html_grid(LIBREOFFICE, COMMA)
    assert read is not None
    assert read[0][1:3] == ["12,3456789012346%", "1234,5678"]


def test_that_libreoffice_is_read_without_any_number() -> None:
    text = '<html><head><meta name="generator" content="LibreOffice 7.4"></head><table><tr><td>two<br>lines</td></tr>'
    assert read_html_grid(text) == [["two\nlines"]]


@pytest.mark.parametrize("text", ["", "no table", "<table><tr><td>1</td></tr></table>", "<table></table>", "<td>"])
def test_that_a_table_without_values_is_left_to_its_text(text: str) -> None:
    assert read_html_grid(text) is None


@pytest.mark.parametrize("text", ["007", "=1+1", "3月", "2017-06", "TRUE", "a\nb", "-", "00.5", "<b>", "1,200", "1e5"])
def test_that_text_is_marked_as_text(text: str) -> None:
    written = write_html_grid([[text]])
    assert 'sdnum="1033;0;@"' in written
    assert "sdval" not in written
    assert read_html_grid(written) == [[text]]


@pytest.mark.parametrize(
    ("text", "value"), [("30%", "0.3"), ("-0.1", "-0.1"), ("1234.567", "1234.567"), ("0.07%", "0.0007")]
)
def test_that_numbers_state_their_values(text: str, value: str) -> None:
    assert f'sdval="{value}"' in write_html_grid([[text]])


cells = st.one_of(
    st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S")), max_size=8),
    st.floats(allow_nan=False, allow_infinity=False, width=32).map(lambda number: f"{number:.6f}"),
)


@given(
    st.lists(st.lists(cells, min_size=1, max_size=3), min_size=1, max_size=4), st.sampled_from([COMMA, NumberStyle()])
)
def test_that_what_is_written_is_read_back(rows: list[list[str]], style: NumberStyle) -> None:
    rows[0][0] = "text"  # states a format, so that the table is read
    read = read_html_grid(write_html_grid(rows, style), style)
    assert read is not None
    assert [[_number(cell, style) for cell in row] for row in read] == [
        [_number(cell, style) for cell in row] for row in rows
    ]


def _number(text: str, style: NumberStyle) -> float | str:
    """Return the number that a text is, so that 1.50 and 1.5 are the same."""
    try:
        return float(text.replace(style.decimal, "."))
    except ValueError:
        return text
