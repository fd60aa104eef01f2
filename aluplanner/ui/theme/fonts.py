"""The font: the system's own, with Chinese families behind it and figures of one width."""

from typing import Final

from PySide6.QtGui import QFont, QFontDatabase, QFontInfo

CHINESE_FAMILIES: Final = (
    "Microsoft YaHei UI", "PingFang SC", "Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Micro Hei",
)  # fmt: skip
"""Without them Chinese text falls back to Japanese forms of the characters."""


def application_font() -> QFont:
    """Return the system's general font with the Chinese families behind it and tabular figures."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    # "Sans Serif" stands for a family without being one: named first, it would leave Latin text to the next.
    font.setFamilies([QFontInfo(font).family(), *CHINESE_FAMILIES])
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def scaled(font: QFont, factor: float, *, bold: bool = False) -> QFont:
    """Return a copy of a font at ``factor`` times its size."""
    copy = QFont(font)
    if font.pixelSize() > 0:
        copy.setPixelSize(max(1, round(font.pixelSize() * factor)))
    else:
        copy.setPointSizeF(font.pointSizeF() * factor)
    if bold:
        copy.setWeight(QFont.Weight.DemiBold)
    return copy
