"""Python's cyclic garbage is collected on the thread of the window only.

Left to itself the collector runs in whatever thread allocates, and a Qt object destroyed in the background
worker takes the program down with it.
"""

import gc
from typing import Final

from PySide6.QtCore import QObject, QTimer

INTERVAL: Final = 1000
"""Milliseconds between two looks at how much there is to collect."""


class Collector(QObject):
    """Collects while the window has nothing else to do; takes over from now on."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        gc.freeze()  # what has been loaded so far stays to the end
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL)
        self._timer.timeout.connect(collect_if_due)
        self._timer.start()

    def stop(self) -> None:
        """Leave collecting to the interpreter again."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()


def collect_if_due() -> None:
    """Collect the oldest generation that is due, as the interpreter itself would."""
    due = [count > threshold for count, threshold in zip(gc.get_count(), gc.get_threshold(), strict=True)]
    generation = max((number for number, is_due in enumerate(due) if is_due), default=None)
    if generation is not None:
        gc.collect(generation)
