"""Going from part to part of a chart with the arrow keys."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt

_ACROSS: Final = 3.0
"""How much more a step aside counts than one in the direction of the key."""

_WAYS: Final = {
    Qt.Key.Key_Left: (-1.0, 0.0),
    Qt.Key.Key_Right: (1.0, 0.0),
    Qt.Key.Key_Up: (0.0, -1.0),
    Qt.Key.Key_Down: (0.0, 1.0),
}
_BACK: Final = (Qt.Key.Key_Left, Qt.Key.Key_Up)


def next_hit(areas: Sequence[QRectF], here: int | None, key: Qt.Key) -> int | None:
    """Return the part that a key leads to from the one at ``here``; ``None`` for a key that leads nowhere.

    Where nothing lies in the direction of the key, as with bars that stand in one row, it leads to the next or the
    former part in the order of reading.
    """
    if key == Qt.Key.Key_Home:
        return 0
    if key == Qt.Key.Key_End:
        return len(areas) - 1
    if key not in _WAYS:
        return None
    if here is None:
        return len(areas) - 1 if key in _BACK else 0
    found = _nearest(areas, here, _WAYS[key])
    if found is not None:
        return found
    return min(max(0, here + (-1 if key in _BACK else 1)), len(areas) - 1)


def _nearest(areas: Sequence[QRectF], here: int, way: tuple[float, float]) -> int | None:
    start = areas[here].center()
    ahead = {place: _way_to(start, area.center(), way) for place, area in enumerate(areas) if place != here}
    reached = {place: along + _ACROSS * aside for place, (along, aside) in ahead.items() if along > max(1.0, aside)}
    return min(reached, key=lambda place: reached[place], default=None)


def _way_to(start: QPointF, end: QPointF, way: tuple[float, float]) -> tuple[float, float]:
    """Return how far ``end`` lies in a direction, and how far aside of it."""
    right, down = end.x() - start.x(), end.y() - start.y()
    return right * way[0] + down * way[1], abs(right * way[1] + down * way[0])
