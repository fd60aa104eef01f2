"""Keeps one message of Qt's picture-only platform, which concerns nobody, off the terminal."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

NOISE = "This plugin does not support propagateSizeHints()"
"""What the offscreen platform says of every window with a smallest size."""


def _pass_on(_kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    if message != NOISE:
        print(message, file=sys.stderr)


@contextmanager
def without_noise() -> Iterator[None]:
    """Drop that one message while a window is drawn offscreen; everything else still comes out on stderr."""
    before = qInstallMessageHandler(_pass_on)
    try:
        yield
    finally:
        qInstallMessageHandler(before)
