"""Numbers and months as plots and headlines write them."""

import math

from PySide6.QtCore import QLocale

from aluplanner.i18n import tr
from aluplanner.model.calendar import Month

MINUS = "\N{MINUS SIGN}"
NOTHING = "\N{EN DASH}"


def number_text(value: float | None, decimals: int = 0, *, signed: bool = False) -> str:
    """Return a number grouped by thousands, with a true minus sign; an en dash for a blank."""
    if value is None or math.isnan(value):
        return NOTHING
    locale = QLocale()
    locale.setNumberOptions(QLocale.NumberOption.DefaultNumberOptions)
    rounded = round(float(value), decimals)
    text = locale.toString(abs(rounded), "f", decimals)
    if rounded < 0:
        return MINUS + text
    return "+" + text if signed and rounded > 0 else text


def percent_text(value: float | None, decimals: int = 0, *, signed: bool = False) -> str:
    """Return a fraction as percent."""
    if value is None or math.isnan(value):
        return NOTHING
    return tr("{number} %", number=number_text(value * 100, decimals, signed=signed))


def month_text(month: Month) -> str:
    """Return a month as axes and readouts name it: ``Jan 17``."""
    name = QLocale().standaloneMonthName(month.month, QLocale.FormatType.ShortFormat)
    return tr("{month} {year}", month=name, number=f"{month.month:02d}", year=f"{month.year % 100:02d}")


def year_text(year: int) -> str:
    """Return a year as axes name it where single months find no room."""
    return tr("{year}", year=year)


def period_text(label: str) -> str:
    """Return a period as headlines name it: ``2017H2`` as ``H2 2017``."""
    if len(label) == 6 and label[4] in "HQ":
        if label[4] == "H":
            return tr("H{half} {year}", half=label[5], year=label[:4])
        return tr("Q{quarter} {year}", quarter=label[5], year=label[:4])
    return tr("{year}", year=label)
