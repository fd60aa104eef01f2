"""Qt must leave the reference counts of None, True and False alone: a binding that drops them ends in an abort."""

import sys
from collections.abc import Callable

import pyqtgraph as pg
import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPen
from pytestqt.qtbot import QtBot

CALLS = 300
SLACK = 100


class Sender(QObject):
    told = Signal(object)


def repaint_a_plot(qtbot: QtBot) -> Callable[[], object]:
    plot = pg.PlotWidget()
    qtbot.addWidget(plot)
    line = plot.plot([0, 1, 2], [1, 3, 2])
    plot.show()

    def repaint() -> None:
        line.setData([0, 1, 2], [1, 2, 3])
        plot.viewport().repaint()

    return repaint


def emit_a_signal(_qtbot: QtBot) -> Callable[[], object]:
    sender = Sender()
    sender.told.connect(lambda _: None)
    return lambda: sender.told.emit(True)


def paint(_qtbot: QtBot) -> Callable[[], object]:
    image = QImage(20, 20, QImage.Format.Format_RGB32)
    pen = QPen(QColor("black"))

    def draw() -> None:
        painter = QPainter(image)
        painter.setPen(pen)
        painter.fillRect(0, 0, 20, 20, QColor("white"))
        painter.drawLine(0, 0, 20, 20)
        painter.end()

    return draw


@pytest.mark.parametrize("make", [repaint_a_plot, emit_a_signal, paint])
def test_that_calls_of_qt_drop_no_references(qtbot: QtBot, make: Callable[[QtBot], Callable[[], object]]) -> None:
    call = make(qtbot)
    call()
    before = [sys.getrefcount(each) for each in (None, True, False)]
    for _ in range(CALLS):
        call()
    after = [sys.getrefcount(each) for each in (None, True, False)]
    assert all(now > then - SLACK for now, then in zip(after, before, strict=True)), (before, after)
