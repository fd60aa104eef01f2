"""A line whose text cannot be taken: it stays as it is, red, and says why."""

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QWidget

from aluplanner.ui.theme import current_theme


def mark_refused(field: QWidget, problem: str, tip: str) -> None:
    """Mark a field as wrong, or with an empty ``problem`` as right, in which case it has ``tip`` as its tooltip."""
    field.setToolTip(problem or tip)
    field.setAccessibleDescription(problem or tip)
    palette = QPalette()
    if problem:
        palette.setColor(QPalette.ColorRole.Text, QColor(current_theme().error))
    if palette != field.palette():
        field.setPalette(palette)
