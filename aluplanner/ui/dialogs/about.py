"""What the program is."""

import platform

from PySide6.QtCore import qVersion
from PySide6.QtWidgets import QMessageBox, QWidget

from aluplanner.i18n import tr


def show_about(parent: QWidget, version: str) -> None:
    """Say what the program is and which version."""
    box = QMessageBox(parent)
    box.setWindowTitle(tr("About AluPlanner"))
    box.setText(tr("AluPlanner {version}", version=version))
    box.setInformativeText(
        tr("China's primary aluminium month by month: what is built and runs, what policy takes out, and what is left.")
        + "\n\n"
        + tr("Python {python}, Qt {qt}", python=platform.python_version(), qt=qVersion())
    )
    box.exec()
    box.deleteLater()
