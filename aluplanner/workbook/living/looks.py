"""How cells look: every style of a living workbook by name."""

from typing import Any, Final

from aluplanner.workbook.number_formats import GENERAL, MONTH_FORMAT

INK: Final = "#1F3864"
PAPER: Final = "#FFFFFF"
RULE: Final = "#BFC8D6"
INPUT_INK: Final = "#0000C0"
CREAM: Final = "#FFF9E5"
GREY: Final = "#7F7F7F"
TAB_RESULT: Final = INK
TAB_INPUT: Final = "#ED7D31"
TAB_WORKINGS: Final = "#A6A6A6"

_HEADER: Final = {
    "bold": True, "font_color": PAPER, "bg_color": INK, "valign": "vcenter", "text_wrap": True,
}  # fmt: skip
_INPUT: Final = {"font_color": INPUT_INK, "bg_color": CREAM, "border": 1, "border_color": "#E7DFC3"}
_RESULT: Final = {"bottom": 4, "bottom_color": RULE}


def _with_dash(code: str) -> str:
    """Return a number format that shows zero as a dash."""
    return f"{code};-{code};–;@"


_PROPERTIES: Final[dict[str, dict[str, Any]]] = {
    "plain": {},
    "title": {"bold": True, "font_size": 16, "font_color": INK},
    "subtitle": {"font_color": GREY, "italic": True},
    "bold": {"bold": True},
    "wrapped": {"text_wrap": True, "valign": "top"},
    "header": _HEADER,
    "header_right": {**_HEADER, "align": "right"},
    "header_month": {**_HEADER, "align": "right", "num_format": MONTH_FORMAT},
    "header_turned": {**_HEADER, "rotation": 90, "valign": "bottom"},
    "number_of_month": {"font_color": GREY, "num_format": "0", "align": "right", "font_size": 8},
    "block": {"bold": True, "font_color": INK, "bottom": 2, "bottom_color": INK},
    "block_fill": {"bottom": 2, "bottom_color": INK},
    "warm_up": {"font_color": GREY, "num_format": _with_dash("0.000"), "bg_color": "#F2F2F2"},
    "name": {"font_color": "#404040"},
    "field": {"font_color": GREY, "font_size": 9},
    # figures of the workings
    "text": {"num_format": "@"},
    "whole": {"num_format": "0"},
    "flag": {"num_format": _with_dash("0"), "align": "right"},
    "figure": {"num_format": _with_dash("#,##0.0")},
    "capacity": {"num_format": _with_dash("#,##0")},
    "fine": {"num_format": _with_dash("0.0000")},
    "share": {"num_format": _with_dash("0.0%")},
    "month": {"num_format": MONTH_FORMAT},
    "any": {"align": "right"},
    # figures of the results
    "r_title": {**_RESULT},
    "r_title_bold": {**_RESULT, "bold": True},
    "r_field": {**_RESULT, "font_color": GREY, "font_size": 9},
    "r_kt": {**_RESULT, "num_format": "#,##0.0"},
    "r_kt/y": {**_RESULT, "num_format": "#,##0"},
    "r_RMB/t": {**_RESULT, "num_format": "#,##0"},
    "r_days": {**_RESULT, "num_format": "0.0"},
    "r_fraction": {**_RESULT, "num_format": "0.0%"},
    "r_t/t": {**_RESULT, "num_format": "0.00"},
    "r_TWh": {**_RESULT, "num_format": "#,##0.0"},
    "r_state": {**_RESULT, "bold": True, "align": "right"},
    "r_balance": {**_RESULT, "bold": True, "num_format": "#,##0.0"},
    "verdict": {**_RESULT, "bold": True, "align": "center"},
    "tiny": {**_RESULT, "num_format": "0.0E+00;-0.0E+00;0"},
    "choice": {**_INPUT, "bold": True, "font_size": 12, "border_color": INK},
    # inputs
    "i_text": _INPUT,
    "i_quoted": {**_INPUT, "quote_prefix": True},
    "i_derived": {"font_color": GREY},
}

INPUT_PREFIX: Final = "input "
_formats = ("0", "0.0", "0.00", "0.000", "0.0000")
for _code in (
    *_formats, *(f"#,##{code}" for code in _formats), *(f"{code}%" for code in _formats), MONTH_FORMAT, GENERAL,
):  # fmt: skip
    _PROPERTIES[INPUT_PREFIX + _code] = {**_INPUT, "num_format": _code} if _code != GENERAL else dict(_INPUT)

_DISTINCT: Final = [
    dict(looks) for looks in dict.fromkeys(tuple(sorted(looks.items())) for looks in _PROPERTIES.values())
]

LOOKS: Final[dict[str, int]] = {name: _DISTINCT.index(looks) for name, looks in _PROPERTIES.items()}
"""The number of each look in the workbook; some have several names."""


def properties() -> tuple[dict[str, Any], ...]:
    """Return what XlsxWriter is told of the looks, by number; the first is the default."""
    return tuple(_DISTINCT)
