"""What comes once the tables can be seen."""

from PySide6.QtCore import QEvent, QObject, QTimer

from aluplanner.ui.main_window import MainWindow


class AfterFirstPaint(QObject):
    """Lets the window begin to work once the tables can be seen."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__()
        self._window = window
        view = window.tables.current_view()
        self._watched = view.viewport() if view else window
        self._watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self._watched.removeEventFilter(self)
            QTimer.singleShot(0, self._window, self._window.begin)
        return super().eventFilter(watched, event)
