"""What the bands of a fan stand for, once for all plots."""

from PySide6.QtGui import QColor

from aluplanner.i18n import tr
from aluplanner.ui.plots.fan_item import INNER, OUTER, fan_colour, median_style
from aluplanner.ui.plots.fan_shown import ShownFan
from aluplanner.ui.plots.swatches import Key
from aluplanner.ui.theme import Theme


def fan_keys(fan: ShownFan | None, theme: Theme) -> list[Key]:
    """Return the keys of a fan's bands and of its median; none without a fan."""
    if fan is None:
        return []
    count = f"{fan.draws:,}"
    if fan.is_old:
        outer = tr("5–95 % of {count} draws, former plan", count=count)
    else:
        outer = tr("5–95 % of {count} draws", count=count)
    return [
        Key(outer, fill=band_colour(theme, OUTER, is_old=fan.is_old)),
        Key(tr("25–75 %"), fill=band_colour(theme, OUTER + INNER, is_old=fan.is_old)),
        Key(tr("median"), median_style(theme, is_old=fan.is_old)),
    ]


def band_colour(theme: Theme, cover: float, *, is_old: bool) -> str:
    """Return the colour of a band as it looks on the canvas, for the samples of keys."""
    top, ground = fan_colour(theme, cover, is_old=is_old), QColor(theme.canvas)
    part = top.alphaF()
    pairs = ((top.red(), ground.red()), (top.green(), ground.green()), (top.blue(), ground.blue()))
    return QColor(*(round(part * above + (1 - part) * below) for above, below in pairs)).name()
